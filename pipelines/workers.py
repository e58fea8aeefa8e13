"""The same work on many things, on all cores: answers in order, and a process that dies fails one thing alone.

Not by ``ProcessPoolExecutor``: it does not say over which thing a process died, and it cannot be left at once, because
of a process that is killed in the middle of its answer it waits for the other half for ever.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Generic, TypeVar

from pipelines import memory

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_AHEAD = 8  # things a process may be ahead of the one whose turn it is: none is idle, and memory stays flat
_SECONDS_TO_END = 2.0
_FORK = multiprocessing.get_context("fork")  # so that a process begins with all forms and patterns loaded


@dataclass(frozen=True, slots=True)
class Failed:
    """An item that our own code could not deal with; ``message`` says what happened."""

    message: str


def cores() -> int:
    """How many processes may run at once here."""
    return len(os.sched_getaffinity(0))


def each(do: Callable[[Item], Answer], items: Iterable[Item], jobs: int) -> Iterator[tuple[Item, Answer | Failed]]:
    """Every item with what ``do`` makes of it, in the order of the items; in this process when ``jobs`` is 1.

    Items and answers must be picklable. An exception of ``do``, or the death of a process over an item, is the answer
    for that item alone. Whoever wants no more ends the processes, whatever they are doing.
    """
    if jobs == 1:
        for item in items:
            yield item, _attempt(do, item)
        return
    crew = _Crew(do, jobs)
    try:
        yield from crew.answers(iter(items))
    finally:
        crew.end()


@dataclass(slots=True)
class _Task(Generic[Item, Answer]):
    """An item, and its answer as soon as it is ``done``."""

    item: Item
    answer: Answer | Failed | None = None
    done: bool = False


class _Worker(Generic[Item, Answer]):
    """A process that does one item after the other; ``task`` is what it does now."""

    def __init__(self, do: Callable[[Item], Answer]) -> None:
        self.task: _Task[Item, Answer] | None = None
        self.connection, theirs = _FORK.Pipe()
        self.process = _FORK.Process(target=_work, args=(do, theirs), daemon=True)
        with _undisturbed():
            self.process.start()
        theirs.close()  # so that its death ends the connection, and no later process inherits it

    def take(self, task: _Task[Item, Answer]) -> None:
        """Begin an item."""
        self.task = task
        with suppress(OSError):  # a process that died meanwhile is noticed when it should answer
            self.connection.send(task.item)

    def give(self) -> bool:
        """Note the answer; False when the process died over the item."""
        assert self.task is not None
        task, self.task, alive = self.task, None, True
        try:
            task.answer = self.connection.recv()
        except (EOFError, OSError):
            task.answer, alive = Failed("the process that read it died"), False
        task.done = True
        return alive

    def end(self) -> None:
        """Wait for the process that was asked to end, and kill it when it does not."""
        self.process.join(_SECONDS_TO_END)
        self.process.kill()
        self.process.join()
        self.connection.close()


class _Crew(Generic[Item, Answer]):
    """The workers, and the tasks in the order of their turns."""

    def __init__(self, do: Callable[[Item], Answer], jobs: int) -> None:
        self.do, self.jobs = do, jobs
        self.workers: list[_Worker[Item, Answer]] = []
        self.turns: deque[_Task[Item, Answer]] = deque()

    def answers(self, items: Iterator[Item]) -> Iterator[tuple[Item, Answer | Failed]]:
        """Every item with its answer, in order."""
        self._hand_out(items)
        while self.turns:
            busy = {worker.connection: worker for worker in self.workers if worker.task}
            for connection in wait(list(busy)):
                assert isinstance(connection, Connection)
                if not busy[connection].give():
                    self.workers.remove(busy[connection])
                    busy[connection].end()
            self._hand_out(items)
            while self.turns and self.turns[0].done:
                task = self.turns.popleft()
                yield task.item, task.answer  # type: ignore[misc]  # done, so there is one
                self._hand_out(items)

    def _hand_out(self, items: Iterator[Item]) -> None:
        """Give every idle worker an item, unless too many would wait for their turn."""
        idle = [worker for worker in self.workers if worker.task is None]
        while len(self.turns) < self.jobs * _AHEAD and (idle or len(self.workers) < self.jobs):
            task = next((_Task[Item, Answer](item) for item in items), None)
            if task is None:
                return
            if not idle:
                self.workers.append(_Worker(self.do))
                idle.append(self.workers[-1])
            self.turns.append(task)
            idle.pop().take(task)

    def end(self) -> None:
        """End all processes, even over an item."""
        with _undisturbed():
            for worker in self.workers:
                worker.process.terminate()
            for worker in self.workers:
                worker.end()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let a Ctrl-C wait: in the middle of a fork it is lost, or meets a process that is half there."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(do: Callable[[Item], Answer], connection: Connection) -> None:
    """Leave Ctrl-C to the process this one works for, end when that asks for it, and without a word when it dies."""
    memory.keep()
    gc.freeze()  # forms and patterns live as long as the process: to look for garbage among them is lost time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # not before: a thread half begun would complain
    with suppress(EOFError, OSError):  # the other end is gone
        while True:
            connection.send(_attempt(do, connection.recv()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _attempt(do: Callable[[Item], Answer], item: Item) -> Answer | Failed:
    try:
        return do(item)
    except Exception as error:  # noqa: BLE001 a mistake of ours over one item is told, and the others go on
        return Failed(f"{type(error).__name__}: {error}")
