"""Rows of a table without lines: figures side by side make a row, words beside a row are its labels.

A figure broken over several lines is one; the words of a cell are gathered from its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.numbers import numbers_columns
from pipelines.readers.pdf_text import ORDINAL, Line

FIGURE = re.compile(
    r"[+-]?\d[\d,.]*(?:亿元|万元|千元|元|人次|[件项条次个宗人篇])?|[/\\—_-]+|无|没有|暂无|零|不涉及|不适用"
)
"""What stands in the place of a figure and never in that of a label."""
_SAME_CELL = 0.6  # glyph heights between two lines of one cell, at most
_SAME_ROW = 0.5  # glyph heights between the middles of two texts in one row, at most
_SIDE_BY_SIDE = 0.2  # glyph heights that two figures of one row share, at least: lines of a page share none
_EXPLANATION = re.compile(r"\s*[((]")


@dataclass(frozen=True, slots=True)
class Rule:
    """A level line drawn on the page: its left and right end, and its height."""

    left: float
    right: float
    top: float

    def parts(self, upper: Line, lower: Line) -> bool:
        """True when it is drawn between one line of text and a lower one, and under the middle of either."""
        between = (upper.top + upper.bottom) / 2 < self.top < (lower.top + lower.bottom) / 2
        return between and any(self.left < (line.left + line.right) / 2 < self.right for line in (upper, lower))


@dataclass(slots=True)
class Words:
    """Words that stand together as one cell, and whether one of their lines stands on a row of figures."""

    lines: list[Line]
    anchored: bool = False

    @property
    def text(self) -> str:
        """Its lines, joined by line breaks."""
        return "\n".join(line.text for line in self.lines)

    @property
    def left(self) -> float:
        """The left edge of the line that begins first."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """The right edge of the line that ends last."""
        return max(line.right for line in self.lines)

    @property
    def top(self) -> float:
        """The upper edge of its first line."""
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        """The lower edge of its last line."""
        return self.lines[-1].bottom

    @property
    def height(self) -> float:
        """The height of its first glyph, the measure of gaps."""
        return self.lines[0].height

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way across."""
        return (self.left + self.right) / 2

    def takes(self, line: Line, rules: Sequence[Rule], *, anchored: bool) -> bool:
        """True when ``line`` is the next line of this cell."""
        near = line.top - self.bottom < _SAME_CELL * line.height
        alone = not (self.anchored and anchored) and not ORDINAL.match(line.text)
        last = self.lines[-1]
        return near and alone and overlap(last, line) and not any(rule.parts(last, line) for rule in rules)


@dataclass(slots=True)
class Row:
    """A row of a table: its labels, its figures, and the words in the place of figures; heads have only labels.

    ``page`` counts from the page that the table begins on.
    """

    figures: list[Line] = field(default_factory=list)
    labels: list[Words] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    page: int = 0

    @property
    def top(self) -> float:
        """The upper edge of its figures, or of its labels where it has none."""
        return min(cell.top for cell in self.figures or self.labels)

    @property
    def bottom(self) -> float:
        """The lower edge of its figures, or of its labels where it has none."""
        return max(cell.bottom for cell in self.figures or self.labels)

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    def take(self, words: Words) -> None:
        """Words right of the first figure stand in the place of a figure; others are labels."""
        place = self.words if words.left > min(figure.left for figure in self.figures) else self.labels
        place.append(words)


def overlap(one: Line | Words, other: Line | Words) -> bool:
    """True when one stands above the other, if only in part."""
    return min(one.right, other.right) > max(one.left, other.left)


def rows_of(pieces: Sequence[Line], rules: Sequence[Rule]) -> list[Row]:
    """The rows of the table that these pieces make, from top to bottom. One of them at least is a figure."""
    figures = [piece for piece in pieces if FIGURE.fullmatch(piece.text)]
    texts = [piece for piece in pieces if not FIGURE.fullmatch(piece.text)]
    rows = _figure_rows(figures, texts, rules)
    middles = [row.middle for row in rows]
    apart: list[Words] = []
    for words in _words(texts, rows, rules):
        row = rows[_nearest(words, middles)]
        if words.top < row.bottom and words.bottom > row.top:
            row.take(words)
        else:
            apart.append(words)
    heads: list[Row] = []
    for words in apart:
        row = rows[_nearest(words, middles)]
        if any(label.left > words.right for label in row.labels):  # the label of a group, which stands between rows
            row.labels.append(words)
        elif heads and abs(words.middle - heads[-1].labels[0].middle) < _SAME_ROW * words.height:
            heads[-1].labels.append(words)
        else:
            heads.append(Row(labels=[words]))
    return sorted([*rows, *heads], key=lambda row: row.middle)


def _nearest(words: Words, middles: Sequence[float]) -> int:
    own = words.middle
    return min(range(len(middles)), key=lambda number: abs(middles[number] - own))


def _figure_rows(figures: Iterable[Line], texts: Sequence[Line], rules: Sequence[Rule]) -> list[Row]:
    """Figures that share a height make a row; a row may be the end of figures that begin in the row above."""
    lines: list[Row] = []
    bottom = float("-inf")
    for figure in sorted(figures, key=lambda figure: figure.top):
        if bottom - figure.top < _SIDE_BY_SIDE * figure.height:
            lines.append(Row())
            bottom = figure.bottom
        lines[-1].figures.append(figure)
        bottom = max(bottom, figure.bottom)
    rows: list[Row] = []
    for line in lines:
        if rows and _goes_on(rows[-1], line, texts, rules):
            rows[-1].figures += line.figures
        else:
            rows.append(line)
    return rows


def _goes_on(upper: Row, lower: Row, texts: Sequence[Line], rules: Sequence[Rule]) -> bool:
    """True when two lines of figures are one row: close together, and the one with fewer has no label of its own."""
    fewer, more = sorted((upper, lower), key=lambda row: len(row.figures))
    return (
        lower.top - upper.bottom < _SAME_CELL * lower.figures[0].height
        and all(any(overlap(one, other) for other in more.figures) for one in fewer.figures)
        and not any(_labels(text, fewer) for text in texts)
        and not any(rule.parts(upper.figures[0], lower.figures[0]) for rule in rules)
        and not any(numbers_columns(figure.text for figure in row.figures) for row in (upper, lower))
    )


def _labels(text: Line, row: Row) -> bool:
    """True for what stands on the line of a row and is more than the explanation of a label above."""
    on_line = abs((text.top + text.bottom) / 2 - row.middle) < _SAME_ROW * text.height
    return on_line and not _EXPLANATION.match(text.text)


def _words(pieces: Iterable[Line], rows: Sequence[Row], rules: Sequence[Rule]) -> list[Words]:
    """Pieces of text gathered into cells: those on a row first, then by their middle."""
    found: list[Words] = []
    middles = [row.middle for row in rows]
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.left)):
        own = (piece.top + piece.bottom) / 2
        anchored = any(abs(own - middle) < _SAME_ROW * piece.height for middle in middles)
        words = next((words for words in reversed(found) if words.takes(piece, rules, anchored=anchored)), None)
        if words is None:
            found.append(Words([piece], anchored))
        else:
            words.lines.append(piece)
            words.anchored |= anchored
    return sorted(found, key=lambda words: (not words.anchored, words.middle))
