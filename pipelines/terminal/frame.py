"""Tables with merged cells, drawn in box characters: every cell is a box, and where boxes meet the lines join."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipelines.terminal.ink import Ink, paint, width, wrap

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_LINES = {3: "│", 12: "─", 10: "┌", 6: "┐", 9: "└", 5: "┘", 11: "├", 7: "┤", 14: "┬", 13: "┴", 15: "┼"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, how many columns and rows it spans, and its colour. Figures stand to the right."""

    text: str
    cols: int = 1
    rows: int = 1
    ink: Ink = Ink.PLAIN
    right: bool = False


Line = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell in its place: the lines of the grid that bound it."""

    cell: Cell
    top: int
    left: int

    @property
    def bottom(self) -> int:
        return self.top + self.cell.rows

    @property
    def right(self) -> int:
        return self.left + self.cell.cols


def draw(lines: Sequence[Line], widths: Sequence[int], rules: Iterable[int]) -> Iterator[str]:
    """The table as lines of text.

    Args:
        lines: the cells row by row, each once, as in HTML.
        widths: the columns of text in each column of the table.
        rules: the rows above which a line is drawn; above the first and below the last there is always one.
    """
    boxes = list(_place(lines))
    ruled = {0, len(lines), *rules}
    x = list(accumulate((each + 1 for each in widths), initial=0))
    texts = {box: wrap(box.cell.text, x[box.right] - x[box.left] - 1) for box in boxes}
    y = _heights(boxes, texts, ruled, len(lines))
    canvas = _Canvas(x[-1] + 1, y[-1] + 1)
    for box in boxes:
        canvas.outline(x[box.left], x[box.right], y[box.top], y[box.bottom], box.top in ruled, box.bottom in ruled)
        columns = x[box.right] - x[box.left] - 1
        for number, text in enumerate(texts[box], y[box.top] + (box.top in ruled)):
            space = columns - width(text)
            canvas.write(x[box.left] + 1 + (space if box.cell.right else 0), number, text, box.cell.ink)
    return canvas.lines()


def _place(lines: Sequence[Line]) -> Iterator[_Box]:
    """Give every cell the first free place of its row."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(lines):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + along) for down in range(cell.rows) for along in range(cell.cols)}
            yield _Box(cell, row, column)


def _heights(boxes: Sequence[_Box], texts: dict[_Box, list[str]], ruled: set[int], rows: int) -> list[int]:
    """Where each row begins, its rule included; a cell over several rows stretches the last of them."""
    y = [0] * (rows + 1)
    for row in range(1, rows + 1):
        ending = (box for box in boxes if box.bottom == row)
        y[row] = max(y[box.top] + (box.top in ruled) + len(texts[box]) for box in ending)
    return y


class _Canvas:
    """Characters in a grid. Lines are kept as the directions in which they leave each place."""

    def __init__(self, columns: int, rows: int) -> None:
        self._strokes = [[0] * columns for _ in range(rows)]
        self._texts: list[dict[int, tuple[str, Ink]]] = [{} for _ in range(rows)]

    def outline(self, left: int, right: int, top: int, bottom: int, above: bool, below: bool) -> None:
        """The sides of a box, and its top and bottom where they are ruled."""
        for row in [top] * above + [bottom] * below:
            for column in range(left, right):
                self._strokes[row][column] |= _RIGHT
                self._strokes[row][column + 1] |= _LEFT
        for column in (left, right):
            for row in range(top, bottom):
                self._strokes[row][column] |= _DOWN
                self._strokes[row + 1][column] |= _UP

    def write(self, column: int, row: int, text: str, ink: Ink) -> None:
        """A text that begins at a place."""
        self._texts[row][column] = (text, ink)

    def lines(self) -> Iterator[str]:
        """Every row as a text."""
        for strokes, texts in zip(self._strokes, self._texts, strict=True):
            yield "".join(_pieces(strokes, texts))


def _pieces(strokes: Sequence[int], texts: dict[int, tuple[str, Ink]]) -> Iterator[str]:
    column = 0
    while column < len(strokes):
        text, ink = texts.get(column, ("", Ink.PLAIN))
        if text:
            yield paint(text, ink)
            column += width(text)
        else:
            yield _LINES.get(strokes[column], "│") if strokes[column] else " "
            column += 1
