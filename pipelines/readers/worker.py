"""The child process of ``pipelines.readers.confined``: reads one document after another until its input ends."""

from __future__ import annotations

import os
import pickle
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from pipelines.document import Document
from pipelines.readers.bounds import bounded
from pipelines.readers.confined import LENGTH, MEMORY_LIMIT
from pipelines.readers.kinds import Kind, Reason, Unreadable

_READERS = {
    Kind.HTML: "html.read_html",
    Kind.PDF: "pdf.read_pdf",
    Kind.DOCX: "word.read_docx",
    Kind.XLSX: "sheet.read_sheet",
    Kind.XLS: "sheet.read_sheet",
}


def main() -> None:
    """Answer requests on the original standard output; whatever a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while (request := _next(sys.stdin.buffer)) is not None:
        answer = pickle.dumps(_read(*request))
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _next(requests: BinaryIO) -> tuple[Kind, bytes] | None:
    head = requests.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    request: tuple[Kind, bytes] = pickle.loads(requests.read(length))  # noqa: S301 our own parent wrote it
    return request


def _read(kind: Kind, data: bytes) -> Document | Reason:
    """The document or why there is none. A library may fail on a broken file in any way: all are one reason."""
    try:
        return bounded(_reader(kind)(data), kind)
    except Unreadable as error:
        return error.reason
    except (MemoryError, RecursionError):
        return Reason.TOO_LARGE
    except Exception:  # noqa: BLE001 what a broken file raises inside a library is not to be foreseen
        return Reason.DAMAGED


def _reader(kind: Kind) -> Callable[[bytes], Document]:
    module, function = _READERS[kind].split(".")
    reader: Callable[[bytes], Document] = getattr(import_module(f"pipelines.readers.{module}"), function)
    return reader


if __name__ == "__main__":
    main()
