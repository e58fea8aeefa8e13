"""Whose error stands behind ``damaged``: a library that gave a broken file up, or a line of our own reader.

A reader in its child process answers ``damaged`` whatever was raised, so an error of our own would hide behind it.
"""

from __future__ import annotations

import os
import resource
import signal
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from pipelines.readers import Kind, Unreadable, sniff

_READERS = {
    Kind.PDF: ("pipelines.readers.pdf", "read_pdf"),
    Kind.DOCX: ("pipelines.readers.word", "read_docx"),
    Kind.XLSX: ("pipelines.readers.sheet", "read_sheet"),
    Kind.XLS: ("pipelines.readers.sheet", "read_sheet"),
}
_OURS = str(Path(__file__).parents[1] / "pipelines")
_SECONDS, _MEMORY = 20, 2 << 30


def culprit(data: bytes) -> str | None:
    """The innermost line that raised while ``data`` is read, when it is ours; None when it is a library's.

    The document is read in a fork of this process, so that nothing it does can reach the fuzzing.
    """
    if (kind := sniff(data)) not in _READERS:
        return None
    module, function = _READERS[kind]
    read = getattr(import_module(module), function)
    back, to = os.pipe()
    if not (child := os.fork()):
        _answer(to, read, data)
    os.close(to)
    with os.fdopen(back, "rb") as pipe:
        line = pipe.read().decode()
    os.waitpid(child, 0)
    return line or None


def _answer(to: int, read: Callable[[bytes], object], data: bytes) -> NoReturn:
    """The whole life of the fork: whatever is raised, nothing of the fuzzing runs on in it."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        signal.alarm(_SECONDS)
        os.write(to, _line_that_raises(read, data).encode()[:4000])
    finally:
        os._exit(0)


def _line_that_raises(read: Callable[[bytes], object], data: bytes) -> str:
    try:
        read(data)
    except Unreadable:
        return ""
    except Exception as error:  # noqa: BLE001 whatever is raised is what we look for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        if frame.filename.startswith(_OURS) and type(error).__module__ == "builtins":  # not what compiled code raises
            return f"{Path(frame.filename).name}:{frame.lineno} {type(error).__name__}: {error}"
    return ""
