"""Readers: bytes of any kind into a ``Document``. The first bytes decide the kind, never the name or a header."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from pipelines.document import Document
from pipelines.readers.html import read_html
from pipelines.readers.plain import read_text


class Kind(StrEnum):
    """Kinds of document, told by their first bytes."""

    HTML = "html"
    TEXT = "text"
    PDF = "pdf"
    WORD = "word"
    ARCHIVE = "zip"
    RTF = "rtf"
    PICTURE = "picture"
    EMPTY = "empty"
    BINARY = "binary"


class Unreadable(Exception):
    """Raised for a document of a kind that has no reader; ``kind`` says which."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(f"no reader for {kind}")
        self.kind = kind


_MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"PK\x03\x04", Kind.ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.WORD),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
)
_TAG = re.compile(rb"<(?:!doctype|html|head|body|table|div|p|meta|span|h\d|script|!--)[\s>/a-z-]", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_READERS: dict[Kind, Callable[[bytes], Document]] = {Kind.HTML: read_html, Kind.TEXT: read_text}


def sniff(data: bytes) -> Kind:
    """The kind of a document by its first bytes; OLE files count as Word, zip files as archives (docx, xlsx, ofd)."""
    if not data.strip():
        return Kind.EMPTY
    start = data[:4096].lstrip()
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if _TAG.search(start) or _TAG.search(data[:65536]):
        return Kind.HTML
    if start[:2] not in (b"\xff\xfe", b"\xfe\xff") and _CONTROL.search(start):
        return Kind.BINARY
    return Kind.TEXT


def read_document(data: bytes) -> Document:
    """Read a document. Raises ``Unreadable`` when its kind has no reader."""
    kind = sniff(data)
    reader = _READERS.get(kind)
    if reader is None:
        raise Unreadable(kind)
    return reader(data)
