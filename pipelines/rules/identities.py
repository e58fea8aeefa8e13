"""The identities of form tables 3 and 4 and of the annex: sums that the form itself demands.

An identity is data, so that the same list is checked here, used to prove unprinted cells (``inference``) and later to
look for the smallest explanation of a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from pipelines.asked import form_of
from pipelines.editions import Edition, annexes
from pipelines.matching import Key, Table
from pipelines.reading import Observation, Reading
from pipelines.rules.result import Outcome, Result
from pipelines.tokens import Status
from pipelines.vocabulary import APPLICANTS, PROCEEDINGS, RESULTS

Observations = Mapping[Key, Observation]

OPEN = frozenset({Status.BLANK, Status.NA_MARK})  # may stand for zero, never for a number of ours
PLACES = 6  # amounts of money have decimals, whose binary sums are off by less than this
_LITIGATION = {"review": "T4-REV", "lawsuit_direct": "T4-LITD", "lawsuit_after_review": "T4-LITA"}


class Identity(NamedTuple):
    """``left`` summed equals ``right`` summed; the right side is what the publisher added up."""

    rule: str
    subject: str
    left: tuple[Key, ...]
    right: tuple[Key, ...]


def identities(reading: Reading) -> list[Identity]:
    """Every identity of the tables that were read, in the order of the form."""
    rows = tuple([metric for metric, applicant in reading.observations if applicant == "total"])
    return [*_requests(rows, reading.form.id), *_disputes(reading), *_annex(reading)]


@lru_cache(maxsize=1 << 6)
def _requests(rows: tuple[str, ...], edition: str) -> tuple[Identity, ...]:
    """The identities of form table 3; they are kept, because nearly all reports print the same rows."""
    form = form_of(edition)
    return (*_balances(rows), *_outcomes(rows, form), *_subtotals(rows, form), *_columns(rows))


def _balances(rows: tuple[str, ...]) -> Iterator[Identity]:
    """T3-BAL, the identity printed in the top-left corner of the form."""
    if rows:
        for applicant in APPLICANTS:
            left = (("requests_received", applicant), ("requests_carried_in", applicant))
            right = (("requests_handled", applicant), ("requests_carried_out", applicant))
            yield Identity("T3-BAL", applicant, left, right)


def _outcomes(rows: tuple[str, ...], form: Edition) -> Iterator[Identity]:
    """T3-OUT: the outcomes of a column add up to row (七). A row (六) above its own three is their sum, not another."""
    frame = {"requests_received", "requests_carried_in", "requests_handled", "requests_carried_out"}
    frame |= {row.metric for row in form.requests if not set(rows).isdisjoint(row.instead_of)}
    outcomes = [metric for metric in rows if metric not in frame]
    if outcomes:
        for applicant in APPLICANTS:
            left = tuple((metric, applicant) for metric in outcomes)
            yield Identity("T3-OUT", applicant, left, (("requests_handled", applicant),))


def _subtotals(rows: tuple[str, ...], form: Edition) -> Iterator[Identity]:
    """T3-SUB: a row (六) above its own three is their sum."""
    for row in form.requests:
        if row.metric in rows and row.instead_of and {*row.instead_of} <= {*rows}:
            for applicant in APPLICANTS:
                parts = tuple((metric, applicant) for metric in row.instead_of)
                yield Identity("T3-SUB", f"{row.metric}:{applicant}", parts, ((row.metric, applicant),))


def _columns(rows: tuple[str, ...]) -> Iterator[Identity]:
    """T3-COL: the six kinds of applicant add up to the total."""
    for metric in rows:
        left = tuple((metric, applicant) for applicant in APPLICANTS[:-1])
        yield Identity("T3-COL", metric, left, ((metric, "total"),))


def _disputes(reading: Reading) -> Iterator[Identity]:
    """T4-REV, T4-LITD, T4-LITA: the four results add up to the total."""
    for proceeding in PROCEEDINGS:
        parts: tuple[Key, ...] = tuple((f"{proceeding}_{result}", None) for result in RESULTS[:-1])
        total: Key = (f"{proceeding}_{RESULTS[-1]}", None)
        if total in reading.observations:
            yield Identity(_LITIGATION[proceeding], proceeding, parts, (total,))


def _annex(reading: Reading) -> Iterator[Identity]:
    """S14-01 … S14-05 and L04-01: the sums of the annex, of those parts that the form of the place prints.

    A local form may print parts that we do not know; then nothing is said of its sums.
    """
    matched = reading.matches.get(Table.ANNEX)
    form = annexes().get(matched.edition) if matched else None
    if matched is None or form is None or (matched.strangers and not form.complete):
        return
    for each in form.sums:
        parts: tuple[Key, ...] = tuple((name, None) for name in each.parts if (name, None) in reading.observations)
        total: Key = (each.total, None)
        if parts and total in reading.observations:
            yield Identity(each.rule, each.total, parts, (total,))


def check_identities(reading: Reading) -> Iterator[Result]:
    """Check every identity of a report; T3-SUB does not apply where no subtotal is printed."""
    found = identities(reading)
    printed = {key: observation.value or 0 for key, observation in reading.observations.items()}
    unprinted = {key: o.status for key in reading.odd if (o := reading.observations[key]).value is None}
    for identity in found:
        yield _evaluate(identity, printed, unprinted)
    if not any(identity.rule == "T3-SUB" for identity in found):
        yield Result("T3-SUB", Table.REQUESTS, Outcome.NOT_APPLICABLE)


def _evaluate(identity: Identity, printed: Mapping[Key, float], unprinted: Mapping[Key, Status]) -> Result:
    """Check one identity.

    Blank and marked cells count as zero; if the identity does not hold then, and an unprinted cell could make up the
    difference, it is not evaluable. A cell that should hold a number and does not makes it not evaluable at once.
    """
    rule, subject, left, right = identity
    gaps_left = [unprinted[key] for key in left if key in unprinted] if unprinted else []
    gaps_right = [unprinted[key] for key in right if key in unprinted] if unprinted else []
    if not OPEN.issuperset(gaps_left) or not OPEN.issuperset(gaps_right):
        return Result(rule, subject, Outcome.NOT_EVALUABLE)
    expected = round(sum(map(printed.__getitem__, left)), PLACES)
    actual = round(sum(map(printed.__getitem__, right)), PLACES)
    if expected == actual:
        outcome = Outcome.PASS_BLANK_AS_ZERO if gaps_left or gaps_right else Outcome.PASS
        return Result(rule, subject, outcome, expected, actual)
    if gaps_left if expected < actual else gaps_right:
        return Result(rule, subject, Outcome.NOT_EVALUABLE, expected, actual)
    return Result(rule, subject, Outcome.FAIL, expected, actual, cells=(*left, *right))
