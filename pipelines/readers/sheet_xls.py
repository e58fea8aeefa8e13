"""XLS into ``ShownSheet``, with what xlrd tells of hidden sheets, rows and columns, of formats and of fonts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import xlrd

from pipelines.readers.kinds import Kind, Reason, Unreadable
from pipelines.readers.sheet_numbers import EPOCH, UNKNOWN, shown_number, shown_text
from pipelines.readers.sheet_shown import Font, Merged, ShownSheet, Style

_EPOCH_1904 = date(1904, 1, 1)
_WHITE = (255, 255, 255)
_NO_FILL = 0
_LOST = Font(pale=True)  # of a damaged file: whether its figures are to be seen is not known
_LEAST_HEIGHT = 40  # twentieths of a point: lower rows show no line of text
_LEAST_WIDTH = 80  # 256ths of a character


def read_xls(data: bytes) -> Iterator[ShownSheet]:
    """The visible sheets of a workbook in their order. Raises ``Unreadable`` for one under a password."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO(), ragged_rows=True)
    except xlrd.XLRDError as error:
        reason = Reason.ENCRYPTED if "encrypted" in str(error) else Reason.DAMAGED
        raise Unreadable(Kind.XLS, reason) from error
    for sheet in book.sheets():
        if sheet.visibility == 0:
            yield _Sheet(book, sheet).read()


class _Sheet:
    """A sheet of xlrd's, and the styles of its cells once looked up."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.book, self.sheet = book, sheet
        self.epoch = _EPOCH_1904 if book.datemode else EPOCH
        self._styles: dict[int, Style] = {}

    def read(self) -> ShownSheet:
        """Everything a person sees of it."""
        rows, columns = self.sheet.rowinfo_map, self.sheet.colinfo_map
        shown = ShownSheet(
            self.sheet.name,
            merged=[Merged(top, left, end - 1, right - 1) for top, end, left, right in self.sheet.merged_cells],
            hidden_rows={row for row, info in rows.items() if _is_hidden(info.hidden, info.height, _LEAST_HEIGHT)},
            hidden_columns={c for c, info in columns.items() if _is_hidden(info.hidden, info.width, _LEAST_WIDTH)},
        )
        for row in range(self.sheet.nrows):
            for column in range(self.sheet.row_len(row)):
                shown.put(row, column, self._printed(row, column))
        return shown

    def _printed(self, row: int, column: int) -> str:
        kind, value = self.sheet.cell_type(row, column), self.sheet.cell_value(row, column)
        if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            return ""
        style = self._style(self.sheet.cell_xf_index(row, column))
        if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            if not value and not self.sheet.show_zero_values:
                return ""
            return style.font.printed(shown_number(value, style.code, self.epoch))
        if kind == xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if value else "FALSE"
        if kind == xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(value, "#ERROR!"))
        changes = self.sheet.rich_text_runlist_map.get((row, column), ())
        return "".join(font.printed(shown_text(text, style.code)) for text, font in self._runs(value, style, changes))

    def _runs(self, text: str, style: Style, changes: list[tuple[int, int]]) -> Iterator[tuple[str, Font]]:
        starts = [0, *(start for start, _ in changes), len(text)]
        fonts = [style.font, *(self._font(font) for _, font in changes)]
        return ((text[start:end], font) for start, end, font in zip(starts, starts[1:], fonts, strict=False))

    def _style(self, number: int) -> Style:
        if not 0 <= number < len(self.book.xf_list):
            return Style(UNKNOWN, _LOST)
        if number not in self._styles:
            cell = self.book.xf_list[number]
            font = self._font(cell.font_index)
            if cell.background.fill_pattern != _NO_FILL and not self._is_white(cell.background.pattern_colour_index):
                font = font._replace(pale=False)
            named = self.book.format_map.get(cell.format_key)
            code = UNKNOWN if named is None else named.format_str
            self._styles[number] = Style(code, font)
        return self._styles[number]

    def _font(self, number: int) -> Font:
        if not 0 <= number < len(self.book.font_list):
            return _LOST
        font = self.book.font_list[number]
        return Font(bool(font.struck_out), bool(font.escapement), self._is_white(font.colour_index))

    def _is_white(self, colour: int) -> bool:
        return bool(self.book.colour_map.get(colour) == _WHITE)


def _is_hidden(hidden: int, size: int | None, least: int) -> bool:
    return bool(hidden) or (size is not None and size < least)
