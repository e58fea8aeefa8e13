"""From the cells that were found to figures: each with its status, its value and its unit, or without a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.asked import asked_for, form_of, unit_asked
from pipelines.editions import Edition
from pipelines.matching import Key
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


def observe(edition: str, routes: Routes) -> Iterator[Observation]:
    """Every figure the edition asks for; one that the two routes read differently has no value."""
    cells = {key: cell for found in routes.matches.values() for key, cell in found.cells.items()}
    units = {key: unit for found in routes.matches.values() for key, unit in found.units.items()}
    form = form_of(edition)
    for key in asked_for(edition, routes.matches):
        metric, applicant = key
        if key not in cells:
            yield Observation(metric, applicant, "", Status.ABSENT)
        elif routes.doubtful.get(key) is Agreement.DISAGREE:
            yield Observation(metric, applicant, cells[key].text, Status.UNREADABLE)
        else:
            yield _figure(form, key, cells[key].text, units.get(key))


def _figure(form: Edition, key: Key, text: str, outside: str | None) -> Observation:
    """One figure in the unit of its metric, printed in the cell or ``outside`` it; without any, in that of the form.

    The three tables count one by one: of what they print in thousands no count is made. An annex may print 万条.
    """
    metric = metrics()[key[0]]
    wanted = unit_asked(key[0], form)
    in_many = outside is not None and metric.kind is not Kind.MONEY and are_many(outside)
    if in_many and metric.form_table != "annex":
        return Observation(*key, text, Status.UNREADABLE, printed_unit=outside)
    token = read_token(text, Kind.MONEY if in_many else metric.kind)
    if token.value is None:
        return Observation(*key, text, token.status)
    printed = token.unit or outside
    if printed is None or wanted is None:
        return Observation(*key, text, token.status, token.value, printed or form.units.get(metric.metric))
    value = convert(token.value, printed, wanted)
    if value is None or (metric.kind is not Kind.MONEY and value != int(value)):
        return Observation(*key, text, Status.UNREADABLE, printed_unit=printed)
    same = value == token.value
    return Observation(
        *key, text, token.status, value, printed if same else wanted, printed_unit=None if same else printed
    )
