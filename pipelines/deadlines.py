"""The statutory dates of publication (``deadlines.yaml``), shared by the obligations and the rules of timeliness."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipelines.yaml_file import load_yaml


class Deadline(BaseModel):
    """One statutory date: the rule that checks it, the last report year and the kinds of body it holds for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    month: int
    day: int
    source: str
    until: int | None = None
    kinds: frozenset[str] = frozenset()

    def holds_for(self, kind: str, report_year: int) -> bool:
        """True when a body of this kind owed the report of this year by this date."""
        return (self.until is None or report_year <= self.until) and (not self.kinds or kind in self.kinds)


@cache
def deadlines() -> tuple[Deadline, ...]:
    """Every statutory date, in the order in which they are tried."""
    entries = load_yaml(Path(__file__).with_suffix(".yaml"))
    return tuple(Deadline.model_validate(entry) for entry in entries)


def deadline_of(kind: str, report_year: int) -> Deadline:
    """The statutory date that holds for the report of a year by a body of this kind."""
    return next(entry for entry in deadlines() if entry.holds_for(kind, report_year))


def due_on(kind: str, report_year: int) -> date:
    """The statutory date as a day of the calendar."""
    deadline = deadline_of(kind, report_year)
    return date(report_year + 1, deadline.month, deadline.day)
