"""Reading in a child process: bounded time, bounded memory, and none of a library's noise in ours."""

from __future__ import annotations

import atexit
import os
import pickle
import selectors
import struct
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO, Any, TypeVar

from pipelines.document import Document
from pipelines.readers.formats import read_format
from pipelines.readers.kinds import Kind, Reason, Unreadable
from pipelines.readers.patience import Patience, waited_for_a_processor

TIME_LIMIT = 15.0  # seconds a document (``Patience``): with what comes before and after none takes 20
MEMORY_LIMIT = 1 << 30  # bytes of address space
LARGEST_ANSWER = 1 << 28  # bytes
ENOUGH_FOR_ONE = 200  # documents: what a library leaks over these is given back by a new process
LENGTH = struct.Struct(">Q")
_ROOT = Path(__file__).parents[2]

Answer = TypeVar("Answer")


def read_confined(kind: Kind, data: bytes, time_limit: float = TIME_LIMIT) -> Document:
    """Read a document of a binary kind in the child process. Raises ``Unreadable`` as ``confined`` does."""
    return confined(kind, read_format, kind, data, time_limit=time_limit)


def confined(kind: Kind, read: Callable[..., Answer], *given: object, time_limit: float = TIME_LIMIT) -> Answer:
    """What a function makes of a document in the child process, which is kept for the next one.

    The function, what it is given and what it gives must be picklable. Raises ``Unreadable``: the function's own
    reason, or ``TOO_SLOW`` after ``time_limit`` seconds, or ``DAMAGED`` when the child died over it.
    """
    with _lock:
        child = _Child.current()
        try:
            answer = child.ask((read, given), time_limit)
        except TimeoutError as error:
            child.stop()
            raise Unreadable(kind, Reason.TOO_SLOW) from error
        except (OSError, EOFError) as error:
            child.stop()
            raise Unreadable(kind, Reason.DAMAGED) from error
    if isinstance(answer, Reason):
        raise Unreadable(kind, answer)
    done: Answer = answer
    return done


class _Child:
    """The process that reads, one for each of ours; asked over its standard input and output."""

    _running: _Child | None = None

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.asked = 0
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.readers.worker"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    @classmethod
    def current(cls) -> _Child:
        """The running child of this process; a new one after a death, a fork or enough documents."""
        running = cls._running
        if running is not None and running.owner == os.getpid():
            if running.asked < ENOUGH_FOR_ONE and running.process.poll() is None:
                return running
            running.stop()
        cls._running = cls()
        return cls._running

    @classmethod
    def end(cls) -> None:
        """Stop the child of this process, if one runs."""
        if cls._running is not None and cls._running.owner == os.getpid():
            cls._running.stop()

    def ask(self, what: object, time_limit: float) -> Any:
        """Send one request and wait for what became of it. Raises ``TimeoutError``, ``EOFError`` or ``OSError``."""
        to, back = self.process.stdin, self.process.stdout
        assert to is not None
        assert back is not None
        self.asked += 1
        patience = Patience(time_limit, partial(waited_for_a_processor, self.process.pid))
        request = pickle.dumps(what)
        _write(to, LENGTH.pack(len(request)) + request, patience)
        (length,) = LENGTH.unpack(_read(back, LENGTH.size, patience))
        if length > LARGEST_ANSWER:
            raise EOFError
        return pickle.loads(_read(back, length, patience))  # noqa: S301 our own worker wrote it

    def stop(self) -> None:
        """Kill the child and close its pipes."""
        self.process.kill()
        self.process.communicate()
        type(self)._running = None


def _write(stream: IO[bytes], data: bytes, patience: Patience) -> None:
    os.set_blocking(stream.fileno(), False)
    view = memoryview(data)
    while view:
        _wait(stream, selectors.EVENT_WRITE, patience)
        view = view[os.write(stream.fileno(), view[: 1 << 16]) :]


def _read(stream: IO[bytes], length: int, patience: Patience) -> bytes:
    parts: list[bytes] = []
    while length:
        _wait(stream, selectors.EVENT_READ, patience)
        part = os.read(stream.fileno(), min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _wait(stream: IO[Any], event: int, patience: Patience) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(stream, event)
        left = patience.left()
        while not selector.select(left):
            if (left := patience.left()) <= 0:
                raise TimeoutError


_lock = Lock()
atexit.register(_Child.end)
