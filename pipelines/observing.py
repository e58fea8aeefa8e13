"""From the cells that were found to figures: each with its status, its value and its unit, or without a value."""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from pipelines.asked import asked_for, form_of, unit_asked
from pipelines.matching import Key
from pipelines.routes import Agreement, Routes
from pipelines.tokens import Kind, Status, read_token
from pipelines.units import are_many, convert
from pipelines.vocabulary import metrics


class Observation(NamedTuple):
    """One figure of the form: what is printed, and the value the identities prove where nothing is.

    ``value`` is in ``unit``; where the figure is printed with another, that is its ``printed_unit``. ``plain`` says
    that a whole number is printed and nothing else, as of nearly all figures.
    """

    metric: str
    applicant: str | None
    raw: str
    status: Status
    value: float | None = None
    unit: str | None = None
    proven: float | None = None
    printed_unit: str | None = None
    plain: bool = False


def observe(edition: str, routes: Routes) -> dict[Key, Observation]:
    """Every figure the edition asks for; one that the two routes read differently has no value."""
    units: dict[Key, str] = {}
    for found in routes.matches.values():
        units |= found.units
    form, asked = form_of(edition).id, asked_for(edition, routes.matches)
    read = map(_observation, repeat(form), asked, map(routes.cells.get, asked), map(units.get, asked))
    observations = dict(zip(asked, read, strict=True))
    for key, compared in routes.doubtful.items():
        if compared.agreement is Agreement.DISAGREE and key in observations:
            observations[key] = Observation(*key, observations[key].raw, Status.UNREADABLE)
    return observations


@lru_cache(maxsize=1 << 13)
def _observation(form_id: str, key: Key, text: str | None, outside: str | None) -> Observation:
    """One figure in the unit of its metric, printed in the cell or ``outside`` it; without any, in that of the form.

    The three tables count one by one: of what they print in thousands no count is made. An annex may print 万条.
    Most cells of most reports print one of few figures, and nothing else.
    """
    if text is None:
        return Observation(*key, "", Status.ABSENT)
    form, metric = form_of(form_id), metrics()[key[0]]
    in_many = outside is not None and metric.kind is not Kind.MONEY and are_many(outside)
    if in_many and metric.form_table != "annex":
        return Observation(*key, text, Status.UNREADABLE, printed_unit=outside)
    token = read_token(text, Kind.MONEY if in_many else metric.kind)
    if token.value is None:
        return Observation(*key, text, token.status)
    printed = token.unit or outside
    wanted = unit_asked(metric.metric, form) if printed else None
    if printed is None or wanted is None:
        unit, plain = printed or form.units.get(metric.metric), token.status is Status.REPORTED and text.isdigit()
        return Observation(*key, text, token.status, token.value, unit, plain=plain)
    value = convert(token.value, printed, wanted)
    if value is None or (metric.kind is not Kind.MONEY and value != int(value)):
        return Observation(*key, text, Status.UNREADABLE, printed_unit=printed)
    same = value == token.value
    return Observation(
        *key, text, token.status, value, printed if same else wanted, printed_unit=None if same else printed
    )
