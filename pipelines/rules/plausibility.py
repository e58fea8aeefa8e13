"""Soft rules about form table 2: what a body cannot have done, and how figures are commonly misfilled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipelines.reading import Reading
from pipelines.rules.figures import figure, kind_of, passed, total
from pipelines.rules.limits import Powerless, limits
from pipelines.rules.result import Outcome, Result, Words

DOCUMENTS = ("regulations", "normative_documents")
ITEMS = ("licensing", "other_service", "penalty", "coercion")
_RULES_MADE = tuple(
    f"regulations_{part}" for part in ("issued", "repealed", "in_force", "made", "newly_public", "total_public")
)


def _asked(reading: Reading, metric: str) -> bool:
    return (metric, None) in reading.observations


def issued_are_in_force(reading: Reading) -> Iterator[Result]:
    """T2-02: what was issued this year is in force or was repealed; one that expired within the year is benign."""
    asked = [kind for kind in DOCUMENTS if _asked(reading, f"{kind}_issued")]
    if not asked:
        yield Result("T2-02", "disclosure", Outcome.NOT_APPLICABLE)
    for kind in asked:
        subject = f"{kind}_issued"
        issued = figure(reading, subject)
        kept = total(reading, [(f"{kind}_in_force", None), (f"{kind}_repealed", None)])
        if issued is None or kept is None or (issued.value > kept.value and kept.open):
            yield Result("T2-02", subject, Outcome.NOT_EVALUABLE)
        else:
            outcome = Outcome.FAIL if issued.value > kept.value else passed(issued, kept)
            yield Result("T2-02", subject, outcome, kept.value, issued.value)


def no_rule_making_below_the_city(reading: Reading) -> Iterator[Result]:
    """T2-03: bodies of a county-level division and departments of any make no rules (规章)."""
    below = (
        reading.provenance.division is not None
        or re.search(limits().no_rule_making_name, reading.identity.body_name or "")
        or kind_of(reading) in limits().no_rule_making
    )
    made = [figure(reading, metric) for metric in _RULES_MADE if _asked(reading, metric)]
    if not below:
        yield Result("T2-03", "disclosure", Outcome.NOT_APPLICABLE)
    elif claimed := sum(sum_.value for sum_ in made if sum_):
        yield Result("T2-03", "disclosure", Outcome.FAIL, 0, claimed)
    elif any(sum_ is None for sum_ in made) or not made:
        yield Result("T2-03", "disclosure", Outcome.NOT_EVALUABLE)
    else:
        yield Result("T2-03", "disclosure", passed(*filter(None, made)), 0, 0)


def fees_in_their_unit(reading: Reading) -> Iterator[Result]:
    """T2-05: fees far too high, or high and round, were probably written in 元 where the form asks for 万元."""
    fees = reading.observations.get(("fees_collected", None))
    if fees is None:
        yield Result("T2-05", "fees_collected", Outcome.NOT_APPLICABLE)
    elif fees.value is None:
        yield Result("T2-05", "fees_collected", Outcome.NOT_EVALUABLE)
    else:
        in_wan = fees.value / 10_000 if fees.unit == "元" else fees.value
        round_ = "万" not in fees.raw and fees.value == int(fees.value) and in_wan >= limits().fees_round_wan
        outcome = Outcome.FAIL if round_ or in_wan > limits().fees_most_wan else Outcome.PASS
        yield Result("T2-05", "fees_collected", outcome, limits().fees_most_wan, fees.value)


def decisions_within_powers(reading: Reading) -> Iterator[Result]:
    """T2-06: no decisions of a kind the body has no power for."""
    yield from within_powers(reading, limits().powerless)


def within_powers(reading: Reading, powerless: Iterable[Powerless]) -> Iterator[Result]:
    """T2-06 with a given list of bodies and the decisions that they cannot make."""
    name = reading.identity.body_name or ""
    barred = [metric for entry in powerless if re.search(entry.body, name) for metric in entry.metrics]
    if not barred:
        yield Result("T2-06", "disclosure", Outcome.NOT_APPLICABLE)
    for metric in dict.fromkeys(barred):
        made = figure(reading, metric)
        if made is None:
            yield Result("T2-06", metric, Outcome.NOT_EVALUABLE)
        else:
            yield Result("T2-06", metric, Outcome.FAIL if made.value else passed(made), 0, made.value)


def purchases_have_a_price(reading: Reading) -> Iterator[Result]:
    """T2-07: purchases and their price are zero together."""
    if not _asked(reading, "procurement_projects"):
        yield Result("T2-07", "procurement_projects", Outcome.NOT_APPLICABLE)
        return
    projects, amount = figure(reading, "procurement_projects"), figure(reading, "procurement_amount")
    if projects is None or amount is None:
        yield Result("T2-07", "procurement_projects", Outcome.NOT_EVALUABLE)
    elif bool(projects.value) == bool(amount.value):
        yield Result("T2-07", "procurement_projects", passed(projects, amount), amount.value, projects.value)
    else:
        outcome = Outcome.NOT_EVALUABLE if projects.open or amount.open else Outcome.FAIL
        yield Result("T2-07", "procurement_projects", outcome, amount.value, projects.value)


def published_are_all_published(reading: Reading) -> Iterator[Result]:
    """T2-08: what became public this year is part of all that is public; more than was made is earlier stock."""
    asked = [kind for kind in DOCUMENTS if _asked(reading, f"{kind}_newly_public")]
    if not asked:
        yield Result("T2-08", "disclosure", Outcome.NOT_APPLICABLE)
    for kind in asked:
        subject = f"{kind}_newly_public"
        newly, public = figure(reading, subject), figure(reading, f"{kind}_total_public")
        if newly is None or public is None or (newly.value > public.value and public.open):
            yield Result("T2-08", subject, Outcome.NOT_EVALUABLE)
        else:
            outcome = Outcome.FAIL if newly.value > public.value else passed(newly, public)
            yield Result("T2-08", subject, outcome, public.value, newly.value)


def decisions_are_not_items(reading: Reading) -> Iterator[Result]:
    """T2-09: a number of decisions that is exactly last year's items plus the change is an item count copied."""
    asked = [kind for kind in ITEMS if _asked(reading, f"{kind}_items_last_year")]
    if not asked:
        yield Result("T2-09", "disclosure", Outcome.NOT_APPLICABLE)
    for kind in asked:
        subject, items = f"{kind}_decisions", (f"{kind}_items_last_year", f"{kind}_items_change")
        decisions, sum_ = figure(reading, subject), total(reading, [(item, None) for item in items])
        if decisions is None or sum_ is None:
            yield Result("T2-09", subject, Outcome.NOT_EVALUABLE)
        else:
            copied = 0 < decisions.value < limits().copied_items_most and decisions.value == sum_.value
            detail = Words(f"{sum_.value:.10g}", f"{sum_.value:.10g}")
            outcome = Outcome.FAIL if copied else passed(decisions)
            yield Result("T2-09", subject, outcome, actual=decisions.value, detail=detail)
