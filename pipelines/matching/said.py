"""The units said for whole tables: each holds for the very table that it stands over, or in, and for no other."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.document import Document, Grid
from pipelines.matching.found import TableMatch
from pipelines.units import in_measure, may_stand_between, one_of, units_over, units_said
from pipelines.vocabulary import metrics


def tables(document: Document) -> Iterator[Grid]:
    """The tables of a document, each with the units of the lines right above it and of its own rows."""
    above: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            inside = [unit for text in block.texts() for unit in units_said(text)]
            yield Grid(block.rows, block.aligned, (*above, *inside)) if above or inside else block
            above = []
        else:
            units = units_over(block.text)
            above = [*above, *units] if units or may_stand_between(block.text) else []


def give_units(matched: TableMatch) -> None:
    """Give every figure without a unit of its own that which is said for its table and measures what it does."""
    for key in matched.cells.keys() - matched.units.keys() if matched.said else ():
        if unit := one_of(in_measure(matched.said, metrics()[key[0]].unit)):
            matched.units[key] = unit
