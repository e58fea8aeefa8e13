"""Soft rules about form table 3: what an outcome cannot exceed, and what is unusual for a body of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from pipelines.reading import Reading
from pipelines.rules.figures import figure, kind_of, passed, total
from pipelines.rules.limits import limits
from pipelines.rules.narrated import figures_told
from pipelines.rules.result import Outcome, Result
from pipelines.tokens import Status
from pipelines.vocabulary import APPLICANTS, PROCEEDINGS

_NO_OUTCOME = frozenset({"requests_received", "requests_carried_in", "requests_handled"})
_CARRIED_OUT = "requests_carried_out"


def no_outcome_exceeds_its_total(reading: Reading) -> Iterator[Result]:
    """T3-LE: no outcome exceeds the requests handled, and what is carried out was received or carried in."""
    if ("requests_handled", "total") not in reading.observations:
        yield Result("T3-LE", "requests", Outcome.NOT_EVALUABLE)
        return
    most = {who: _most(reading, who) for who in APPLICANTS}
    least = {who: min(limits) for who, limits in most.items()}
    excesses = [
        Result("T3-LE", f"{row}:{who}", Outcome.FAIL, limit, value)
        for (row, who), o in reading.observations.items()
        if who and (value := o.value) and value > least[who]
        if row not in _NO_OUTCOME and value > (limit := most[who][row == _CARRIED_OUT])
    ]
    yield from excesses or [Result("T3-LE", "requests", Outcome.PASS)]


def _most(reading: Reading, applicant: str) -> tuple[float, float]:
    """What an outcome, and what is carried out, cannot exceed; anything where a blank leaves it open."""
    handled = figure(reading, "requests_handled", applicant)
    came_in = total(reading, [("requests_received", applicant), ("requests_carried_in", applicant)])
    most, most_carried_out = [inf if sum_ is None or sum_.open else sum_.value for sum_ in (handled, came_in)]
    return most, most_carried_out


def an_empty_table_has_no_requests(reading: Reading) -> Iterator[Result]:
    """T3-ZERO: a table of nothing but zeros stands beside no requests, reviews or lawsuits elsewhere.

    Lawsuits over requests of earlier years are benign.
    """
    empty = not any(observation.value for observation in reading.observations.values() if observation.applicant)
    if empty and all(o.status is Status.ABSENT for o in reading.observations.values() if o.applicant):
        yield Result("T3-ZERO", "requests", Outcome.NOT_EVALUABLE)
        return
    disputed = sum(total_.value for name in PROCEEDINGS if (total_ := figure(reading, f"{name}_total")) is not None)
    elsewhere = max([disputed, *figures_told(reading, "nar_requests_received")])
    yield Result("T3-ZERO", "requests", Outcome.FAIL if empty and elsewhere else Outcome.PASS, elsewhere, 0)


def few_keep_state_secrets(reading: Reading) -> Iterator[Result]:
    """T3-SECRET: a town, subdistrict or bureau of a district seldom refuses for a state secret; unusual, not wrong."""
    if kind_of(reading) not in limits().seldom_secret:
        yield Result("T3-SECRET", "refused_state_secret", Outcome.NOT_APPLICABLE)
        return
    refused = figure(reading, "refused_state_secret", "total")
    if refused is None:
        yield Result("T3-SECRET", "refused_state_secret", Outcome.NOT_EVALUABLE)
    else:
        outcome = Outcome.FAIL if refused.value else passed(refused)
        yield Result("T3-SECRET", "refused_state_secret", outcome, 0, refused.value)


def unpaid_fees_were_asked_for(reading: Reading) -> Iterator[Result]:
    """T3-FEE: a request closed for an unpaid fee needs the fee rule of 2021, and section 6 to speak of the fee.

    A fee that was asked for and paid closes no request, so the mention alone contradicts nothing.
    """
    if ("closed_fee_unpaid", "total") not in reading.observations:
        yield Result("T3-FEE", "closed_fee_unpaid", Outcome.NOT_APPLICABLE)
        return
    unpaid, year = figure(reading, "closed_fee_unpaid", "total"), reading.identity.report_year
    if unpaid is None or year is None:
        yield Result("T3-FEE", "closed_fee_unpaid", Outcome.NOT_EVALUABLE)
    elif not unpaid.value:
        yield Result("T3-FEE", "closed_fee_unpaid", passed(unpaid), actual=0)
    else:
        told = any("处理费" in section.text for section in reading.sections if section.number == 6)
        outcome = Outcome.PASS if told and year >= limits().fee_rule_from else Outcome.FAIL
        yield Result("T3-FEE", "closed_fee_unpaid", outcome, actual=unpaid.value)
