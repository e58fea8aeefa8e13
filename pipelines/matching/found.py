"""What route A finds: cells of the form with their keys, and what did not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from pipelines.document import Cell
from pipelines.text import squeeze

Key = tuple[str, str | None]  # (metric, applicant); the applicant is None outside form table 3


class Table(StrEnum):
    """The three statutory tables and the annex of older reports, named as in the database."""

    DISCLOSURE = "disclosure"
    REQUESTS = "requests"
    DISPUTES = "disputes"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row of a table that does not have the cells the form asks for. ``expected`` and ``found`` count cells."""

    subject: str
    expected: int
    found: int


@dataclass(slots=True)
class TableMatch:
    """One table as found: its edition, its cells, the rows that did not fit and those printed again otherwise.

    The annex also tells ``units``, as printed beside the figures; ``strangers``, the labels of rows with a figure that
    its form does not have; and, where figures stand in several columns, all their heads and the one ``taken``, if any.
    ``said`` are the units that stand over the tables it was found in.
    """

    edition: str
    cells: dict[Key, Cell] = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    units: dict[Key, str] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    taken: str | None = None
    said: list[str] = field(default_factory=list)

    def take(self, row: str, keys: Sequence[Key], cells: Sequence[Cell]) -> bool:
        """Take the cells of a row under their keys; False where it was taken before.

        Then it is told as repeated, unless it says the same, as the second copy of a page does.
        """
        found = zip(keys, cells, strict=True)
        if self.cells.keys().isdisjoint(keys):
            self.cells.update(found)
            return True
        if any(key not in self.cells or squeeze(self.cells[key].text) != squeeze(cell.text) for key, cell in found):
            self.repeated.append(row)
        return False


@cache
def keys_of(metrics: tuple[str, ...]) -> tuple[Key, ...]:
    """The keys of figures that no applicant is told of."""
    return tuple((metric, None) for metric in metrics)
