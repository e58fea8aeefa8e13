"""The identities of form tables 3 and 4 and of the annex: sums that the form itself demands.

An identity is data, so that the same list is checked here, used to prove unprinted cells (``inference``) and later to
look for the smallest explanation of a contradiction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from pipelines.asked import form_of
from pipelines.editions import AnnexEdition, Edition, annexes
from pipelines.matching import Key, Table
from pipelines.reading import Observation, Reading
from pipelines.rules.result import Outcome, Result
from pipelines.tokens import Status
from pipelines.vocabulary import APPLICANTS, PROCEEDINGS, RESULTS

Observations = Mapping[Key, Observation]
_Take = Callable[[Sequence[float]], tuple[float, ...]]

OPEN = frozenset({Status.BLANK, Status.NA_MARK})  # may stand for zero, never for a number of ours
PLACES = 6  # amounts of money have decimals, whose binary sums are off by less than this
_LITIGATION = {"review": "T4-REV", "lawsuit_direct": "T4-LITD", "lawsuit_after_review": "T4-LITA"}


class Identity(NamedTuple):
    """``left`` summed equals ``right`` summed; the right side is what the publisher added up."""

    rule: str
    subject: str
    left: tuple[Key, ...]
    right: tuple[Key, ...]


class _Sums(NamedTuple):
    """An identity, and how the figures of its sides are taken from all figures in their order with a zero behind."""

    identity: Identity
    left: _Take
    right: _Take


def identities(reading: Reading) -> list[Identity]:
    """Every identity of the tables that were read, in the order of the form."""
    return [*_identities(*_asked(reading))]


def _asked(reading: Reading) -> tuple[tuple[Key, ...], str, str | None]:
    """The figures and the editions of the three tables and of the annex.

    A local form may print parts of an annex that we do not know; then nothing is said of its sums.
    """
    matched = reading.matches.get(Table.ANNEX)
    form = annexes().get(matched.edition) if matched else None
    annex = form.id if matched and form and (form.complete or not matched.strangers) else None
    return tuple(reading.observations), reading.form.id, annex


@lru_cache(maxsize=1 << 6)
def _identities(asked: tuple[Key, ...], edition: str, annex: str | None) -> tuple[Identity, ...]:
    """The identities among some figures; they are kept, because nearly all reports are asked for the same."""
    rows, form = tuple([metric for metric, applicant in asked if applicant == "total"]), form_of(edition)
    requests = (*_balances(rows), *_outcomes(rows, form), *_subtotals(rows, form), *_columns(rows))
    return (*requests, *_disputes({*asked}), *(_annex({*asked}, annexes()[annex]) if annex else ()))


@lru_cache(maxsize=1 << 6)
def _sums(asked: tuple[Key, ...], edition: str, annex: str | None) -> tuple[_Sums, ...]:
    places = {key: place for place, key in enumerate(asked)}
    found = _identities(asked, edition, annex)
    return tuple([_Sums(each, _take(each.left, places), _take(each.right, places)) for each in found])


def _take(side: tuple[Key, ...], places: Mapping[Key, int]) -> _Take:
    """The zero is taken too: of a single figure there would be no sequence."""
    return itemgetter(*[places[key] for key in side], -1)


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


def _disputes(asked: Set[Key]) -> Iterator[Identity]:
    """T4-REV, T4-LITD, T4-LITA: the four results add up to the total."""
    for proceeding in PROCEEDINGS:
        parts: tuple[Key, ...] = tuple((f"{proceeding}_{result}", None) for result in RESULTS[:-1])
        total: Key = (f"{proceeding}_{RESULTS[-1]}", None)
        if total in asked:
            yield Identity(_LITIGATION[proceeding], proceeding, parts, (total,))


def _annex(asked: Set[Key], form: AnnexEdition) -> Iterator[Identity]:
    """S14-01 … S14-05 and L04-01: the sums of the annex, of those parts that the form of the place prints."""
    for each in form.sums:
        parts: tuple[Key, ...] = tuple((name, None) for name in each.parts if (name, None) in asked)
        total: Key = (each.total, None)
        if parts and total in asked:
            yield Identity(each.rule, each.total, parts, (total,))


def check_identities(reading: Reading) -> Iterator[Result]:
    """Check every identity of a report; T3-SUB does not apply where no subtotal is printed."""
    sums = _sums(*_asked(reading))
    printed = [*[observation.value or 0 for observation in reading.observations.values()], 0]
    unprinted = {key: o.status for key in reading.odd if (o := reading.observations[key]).value is None}
    passed = Outcome.PASS
    for identity, left, right in sums:
        expected, actual = round(sum(left(printed)), PLACES), round(sum(right(printed)), PLACES)
        if expected == actual and not unprinted:
            yield Result(identity.rule, identity.subject, passed, expected, actual)
        else:
            yield _evaluate(identity, expected, actual, unprinted)
    if not [identity for identity, _, _ in sums if identity.rule == "T3-SUB"]:
        yield Result("T3-SUB", Table.REQUESTS, Outcome.NOT_APPLICABLE)


def _evaluate(identity: Identity, expected: float, actual: float, unprinted: Mapping[Key, Status]) -> Result:
    """Check one identity, given the sums of what is printed of its sides.

    Blank and marked cells count as zero; if the identity does not hold then, and an unprinted cell could make up the
    difference, it is not evaluable. A cell that should hold a number and does not makes it not evaluable at once.
    """
    rule, subject, left, right = identity
    gaps_left = [unprinted[key] for key in left if key in unprinted] if unprinted else []
    gaps_right = [unprinted[key] for key in right if key in unprinted] if unprinted else []
    if not OPEN.issuperset(gaps_left) or not OPEN.issuperset(gaps_right):
        return Result(rule, subject, Outcome.NOT_EVALUABLE)
    if expected == actual:
        outcome = Outcome.PASS_BLANK_AS_ZERO if gaps_left or gaps_right else Outcome.PASS
        return Result(rule, subject, outcome, expected, actual)
    if gaps_left if expected < actual else gaps_right:
        return Result(rule, subject, Outcome.NOT_EVALUABLE, expected, actual)
    return Result(rule, subject, Outcome.FAIL, expected, actual, cells=(*left, *right))
