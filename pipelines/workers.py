"""The same work on many things, on all cores: answers in order, and a process that dies fails one thing alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from threading import Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_AHEAD = 8  # items that wait for each process: enough that none is idle, few enough that memory stays flat


@dataclass(frozen=True, slots=True)
class Failed:
    """An item that our own code could not deal with; ``message`` says what happened."""

    message: str


def cores() -> int:
    """How many processes may run at once here."""
    return len(os.sched_getaffinity(0))


def each(do: Callable[[Item], Answer], items: Iterable[Item], jobs: int) -> Iterator[tuple[Item, Answer | Failed]]:
    """Every item with what ``do`` makes of it, in the order of the items; in this process when ``jobs`` is 1.

    ``do`` must be importable, and what it takes and gives must be picklable. An exception of it, or the death of a
    process over an item, is the answer for that item alone.
    """
    if jobs == 1:
        for item in items:
            yield item, _attempt(do, item)
        return
    waiting: deque[tuple[Item, Future[Answer | Failed]]] = deque()
    with _ended(_Pool(do, jobs)) as pool:
        for item in items:
            waiting.append((item, pool.submit(item)))
            if len(waiting) > jobs * _AHEAD:
                yield pool.answer(*waiting.popleft())
        while waiting:
            yield pool.answer(*waiting.popleft())


class _Pool(Generic[Item, Answer]):
    """Processes that are started anew when one of them dies."""

    def __init__(self, do: Callable[[Item], Answer], jobs: int) -> None:
        self._do = do
        self._jobs = jobs
        self._executor = _executor(jobs)

    def submit(self, item: Item) -> Future[Answer | Failed]:
        """Have an item done; new processes are begun where there are none."""
        with _undisturbed():
            try:
                return self._executor.submit(_attempt, self._do, item)
            except BrokenProcessPool:
                self.stop()
                self._executor = _executor(self._jobs)
                return self._executor.submit(_attempt, self._do, item)

    def answer(self, item: Item, future: Future[Answer | Failed]) -> tuple[Item, Answer | Failed]:
        """What became of an item. When a process died, nobody knows over which: each is then tried by itself."""
        try:
            return item, future.result()
        except BrokenProcessPool:
            pass
        with _ended(_Pool(self._do, 1)) as alone:
            try:
                return item, alone.submit(item).result()
            except BrokenProcessPool:
                return item, Failed("the process that read it died")

    def stop(self) -> None:
        """Begin nothing more, and wait for the processes to end."""
        self._executor.shutdown(cancel_futures=True)


@contextmanager
def _ended(pool: _Pool[Item, Answer]) -> Iterator[_Pool[Item, Answer]]:
    """Stop a pool at the end, also at an early one.

    What is in hand is finished and never killed: of a process killed in the middle of its answer, the executor would
    wait for the other half for ever.
    """
    try:
        yield pool
    finally:
        pool.stop()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let a Ctrl-C wait: one that comes in the middle of a fork is lost, or meets a process that is half there."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _executor(jobs: int) -> ProcessPoolExecutor:
    """Forked, so that a process begins with all forms and patterns loaded."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), begin)


def begin() -> None:
    """A worker leaves Ctrl-C to the process it works for, and ends without a word when that one dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    Thread(target=_end_with_parent, daemon=True).start()


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
