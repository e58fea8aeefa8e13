"""The rules about single cells: what is no plain figure always gets a finding; split digits are joined by a sum."""

import pytest

from pipelines.rules import check
from pipelines.tokens import Status
from tests.reports import findings, outcomes, report

CELL = ("penalty_decisions", None)


def test_a_report_of_plain_figures_blanks_and_marks_has_nothing_to_say_about_its_cells():
    reading = report({CELL: "", ("licensing_decisions", None): "/", ("coercion_decisions", None): "12 件"})

    assert outcomes(reading, "SHP-03") == outcomes(reading, "SHP-05") == {"report": "pass"}


@pytest.mark.parametrize("printed", ["#REF!", "{{n}}", "*", "O", "l", "−", "12①", "1 1 9", "12.5", "-3", "[图]5"])
def test_a_text_that_is_no_figure_of_its_cell_always_gets_a_hard_finding(printed: str):
    reading = report({CELL: printed})

    assert outcomes(reading, "SHP-03") == {"penalty_decisions": "fail"}
    assert reading.observations[CELL].value is None


@pytest.mark.parametrize("printed", ["12。", "2 388", "由区政府办填写"])
def test_words_stops_and_blanks_round_a_figure_get_a_soft_finding_alone(printed: str):
    reading = report({CELL: printed})

    assert outcomes(reading, "SHP-05") == {"penalty_decisions": "fail"}
    assert outcomes(reading, "SHP-03") == {"report": "pass"}


def row(natural: str, company: str, total: str) -> dict[tuple[str, str | None], str]:
    printed = {"natural_person": natural, "company": company, "total": total}
    return {("granted", who): text for who, text in printed.items()}


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        (row("1 1 9", "2", "121"), 119),
        (row("1 1 9", "2", "1 2 1"), 119),
        (row("1 1 9", "2", "120"), None),  # holds with no reading
        (row("1 19", "2", ""), None),  # nothing to hold against
        (row("1 2", "0", "1 2"), None),  # 12, or 1, or 2 with a stray
    ],
)
def test_split_digits_are_joined_where_the_sum_of_the_row_leaves_no_other_reading(printed, value):
    reading = report(printed)
    check(reading)
    cell = reading.observations["granted", "natural_person"]

    assert (cell.value, cell.status) == (value, Status.REPORTED if value else Status.TEXT)
    assert ("SHP-05" if value else "SHP-03", "granted:natural_person") in {
        (finding.rule, finding.subject) for finding in reading.findings if finding.outcome == "fail"
    }


def test_joined_digits_keep_what_is_printed():
    [cell] = [f for f in findings(report(row("1 1 9", "2", "121")), "SHP-05") if f.outcome == "fail"]

    assert "“1 1 9”" in cell.message_zh
