"""Tables without spans: tabs between cells, empty cells where merged ones were, or each row a table of its own."""

from collections.abc import Callable, Iterator

import pytest

from pipelines.document import Grid, Paragraph
from pipelines.readers.html import read_html
from pipelines.readers.plain import read_text
from tests.layouts.form import HEADINGS, Draft, Rows, draft
from tests.test_layouts import read_checked

SEEDS = range(4)
Table = Callable[[Rows], list[list[str]]]


def own_cells(rows: Rows) -> list[list[str]]:
    """The cells that each row itself has."""
    return [[slot.text for slot in row] for row in rows]


def every_place(rows: Rows, *, copied: bool = False) -> list[list[str]]:
    """A cell at each place of the grid; where one covered several, the others are empty or copies of its label."""
    places: dict[tuple[int, int], str] = {}
    for r, row in enumerate(rows):
        column = 0
        for slot in row:
            while (r, column) in places:
                column += 1
            covered = [(r + down, column + right) for down in range(slot.rowspan) for right in range(slot.colspan)]
            places |= dict.fromkeys(covered, slot.text if copied and slot.key is None else "") | {
                (r, column): slot.text
            }
    width = 1 + max(column for _, column in places)
    return [[places.get((r, column), "") for column in range(width)] for r in range(len(rows))]


def tabbed(report: Draft, table: Table) -> bytes:
    return "\n".join([report.title, *_lines(report, lambda rows: ["\t".join(row) for row in table(rows)])]).encode()


def page(report: Draft, table: Callable[[Rows], list[str]]) -> bytes:
    body = "".join(f"<p>{line}</p>" if line[0] != "<" else line for line in _lines(report, table))
    return f"<html><body><h1>{report.title}</h1>{body}</body></html>".encode()


def without_spans(rows: Rows) -> list[str]:
    return [f"<table>{''.join(map(_row, every_place(rows)))}</table>"]


def with_copies(rows: Rows) -> list[str]:
    return [f"<table>{''.join(_row(row) for row in every_place(rows, copied=True))}</table>"]


def each_row_a_table(rows: Rows) -> list[str]:
    return [f"<table>{_row(row)}</table>" for row in own_cells(rows)]


def _row(texts: list[str]) -> str:
    return f"<tr>{''.join(f'<td>{text}</td>' for text in texts)}</tr>"


def _lines(report: Draft, table: Callable[[Rows], list[str]]) -> Iterator[str]:
    yield f"发布时间:{report.year + 1}-01-25"
    for number, heading in enumerate(HEADINGS):
        yield heading
        yield from table(report.tables[number - 1]) if 1 <= number <= 3 else ["本机关按照要求做好各项工作。"]


def spaced(report: Draft, blanks: str) -> bytes:
    lines = _lines(report, lambda rows: [blanks.join(row) for row in own_cells(rows)])
    return "\n".join([report.title, *lines]).encode()


RENDERINGS = {
    "spaced": lambda report: spaced(report, "   "),
    "wide": lambda report: spaced(report, "\u3000"),
    "copied": lambda report: tabbed(report, own_cells),
    "filled": lambda report: tabbed(report, every_place),
    "page": lambda report: page(report, without_spans),
    "rows": lambda report: page(report, each_row_a_table),
}


@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_is_read(rendering: str, seed: int):
    report = draft(seed)

    reading = read_checked(RENDERINGS[rendering](report))

    assert {key: observation.raw for key, observation in reading.observations.items()} == report.truth
    hard = {(f.rule, f.subject) for f in reading.findings if f.outcome == "fail" and f.severity == "hard"}
    assert hard <= ({("SHP-11", "disclosure")} if rendering in ("filled", "page") else set())


@pytest.mark.parametrize("seed", SEEDS)
def test_heads_and_labels_copied_to_each_place_are_one(seed: int):
    report = draft(seed)
    keys = [slot.key for table in report.tables[1:] for row in table for slot in row if slot.key]

    reading = read_checked(page(report, with_copies))

    assert {key: reading.observations[key].raw for key in keys} == {key: report.truth[key] for key in keys}


def test_a_label_with_empty_cells_behind_it_is_a_row():
    [grid] = read_text("规章\t0\t3\n规范性文件\t\t".encode()).grids()

    assert [[cell.text for cell in grid.own(r)] for r in range(2)] == [["规章", "0", "3"], ["规范性文件", "", ""]]
    assert grid.aligned


def test_a_single_line_with_tabs_and_an_indented_one_are_text():
    blocks = read_text("发布时间:2024-01-25\t来源:某局\n\t一、总体情况\n规章\t0\n文件\t1".encode()).blocks

    assert blocks[:2] == [Paragraph("发布时间:2024-01-25\t来源:某局"), Paragraph("一、总体情况")]
    assert isinstance(blocks[2], Grid)


def test_an_empty_cell_between_blanks_is_a_figure_less_and_told():
    report = draft(1)
    slot = next(slot for slot in report.values() if slot.key == ("requests_received", "company"))
    slot.text = ""

    reading = read_checked(spaced(report, "  "))

    received = [o for (metric, _), o in reading.observations.items() if metric == "requests_received"]
    assert [o.status for o in received] == ["absent"] * 7
    assert reading.status == "needs_review"


def test_few_lines_with_blanks_are_no_table_nor_are_sentences_and_single_lines():
    few = "\n".join(["甲  乙", "1  2"] * 4)
    text = "\n".join(
        ["甲  乙", "1  2"] * 5 + ["一、总体情况", "  甲县  2024年", "", "今年  很好。", "其　他  9", "其他　9"]
    )

    assert not list(read_text(few.encode()).grids())
    table, last = read_text(text.encode()).grids()
    assert len(table.rows) == 10
    assert not table.aligned
    assert [[cell.text for cell in last.own(r)] for r in range(2)] == [["其　他", "9"], ["其他", "9"]]
    assert list(read_text(text.encode()).paragraphs()) == ["一、总体情况", "甲县  2024年", "今年  很好。"]


def test_two_tables_of_a_row_stay_two():
    rows = "<table><tr><td>首页</td><td>公开</td></tr></table>"

    assert len(list(read_html((rows * 2).encode()).grids())) == 2
    assert [len(grid.rows) for grid in read_html((rows * 3).encode()).grids()] == [3]
