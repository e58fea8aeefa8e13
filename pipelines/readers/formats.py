"""Which module reads which kind of document: its libraries are loaded only where the first such document is read."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from pipelines.document import Document
from pipelines.readers.bounds import bounded
from pipelines.readers.kinds import Kind

_READERS = {
    Kind.HTML: "html.read_html",
    Kind.PDF: "pdf.read_pdf",
    Kind.DOCX: "word.read_docx",
    Kind.XLSX: "sheet.read_sheet",
    Kind.XLS: "sheet.read_sheet",
}


def read_format(kind: Kind, data: bytes) -> Document:
    """Read a document in this very process. Whoever does not trust it asks ``read_confined``."""
    module, function = _READERS[kind].split(".")
    reader: Callable[[bytes], Document] = getattr(import_module(f"pipelines.readers.{module}"), function)
    return bounded(reader(data), kind)
