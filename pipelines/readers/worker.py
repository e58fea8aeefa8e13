"""The child process of ``pipelines.readers.confined``: does one thing after another until its input ends."""

from __future__ import annotations

import os
import pickle
import resource
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from pipelines.readers.confined import LENGTH, MEMORY_LIMIT
from pipelines.readers.kinds import Reason, Unreadable

Request = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function, and what it is given."""


def main() -> None:
    """Answer requests on the original standard output; whatever a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while (request := _next(sys.stdin.buffer)) is not None:
        answer = pickle.dumps(_do(*request))
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _next(requests: BinaryIO) -> Request | None:
    head = requests.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    request: Request = pickle.loads(requests.read(length))  # noqa: S301 our own parent wrote it
    return request


def _do(read: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    """What was read or why nothing was. A library may fail on a broken file in any way: all are one reason."""
    try:
        return read(*given)
    except Unreadable as error:
        return error.reason
    except (MemoryError, RecursionError):
        return Reason.TOO_LARGE
    except Exception:  # noqa: BLE001 what a broken file raises inside a library is not to be foreseen
        return Reason.DAMAGED


if __name__ == "__main__":
    main()
