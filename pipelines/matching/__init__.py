"""Route A: from the geometry of a document's tables to the cells of the statutory form.

Every table of the document is offered to the three statutory tables. A cell is taken only where a column head and a row
label that belong to the form meet; whatever does not fit is told as a ``Misfit`` and never filled in.
"""

from __future__ import annotations

from pipelines.document import Document
from pipelines.matching.annex import match_annex
from pipelines.matching.annex_lines import table_in_lines
from pipelines.matching.disclosure import match_disclosure
from pipelines.matching.disputes import match_disputes
from pipelines.matching.found import Key, Misfit, Table, TableMatch
from pipelines.matching.markers import count_markers
from pipelines.matching.requests import match_requests
from pipelines.matching.said import give_units, tables
from pipelines.periods import of_the_period

__all__ = ["Key", "Matches", "Misfit", "Table", "TableMatch", "count_markers", "match"]

Matches = dict[Table, TableMatch]


def match(document: Document, year: int | None = None) -> Matches:
    """The tables of the form found in the report of ``year``; a table that is not there is not in the result."""
    ours, grids = of_the_period(document, year), list(tables(document))
    of_the_year = grids if ours is document else list(tables(ours))
    found = {
        Table.DISCLOSURE: match_disclosure(of_the_year),
        Table.REQUESTS: match_requests(of_the_year),
        Table.DISPUTES: match_disputes(of_the_year),
        Table.ANNEX: match_annex(grids, year) or _annex_in_lines(document, year),
    }
    matches = {table: matched for table, matched in found.items() if matched is not None}
    for matched in matches.values():
        give_units(matched)
    return matches


def _annex_in_lines(document: Document, year: int | None) -> TableMatch | None:
    grid = table_in_lines(document)
    return match_annex([grid], year) if grid is not None else None
