"""The two routes compared, cell by cell: do geometry and reading order see the same text in the same place of the form?

What one route alone could read is used and noted. What the two read differently is ours to review: it is neither
averaged nor guessed, and both texts are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pipelines.document import Cell
from pipelines.matching import Key, Matches, Table, TableMatch
from pipelines.sequence import Run

Runs = dict[str, Run]


class Agreement(StrEnum):
    """What the two routes say of one cell."""

    AGREE = "agree"
    DISAGREE = "disagree"
    ONLY_GEOMETRY = "only_geometry"
    ONLY_SEQUENCE = "only_sequence"


class Compared(NamedTuple):
    """One cell as each route read it, as printed; None where a route could not."""

    geometry: str | None
    sequence: str | None

    @property
    def agreement(self) -> Agreement:
        """How the two compare."""
        if self.sequence is None:
            return Agreement.ONLY_GEOMETRY
        if self.geometry is None:
            return Agreement.ONLY_SEQUENCE
        return Agreement.AGREE if self.geometry == self.sequence else Agreement.DISAGREE


@lru_cache(maxsize=1 << 12)
def _compared(geometry: str | None, sequence: str | None) -> Compared:
    """Most cells print one of few figures."""
    return Compared(geometry, sequence)


@dataclass(slots=True)
class Routes:
    """The tables with the cells of both routes, each cell compared, and the tables that were refused as lossy.

    ``unheaded`` is form table 3 where neither route found more of it than its rows: no heads say whose the figures are.
    Where both routes have a cell, ``matches`` holds that of route A; ``doubtful`` are the cells on which the routes do
    not agree, for one reason or another. A figure of the annex that reading order alone finds is not taken: most of
    its rows stand in no sum that could show the mistake.
    """

    matches: Matches
    cells: dict[Key, Compared] = field(default_factory=dict)
    doubtful: dict[Key, Agreement] = field(default_factory=dict)
    lossy: list[Table] = field(default_factory=list)
    unheaded: list[Table] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """A table is lossy and geometry found no other: then the whole document is a rendering not to be trusted."""
        by_geometry = Table.ANNEX in self.matches or any(cell.geometry is not None for cell in self.cells.values())
        return bool(self.lossy) and not by_geometry


def compare(matches: Matches, runs: Runs) -> Routes:
    """Bring the findings of the two routes together."""
    routes = Routes(dict(matches))
    for table in Table:
        match, run = matches.get(table), runs.get(table)
        if match is not None or (run is not None and run.cells and table is not Table.ANNEX):
            routes.matches[table] = _together(table, match or TableMatch(""), run or Run(""), routes.cells)
        elif run is not None and run.lossy:
            routes.lossy.append(table)
        elif run is not None and run.unread and table is Table.REQUESTS:
            routes.unheaded.append(table)
    routes.doubtful = {key: c.agreement for key, c in routes.cells.items() if c.geometry != c.sequence}
    return routes


def _together(table: Table, match: TableMatch, run: Run, compared: dict[Key, Compared]) -> TableMatch:
    """The match with what route B adds; a row that route B could read is no misfit.

    Two units of one figure are two readings of it.
    """
    by_geometry = [cell.text for cell in match.cells.values()]
    compared.update(zip(match.cells, map(_compared, by_geometry, map(run.cells.get, match.cells)), strict=True))
    for key in (match.units.keys() | run.units.keys()) & match.cells.keys() & run.cells.keys():
        units = match.units.get(key, ""), run.units.get(key, "")
        if units[0] != units[1]:
            cell, text = match.cells[key], run.cells[key]
            compared[key] = Compared(f"{cell.text} {units[0]}".strip(), f"{text} {units[1]}".strip())
    alone = {key: text for key, text in run.cells.items() if key not in match.cells}
    compared.update((key, _compared(None, text)) for key, text in alone.items())
    if not alone and match.edition and run.units.keys() <= match.units.keys():
        return match
    added = {key: Cell(text, 0, 0) for key, text in alone.items() if table is not Table.ANNEX}
    rows = {table, *(metric for metric, _ in added)} if added else set()
    return replace(
        match,
        edition=match.edition or run.edition,
        cells={**match.cells, **added},
        units={**run.units, **match.units},
        misfits=[misfit for misfit in match.misfits if misfit.subject not in rows],
    )
