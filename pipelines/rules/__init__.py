"""The rules: plain functions over one report. Each yields results; together they make the findings of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from pipelines.editions import editions, forms
from pipelines.narrative import Statement
from pipelines.reading import Reading
from pipelines.rules.annex import no_strange_rows, one_column, orders_hold
from pipelines.rules.caseload import (
    an_empty_table_has_no_requests,
    few_keep_state_secrets,
    no_outcome_exceeds_its_total,
    unpaid_fees_were_asked_for,
)
from pipelines.rules.explanation import explain
from pipelines.rules.gaps import no_gap_is_needed, one_value_for_each_gap
from pipelines.rules.identities import check_identities
from pipelines.rules.inference import infer
from pipelines.rules.joined import join_split_digits
from pipelines.rules.messages import finding, rule_editions
from pipelines.rules.narrated import (
    an_empty_block_had_no_cases,
    disputes_as_told,
    documents_as_told,
    doubted_figures,
    nothing_means_zero,
    other_results_as_told,
    requests_as_told,
    the_text_balances,
)
from pipelines.rules.period import (
    body_of_this_portal,
    not_the_header_clock,
    one_year,
    opening_agrees,
    published_after_its_year,
    whole_year,
)
from pipelines.rules.plausibility import (
    decisions_are_not_items,
    decisions_within_powers,
    fees_in_their_unit,
    issued_are_in_force,
    no_rule_making_below_the_city,
    published_are_all_published,
    purchases_have_a_price,
)
from pipelines.rules.result import Result
from pipelines.rules.routes import confirmed, fault, read_alike, read_by_both
from pipelines.rules.shape import cells_a_row, no_words_for_figures, one_document, rows_once, well_formed_numbers
from pipelines.rules.tallies import accounts_add_up, channels_add_up, fees_as_told, outcomes_as_told, shares_as_told
from pipelines.rules.template import one_edition, sections_in_order, the_edition_of_its_year
from pipelines.rules.timeliness import published_in_time
from pipelines.rules.units import no_other_years_tables, units_converted, units_fit
from pipelines.rules.years import no_other_year

RULES: tuple[Callable[[Reading], Iterator[Result]], ...] = (
    cells_a_row,
    rows_once,
    well_formed_numbers,
    one_document,
    read_by_both,
    read_alike,
    confirmed,
    no_other_years_tables,
    units_fit,
    units_converted,
    check_identities,
    one_value_for_each_gap,
    orders_hold,
    no_strange_rows,
    one_column,
    one_year,
    whole_year,
    not_the_header_clock,
    published_after_its_year,
    body_of_this_portal,
)

AFTER_PROOFS: tuple[Callable[[Reading], Iterator[Result]], ...] = (
    no_gap_is_needed,
    sections_in_order,
    no_words_for_figures,
    the_edition_of_its_year,
    one_edition,
    issued_are_in_force,
    no_rule_making_below_the_city,
    fees_in_their_unit,
    decisions_within_powers,
    purchases_have_a_price,
    published_are_all_published,
    decisions_are_not_items,
    no_outcome_exceeds_its_total,
    an_empty_table_has_no_requests,
    few_keep_state_secrets,
    unpaid_fees_were_asked_for,
    an_empty_block_had_no_cases,
    disputes_as_told,
    other_results_as_told,
    no_other_year,
    opening_agrees,
    published_in_time,
    requests_as_told,
    the_text_balances,
    outcomes_as_told,
    shares_as_told,
    accounts_add_up,
    channels_add_up,
    nothing_means_zero,
    documents_as_told,
    fees_as_told,
    doubted_figures,
)
"""The soft rules: they use what the identities prove, so that a blank total that is proven can be compared."""


def check(reading: Reading) -> None:
    """Complete a reading: the findings of the hard rules, the values the identities prove, then the soft rules.

    A document that is not a report, or whose tables could not be read, has nothing to check.
    """
    if reading.refusal is None and reading.unreadable is None:
        reading.odd = [key for key, observation in reading.observations.items() if not observation.plain]
        reading.told = _by_metric(reading.narrative)
        join_split_digits(reading)
        reading.findings = [
            finding(result, fault(result, reading) if result.cells else None)
            for rule in RULES
            for result in rule(reading)
        ]
        explain(reading)
        infer(reading)
        concerned = _concerning(reading.edition)
        reading.findings += [
            finding(result) for rule in AFTER_PROOFS for result in rule(reading) if result.rule in concerned
        ]


def _by_metric(narrative: Iterable[Statement]) -> dict[str, list[Statement]]:
    told: dict[str, list[Statement]] = {}
    for statement in narrative:
        told.setdefault(statement.metric, []).append(statement)
    return told


@cache
def _concerning(edition: str | None) -> frozenset[str]:
    """The rules that are about an edition: not those about the three tables where it is another form altogether."""
    rules = rule_editions()
    if edition in editions() or edition not in forms():
        return frozenset(rules)
    return frozenset(rule for rule, asked in rules.items() if edition in asked)
