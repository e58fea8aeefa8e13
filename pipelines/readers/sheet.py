"""XLSX and XLS into a ``Document``: each visible sheet its titles and one table or more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.document import Block, Document, Paragraph
from pipelines.readers.kinds import Kind, Reason, Unreadable, sniff
from pipelines.readers.sheet_shown import ShownSheet
from pipelines.readers.sheet_xls import read_xls
from pipelines.readers.sheet_xlsx import read_xlsx
from pipelines.readers.spans import SourceCell, lay_out

MAX_PLACES = 1_000_000  # rows × columns of a sheet
_SECTION = re.compile(r"[一二三四五六七八九]、.*(?:情况|事项)")

_YEAR = re.compile(r"20\d{2}年")


def read_sheet(data: bytes) -> Document:
    """Read the bytes of a workbook. Raises ``Unreadable`` when it is locked or a sheet is larger than any report."""
    sheets = read_xls(data) if sniff(data) is Kind.XLS else read_xlsx(data)
    return Document([block for sheet in sheets for block in (*_caption(sheet.name), *_blocks(sheet))])


def _caption(name: str) -> Iterator[Block]:
    """The name of a sheet, as a line above it, where it tells the year of what is on it."""
    if _YEAR.search(name):
        yield Paragraph(f"({name})")


def _blocks(sheet: ShownSheet) -> Iterator[Block]:
    if sheet.height * sheet.width > MAX_PLACES:
        raise Unreadable(Kind.XLSX, Reason.TOO_LARGE)
    rows: list[list[SourceCell]] = []
    for cells in sheet.rows():
        title = _title(cells, at_start=not rows)
        if title is None:
            rows.append(cells)
        elif title:
            if rows:
                yield lay_out(rows)
                rows = []
            yield Paragraph(title)
    if rows:
        yield lay_out(rows)


def _title(cells: list[SourceCell], *, at_start: bool) -> str | None:
    """The text of a row that is a title or blank and so no row of a table; None for a row of a table."""
    texts = [text for text, _, _ in cells if text]
    if len(texts) > 1 or (texts and not at_start and not _SECTION.fullmatch(texts[0])):
        return None
    if any(rowspan not in (None, "1") for text, rowspan, _ in cells if not text):  # the empty corner of a table
        return None
    return texts[0] if texts else ""
