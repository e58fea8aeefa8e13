"""Whose year a table is: by the line above it, by a row of its own, by the report it belongs to."""

import pytest

from pipelines.captions import captioned_year, of_the_year
from pipelines.document import Block, Cell, Document, Grid, Paragraph

TITLE_2016, TITLE_2015 = (f"某县民政局{year}年政府信息公开工作年度报告" for year in (2016, 2015))


def table(*rows: tuple[str, ...]) -> Grid:
    return Grid([[Cell(text, r, c) for c, text in enumerate(row)] for r, row in enumerate(rows)])


def shown(*blocks: str | Grid, year: int | None = 2016) -> list[object]:
    """What is left of a document: its lines, and the texts of its tables."""
    document, _ = of_the_year(Document([_block(block) for block in blocks]), year)
    return [b.text if isinstance(b, Paragraph) else [[c.text for c in r if c] for r in b.rows] for b in document.blocks]


def _block(block: str | Grid) -> Block:
    return Paragraph(block) if isinstance(block, str) else block


THIS, LAST = table(("收到申请数", "7")), table(("收到申请数", "3"))
KEPT, OTHER = [["收到申请数", "7"]], [["收到申请数", "3"]]


def test_an_empty_document_has_nothing_of_another_year():
    assert of_the_year(Document([]), 2016) == (Document([]), [])


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("2015年政府信息公开情况统计表", 2015),
        ("二〇一五年度政府信息公开情况表(县级)", 2015),
        ("(2016年度)", 2016),
        ("上年度政府信息公开情况统计表", 2015),
        ("本年度申请情况", 2016),
        (TITLE_2015, 2015),
        ("2015—2016年情况表", None),
        ("2015年、2016年情况表", None),
        ("统计表", None),
        ("2015年版统计表", None),
        ("2015年", None),
        ("与2015年相比,申请增加3件", None),
        ("2015年共收到申请3件。见下表", None),
        ("上年结转", None),
    ],
)
def test_the_year_that_a_line_gives_to_what_is_below(line, year):
    assert captioned_year(line, 2016) == year


def test_without_a_report_year_nothing_is_left_out():
    assert shown("2015年情况表", LAST, year=None) == ["2015年情况表", OTHER]


@pytest.mark.parametrize("caption", ["2015年情况表", "上年度情况表", "(2015年度)"])
def test_of_two_tables_that_of_the_year_is_left(caption):
    assert shown("2016年情况表", THIS, caption, LAST) == ["2016年情况表", KEPT]
    assert shown(caption, LAST, "2016年情况表", THIS) == ["2016年情况表", KEPT]


def test_the_tables_left_out_are_named():
    _, left_out = of_the_year(Document([Paragraph("2015年情况表"), LAST]), 2016)

    assert left_out == ["2015年情况表"]


def test_a_caption_holds_up_to_the_next_heading_or_sentence():
    assert shown("2015年情况表", LAST, "三、申请情况", THIS) == ["三、申请情况", KEPT]
    assert shown("2015年情况表", LAST, "以下为今年的数字。", THIS) == ["以下为今年的数字。", KEPT]
    assert shown("2015年情况表", "本表由各单位填报。", LAST) == []


def test_a_caption_may_be_a_row_of_the_table():
    both = table(("2016年情况表",), ("收到申请数", "7"), ("2015年情况表",), ("收到申请数", "3"))

    assert shown(both) == [[["2016年情况表"], ["收到申请数", "7"]]]


def test_a_cell_of_a_table_is_no_caption():
    rows = table(("一、上年结转情况", "2015年情况"), ("收到申请数", "7"))

    assert shown(rows) == [[["一、上年结转情况", "2015年情况"], ["收到申请数", "7"]]]


def test_a_second_report_on_the_page_is_left_out_with_all_its_sections():
    first = [TITLE_2016, "一、概述", "全年公开信息。", "二、申请情况", THIS]
    second = [TITLE_2015, "一、概述", "全年公开信息。", "二、申请情况", LAST]

    assert shown(*first, *second) == [*first[:-1], KEPT]


def test_titles_in_a_list_of_links_leave_the_report_alone():
    links = [TITLE_2015, TITLE_2016]

    assert shown(*links, TITLE_2016, "一、概述", THIS, TITLE_2015) == [*links, TITLE_2016, "一、概述", KEPT, TITLE_2015]


def test_of_tables_whose_cells_are_lines_that_of_the_year_is_left():
    both = ["2016年情况表", "收到申请数", "7", "2015年情况表", "收到申请数", "3"]

    assert shown(*both) == both[:3]
