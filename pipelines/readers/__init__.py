"""Readers: bytes of any kind into a ``Document``. The bytes decide the kind, never the name or a header."""

from __future__ import annotations

from pipelines.document import Document
from pipelines.readers.confined import read_confined
from pipelines.readers.html import read_html
from pipelines.readers.kinds import Kind, Reason, Unreadable, sniff
from pipelines.readers.mhtml import page_of
from pipelines.readers.office import convert
from pipelines.readers.package import Member, members
from pipelines.readers.plain import read_text

__all__ = [
    "Kind",
    "Member",
    "Reason",
    "Unreadable",
    "is_monstrous",
    "is_read_here",
    "members",
    "read_document",
    "sniff",
]

_CONFINED = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.XLS})
_CONVERTED = frozenset({Kind.DOC, Kind.RTF, Kind.WORD_XML})
_LARGEST_PAGE = 5_000_000  # bytes
_MOST_UNCLOSED = 5_000
_REASONS = {Kind.EMPTY: Reason.EMPTY, Kind.BINARY: Reason.BINARY}


def read_document(data: bytes, kind: Kind | None = None) -> Document:
    """Read a document; of a package, read its ``members``. Raises ``Unreadable`` when it cannot be read.

    ``kind`` is what ``sniff`` says of the bytes, for those who have asked it.
    """
    kind = kind or sniff(data)
    if kind is Kind.HTML:
        return read_confined(kind, data) if is_monstrous(data) else read_html(data)
    if kind is Kind.TEXT:
        return read_text(data)
    if kind is Kind.MHTML:
        return read_document(page_of(data))
    if kind in _CONFINED:
        return read_confined(kind, data)
    if kind in _CONVERTED:
        return _read_converted(kind, data)
    raise Unreadable(kind, _REASONS.get(kind, Reason.NO_READER))


def is_monstrous(page: bytes) -> bool:
    """True for a page that may take a parser too long: very large, or thousands of elements that are never closed."""
    if len(page) > _LARGEST_PAGE:
        return True
    tags = page.count(b"<")
    return tags > _MOST_UNCLOSED and tags - 2 * page.count(b"</") > _MOST_UNCLOSED


def is_read_here(data: bytes) -> bool:
    """True for what ``read_document`` reads by itself, in milliseconds; for anything else it asks other processes."""
    kind = sniff(data)
    return kind in (Kind.TEXT, Kind.EMPTY) or (kind is Kind.HTML and not is_monstrous(data))


def _read_converted(kind: Kind, data: bytes) -> Document:
    [converted] = convert([(kind, data)])
    if isinstance(converted, Unreadable):
        raise converted
    return read_confined(Kind.DOCX, converted)
