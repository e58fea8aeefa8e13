"""XLSX and XLS into a ``Document``: each sheet its titles and one table or more."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError

from pipelines.document import Block, Document, Paragraph
from pipelines.readers.kinds import Kind, Reason, Unreadable
from pipelines.readers.spans import SourceCell, lay_out

MAX_PLACES = 1_000_000  # rows × columns of a sheet
_SECTION = re.compile(r"[一二三四五六七八九]、.*(?:情况|事项)")

_YEAR = re.compile(r"20\d{2}年")

_Merged = dict[tuple[int, int], tuple[int, int]]  # corner → rows and columns covered


def read_sheet(data: bytes) -> Document:
    """Read the bytes of a workbook. Raises ``Unreadable`` when it is locked or a sheet is larger than any report."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Unreadable(Kind.XLSX, Reason.ENCRYPTED) from error
    return Document(
        [block for name in book.sheet_names for block in (*_caption(name), *_blocks(book.get_sheet_by_name(name)))]
    )


def _caption(name: str) -> Iterator[Block]:
    """The name of a sheet, as a line above it, where it tells the year of what is on it."""
    if _YEAR.search(name):
        yield Paragraph(f"({name})")


def _blocks(sheet: CalamineSheet) -> Iterator[Block]:
    if sheet.total_height * sheet.total_width > MAX_PLACES:
        raise Unreadable(Kind.XLSX, Reason.TOO_LARGE)
    rows: list[list[SourceCell]] = []
    for cells in _rows(sheet):
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
    return texts[0] if texts else ""


def _rows(sheet: CalamineSheet) -> Iterator[list[SourceCell]]:
    """The cells that are printed in each row, those that a merged cell covers left out."""
    merged: _Merged = {
        first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in sheet.merged_cell_ranges or ()
    }
    covered = {
        (row + down, column + right)
        for (row, column), (tall, wide) in merged.items()
        for down in range(min(tall, sheet.total_height))
        for right in range(min(wide, sheet.total_width))
    } - merged.keys()
    for r, values in enumerate(sheet.to_python(skip_empty_area=False)):
        cells: list[SourceCell] = []
        for c, value in enumerate(values):
            if (r, c) not in covered:
                tall, wide = merged.get((r, c), (1, 1))
                cells.append((_printed(value), str(tall), str(wide)))
        yield cells


def _printed(value: object) -> str:
    """A value as the sheet shows it: Excel keeps every number as a float, and 12 is not printed 12.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
