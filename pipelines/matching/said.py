"""The units said for whole tables: each holds for the very table that it stands over, or in, and for no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.document import Block, Document, Grid
from pipelines.matching.found import TableMatch
from pipelines.units import in_measure, may_stand_between, one_of, units_among, units_over
from pipelines.vocabulary import metrics


def tables(document: Document) -> Iterator[Grid]:
    """The tables of a document, each with the units of the lines right above it and of its own rows."""
    for place, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            said = (*_above(document.blocks, place), *units_among(block.words()))
            yield Grid(block.rows, block.aligned, said) if said else block


def _above(blocks: Sequence[Block], place: int) -> list[str]:
    """The units of the lines over a table, up to one that parts them from it."""
    units: list[str] = []
    for block in map(blocks.__getitem__, range(place - 1, -1, -1)):
        if isinstance(block, Grid):
            break
        said = units_over(block.text)
        if not (said or may_stand_between(block.text)):
            break
        units = [*said, *units]
    return units


def give_units(matched: TableMatch) -> None:
    """Give every figure without a unit of its own that which is said for its table and measures what it does."""
    for key in matched.cells.keys() - matched.units.keys() if matched.said else ():
        if unit := one_of(in_measure(matched.said, metrics()[key[0]].unit)):
            matched.units[key] = unit
