"""Misprinted labels of form table 3: known where just one missing row of the form is nearly that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from pipelines.document import Grid
from pipelines.editions import Edition, FormRow, editions
from pipelines.matching.columns import worded
from pipelines.text import core

SIMILAR = 0.85

Rows = Mapping[int, FormRow]


def misprinted(grid: Grid, rows: range, found: Rows, edition: Edition) -> dict[int, FormRow]:
    """The form rows that stand between those ``found`` under labels that are nearly theirs."""
    gaps = _gaps(rows, found, edition) if found else ()
    return {r: row for between, missing in gaps for r, row in _pairs(_labels(grid, between - found.keys()), missing)}


@cache
def _form(edition_id: str) -> tuple[list[FormRow], dict[str, int]]:
    """The rows that every table has, and the place of each metric among them."""
    form = [row for row in editions()[edition_id].requests if not row.instead_of]
    return form, {row.metric: place for place, row in enumerate(form)}


def _gaps(rows: range, found: Rows, edition: Edition) -> Iterator[tuple[set[int], Sequence[FormRow]]]:
    """The table rows between two that were found, before the first and behind the last, and the form rows missing."""
    form, place = _form(edition.id)
    known = [(r, place[row.metric]) for r, row in sorted(found.items()) if row.metric in place]
    borders = [(rows.start - 1, -1), *known, (rows.stop, len(form))]
    for (above, upper), (below, lower) in pairwise(borders):
        if below - above > 1 and lower - upper > 1:
            yield {*range(above + 1, below)}, form[upper + 1 : lower]


def _labels(grid: Grid, rows: set[int]) -> list[tuple[int, str]]:
    return [(r, core(cell.text)) for r in rows for cell in grid.own(r) if worded(cell.text)]


def _pairs(labels: Sequence[tuple[int, str]], missing: Sequence[FormRow]) -> Iterator[tuple[int, FormRow]]:
    """Each row whose label is nearly that of one missing row, which no other label there is."""
    near = [(r, row) for r, text in labels for row in missing if _alike(text, core(row.label))]
    for r, row in near:
        if sum(same is row for _, same in near) == 1 and sum(other == r for other, _ in near) == 1:
            yield r, row


def _alike(text: str, wanted: str) -> bool:
    return SequenceMatcher(None, text, wanted, autojunk=False).ratio() >= SIMILAR
