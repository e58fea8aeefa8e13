"""A table without lines in a PDF: which figure stands under which head, told from where the words stand."""

import io

from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipelines.document import Cell, Document, Grid
from pipelines.readers import read_document
from pipelines.readers.pdf_heads import place_heads

FONT, SIZE, PITCH = "STSong-Light", 8, 18
Printed = tuple[float, float, str]  # the middle of a text across, lines down from the first, the text


def page(*printed: Printed) -> Document:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont(FONT, SIZE)
    for centre, line, text in ((300, -3, "本报告的统计期限为一年,以下为其数据。"), *printed):
        canvas.drawCentredString(centre, 700 - PITCH * line, text)
    canvas.save()
    return read_document(out.getvalue())


def only_grid(document: Document) -> Grid:
    [grid] = document.grids()
    return grid


def cell(grid: Grid, text: str) -> Cell:
    [found] = {cell for row in grid.rows for cell in row if cell is not None and cell.text == text}
    return found


HEADS = [(300.0, 0.0, "组织"), (200.0, 0.5, "自然人"), (400.0, 0.5, "总计")]  # those beside span two rows
LEAVES = [(250.0, 1.0, "企业"), (300.0, 1.0, "机构"), (350.0, 1.0, "其他")]


def row(line: float, label: str, *figures: str) -> list[Printed]:
    return [(80.0, line, label), *((200.0 + 50 * at, line, text) for at, text in enumerate(figures) if text)]


ROWS = [*row(2, "新收", "1", "2", "3", "4", "10"), *row(3, "结转", "5", "6", "7", "8", "26")]


def test_no_heads_over_no_columns_have_no_places():
    assert place_heads([], []) == []


def test_a_page_without_figures_has_no_table():
    assert [*page((200, 0, "自然人"), (300, 0, "总计")).grids()] == []


def test_a_head_spans_the_columns_it_stands_in_the_middle_of():
    grid = only_grid(page(*HEADS, *LEAVES, *ROWS))

    assert grid.aligned
    over, beside = cell(grid, "组织"), cell(grid, "自然人")
    assert (over.row, over.rowspan, over.colspan) == (beside.row, 1, 3)
    assert (beside.rowspan, beside.column, over.column) == (2, 1, 2)
    assert [each.text for each in grid.own(2)] == ["新收", "1", "2", "3", "4", "10"]


def test_figures_stand_under_the_head_above_them_in_whatever_order_the_heads_are():
    heads = [
        (200, 1, "企业"),
        (250, 1, "机构"),
        (300, 1, "其他"),
        (250, 0, "组织"),
        (350, 0.5, "自然人"),
        (400, 0.5, "总计"),
    ]
    grid = only_grid(page(*heads, *ROWS))

    under = {head: grid.rows[3][cell(grid, head).column] for head in ("企业", "自然人", "总计")}
    assert {head: found.text for head, found in under.items() if found} == {"企业": "5", "自然人": "8", "总计": "26"}


def test_a_column_and_a_row_without_figures_are_blank():
    rows = [*row(2, "新收", "1", "", "3", "4", "8"), *row(3, "公开"), *row(4, "结转", "5", "", "7", "8", "20")]
    grid = only_grid(page(*HEADS, *LEAVES, *rows))

    assert [[each.text for each in grid.own(r)] for r in (2, 3, 4)] == [
        ["新收", "1", "", "3", "4", "8"],
        ["公开", "", "", "", "", ""],
        ["结转", "5", "", "7", "8", "20"],
    ]


def test_heads_over_no_column_leave_only_the_order():
    grid = only_grid(page((200, 1, "甲"), *row(2, "新收", "1", "2", "3"), *row(3, "结转", "4", "5", "6")))

    assert not grid.aligned
    assert [each.text for each in grid.own(2)] == ["结转", "4", "5", "6"]


@given(st.integers(10, 99), st.integers(10, 99), st.integers(0, 4))
def test_a_figure_broken_over_two_lines_keeps_its_end(begin: int, end: int, column: int):
    figures = ["1", "2", "3", "4", "5"]
    figures[column] = ""
    broken = [(200.0 + 50 * column, 2 + side, str(part)) for side, part in ((-0.3, begin), (0.3, end))]
    grid = only_grid(
        page(*HEADS, *LEAVES, *row(2, "新收", *figures), *broken, *row(4, "结转", "5", "6", "7", "8", "26"))
    )

    assert [each.text for each in grid.own(2)][1 + column] == f"{begin}\n{end}"
    assert [each.text for each in grid.own(3)] == ["结转", "5", "6", "7", "8", "26"]


def test_a_line_between_two_words_parts_them_where_they_stand_as_close_as_the_lines_of_a_cell():
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont(FONT, SIZE)
    lines = (("信息内容", "制发", "废止", "有效"), ("规章", "1", "2", "3"), ("规范性文件", "4", "5", "6"))
    for line, texts in enumerate(lines):
        canvas.line(60, 711 - 12 * line, 420, 711 - 12 * line)
        for column, text in enumerate(texts):
            canvas.drawCentredString(100 + 100 * column, 702 - 12 * line, text)
    canvas.save()

    grid = only_grid(read_document(out.getvalue()))

    assert [[cell.text for cell in grid.own(r)] for r in range(3)] == [list(texts) for texts in lines]
