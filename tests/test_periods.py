"""Labels and heads of another year, or of part of one: no figure under them is taken, by either route."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.document import Cell, Document, Grid
from pipelines.matching import match
from pipelines.periods import of_another_period, of_the_period
from pipelines.sequence import read_in_order
from tests.layouts.form import Draft, Rows, Slot, draft
from tests.layouts.formats import as_page
from tests.test_layouts import read_checked, told

THIS = 2023
OURS = [
    "",
    "2022",
    "2022件",
    "行政许可",
    "行政许可(2023年)",
    "2023年处理决定数量",
    "现行有效件数(截至2023年12月31日)",
    "本年制发件数(2023年1-12月)",
    "二、上年结转政府信息公开申请数量(2022年)",
    "上一年项目数量(指2022年事项数)",
    "结转下年度继续办理(2024年)",
    "行政强制(行政强制法2011年公布)",
    "主动公开(国办发〔2019〕61号)",
    "注:2022年的数据见去年的报告。",
    "本年增/减(与上一年相比,减用负值表示)",
    "本年增/减(较去年)",
    "填报日期：2024年1月10日",
    "填报日期：2023年11月28日",
    "填报单位：清江县民政局　　2024年1月10日",
    "填表时间：二〇二四年一月十日",
    "单位：件　2024年1月填报",
    "附表1（2024年1月填）",
    "数据统计截止时间：2024年1月5日",
    "2024年1月10日",
    "2024年1月",
    "二、上年（2022年）结转政府信息公开申请数量",
    "二、2022年结转政府信息公开申请数量",
    "四、结转下年度（2024年）继续办理",
    "四、结转2024年度继续办理",
    "行政事业性收费（含1月补缴）",
]
OTHERS = [
    "行政许可(2022年)",
    "行政许可(2022)",
    "2022年处理决定数量",
    "2022处理决定数量",
    "第二十条第(五)项(2022年)",
    "三、二〇二二年度办理结果",
    "行政处罚(上半年)",
    "行政处罚(第一季度)",
    "行政处罚(1-6月)",
    "行政处罚(2023年7-12月)",
    "2021-2023年处理决定数量",
    "上年处理决定数量",
    "一、上年新收政府信息公开申请数量",
    "行政许可(上年)",
    "填报日期：2023年1月10日",
    "填报日期：2025年1月10日",
    "填报日期：2024年1月10日 统计时间：2022年",
    "填报日期：2024年1月10日 统计截止日期：2023年10月31日",
    "填报单位：清江县民政局（2022年1月至2022年12月）",
    "行政许可（2024年1月）",
    "行政许可（截至2022年12月31日）",
    "行政许可（2023年1月至6月填报）",
    "2023年11月28日",
    "2024年",
    "2022年结转下年度继续办理",
    "2021年结转政府信息公开申请数量",
    "结转2022年度继续办理",
    "二、上年（2021年）结转政府信息公开申请数量",
    "行政处罚（含1-6月）",
]


@pytest.mark.parametrize("text", OURS)
def test_a_label_of_the_reports_own_year(text):
    assert not of_another_period(text, THIS)


@pytest.mark.parametrize("text", OTHERS)
def test_a_label_of_another_period(text):
    assert of_another_period(text, THIS)


@given(st.integers(2009, 2029), st.sampled_from(["行政许可({}年)", "{}年申请人情况", "(五)项({}年度)"]))
def test_a_year_is_another_unless_it_is_the_reports(year, wording):
    assert of_another_period(wording.format(year), THIS) == (year != THIS)


def test_a_document_without_tables_or_year_stays_as_it_is():
    document = Document([])

    assert of_the_period(document, None) is document
    assert of_the_period(document, THIS) == document


def test_a_row_is_left_out_and_what_spans_it_shrinks():
    group, printed = Cell("办理结果", 0, 0, rowspan=3), [("A", "1"), ("B(2022年)", "2"), ("C", "3")]
    rows = [[group, Cell(text, r, 1), Cell(figure, r, 2)] for r, (text, figure) in enumerate(printed)]

    [grid] = of_the_period(Document([Grid(rows)]), THIS).grids()

    assert [[cell.text for cell in grid.own(r)] for r in range(2)] == [["办理结果", "A", "1"], ["C", "3"]]
    assert grid.rows[0][0].rowspan == 2


def test_a_head_speaks_for_the_rows_below_it_up_to_the_next():
    texts = [["2022年数量"], ["项目", "数"], ["A", "1"], ["B", ""], ["第二十条"], ["项目", "数"], ["C", "3"]]
    rows = [[Cell(text, r, c) for c, text in enumerate(row)] for r, row in enumerate(texts)]

    [grid] = of_the_period(Document([Grid(rows)]), THIS).grids()

    assert [[cell.text for cell in grid.own(r)] for r in range(len(grid.rows))] == texts[4:]


def report_of_2021() -> Draft:
    return next(d for seed in range(99) if (d := draft(seed)).edition.id == "t2021" and d.year == THIS)


@pytest.mark.parametrize(
    ("printed", "other", "lost"),
    [
        ("行政许可", "行政许可（2022年）", {"licensing_decisions"}),
        ("行政许可", "行政许可（上半年）", {"licensing_decisions"}),
        ("第二十条第(五)项", "第二十条第(五)项(2022年)", {"licensing_decisions"}),
        ("第二十条第(六)项", "第二十条第(六)项（上半年）", {"penalty_decisions", "coercion_decisions"}),
        ("行政事业性收费", "行政事业性收费(第一季度)", {"fees_collected"}),
        ("一、本年新收政府信息公开申请数量", "一、2022年新收政府信息公开申请数量", {"requests_received"}),
        ("一、本年新收政府信息公开申请数量", "一、上年新收政府信息公开申请数量", {"requests_received"}),
    ],
)
def test_no_figure_of_another_period_is_taken(printed, other, lost):
    report = report_of_2021()
    [slot] = [slot for slot in report.labels() if slot.text == printed]
    slot.text = other

    reading = read_checked(as_page(report))

    assert {metric for (metric, _), o in reading.observations.items() if o.value is None} == lost
    assert told(reading)


@pytest.mark.parametrize("route", [match, read_in_order])
def test_each_route_leaves_it_out(route):
    heads, row = ["信息内容", "本年处理决定数量"], ["行政许可(2022年)", "999"]
    rows = [[Cell(text, r, c) for c, text in enumerate(each)] for r, each in enumerate([heads, row])]
    document = Document([Grid(rows)])

    assert route(document, 2022)["disclosure"].cells.keys() == {("licensing_decisions", None)}
    assert "disclosure" not in route(document, THIS)


def test_of_two_rows_that_of_the_year_is_taken():
    report = report_of_2021()
    table = report.tables[0]
    [at] = [number for number, row in enumerate(table) if row[0].text == "行政许可"]
    before = [slot.__class__(slot.text, slot.rowspan, slot.colspan) for slot in table[at]]
    before[0].text, before[1].text, table[at][0].text = "行政许可(2022年)", "999", "行政许可(2023年)"
    table.insert(at, before)

    observation = read_checked(as_page(report)).observations["licensing_decisions", None]

    assert observation.raw == report.truth["licensing_decisions", None]


@pytest.mark.parametrize("printed", [["填报日期：2024年1月10日"], ["填报单位：清江县民政局", "2024年1月10日"]])
def test_the_day_of_filling_in_above_the_heads_takes_nothing_away(printed: list[str]):
    report = report_of_2021()
    for table in report.tables:
        width = sum(slot.colspan for slot in table[0])
        table.insert(0, [Slot(text, 1, width - 1 if place else 1) for place, text in enumerate(printed)])
        table[0][0].colspan = width - sum(slot.colspan for slot in table[0][1:])

    reading = read_checked(as_page(report))

    assert {key: o.raw for key, o in reading.observations.items()} == report.truth
    assert reading.status == "read"


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("一、本年新收政府信息公开申请数量", "一、2023年新收政府信息公开申请数量"),
        ("二、上年结转政府信息公开申请数量", "二、上年（2022年）结转政府信息公开申请数量"),
        ("二、上年结转政府信息公开申请数量", "二、2022年结转政府信息公开申请数量"),
        ("四、结转下年度继续办理", "四、结转下年度（2024年）继续办理"),
        ("四、结转下年度继续办理", "四、结转2024年度继续办理"),
    ],
)
def test_the_number_of_a_year_stands_for_the_word_of_the_form(label: str, printed: str):
    report = report_of_2021()
    [slot] = [slot for slot in report.labels() if slot.text == label]
    slot.text = printed

    reading = read_checked(as_page(report))

    assert {key: o.raw for key, o in reading.observations.items()} == report.truth


def test_what_is_left_out_for_its_period_is_named_where_a_table_is_short():
    report = report_of_2021()
    width = sum(slot.colspan for slot in report.tables[2][0])
    report.tables[2].insert(0, [Slot("填报日期：2021年1月10日", 1, width)])

    reading = read_checked(as_page(report))

    [finding] = [f for f in reading.findings if f.rule == "SHP-01" and f.outcome == "fail"]
    assert (finding.subject, finding.expected, finding.actual, finding.message_zh) == (
        "disputes",
        15,
        0,
        "表四：应有 15 格，读到 0 格（表内有标明为其他时期的，其数字未取，如：填报日期：2021年1月10日）。",
    )


def add_column(table: Rows, head: str, place: int) -> None:
    """A column of figures at ``place`` from the right, its head in the second row of heads."""
    for r, row in enumerate(table):
        if r == 0:
            row[-1].colspan += 1
        elif r == 1:
            row.insert(len(row) - place, Slot(head, 2))
        elif r > 2:
            row.insert(len(row) - place, Slot("999"))


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("head", ["上年总计", "2022年总计", "总计(2022年)", "上半年"])
def test_a_column_of_another_period_hides_no_other(head: str, place: int):
    report = report_of_2021()
    add_column(report.tables[1], head, place)

    reading = read_checked(as_page(report))

    assert {key: o.raw for key, o in reading.observations.items()} == report.truth
    assert reading.status == "read"


@pytest.mark.parametrize(
    ("table", "head"), [(1, "总计"), (1, "商业企业"), (1, "申请人情况"), (2, "行政诉讼"), (2, "结果纠正")]
)
def test_no_figure_below_a_head_of_another_period_is_taken(table: int, head: str):
    report = report_of_2021()
    slot = next(slot for row in report.tables[table] for slot in row if slot.text == head)
    slot.text = f"{head}(2022年)"

    reading = read_checked(as_page(report))

    keys = {slot.key for row in report.tables[table] for slot in row if slot.key}
    assert all(reading.observations[key].value is None for key in keys)
    assert told(reading)


def test_of_two_blocks_of_columns_that_of_the_year_is_read():
    report = report_of_2021()
    for r, row in enumerate(report.tables[1]):
        heads = [slot for slot in row if r < 3 and (slot.text == "申请人情况" or r > 0)]
        copy = [Slot(slot.text, slot.rowspan, slot.colspan) for slot in heads]
        copy += [Slot("999") for slot in row if slot.key]
        at = len(row) - len(copy)
        row[at:at] = copy
    before, ours = (slot for slot in report.tables[1][0] if slot.text == "申请人情况")
    before.text, ours.text = "2022年申请人情况", "2023年申请人情况"

    reading = read_checked(as_page(report))

    assert {reading.observations[key].raw for key in report.truth} == set(report.truth.values())
