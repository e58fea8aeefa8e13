"""Ruled tables of PDFs: what a page break cut is one again, and gaps between painted cells are rules."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipelines.readers import read_document
from pipelines.readers.boxes import Box
from pipelines.readers.pdf_cuts import heal
from pipelines.readers.pdf_text import text_of

FONT = "STSong-Light"
SEAM = 40.0


def row(top: float, bottom: float, *texts: str) -> list[Box]:
    return [Box(text, 60.0 * at, top, 60.0 * (at + 1), bottom) for at, text in enumerate(texts)]


def healed(upper: tuple[str, ...], lower: tuple[str, ...]) -> list[str]:
    above = [*row(0, 20, *map(str, range(91, 91 + len(upper)))), *row(20, SEAM, *upper)]
    boxes = heal(above, row(SEAM, 60, *lower), SEAM)
    return [box.text for box in boxes if box.bottom > 20]


@pytest.mark.parametrize(
    ("upper", "lower", "text"),
    [
        (("关系", "商业企", "科研机", "其他"), ("", "业", "构", ""), ["关系", "商业企业", "科研机构", "其他"]),
        (("关系", "商业企业", "法律服务机", "其他"), ("", "", "构", ""), ["关系", "商业企业", "法律服务机构", "其他"]),
        (("1", "0", "0", "1"), ("", "", "", ""), ["1", "0", "0", "1"]),
    ],
)
def test_a_row_that_a_page_break_cut_is_one_row(upper: tuple[str, ...], lower: tuple[str, ...], text: list[str]):
    assert healed(upper, lower) == text


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (("内容", "制发", "废止", "有效"), ("规章", "", "", "")),
        (("内容", "制发", "废止", "有效"), ("规章", "无", "无", "无")),
        (("维持", "纠正", "其他", "总计"), ("", "", "", "")),
    ],
)
def test_a_row_of_its_own_below_a_page_break_stays_one(upper: tuple[str, ...], lower: tuple[str, ...]):
    assert healed(upper, lower) == [*upper, *lower]


def cut_heads(*below: str) -> list[Box]:
    """Heads of form table 3 that a page break cut below 法人或其他组织, over columns 60 points wide; then figures."""
    above = [
        Box("勾稽关系", 0, 0, 60, SEAM),
        Box("申请人情况", 60, 0, 300, 20),
        Box("自然", 60, 20, 120, SEAM),
        Box("法人或其他组织", 120, 20, 240, SEAM),
        Box("总计", 240, 20, 300, SEAM),
    ]
    return heal(above, [*row(SEAM, 60, *below), *row(60, 80, *"一1203")], SEAM)


def test_heads_that_a_page_break_cut_between_two_rows_stand_over_their_columns():
    boxes = cut_heads("", "人", "商业企业", "科研机构", "")

    assert [(box.text, box.top, box.bottom) for box in boxes if box.bottom <= 60] == [
        ("勾稽关系", 0, 60),
        ("申请人情况", 0, 20),
        ("自然人", 20, 60),
        ("法人或其他组织", 20, SEAM),
        ("总计", 20, 60),
        ("商业企业", SEAM, 60),
        ("科研机构", SEAM, 60),
    ]


@pytest.mark.parametrize("leaves", [("", ""), ("商业企业", ""), ("1", "0"), ("(一)予以公开", "1.属于国家秘密")])
def test_a_row_below_heads_that_is_none_of_them_stays_a_row(leaves: tuple[str, str]):
    boxes = cut_heads("规章", "", *leaves, "")

    assert [box.text for box in boxes if box.begins(SEAM)] == ["规章", "", *leaves, ""]


def test_gaps_between_white_cells_on_a_dark_ground_are_the_rules_of_a_table():
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont(FONT, 10)
    canvas.rect(99, 499, 302, 102, stroke=0, fill=1)
    texts = [["信息内容", "制发", "废止"], ["规章", "1", "2"]]
    for r, line in enumerate(texts):
        for c, text in enumerate(line):
            canvas.setFillGray(1)
            canvas.rect(100 + 100 * c, 550 - 50 * r, 99, 49, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.drawCentredString(150 + 100 * c, 570 - 50 * r, text)
    canvas.save()

    [grid] = read_document(out.getvalue()).grids()

    assert [[cell.text for cell in grid.own(r)] for r in range(2)] == texts


def drawn(*cells: tuple[str, float, float, float, float]) -> list[list[str]]:
    """The rows of a table of ruled cells: text, left, bottom, width and height."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont(FONT, 10)
    for text, left, bottom, width, height in cells:
        canvas.rect(left, bottom, width, height)
        canvas.drawCentredString(left + width / 2, bottom + height / 2 - 4, text)
    canvas.drawString(72, 700, "二、主动公开政府信息情况")
    canvas.save()
    [grid] = read_document(out.getvalue()).grids()
    return [[cell.text for cell in grid.own(r)] for r in range(len(grid.rows))]


def test_a_gap_beside_a_cell_is_no_row():
    cells = [("三", 100, 500, 50, 50), ("规章", 150, 530, 50, 20), ("1", 200, 530, 50, 20)]
    gap, below = ("", 150, 520, 100, 10), [("文件", 150, 500, 50, 20), ("2", 200, 500, 50, 20)]

    assert drawn(*cells, gap, *below) == [["三", "规章", "1"], [], ["文件", "2"]]


def test_a_row_of_low_blank_cells_is_a_row():
    heads = [("维持", 100, 520, 50, 50), ("纠正", 150, 520, 50, 50)]

    assert drawn(*heads, ("", 100, 505, 50, 15), ("", 150, 505, 50, 15)) == [["维持", "纠正"], ["", ""]]


def glyphs(*lines: str) -> list[dict[str, object]]:
    """Digits five points wide, from the left of a cell."""
    return [
        {"text": digit, "x0": 5.0 * at, "x1": 5.0 * at + 5, "top": 12.0 * n, "bottom": 12.0 * n + 10, "fontname": "F"}
        for n, line in enumerate(lines)
        for at, digit in enumerate(line)
    ]


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        (("10", "2"), 24.0, "102"),
        (("10", "23", "4"), 24.0, "10234"),
        (("12.", "5"), 24.0, "12.5"),
        (("10", "2"), 40.0, "10\n2"),
        (("10", "2"), float("inf"), "10\n2"),
        (("1", "23"), 24.0, "1\n23"),
        (("无效", "2"), 24.0, "无效\n2"),
    ],
)
def test_a_figure_broken_where_its_cell_is_full_is_one_figure(lines: tuple[str, ...], width: float, text: str):
    assert text_of(glyphs(*lines), width) == text
