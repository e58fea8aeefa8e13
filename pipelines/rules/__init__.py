"""The rules: plain functions over one report. Each yields results; together they make the findings of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipelines.reading import Reading
from pipelines.rules.annex import no_strange_rows, one_column, orders_hold
from pipelines.rules.identities import check_identities
from pipelines.rules.inference import infer
from pipelines.rules.messages import finding
from pipelines.rules.period import body_of_this_portal, not_the_header_clock, one_year, whole_year
from pipelines.rules.result import Result
from pipelines.rules.routes import fault, read_alike, read_by_both
from pipelines.rules.shape import cells_a_row, rows_once, well_formed_numbers

RULES: tuple[Callable[[Reading], Iterator[Result]], ...] = (
    cells_a_row,
    rows_once,
    well_formed_numbers,
    read_by_both,
    read_alike,
    check_identities,
    orders_hold,
    no_strange_rows,
    one_column,
    one_year,
    whole_year,
    not_the_header_clock,
    body_of_this_portal,
)


def check(reading: Reading) -> None:
    """Complete a reading: the findings of every rule, then the values that the identities prove.

    A document that is not a report, or whose tables could not be read, has nothing to check.
    """
    if reading.refusal is None and reading.unreadable is None:
        reading.findings = [finding(result, fault(result, reading)) for rule in RULES for result in rule(reading)]
        infer(reading)
