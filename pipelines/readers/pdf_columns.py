"""Tables without lines: rows and columns told from where the words stand.

The figures make the rows. Words beside a row are its labels, other words are heads. Only the order within a row is
handed on; a figure missing under a column that its neighbours have is handed on as a blank cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.readers.pdf_parts import LooseTable, Part
from pipelines.readers.pdf_text import ORDINAL, PAGE_NUMBER, Line

_GAP = 1.0  # glyph heights: what stands further apart than this stands in two columns
_SAME_CELL = 0.6  # glyph heights between two lines of one cell, at most
_SAME_ROW = 0.5  # glyph heights between the middles of two heads in one row, at most
_BETWEEN = 3  # lines: so many without columns may stand between two lines with columns, as wrapped labels do
_FEWEST_FIGURES = 3
_FEWEST_LINES = 3  # with fewer figures: the end of a table on its last page
_FIGURE = re.compile(r"[+-]?\d[\d,.]*(?:亿元|万元|元)?|[/\\—-]+|无|没有|暂无|零|不涉及|不适用")
_SECTION = re.compile(r"[一二三四五六七八九]、.*(?:情况|事项)")


@dataclass(slots=True)
class _Words:
    """Words that stand together as one cell, and whether one of their lines stands on a row of figures."""

    lines: list[Line]
    anchored: bool

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def middle(self) -> float:
        return (self.lines[0].top + self.lines[-1].bottom) / 2

    def takes(self, line: Line, *, anchored: bool) -> bool:
        """True when ``line`` is the next line of this cell."""
        last = self.lines[-1]
        overlap = min(last.right, line.right) - max(last.left, line.left)
        near = line.top - last.bottom < _SAME_CELL * line.height
        return near and overlap > 0 and not (self.anchored and anchored) and not ORDINAL.match(line.text)


@dataclass(slots=True)
class _Row:
    """A row of the table: its labels, and its figures left to right; a row of heads has no figures."""

    middle: float
    figures: list[Line] = field(default_factory=list)
    labels: list[_Words] = field(default_factory=list)

    def take(self, words: _Words) -> None:
        """Words right of the first figure stand in the place of a figure; others are labels."""
        if words.lines[0].left > min(figure.left for figure in self.figures):
            self.figures.append(Line([glyph for line in words.lines for glyph in line.glyphs]))
        else:
            self.labels.append(words)

    @property
    def top(self) -> float:
        return min(figure.top for figure in self.figures)

    @property
    def bottom(self) -> float:
        return max(figure.bottom for figure in self.figures)


def read_columns(lines: Sequence[Line]) -> list[Part]:
    """The lines of a page with each run that stands in columns replaced by a table."""
    parts: list[Part] = []
    start = 0
    for first, last in _runs(lines):
        pieces = [piece for line in lines[first:last] for piece in line.parts(_GAP)]
        figures = sum(bool(_FIGURE.fullmatch(piece.text)) for piece in pieces)
        if figures >= _FEWEST_FIGURES or (figures and last - first >= _FEWEST_LINES):
            table = _table(pieces)
            parts += [*lines[start:first], table]
            start = last
    return [*parts, *lines[start:]]


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """First and behind-last line of each run of lines in columns."""
    first = last = -1
    for number, line in enumerate(lines):
        ends = bool(_SECTION.fullmatch(line.text) or PAGE_NUMBER.fullmatch(line.text))
        if first >= 0 and (ends or number - last > _BETWEEN + 1):
            yield first, last + 1
            first = -1
        if not ends and (len(line.parts(_GAP)) > 1 or _overlaps(lines, number)):
            first, last = (number if first < 0 else first), number
    if first >= 0:
        yield first, last + 1


def _overlaps(lines: Sequence[Line], number: int) -> bool:
    """True when a line reaches into the height of the next or last one, as only cells side by side do."""
    near = lines[max(number - 1, 0) : number + 2]
    return any(above.bottom > below.top for above, below in pairwise(near))


def _table(pieces: Sequence[Line]) -> LooseTable:
    rows = _figure_rows(piece for piece in pieces if _FIGURE.fullmatch(piece.text))
    heads: list[_Row] = []
    for words in _words((piece for piece in pieces if not _FIGURE.fullmatch(piece.text)), rows):
        if (row := _row_beside(words, rows)) is not None:
            row.take(words)
        elif heads and abs(words.middle - heads[-1].middle) < _SAME_ROW * words.lines[0].height:
            heads[-1].labels.append(words)
        else:
            heads.append(_Row(words.middle, labels=[words]))
    return LooseTable(list(_cells(sorted([*rows, *heads], key=lambda row: row.middle))), min(p.top for p in pieces))


def _row_beside(words: _Words, rows: Sequence[_Row]) -> _Row | None:
    """The row that these words label: beside them, or nearest to the label of a group that stands between two rows."""
    nearest = min(rows, key=lambda row: abs(row.middle - words.middle))
    if words.lines[0].top < nearest.bottom and words.lines[-1].bottom > nearest.top:
        return nearest
    is_group = any(label.lines[0].left > words.lines[0].right for label in nearest.labels)
    return nearest if is_group else None


def _figure_rows(figures: Iterable[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for figure in sorted(figures, key=lambda figure: figure.top):
        middle = (figure.top + figure.bottom) / 2
        if not rows or middle - rows[-1].middle > _SAME_ROW * figure.height:
            rows.append(_Row(middle))
        rows[-1].figures.append(figure)
    return rows


def _words(pieces: Iterable[Line], rows: Sequence[_Row]) -> list[_Words]:
    """Pieces of text gathered into cells: those on a row first, then by their middle."""
    found: list[_Words] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.left)):
        anchored = any(abs((piece.top + piece.bottom) / 2 - row.middle) < _SAME_ROW * piece.height for row in rows)
        words = next((words for words in reversed(found) if words.takes(piece, anchored=anchored)), None)
        if words is None:
            found.append(_Words([piece], anchored))
        else:
            words.lines.append(piece)
            words.anchored |= anchored
    return sorted(found, key=lambda words: (not words.anchored, words.middle))


def _cells(rows: Sequence[_Row]) -> Iterator[list[str]]:
    """The cells of each row. The columns are those of the rows that stand together between two rows of heads."""
    block: list[_Row] = []
    for row in rows:
        if not row.figures:
            yield from _filled(block)
            block = []
            yield [words.text for words in sorted(row.labels, key=lambda words: words.lines[0].left)]
        else:
            block.append(row)
    yield from _filled(block)


def _filled(block: Sequence[_Row]) -> Iterator[list[str]]:
    columns: list[tuple[float, float]] = []
    for left, right in sorted((figure.left, figure.right) for row in block for figure in row.figures):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(right, columns[-1][1])
        else:
            columns.append((left, right))
    for row in block:
        labels = [words.text for words in sorted(row.labels, key=lambda words: words.lines[0].left)]
        yield [*labels, *(_at(row.figures, column) for column in columns)]


def _at(figures: Sequence[Line], column: tuple[float, float]) -> str:
    return next((figure.text for figure in figures if column[0] <= figure.left <= column[1]), "")
