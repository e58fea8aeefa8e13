"""The smallest explanation: planted slips are found, ties are told, and no figure is ever altered."""

from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.explain import Change, Equation, Slip, Story, Sums, smallest, story
from pipelines.reading import Finding, Reading, read
from pipelines.rules import check
from tests.layouts.form import Draft, draft
from tests.layouts.formats import as_page

Key = tuple[str, str | None]


def read_checked(report: Draft) -> Reading:
    reading = read(as_page(report))
    check(reading)
    return reading


def printed_with(seed: int, changes: dict[Key, str]) -> Draft:
    report = draft(seed)
    for slot in report.values():
        assert slot.key is not None
        slot.text = changes.get(slot.key, slot.text)
    return report


def explained(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.explanation_zh]


def table(*rows: list[int]) -> tuple[Sums, list[list[Key]]]:
    """A table whose last column is the sum of the others, and whose last row is the sum of the rows above."""
    keys: list[list[Key]] = [[(f"row{r}", f"column{c}") for c in range(len(rows[0]))] for r in range(len(rows))]
    across = [Equation(tuple(row[:-1]), (row[-1],)) for row in keys]
    down = [Equation(tuple(column[:-1]), (column[-1],)) for column in zip(*keys, strict=True)]
    values = {
        key: value for row, figures in zip(keys, rows, strict=True) for key, value in zip(row, figures, strict=True)
    }
    return Sums([*across, *down], values), keys


def search(*rows: list[int]) -> list[Change]:
    sums, keys = table(*rows)
    return smallest(sums, sums.failing, keys) if sums.failing else []


def test_a_table_that_adds_up_needs_no_explanation():
    assert search([1, 2, 3], [4, 5, 9], [5, 7, 12]) == []


def test_a_report_that_adds_up_has_no_explanations():
    assert explained(read_checked(draft(3))) == []


def test_one_wrong_cell_is_where_its_row_and_its_column_cross():
    assert search([1, 2, 3], [4, 6, 9], [5, 7, 12]) == [Change(Slip.VALUE, {("row1", "column1"): 5})]


def test_a_wrong_total_is_the_only_cell_when_the_parts_are_too_many_to_blame():
    sums = Sums(
        [Equation((("a", None), ("b", None)), (("total", None),))],
        {("a", None): 10, ("b", None): 1, ("total", None): 0},
    )

    assert smallest(sums, sums.failing, [list(sums.values)]) == [Change(Slip.VALUE, {("total", None): 11})]


def test_two_neighbours_exchanged_are_found_in_a_row_and_in_a_column():
    across = search([2, 1, 3], [4, 5, 9], [5, 7, 12])
    down = search([4, 2, 3], [1, 5, 9], [5, 7, 12])

    assert across == [Change(Slip.SWAP, {("row0", "column0"): 1, ("row0", "column1"): 2})]
    assert down == [Change(Slip.SWAP, {("row0", "column0"): 1, ("row1", "column0"): 4})]


def test_a_row_shifted_by_one_is_found_with_the_figure_that_was_lost():
    changes = search([0, 1, 2, 3], [4, 5, 6, 15], [5, 7, 9, 21])

    assert [(change.slip, change.figures["row0", "column3"]) for change in changes] == [(Slip.LEFT, 6)]


def test_a_column_shifted_down_is_found():
    [change] = search([0, 2, 3], [1, 5, 9], [4, 7, 12])

    assert (change.slip, change.figures) == (
        Slip.UP,
        {("row0", "column0"): 1, ("row1", "column0"): 4, ("row2", "column0"): 5},
    )


def test_two_independent_errors_have_no_single_explanation():
    assert search([1, 2, 3, 6], [4, 9, 6, 15], [7, 8, 90, 24], [12, 15, 18, 45]) == []


def test_failures_that_share_no_figure_are_groups_of_their_own():
    a, b, c, d = (("a", None), ("b", None), ("c", None), ("d", None))
    sums = Sums([Equation((a,), (b,)), Equation((c,), (d,))], {a: 1, b: 2, c: 3, d: 4})

    assert sums.groups() == [frozenset({0}), frozenset({1})]


@pytest.mark.parametrize(
    ("printed", "meant", "expected"),
    [
        (12, 122, Story.LOST),
        (122, 12, Story.DOUBLED),
        (54, 45, Story.TRANSPOSED),
        (100, 10, Story.DOUBLED),
        (11, 0, None),
        (0, 5, None),
        (7, 8, None),
        (12.5, 125, None),
    ],
)
def test_the_digits_tell_how_a_number_became_another(printed, meant, expected):
    assert story(printed, meant) is expected


@given(st.integers(0, 10**6), st.integers(1, 500), st.data())
def test_a_planted_wrong_cell_is_found_in_any_report(seed, error, data):
    report = draft(seed)
    key = data.draw(st.sampled_from([k for k in report.truth if k[1] is not None]))
    right = int(report.truth[key])

    reading = read_checked(printed_with(seed, {key: str(right + error)}))

    assert explained(reading)
    assert reading.observations[key].value == right + error
    for finding in explained(reading):
        assert finding.rule.startswith("T3")
        assert finding.explanation_zh is not None
        assert f"若为 {right}" in finding.explanation_zh
        assert f"原表印作 {right + error}" in finding.explanation_zh


@given(st.integers(0, 10**6), st.integers(0, 24))
def test_two_neighbours_planted_in_each_others_place_are_found(seed, row):
    report = draft(seed)
    metric = report.edition.request_rows[row % len(report.edition.request_rows)]
    one, other = (metric, "natural_person"), (metric, "company")
    swapped = {one: report.truth[other], other: report.truth[one]}

    reading = read_checked(printed_with(seed, swapped))

    told = {finding.explanation_zh for finding in explained(reading)}
    assert len(told) == (report.truth[one] != report.truth[other])
    assert all(text is not None and "互换" in text for text in told)


def test_a_row_planted_one_cell_too_far_right_is_found_with_its_lost_total():
    report = draft(3)
    values = ["30", "10", "0", "0", "0", "2"]
    for metric in ("granted", "requests_handled", "requests_received"):
        report.truth |= {
            (metric, who): text for who, text in zip(report.edition.applicants, [*values, "42"], strict=True)
        }
    others = {(metric, who): "0" for metric in report.edition.request_rows[1:] for who in report.edition.applicants}
    kept = {
        key: text
        for key, text in report.truth.items()
        if key[0] in ("granted", "requests_handled", "requests_received")
    }
    shifted = dict(zip((("granted", who) for who in report.edition.applicants), ["0", *values], strict=True))

    told = {finding.explanation_zh for finding in explained(read_checked(printed_with(3, others | kept | shifted)))}

    assert told == {"“三、本年度办理结果·(一)予以公开”一行若整体左移一格，则全部勾稽关系成立。"}


def test_what_a_citizen_reads():
    parts = {"review_upheld": "10", "review_corrected": "1", "review_other": "0", "review_pending": "0"}
    report = printed_with(3, {(metric, None): text for metric, text in {**parts, "review_total": "0"}.items()})

    [finding] = explained(read_checked(report))

    assert (finding.rule, finding.fault) == ("T4-REV", "publisher")
    assert finding.explanation_zh == "“行政复议·总计”若为 11，则全部勾稽关系成立；原表印作 0。"
    assert finding.explanation_en == (
        "If “administrative review: total” were 11, every sum would hold; the form prints 0."
    )


def test_several_equally_small_explanations_are_told_and_three_are_named():
    parts = {"review_upheld": "2", "review_corrected": "2", "review_other": "2", "review_pending": "2"}
    report = printed_with(3, {(metric, None): text for metric, text in {**parts, "review_total": "7"}.items()})

    [finding] = explained(read_checked(report))

    assert finding.explanation_zh is not None
    assert finding.explanation_zh.startswith("有 5 种同样小的改动，各自都能使全部勾稽关系成立，例如：")
    assert finding.explanation_zh.count("若为") == 3


def test_a_slip_of_digits_is_named_first():
    parts = {"review_upheld": "122", "review_corrected": "3", "review_other": "0", "review_pending": "0"}
    report = printed_with(3, {(metric, None): text for metric, text in {**parts, "review_total": "15"}.items()})

    [finding] = explained(read_checked(report))

    assert finding.explanation_en == (
        "2 equally small changes would each make every sum hold: "
        "if “administrative review: upheld” were 12 and not 122 (a digit may have been doubled); "
        "if “administrative review: total” were 125 and not 15 (a digit may have been lost)."
    )


def test_errors_in_two_places_are_said_to_have_no_single_explanation():
    report = draft(3)
    wrong = {("granted", "natural_person"): "5001", ("declined_repeat", "company"): "7003"}

    reading = read_checked(printed_with(3, wrong))

    assert {f.explanation_zh for f in explained(reading)} == {"任何单独一处改动都不能使全部勾稽关系成立。"}
    assert report.truth["granted", "natural_person"] != "5001"


def test_looking_for_explanations_takes_less_than_a_millisecond():
    rng = Random(1)
    rows = [[rng.randint(0, 99) for _ in range(6)] for _ in range(24)]
    rows = [[*row, sum(row)] for row in rows]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    rows[7][2] += 40
    rows[15][4] += 3
    sums, keys = table(*rows)

    times = []
    for _ in range(50):
        started = perf_counter()
        assert smallest(sums, sums.failing, keys) == []
        times.append(perf_counter() - started)

    assert min(times) < 0.001


def test_hongze_2023_has_its_two_errors_with_their_explanations(shared_samples: Path):
    reading = read((shared_samples / "hongze-2023.pdf").read_bytes())
    check(reading)

    failed = [f for f in reading.findings if f.outcome == "fail" and f.severity == "hard"]
    assert [(f.rule, f.fault) for f in failed] == [("T4-REV", "publisher"), ("T4-LITA", "publisher")]
    assert [f.explanation_zh for f in failed] == [
        "“行政复议·总计”若为 11，则与之有关的勾稽关系全部成立；原表印作 0。",
        "有 2 种同样小的改动，各自都能使与之有关的勾稽关系全部成立："
        "“行政诉讼·复议后起诉·结果维持”若为 0 而非 5；“行政诉讼·复议后起诉·总计”若为 5 而非 0。",
    ]
    assert reading.status == "read"
