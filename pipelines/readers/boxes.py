"""From boxes on paper to a grid: cells known by their edges, as PDF tables have them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipelines.document import Cell, Grid

Edges = tuple[float, float, float, float]  # left, top, right, bottom

TOLERANCE = (
    5.0  # points: edges that are one edge wander so far between rows and pages; no form has a column this narrow
)


@dataclass(frozen=True, slots=True)
class Box:
    """One printed cell: its text and its edges in points, ``top`` counting down from the top of the first page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def edges(self) -> Edges:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom

    @property
    def height(self) -> float:
        """From the top to the bottom."""
        return self.bottom - self.top

    def is_beside(self, other: Box) -> bool:
        """True when the other box shares more than half of the height of this one."""
        return min(self.bottom, other.bottom) - max(self.top, other.top) > self.height / 2

    def spans_like(self, other: Box) -> bool:
        """True when both boxes have the same left and right edge."""
        return abs(self.left - other.left) < TOLERANCE and abs(self.right - other.right) < TOLERANCE

    def spans(self, other: Box) -> bool:
        """True when the other box stands between the left and right edge of this one, and does not reach to both."""
        within = self.left - TOLERANCE < other.left and other.right < self.right + TOLERANCE
        return within and not self.spans_like(other)

    def ends(self, bottom: float) -> bool:
        """True when the box ends at this height."""
        return abs(self.bottom - bottom) < TOLERANCE

    def begins(self, top: float) -> bool:
        """True when the box begins at this height."""
        return abs(self.top - top) < TOLERANCE

    def with_text(self, text: str, bottom: float | None = None) -> Box:
        """The same box with another text and, if given, another lower edge."""
        return replace(self, text=text, bottom=self.bottom if bottom is None else bottom)


def edges(positions: Iterable[float]) -> list[float]:
    """The distinct edges among positions, ascending; each stands for all within ``TOLERANCE`` of its neighbour."""
    found: list[float] = []
    last = float("-inf")
    for position in sorted(positions):
        if position - last > TOLERANCE:
            found.append(position)
        last = position
    return found


def places_without_box(boxes: Sequence[Box]) -> list[Box]:
    """The places of the grid that no box covers, as empty boxes: cells whose border was not drawn."""
    columns = edges(side for box in boxes for side in (box.left, box.right))
    lines = edges(side for box in boxes for side in (box.top, box.bottom))
    return [
        Box("", columns[column], lines[row], columns[column + 1], lines[row + 1])
        for row, cells in enumerate(lay_out_boxes(boxes).rows)
        for column, cell in enumerate(cells)
        if cell is None
    ]


def lay_out_boxes(boxes: Sequence[Box]) -> Grid:
    """Lay boxes out into a grid. Where two boxes claim a place, the one that begins first has it."""
    columns = edges(side for box in boxes for side in (box.left, box.right))
    lines = edges(side for box in boxes for side in (box.top, box.bottom))
    rows: list[list[Cell | None]] = [[None] * (len(columns) - 1) for _ in range(len(lines) - 1)]
    for box in sorted(boxes, key=lambda box: (box.top, box.left)):
        first, below = _index(lines, box.top), max(_index(lines, box.bottom), _index(lines, box.top) + 1)
        left, behind = _index(columns, box.left), max(_index(columns, box.right), _index(columns, box.left) + 1)
        cell = Cell(box.text, first, left, below - first, behind - left)
        for row in rows[first:below]:
            for column in range(left, min(behind, len(row))):
                row[column] = row[column] or cell
    return Grid(rows)


def _index(found: list[float], position: float) -> int:
    return max(bisect_right(found, position) - 1, 0)
