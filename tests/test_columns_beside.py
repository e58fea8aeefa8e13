"""Columns without figures in form table 2: units, numbers and remarks, among its figures or beside them."""

import pytest

from pipelines.document import Document, Paragraph
from pipelines.matching import Key
from pipelines.readers.html import read_html
from pipelines.reading import Reading
from pipelines.sequence import Run, read_in_order
from tests.test_layouts import read_checked

HEADS = ("本年制发件数", "本年废止件数", "现行有效件数")


def page(head: str, *rows: str) -> Reading:
    """Form table 2 of 2021 whose first block has these heads and rows."""
    rest = "".join(
        f"<tr><td>信息内容</td><td>{column}</td></tr><tr><td>{label}</td><td>{value}</td></tr>"
        for column, label, value in (
            ("本年处理决定数量", "行政许可", "8"),
            ("本年处理决定数量", "行政处罚", "9"),
            ("本年处理决定数量", "行政强制", "1"),
            ("本年收费金额(单位:万元)", "行政事业性收费", "2.5"),
        )
    )
    block = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row.split())}</tr>" for row in (head, *rows))
    title = "甲县民政局2023年政府信息公开工作年度报告"
    return read_checked(f"<h1>{title}</h1><p>2024-01-25</p><table>{block}{rest}</table>".replace("~", "").encode())


def first_block(reading: Reading) -> list[str | None]:
    """What was read of the first six figures by each route; None where they differ."""
    keys: list[Key] = [(metric, None) for metric in list_of_metrics()]
    return [None if key in reading.routes.doubtful else reading.routes.cells.get(key) for key in keys]


def list_of_metrics() -> list[str]:
    kinds = ("issued", "repealed", "in_force")
    return [f"{what}_{kind}" for what in ("regulations", "normative_documents") for kind in kinds]


READ = ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("信息内容 单位 {0} {1} {2}", ("规章 件 1 2 3", "规范性文件 件 4 5 6")),
        ("信息内容 单位 {0} {1} {2} 备注", ("规章 件 1 2 3 含2件", "规范性文件 件 4 5 6 ~")),
        ("信息内容 {0} {1} {2} 备注", ("规章 1 2 3 9", "规范性文件 4 5 6 ~")),
        ("序号 信息内容 {0} {1} {2}", ("1 规章 1 2 3", "2 规范性文件 4 5 6")),
        ("信息内容 序号 {0} {1} {2}", ("规章 1 1 2 3", "规范性文件 2 4 5 6")),
        ("信息内容 {0} 单位 {1} 单位 {2} 单位", ("规章 1 件 2 件 3 件", "规范性文件 4 件 5 件 6 件")),
    ],
)
def test_figures_are_read_by_both_routes(head: str, rows: tuple[str, ...]):
    assert first_block(page(head.format(*HEADS), *rows)) == READ


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("信息内容 序号 {0} {1} {2}", ("规章 1 1 2", "规范性文件 2 4 5 6")),
        ("信息内容 单位 {0} {1} {2}", ("规章 件 1 2", "规范性文件 件 4 5 6")),
        ("信息内容 某栏 {0} {1} {2}", ("规章 8 1 2 3", "规范性文件 8 4 5 6")),
    ],
)
def test_a_row_that_does_not_fit_its_heads_is_told(head: str, rows: tuple[str, ...]):
    reading = page(head.format(*HEADS), *rows)

    assert first_block(reading)[:3] == [None] * 3
    assert reading.status == "needs_review"
    assert all(reading.observations[metric, None].value is None for metric in list_of_metrics()[:3])


@pytest.mark.parametrize(("unit", "value"), [("元", None), ("万件", None), ("件", 1), ("—", 1), ("~", 1)])
def test_a_column_says_the_unit_of_its_row(unit: str, value: int | None):
    reading = page("信息内容 单位 {} {} {}".format(*HEADS), f"规章 {unit} 1 2 3", "规范性文件 件 4 5 6")

    assert reading.observations["regulations_issued", None].value == value


def in_order(*lines: str) -> Run | None:
    """What reading order alone finds in running text."""
    return read_in_order(Document([Paragraph(line) for line in lines])).get("disclosure")


@pytest.mark.parametrize("beside", ["单位", "序号", "备注"])
def test_in_running_text_heads_beside_others_leave_no_figure(beside: str):
    heads = ("上一年项目数量", beside, "本年增/减", beside, "处理决定数量")

    assert in_order("信息内容", *heads, "行政许可", "8388") is None
    assert in_order("信息内容", *heads[2:], "行政许可", "3", "8388") is None
    assert in_order("信息内容", beside, *HEADS, "规章", "1", "1", "2") is None


def test_figures_under_strange_heads_below_those_of_the_form_are_not_taken_by_their_order():
    parts = "".join(f"<td>{part}</td>" for part in ("累计", "本年") * 3)
    heads = "".join(f"<td colspan=2>{head}</td>" for head in HEADS)
    values = "".join(f"<td>{text}</td>" for text in ("", "", "7", "", "", ""))
    rows = f"<tr><td>信息内容</td>{heads}</tr><tr><td></td>{parts}</tr><tr><td>规章</td>{values}</tr>"

    assert "disclosure" not in read_in_order(read_html(f"<table>{rows}</table>".encode()))


def test_a_row_longer_than_its_heads_in_a_text_is_read_without_an_error():
    lines = ["信息内容\t" + "\t".join(HEADS), "规章\t1\t2\t3\t件\t(单位:件)", "文件\t1"]

    reading = read_checked("\n".join(["甲县民政局2023年政府信息公开工作年度报告", *lines]).encode())

    assert all(observation.value is None for observation in reading.observations.values())
