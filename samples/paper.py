"""A report laid out on A4 as an office prints it: text, ruled tables that run over page breaks, page numbers."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from samples import pdf
from samples.content import Block
from samples.forms import Cell, Table, places, width_of

_MARGIN = 57.0
_RIGHT = pdf.WIDTH - _MARGIN
_LINE = 1.5  # sizes from one line to the next
_TITLE, _BODY, _CELL, _FOOT = 16.0, 12.0, 9.0, 9.0
_PADDING = 3.0
_ROOM_AFTER_HEADING = 90.0  # points: a heading never stands alone at the foot of a page
_LABELS = (38.0, 50.0, 134.0)  # the three columns of labels of the second table
_WORD = re.compile(r"[!-~]+|.")


class _Sheets:
    """Pages that fill from top to bottom; ``y`` is how far down the current one is full."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []
        self.y = 0.0
        self.turn()

    @property
    def room(self) -> float:
        return pdf.HEIGHT - _MARGIN - self.y

    def turn(self) -> None:
        """Begin a new page with its number at its foot."""
        self.pages.append([])
        self.y = _MARGIN
        number = f"- {len(self.pages)} -"
        self.write((pdf.WIDTH - _width(number, _FOOT)) / 2, pdf.HEIGHT - 40, _FOOT, number)

    def write(self, x: float, top: float, size: float, line: str) -> None:
        self.pages[-1].append(pdf.text(x, pdf.HEIGHT - top - 0.88 * size, size, line))

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        self.pages[-1].append(pdf.box(left, pdf.HEIGHT - bottom, right - left, bottom - top))


def lay_out(title: str, blocks: Sequence[Block], notice: str) -> list[str]:
    """The drawing operators of each page."""
    sheets = _Sheets()
    _centred(sheets, title, _TITLE)
    _centred(sheets, notice, _FOOT)
    for block in blocks:
        if block.kind == "table":
            _table(sheets, block.table)
        else:
            if block.kind == "heading" and sheets.room < _ROOM_AFTER_HEADING:
                sheets.turn()
            _paragraph(sheets, block.text)
    return ["\n".join(page) for page in sheets.pages]


def _width(text: str, size: float) -> float:
    return sum(size / 2 if letter.isascii() else size for letter in text)


def _wrapped(text: str, width: float, size: float) -> Iterator[str]:
    """The lines of a text; numbers stay whole, a `|` breaks."""
    for part in text.split("|"):
        line = ""
        for word in _WORD.findall(part):
            if line and _width(line + word, size) > width:
                yield line
                line = ""
            line += word
        yield line


def _centred(sheets: _Sheets, text: str, size: float) -> None:
    for line in _wrapped(text, _RIGHT - _MARGIN, size):
        sheets.write((pdf.WIDTH - _width(line, size)) / 2, sheets.y, size, line)
        sheets.y += _LINE * size
    sheets.y += size / 2


def _paragraph(sheets: _Sheets, text: str) -> None:
    for line in _wrapped("　　" + text, _RIGHT - _MARGIN, _BODY):
        if sheets.room < _LINE * _BODY:
            sheets.turn()
        sheets.write(_MARGIN, sheets.y, _BODY, line)
        sheets.y += _LINE * _BODY


def _table(sheets: _Sheets, table: Table) -> None:
    """Draw a table, in pieces where pages end; no row is cut, a cell of many rows is."""
    sides = _sides(width_of(table))
    heights = _heights(table, sides)
    first, used = 0, 0.0
    for row, height in enumerate(heights):
        if sheets.room < used + height:
            _piece(sheets, table, sides, heights[:row], first)
            sheets.turn()
            first, used = row, 0.0
        used += height
    _piece(sheets, table, sides, heights, first)
    sheets.y += 2 * _PADDING


def _piece(sheets: _Sheets, table: Table, sides: Sequence[float], heights: Sequence[float], first: int) -> None:
    """Draw the rows from ``first`` to the last that has a height; a cell's text stands where the cell begins."""
    levels = list(accumulate(heights[first:], initial=sheets.y))
    for row, column, cell in places(table):
        begin, end = max(row, first), min(row + cell.rows, len(heights))
        if begin >= end:
            continue
        edges = sides[column], levels[begin - first], sides[column + cell.cols], levels[end - first]
        sheets.frame(*edges)
        if row >= first:
            _cell(sheets, cell, *edges)
    sheets.y = levels[-1]


def _cell(sheets: _Sheets, cell: Cell, left: float, top: float, right: float, bottom: float) -> None:
    lines = _lines(cell, right - left)
    y = (top + bottom - _tall(lines)) / 2 + _PADDING
    for line in lines:
        sheets.write((left + right - _width(line, _CELL)) / 2, y, _CELL, line)
        y += 1.2 * _CELL


def _lines(cell: Cell, width: float) -> list[str]:
    return list(_wrapped(cell.text, width - 2 * _PADDING, _CELL))


def _tall(lines: Sequence[str]) -> float:
    return 1.2 * _CELL * len(lines) + 2 * _PADDING


def _sides(columns: int) -> list[float]:
    """The edges of the columns from left to right, equal but for the labels of the second table."""
    labels = _LABELS if columns == 10 else ()
    others = columns - len(labels)
    rest = (_RIGHT - _MARGIN - sum(labels)) / others
    return list(accumulate([*labels, *[rest] * others], initial=_MARGIN))


def _heights(table: Table, sides: Sequence[float]) -> list[float]:
    heights = [0.0] * len(table)
    for row, column, cell in places(table):
        if cell.rows == 1:
            lines = _lines(cell, sides[column + cell.cols] - sides[column])
            heights[row] = max(heights[row], _tall(lines))
    return heights
