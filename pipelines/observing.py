"""From the cells that were found to figures: each with its status, its value and its unit, or without a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipelines.asked import asked_for, form_of, unit_asked
from pipelines.routes import Agreement, Routes
from pipelines.tokens import Kind, Status, read_token
from pipelines.units import are_many, convert
from pipelines.vocabulary import metrics


@dataclass(slots=True)
class Observation:
    """One figure of the form: what is printed, and the value the identities prove where nothing is.

    ``value`` is in ``unit``; where the figure is printed with another, that is its ``printed_unit``.
    """

    metric: str
    applicant: str | None
    raw: str
    status: Status
    value: float | None = None
    unit: str | None = None
    proven: float | None = None
    printed_unit: str | None = None


class _Figure(NamedTuple):
    """What a cell says as a figure of its metric: the last fields of an observation."""

    status: Status
    value: float | None = None
    unit: str | None = None
    printed_unit: str | None = None


def observe(edition: str, routes: Routes) -> Iterator[Observation]:
    """Every figure the edition asks for; one that the two routes read differently has no value."""
    cells = {key: cell for found in routes.matches.values() for key, cell in found.cells.items()}
    units = {key: unit for found in routes.matches.values() for key, unit in found.units.items()}
    form = form_of(edition).id
    for key in asked_for(edition, routes.matches):
        metric, applicant = key
        if key not in cells:
            yield Observation(metric, applicant, "", Status.ABSENT)
        elif routes.doubtful.get(key) is Agreement.DISAGREE:
            yield Observation(metric, applicant, cells[key].text, Status.UNREADABLE)
        else:
            text = cells[key].text
            status, value, unit, printed = _figure(form, metric, text, units.get(key))
            yield Observation(metric, applicant, text, status, value, unit, printed_unit=printed)


@lru_cache(maxsize=1 << 13)
def _figure(form_id: str, name: str, text: str, outside: str | None) -> _Figure:
    """One figure in the unit of its metric, printed in the cell or ``outside`` it; without any, in that of the form.

    The three tables count one by one: of what they print in thousands no count is made. An annex may print 万条.
    Most cells of most reports print one of few figures.
    """
    form, metric = form_of(form_id), metrics()[name]
    wanted = unit_asked(name, form)
    in_many = outside is not None and metric.kind is not Kind.MONEY and are_many(outside)
    if in_many and metric.form_table != "annex":
        return _Figure(Status.UNREADABLE, printed_unit=outside)
    token = read_token(text, Kind.MONEY if in_many else metric.kind)
    if token.value is None:
        return _Figure(token.status)
    printed = token.unit or outside
    if printed is None or wanted is None:
        return _Figure(token.status, token.value, printed or form.units.get(name))
    value = convert(token.value, printed, wanted)
    if value is None or (metric.kind is not Kind.MONEY and value != int(value)):
        return _Figure(Status.UNREADABLE, printed_unit=printed)
    same = value == token.value
    return _Figure(token.status, value, printed if same else wanted, None if same else printed)
