"""Harmless habits: second copies that say the same, the empty rows that Word leaves, other signs behind a number."""

import pytest

from tests.layouts.form import Draft, Slot, draft
from tests.layouts.formats import as_page
from tests.test_layouts import read_checked

SEEDS = range(4)


def failures(report: Draft) -> set[str]:
    reading = read_checked(as_page(report))
    assert {key: observation.raw for key, observation in reading.observations.items()} == report.truth
    return {finding.rule for finding in reading.findings if finding.outcome == "fail" and finding.severity == "hard"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("number", range(3))
def test_a_second_copy_of_the_rows_of_a_table(seed: int, number: int):
    report = draft(seed)
    report.tables[number] += [list(row) for row in report.tables[number]]

    assert failures(report) == set()


@pytest.mark.parametrize("number", range(3))
def test_a_row_printed_again_with_another_figure(number: int):
    report = draft(1)
    row = next(row for row in reversed(report.tables[number]) if any(slot.key for slot in row))
    report.tables[number].append([Slot(slot.text + "1" if slot.key else slot.text, 1, slot.colspan) for slot in row])

    assert "SHP-02" in failures(report)


@pytest.mark.parametrize("seed", SEEDS)
def test_empty_rows_round_a_table(seed: int):
    report = draft(seed)
    for number, table in enumerate(report.tables):
        empty = [Slot("") for slot in table[-1] for _ in range(slot.colspan)]
        report.tables[number] = [list(empty), *table, list(empty)]

    assert failures(report) == set()


@pytest.mark.parametrize("sign", ["、", "，", "："])
def test_the_sign_behind_the_number_of_a_row(sign: str):
    report = draft(1)
    for slot in report.labels():
        slot.text = slot.text.replace(".", sign, 1) if slot.text[:1].isdigit() else slot.text

    assert failures(report) == set()
