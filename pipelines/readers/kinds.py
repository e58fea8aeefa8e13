"""What a document is, told by its bytes, and the error for those that cannot be read."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from enum import StrEnum

from pipelines.readers.encoding import wide_encoding


class Kind(StrEnum):
    """Kinds of document, told by their bytes and never by a name or a header."""

    HTML = "html"
    MHTML = "mhtml"
    TEXT = "text"
    PDF = "pdf"
    DOCX = "docx"
    STRICT_DOCX = "strict_docx"
    DOC = "doc"
    RTF = "rtf"
    WORD_XML = "word_xml"
    ODT = "odt"
    ODS = "ods"
    XLSX = "xlsx"
    XLS = "xls"
    OFD = "ofd"
    ZIP = "zip"
    RAR = "rar"
    PICTURE = "picture"
    EMPTY = "empty"
    BINARY = "binary"


class Reason(StrEnum):
    """Why a document gives no ``Document``; ``reasons.yaml`` beside ``pipelines/reading.py`` says it in words."""

    EMPTY = "empty"
    BINARY = "binary"
    NO_READER = "no_reader"
    SCAN = "scan"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NO_OFFICE = "no_office"
    NOTHING_INSIDE = "nothing_inside"
    NESTED = "nested"
    MOJIBAKE = "mojibake"


class Unreadable(Exception):
    """Raised for a document that cannot be read: ``kind`` says what it is, ``reason`` why not."""

    def __init__(self, kind: Kind, reason: Reason = Reason.NO_READER) -> None:
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason


_MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.DOC),
    (b"{\\rtf", Kind.RTF),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"\x89PNG", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"II*\0", Kind.PICTURE),
    (b"MM\0*", Kind.PICTURE),
    (b"MIME-Version:", Kind.MHTML),
)
_MEMBERS = (("word/document.xml", Kind.DOCX), ("xl/workbook.xml", Kind.XLSX), ("OFD.xml", Kind.OFD))
BROKEN_ZIP = (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, OSError, zlib.error, lzma.LZMAError)
"""What ``zipfile`` raises for a broken package, a strange one, or a member whose compression is broken."""

_ROOT, _NAMES_LOOKED_AT = "_rels/.rels", 4096  # bytes of it; a dozen relations at most
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument/"  # ISO 29500 Strict: no name is that of common Office files
_ENTRY_HEAD = 30  # bytes before the name of an entry
_OPEN_DOCUMENTS = (  # the first entry of a package, stored as it is
    (b"mimetypeapplication/vnd.oasis.opendocument.text", Kind.ODT),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Kind.ODS),
)
_TAG = re.compile(rb"<(?:!doctype|html|head|body|table|div|p|meta|span|h\d|script|!--)[\s>/a-z-]", re.IGNORECASE)
_CONTROL = bytes([*range(0x09), *range(0x0E, 0x20)])
_SHEET_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_START_OF_WORD = b"\xec\xa5"
_SECTOR = 512
_LOOKED_AT = 65_536  # bytes in which the first tag of a page stands
_MOST_CONTROLS = 0.02  # of the first bytes: a page has a stray NUL, garbage has thousands


def sniff(data: bytes) -> Kind:
    """The kind of a document by its bytes; zip files are told apart by their members, OLE files by their streams."""
    if not data.strip():
        return Kind.EMPTY
    if encoding := wide_encoding(data):
        data = data[: 2 * _LOOKED_AT].decode(encoding, errors="replace").replace("\ufeff", "").encode()
    start = data[:4096].lstrip()
    kind = next((kind for magic, kind in _MAGIC if start.startswith(magic)), None)
    if kind is Kind.ZIP:
        return _kind_of_zip(data)
    if kind is Kind.DOC:
        return _kind_of_ole(data)
    return kind or _kind_of_text(start, data)


def _kind_of_zip(data: bytes) -> Kind:
    for start, kind in _OPEN_DOCUMENTS:
        if data.startswith(start, _ENTRY_HEAD):
            return kind
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = next((kind for member, kind in _MEMBERS if member in names), Kind.ZIP)
            return Kind.STRICT_DOCX if kind is Kind.DOCX and _is_strict(archive) else kind
    except BROKEN_ZIP:
        return Kind.ZIP


def _is_strict(archive: zipfile.ZipFile) -> bool:
    try:
        with archive.open(_ROOT) as relations:
            return _STRICT in relations.read(_NAMES_LOOKED_AT)
    except (KeyError, *BROKEN_ZIP):
        return False  # its reader says what is wrong with it


def _kind_of_ole(data: bytes) -> Kind:
    is_sheet = _WORD_STREAM not in data and any(stream in data for stream in _SHEET_STREAMS)
    return Kind.XLS if is_sheet else Kind.DOC


def _kind_of_text(start: bytes, data: bytes) -> Kind:
    controls = len(start) - len(start.translate(None, _CONTROL))
    if controls > _MOST_CONTROLS * len(start):
        return Kind.BINARY
    if start.startswith(b"<?xml") and b"Word.Document" in start:
        return Kind.WORD_XML
    if _TAG.search(start) or _TAG.search(data[:_LOOKED_AT]):
        return Kind.HTML
    return Kind.BINARY if controls else Kind.TEXT


def is_locked_office_file(data: bytes) -> bool:
    """True for an OLE file under a password: an encrypted package, or Word's own flag (MS-DOC 2.5.1, FibBase)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    starts = range(_SECTOR, len(data) - 12, _SECTOR)
    return any(data[at : at + 2] == _START_OF_WORD and data[at + 11] & 1 for at in starts)
