"""The slips that are looked for, and the figures that undo each: a wrong value, two cells swapped, a line shifted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from pipelines.explain.sums import Sums
from pipelines.matching import Key

Line = Sequence[Key]


class Slip(StrEnum):
    """What may have happened, named by what would undo it."""

    VALUE = "value"
    SWAP = "swap"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Change:
    """The figures that would stand in the cells, and by which slip they do not. Only cells that change are given."""

    slip: Slip
    figures: dict[Key, float]
    line: tuple[Key, ...] = ()


def values(sums: Sums, wanted: frozenset[int]) -> Iterator[Change]:
    """One cell with another value: only a cell that stands in every wanted equation can be it."""
    first, *others = sorted(wanted, key=lambda number: len(sums.equations[number].left))
    equation = sums.equations[first]
    for key in (*equation.left, *equation.right):
        signs = sums.signs[key]
        if all(number in signs for number in others):
            figures = {key: sums.needed(key, first, {})}
            if figures[key] >= 0 and sums.hold(figures, wanted):
                yield Change(Slip.VALUE, figures)


def swaps(sums: Sums, wanted: frozenset[int], rows: Sequence[Line]) -> Iterator[Change]:
    """Two cells side by side or one above the other."""
    shortest = min(wanted, key=lambda number: len(sums.equations[number].left))
    near = {*sums.equations[shortest].left, *sums.equations[shortest].right}
    for one, other in _neighbours(rows):
        if (one in near or other in near) and one in sums.values and other in sums.values:
            figures = {one: sums.values[other], other: sums.values[one]}
            if figures[one] != figures[other] and sums.hold(figures, wanted):
                yield Change(Slip.SWAP, figures)


def shifts(sums: Sums, wanted: frozenset[int], rows: Sequence[Line]) -> Iterator[Change]:
    """A whole row or column one cell further."""
    columns = list(zip(*rows, strict=True)) if len(rows) > 1 else []
    for lines, back, forth in ((rows, Slip.LEFT, Slip.RIGHT), (columns, Slip.UP, Slip.DOWN)):
        for line in lines:
            if _reaches(sums, line, wanted) and all(key in sums.values for key in line):
                yield from _shifted(sums, wanted, line, back)
                yield from _shifted(sums, wanted, line[::-1], forth)


def _neighbours(rows: Sequence[Line]) -> Iterator[tuple[Key, Key]]:
    for row in rows:
        yield from pairwise(row)
    for row, below in pairwise(rows):
        yield from zip(row, below, strict=True)


def _reaches(sums: Sums, line: Iterable[Key], wanted: frozenset[int]) -> bool:
    touched: set[int] = set()
    for key in line:
        touched.update(sums.signs.get(key, ()))
    return wanted <= touched


def _shifted(sums: Sums, wanted: frozenset[int], line: Line, slip: Slip) -> Iterator[Change]:
    """Each figure one place toward the front. What stood in front comes to the end, unless it is nothing.

    Then the figure of the end was lost in print and is whatever the sums need.
    """
    printed = [sums.values[key] for key in line]
    figures = dict(zip(line, [*printed[1:], printed[0]], strict=True))
    last = line[-1]
    if not printed[0] and last in sums.signs:
        figures[last] = sums.needed(last, next(iter(sums.signs[last])), figures)
    changed = {key: figure for key, figure in figures.items() if figure != sums.values[key]}
    if changed and figures[last] >= 0 and sums.hold(changed, wanted):
        yield Change(slip, changed, tuple(line))
