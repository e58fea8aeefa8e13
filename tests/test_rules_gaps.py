"""Cells that are not printed: what the sums need of them, and subtotals that need not be there."""

from pipelines.matching import Key
from pipelines.reading import Finding, Reading
from pipelines.rules import check
from tests.layouts.deviations import DEVIATIONS
from tests.layouts.form import draft
from tests.layouts.formats import as_page
from tests.reports import report
from tests.test_routes import failures, read_checked

GRANTED = "granted"


def of_rule(reading: Reading, rule: str) -> list[Finding]:
    check(reading)
    return [finding for finding in reading.findings if finding.rule == rule and finding.outcome == "fail"]


def row(metric: str, natural: str, company: str, total: str) -> dict[Key, str]:
    return {(metric, "natural_person"): natural, (metric, "company"): company, (metric, "total"): total}


def test_a_report_of_zeros_or_blanks_has_no_gaps():
    assert [of_rule(report(), rule) for rule in ("GAP-01", "GAP-02", "T3-SUB")] == [[], [], []]
    assert of_rule(report(row(GRANTED, "", "", "")), "GAP-01") == []


def test_blanks_that_a_sum_needs_something_of_are_named_with_how_much_together():
    reading = report(
        row(GRANTED, "", "", "5") | row("requests_handled", "5", "0", "5") | row("requests_received", "5", "0", "5")
    )

    first = of_rule(reading, "GAP-01")[0]

    assert ("granted", 5) in [(f.subject, f.actual) for f in of_rule(reading, "GAP-01")]
    assert first.severity == "soft"
    assert all(reading.observations[GRANTED, who].value is None for who in ("natural_person", "company"))


def test_a_blank_of_which_two_sums_need_different_figures_is_a_contradiction():
    printed = (
        row(GRANTED, "", "0", "3") | row("requests_handled", "2", "0", "3") | row("requests_received", "2", "0", "3")
    )

    reading = report(printed)

    [finding] = of_rule(reading, "GAP-02")
    assert (finding.subject, finding.severity) == ("granted:natural_person", "hard")
    assert "分别要求它为 2、3" in finding.message_zh
    assert "GAP-02" in [rule for rule, _, _ in failures(reading)]


def test_a_blank_that_all_sums_need_the_same_of_is_no_contradiction():
    printed = (
        row(GRANTED, "", "0", "3") | row("requests_handled", "3", "0", "3") | row("requests_received", "3", "0", "3")
    )

    assert of_rule(report(printed), "GAP-02") == []


def test_a_subtotal_printed_above_its_own_rows_is_their_sum():
    wrong = draft(3)
    assert wrong.edition.id == "t2021"
    DEVIATIONS["subtotal_rows_of_the_groups"](wrong)
    plain = [finding for finding in read_checked(as_page(wrong)).findings if finding.rule == "T3-SUB"]
    for slot in wrong.values():
        if slot.key == ("closed_otherwise", "company"):
            slot.text = "9999"

    reading = read_checked(as_page(wrong))

    assert {finding.outcome for finding in plain} == {"pass"}
    assert ("T3-SUB", "closed_otherwise:company", "ours") in failures(reading)  # reading order does not know the row
