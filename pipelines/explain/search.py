"""The search for the smallest change: first one cell, then two neighbours, then a whole line."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.explain.changes import Change, Line, shifts, swaps, values
from pipelines.explain.digits import story
from pipelines.explain.sums import Sums


def smallest(sums: Sums, wanted: frozenset[int], rows: Sequence[Line]) -> list[Change]:
    """The changes of fewest cells, each of which alone makes the ``wanted`` equations hold and breaks none.

    ``rows`` are the cells of the table as they stand on the form. Changes that a slip of digits explains come first.
    """
    if found := list(values(sums, wanted)):
        return sorted(found, key=lambda change: _story(sums, change) is None)
    if found := list(swaps(sums, wanted, rows)):
        return found
    found = list(shifts(sums, wanted, rows))
    fewest = min((len(change.figures) for change in found), default=0)
    return [change for change in found if len(change.figures) == fewest]


def _story(sums: Sums, change: Change) -> str | None:
    ((key, figure),) = change.figures.items()
    return story(sums.values[key], figure)
