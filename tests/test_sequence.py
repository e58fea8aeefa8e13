"""Route B: figures by reading order alone, from tables and from renderings that have none."""

from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.document import Block, Cell, Document, Grid, Paragraph
from pipelines.readers import read_document
from pipelines.sequence import Run, read_in_order
from pipelines.sequence.run import in_order
from tests.layouts.form import Draft, draft
from tests.layouts.formats import FORMATS
from tests.layouts.habits import HABITS

Figures = dict[tuple[str, str | None], str]


def lines_of(report: Draft) -> list[str]:
    """The rendering with one cell a line and nothing else; empty cells leave no trace."""
    texts = [report.title]
    for heading, table in zip(report.headings[1:4], report.tables, strict=True):
        texts += [heading, *(slot.text for row in table for slot in row if slot.text)]
    return [*texts, *report.headings[4:], "本机关无其他需要报告的事项。"]


def read_lines(lines: list[str]) -> dict[str, Run]:
    return read_in_order(Document([Paragraph(line) for line in lines]))


def cells(runs: dict[str, Run]) -> Figures:
    return {key: text for run in runs.values() for key, text in run.cells.items()}


def wrong(report: Draft, runs: dict[str, Run]) -> Figures:
    return {k: v for k, v in cells(runs).items() if "".join(v.split()) != "".join(report.truth.get(k, "").split())}


def test_a_document_without_labels_has_no_tables():
    assert read_in_order(Document([])) == {}
    assert read_lines(["一、总体情况", "本年度收到申请 12 件。", "其他", "总计", "行政许可"]) == {}


@given(st.integers(0, 10**6), st.sampled_from(sorted(FORMATS)))
def test_every_figure_of_a_generated_report_is_read_in_each_format(seed, name):
    report = draft(seed)

    runs = read_in_order(read_document(FORMATS[name](report)))

    assert cells(runs) == report.truth
    assert all(not run.unread and not run.lossy for run in runs.values())
    assert runs["disclosure"].edition == report.edition.id


@given(st.integers(0, 10**6))
def test_one_cell_a_line_without_pipes_is_read_whole(seed):
    report = draft(seed)

    assert cells(read_lines(lines_of(report))) == report.truth


@pytest.mark.parametrize("habit", sorted(HABITS))
def test_no_habit_of_publishers_gives_a_wrong_figure(habit):
    report = draft(len(habit) + 40)
    HABITS[habit](report)

    assert wrong(report, read_in_order(read_document(FORMATS["page"](report)))) == {}


def test_a_rendering_that_dropped_repeated_lines_is_refused_and_never_filled_with_zeros():
    lines = [line for line, _ in groupby(lines_of(draft(3)))]

    runs = read_lines(lines)

    assert runs["requests"].lossy
    assert runs["requests"].cells == {}


def test_glued_cells_are_refused():
    report = draft(3)
    lines = lines_of(report)
    place = lines.index("一、本年新收政府信息公开申请数量")
    glued = [*lines[: place + 1], "".join(lines[place + 1 : place + 8]), *lines[place + 8 :]]

    runs = read_lines(glued)

    assert (runs["requests"].lossy, runs["requests"].unread) == (True, ["requests_received"])
    assert runs["requests"].cells == {}
    assert not runs["disputes"].lossy


def test_the_bare_labels_of_the_form_are_no_report():
    labels = [line for line in lines_of(draft(3)) if not line.lstrip("-").replace(".", "").isdigit()]

    assert read_lines(labels) == {}


def test_a_row_with_a_value_too_many_or_too_few_is_not_read_and_its_neighbours_are():
    for change in (lambda row: row.pop(), lambda row: row.append(row[-1])):
        report = draft(3)
        row = next(r for r in report.tables[1] if any(s.key == ("granted", "total") for s in r))
        change(row)

        run = read_in_order(read_document(FORMATS["page"](report)))["requests"]

        assert run.unread == ["granted"]
        assert ("granted", "total") not in run.cells
        assert run.cells["requests_carried_in", "total"] == report.truth["requests_carried_in", "total"]
        assert run.cells["partly_granted", "total"] == report.truth["partly_granted", "total"]


def grid(*rows: list[str]) -> Grid:
    return Grid([[Cell(text, r, c) for c, text in enumerate(row)] for r, row in enumerate(rows)])


def with_row(report: Draft, label: str, printed: list[str]) -> Run:
    """Form table 3 of a report with one row printed otherwise."""
    rows: list[list[str]] = [[slot.text for slot in row] for row in report.tables[1]]
    changed = [printed if label in row else row for row in rows]
    blocks: list[Block] = [grid(*changed)]
    return read_in_order(Document(blocks))["requests"]


def test_a_misprinted_label_is_known_by_its_neighbours():
    report = draft(3)
    values = [report.truth["refused_other_law", who] for who in report.edition.applicants]

    run = with_row(report, "2.其他法律行政法规禁止公开", ["其他法律行政止公开", *values])

    assert run.cells == {key: text for key, text in report.truth.items() if key[1]}


def test_another_row_in_the_place_of_a_missing_one_is_not_taken_for_it():
    run = with_row(draft(3), "2.其他法律行政法规禁止公开", ["本地自设的一行", *["9"] * 7])

    assert ("refused_other_law", "total") not in run.cells


def test_a_single_row_with_an_empty_cell_behind_is_out_of_place_and_not_read():
    run = with_row(draft(3), "2.重复申请", ["2.重复申请", "", "1", "0", "0", "0", "0", "0", ""])

    assert run.unread == ["declined_repeat"]


def test_a_row_of_numbers_that_ends_the_document_is_no_row_of_values():
    report = draft(3)
    heads = [[slot.text for slot in row] for row in report.tables[2]][:-1]

    run = read_in_order(Document([grid(*heads, ["1", "2", "3", "4", "5", "6"])]))["disputes"]

    assert (run.unread, run.cells) == (["disputes"], {})


@given(st.lists(st.integers(0, 30), max_size=40))
def test_labels_are_put_in_the_order_of_the_form(rows):
    marks = list(enumerate(rows))

    chain = in_order(marks)

    assert set(chain) <= set(marks)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(chain))
    assert in_order(sorted(set(chain))) == chain


def test_of_two_copies_of_a_table_the_first_is_taken():
    assert in_order(list(enumerate([0, 1, 2, 0, 1, 2]))) == [(0, 0), (1, 1), (2, 2)]
