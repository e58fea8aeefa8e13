"""The two routes compared, cell by cell: do geometry and reading order see the same text in the same place of the form?

What one route alone could read is used and noted. What the two read differently is ours to review: it is neither
averaged nor guessed, and both texts are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
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


@dataclass(slots=True)
class Routes:
    """The tables with the cells of both routes, and the tables that were refused as lossy.

    ``unheaded`` is form table 3 where neither route found more of it than its rows: no heads say whose the figures are.
    ``cells`` is what the cells of ``matches`` print: those of route A, and those that it lacks of route B; ``doubtful``
    are the cells on which the routes do not agree, for one reason or another. A figure of the annex that reading order
    alone finds is doubtful and not taken: most of its rows stand in no sum that could show the mistake.
    """

    matches: Matches
    cells: dict[Key, str] = field(default_factory=dict)
    doubtful: dict[Key, Compared] = field(default_factory=dict)
    lossy: list[Table] = field(default_factory=list)
    unheaded: list[Table] = field(default_factory=list)

    @property
    def compared(self) -> bool:
        """Whether there was a cell to compare."""
        return bool(self.cells or self.doubtful)

    @property
    def refused(self) -> bool:
        """A table is lossy and geometry found no other: then the whole document is a rendering not to be trusted."""
        if not self.lossy or Table.ANNEX in self.matches:
            return False
        return all(key in self.doubtful and self.doubtful[key].geometry is None for key in self.cells)


def compare(matches: Matches, runs: Runs) -> Routes:
    """Bring the findings of the two routes together."""
    routes = Routes(dict(matches))
    for table in Table:
        match, run = matches.get(table), runs.get(table)
        if match is not None or (run is not None and run.cells and table is not Table.ANNEX):
            routes.matches[table] = _together(table, match or TableMatch(""), run or Run(""), routes)
        elif run is not None and run.lossy:
            routes.lossy.append(table)
        elif run is not None and run.unread and table is Table.REQUESTS:
            routes.unheaded.append(table)
    return routes


def _together(table: Table, match: TableMatch, run: Run, routes: Routes) -> TableMatch:
    """The match with what route B adds; a row that route B could read is no misfit."""
    printed, alone = {key: cell.text for key, cell in match.cells.items()}, {}
    if printed != run.cells or match.units != run.units:
        routes.doubtful |= _doubtful(printed, match.units, run)
        alone = {key: text for key, text in run.cells.items() if key not in printed}
    routes.cells |= printed
    if not alone and match.edition and run.units.keys() <= match.units.keys():
        return match
    added = alone if table is not Table.ANNEX else {}
    routes.cells |= added
    rows = {table, *(metric for metric, _ in added)} if added else set()
    return replace(
        match,
        edition=match.edition or run.edition,
        cells={**match.cells, **{key: Cell(text, 0, 0) for key, text in added.items()}},
        units={**run.units, **match.units},
        misfits=[misfit for misfit in match.misfits if misfit.subject not in rows],
    )


def _doubtful(printed: dict[Key, str], units: dict[Key, str], run: Run) -> dict[Key, Compared]:
    """The cells that the routes read differently. Two units of one figure are two readings of it."""
    ours, theirs = dict(printed), dict(run.cells)
    for key in (units.keys() | run.units.keys()) & ours.keys() & theirs.keys():
        if units.get(key) != run.units.get(key):
            ours[key] = f"{ours[key]} {units.get(key, '')}".strip()
            theirs[key] = f"{theirs[key]} {run.units.get(key, '')}".strip()
    both = {key: Compared(ours.get(key), theirs.get(key)) for key in ours | theirs}
    return {key: compared for key, compared in both.items() if compared.geometry != compared.sequence}
