"""One report's figures as they are shown: what is printed, and a mark where a plain number cannot say it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from pipelines.editions import Edition
from pipelines.vocabulary import APPLICANTS, MONEY, RESULTS
from publish.pages.query import Row, rows
from publish.words import number

FORM_UNIT = {"fees_collected": "万元"}
"""The unit that the form itself prints above a column; a figure in it is shown without one."""

PROVEN = ("inferred_zero", "derived")
FAILING = "SELECT subject FROM finding WHERE report_id = :id AND outcome = 'fail' AND severity = 'hard'"

Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell: which one, the text to show, its status (see the dictionary), and whether a sum with it fails."""

    metric: str
    applicant: str | None
    text: str
    status: str
    suspect: bool = False

    @property
    def printed(self) -> bool:
        """Whether anything stands in the cell: only then there is something to see on the archived page."""
        return bool(self.text) and not self.proven

    @property
    def proven(self) -> bool:
        """Whether the number is not printed but proven by the form's own sums."""
        return self.status in PROVEN


class Figures:
    """The figures of one report by metric and applicant (None outside form table 3)."""

    def __init__(self, values: dict[Key, Any], cells: dict[Key, Row], failing: set[str]) -> None:
        self._values = values
        self._cells = cells
        self._failing = failing

    @classmethod
    def read(cls, archive: sqlite3.Connection, report_id: str) -> Figures:
        """Read the three tables, the annex and the cells of one report; empty when it has none."""
        values: dict[Key, Any] = {}
        for row in rows(archive, "SELECT * FROM disclosure WHERE report_id = :id", id=report_id):
            values |= {(metric, None): value for metric, value in row.items()}
        for row in rows(archive, "SELECT * FROM requests WHERE report_id = :id", id=report_id):
            values |= {(row["outcome"], applicant): row[applicant] for applicant in APPLICANTS}
        for row in rows(archive, "SELECT * FROM disputes WHERE report_id = :id", id=report_id):
            values |= {(f"{row['proceeding']}_{result}", None): row[result] for result in RESULTS}
        for row in rows(archive, "SELECT * FROM annex WHERE report_id = :id", id=report_id):
            values |= {(row["metric"], None): row["value"], (f"{row['metric']}_unit", None): row["unit"]}
        cells = rows(archive, "SELECT * FROM cell WHERE report_id = :id", id=report_id)
        failing = {row["subject"] for row in rows(archive, FAILING, id=report_id)}
        return cls(values, {(cell["metric"], cell["applicant"]): cell for cell in cells}, failing)

    def of(self, metric: str, applicant: str | None = None) -> Figure:
        """The figure of one cell; status ``absent`` when the report has no such cell."""
        text, status = self._printed(metric, applicant)
        return Figure(metric, applicant, text, status, self._is_suspect(metric, applicant))

    def _printed(self, metric: str, applicant: str | None) -> tuple[str, str]:
        value = self._values.get((metric, applicant))
        cell = self._cells.get((metric, applicant))
        if cell is None:
            return number(value) + self._unit(metric), "absent" if value is None else "reported"
        if cell["status"] in PROVEN:
            return number(cell["proven_value"]), cell["status"]
        return cell["raw"], cell["status"]

    def _is_suspect(self, metric: str, applicant: str | None) -> bool:
        """A failing sum names its row, its column or its proceeding as its subject."""
        proceeding = metric.rpartition("_")[0]
        return not self._failing.isdisjoint({metric, applicant, proceeding})

    def prints(self, metric: str) -> bool:
        """Whether the report has a row or cell of this metric, whatever stands in it."""
        return any(self.of(metric, applicant).status != "absent" for applicant in (*APPLICANTS, None))

    def unit_of(self, metric: str) -> str | None:
        """The unit printed beside a figure of the annex; None when none is."""
        unit: str | None = self._values.get((f"{metric}_unit", None))
        return unit

    def of_edition(self, edition: Edition) -> bool:
        """Whether the report prints anything in form table 2 of this edition."""
        return any(self.prints(metric) for metric in edition.disclosure_metrics)

    def __bool__(self) -> bool:
        """Whether there is any figure at all."""
        return bool(self._values)

    def marks(self) -> list[str]:
        """The statuses that need a legend, each once."""
        return sorted({cell["status"] for cell in self._cells.values()} - {"reported"})

    def _unit(self, metric: str) -> str:
        unit = self._values.get((f"{metric}_unit", None)) if metric in MONEY else None
        return f" {unit}" if unit and unit != FORM_UNIT.get(metric) else ""
