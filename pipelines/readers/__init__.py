"""Readers: bytes of any kind into a ``Document``. The bytes decide the kind, never the name or a header."""

from __future__ import annotations

from time import monotonic

from pipelines.document import Document
from pipelines.readers.bounds import bounded, is_deep, is_hopeless, is_monstrous
from pipelines.readers.confined import TIME_LIMIT, read_confined
from pipelines.readers.html import read_html
from pipelines.readers.kinds import Kind, Reason, Unreadable, sniff
from pipelines.readers.mhtml import page_of
from pipelines.readers.office import convert
from pipelines.readers.package import Member, members
from pipelines.readers.plain import read_text

__all__ = [
    "TIME_LIMIT",
    "Kind",
    "Member",
    "Reason",
    "Unreadable",
    "is_deep",
    "is_monstrous",
    "is_read_here",
    "members",
    "read_document",
    "sniff",
]

_CONFINED = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.XLS})
_CONVERTED = frozenset({Kind.DOC, Kind.RTF, Kind.WORD_XML, Kind.ODT, Kind.STRICT_DOCX})
_REASONS = {Kind.EMPTY: Reason.EMPTY, Kind.BINARY: Reason.BINARY}


def read_document(data: bytes, kind: Kind | None = None, time_limit: float = TIME_LIMIT) -> Document:
    """Read a document; of a package, read its ``members``. Raises ``Unreadable`` when it cannot be read.

    ``kind`` is what ``sniff`` says of the bytes, for those who have asked it; ``time_limit`` are the seconds that a
    reader in another process may take.
    """
    kind = kind or sniff(data)
    if kind is Kind.MHTML:
        return read_document(page_of(data), time_limit=time_limit)
    if kind in _CONVERTED:
        return _read_converted(kind, data, time_limit)
    if kind in _CONFINED:
        return read_confined(kind, data, time_limit)
    if kind is Kind.HTML:
        return _read_monster(data, time_limit) if is_monstrous(data) else bounded(read_html(data), kind)
    if kind is Kind.TEXT:
        return bounded(read_text(data), kind)
    raise Unreadable(kind, _REASONS.get(kind, Reason.NO_READER))


def is_read_here(data: bytes) -> bool:
    """True for what ``read_document`` reads by itself, in milliseconds; for anything else it asks other processes."""
    kind = sniff(data)
    return kind in (Kind.TEXT, Kind.EMPTY) or (kind is Kind.HTML and not is_monstrous(data))


def _read_monster(page: bytes, time_limit: float) -> Document:
    if is_hopeless(page):
        raise Unreadable(Kind.HTML, Reason.TOO_LARGE)
    return read_confined(Kind.HTML, page, time_limit)


def _read_converted(kind: Kind, data: bytes, time_limit: float) -> Document:
    deadline = monotonic() + time_limit
    [converted] = convert([(kind, data)], time_limit)
    if isinstance(converted, Unreadable):
        raise converted
    return read_confined(Kind.DOCX, converted, deadline - monotonic())
