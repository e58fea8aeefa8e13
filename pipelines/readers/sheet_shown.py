"""What a person sees of a workbook, whichever format it was read from: the visible sheets, rows, columns and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipelines.readers.marks import doubtful, is_label, raised, struck
from pipelines.readers.spans import SourceCell


class Font(NamedTuple):
    """What of a font decides whether digits are digits of the figure. ``pale`` is white, as the sheet itself is."""

    struck: bool = False
    raised: bool = False
    pale: bool = False

    def printed(self, text: str) -> str:
        """A text in this font. Pale words are the head of a coloured table; pale figures only some programs show."""
        if self.struck:
            return struck(text)
        if self.raised:
            return raised(text)
        return doubtful(text) if self.pale and text.strip() and not is_label(text) else text


class Merged(NamedTuple):
    """The first and last rows and columns of a merged cell, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Style:
    """How a cell is printed: its number format and its font."""

    code: str
    font: Font


@dataclass
class ShownSheet:
    """A visible sheet: ``texts`` are the printed cells by row and column, and what is hidden is known by its number."""

    name: str
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, text: str) -> None:
        """Print a text in a cell; a blank one takes no room."""
        if text := text.strip():
            self.texts.setdefault(row, {})[column] = text

    @cached_property
    def height(self) -> int:
        """The rows down to the last one with a text."""
        return max(self.texts, default=-1) + 1

    @cached_property
    def width(self) -> int:
        """The columns up to the last one with a text."""
        return max(map(max, self.texts.values()), default=-1) + 1

    def rows(self) -> Iterator[list[SourceCell]]:
        """The cells of each visible row from left to right, those that a merged cell covers left out."""
        corners, covered = self._merged_cells()
        columns = _visible(range(self.width), self.hidden_columns)
        for row in _visible(range(self.height), self.hidden_rows):
            texts = self.texts.get(row, {})
            yield [
                corners.get((row, column)) or (texts.get(column, ""), None, None)
                for column in columns
                if (row, column) not in covered
            ]

    def _merged_cells(self) -> tuple[dict[tuple[int, int], SourceCell], set[tuple[int, int]]]:
        """The merged cells by the first place of them that is to be seen, and the places that they cover besides."""
        corners: dict[tuple[int, int], SourceCell] = {}
        covered: set[tuple[int, int]] = set()
        for top, left, bottom, right in self.merged:
            rows = _visible(range(top, min(bottom + 1, self.height)), self.hidden_rows)
            columns = _visible(range(left, min(right + 1, self.width)), self.hidden_columns)
            if rows and columns:
                text = self.texts.get(top, {}).get(left, "")
                corners[rows[0], columns[0]] = (text, str(len(rows)), str(len(columns)))
                covered.update((row, column) for row in rows for column in columns)
        return corners, covered - corners.keys()


def _visible(places: Iterable[int], hidden: set[int]) -> list[int]:
    return [place for place in places if place not in hidden]
