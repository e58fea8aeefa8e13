"""What a page of a PDF is made of, from top to bottom: lines of text and tables."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.readers.boxes import Box, Edges
from pipelines.readers.pdf_rows import Row
from pipelines.readers.pdf_text import Line


@dataclass(slots=True)
class RuledTable:
    """The boxes of a ruled table on one page."""

    boxes: list[Box]

    @property
    def edges(self) -> Edges:
        """Left, top, right, bottom of the whole table."""
        left, top, right, bottom = zip(*(box.edges for box in self.boxes), strict=True)
        return min(left), min(top), max(right), max(bottom)

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.edges[1]


@dataclass(slots=True)
class LooseTable:
    """A table without lines: its rows from top to bottom, and its upper edge."""

    rows: list[Row]
    top: float


Part = Line | RuledTable | LooseTable
