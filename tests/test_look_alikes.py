"""What calls itself something else is refused; what only stands under a menu or a site that does so is read."""

import pytest

from pipelines.reading import Reading, read
from tests.layouts.form import HEADINGS, Draft, draft
from tests.layouts.formats import as_page

TITLE = "某县审计局2022年政府信息公开工作年度报告"


def reading_of(front: str, title: str = f"<h1>{TITLE}</h1>", head: str = "") -> Reading:
    """The page of a report with all its tables, under a ``front``."""
    report: Draft = draft(1)
    report.title, report.year = TITLE, 2022
    report.marks.add("no_title_tag")
    page = as_page(report).decode().replace("<body>", f"<body>{front}", 1).replace("<head>", f"<head>{head}", 1)
    return read(page.replace(f"<h1>{TITLE}</h1>", title, 1).encode())


def refused(reading: Reading) -> tuple[str, str] | None:
    return (reading.refusal.code, reading.refusal.zh) if reading.refusal else None


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("", f"<h1>{TITLE}</h1>"),
        ("<h3>预算/决算</h3><ul><li>部门预算</li></ul>", f"<h1>{TITLE}</h1>"),
        ("<h2>政府公报</h2>", f"<h1>{TITLE}</h1>"),
        ("<h3>2022年部门决算</h3>", f"<h1>{TITLE}</h1>"),
        ("<h3>预算/决算</h3>", "<h1>某县审计局政府信息公开工作年度报告</h1>"),
        ("<h1>某县审计局</h1>", f"<p>{TITLE}</p>"),
        ("<h1>某县审计局信息公开</h1>", f"<p>{TITLE}</p>"),
        ("<h1>法治政府建设</h1>", f"<p>{TITLE}</p>"),
        ("<h1>工作总结</h1>", f"<p>{TITLE}</p>"),
    ],
)
def test_a_report_is_read_whatever_the_menu_or_the_column_above_it_is_called(front: str, title: str):
    reading = reading_of(front, title)

    assert refused(reading) is None
    assert (reading.identity.body_name, reading.identity.report_year) == ("某县审计局", 2022)
    assert len(reading.matches) == 3


def test_a_report_whose_tables_are_pictures_is_known_by_its_own_heading():
    sections = "".join(f"<p>{heading}</p><p><img src=/tables.png></p>" for heading in HEADINGS)
    page = f"<h3>预算/决算</h3><h1>{TITLE}</h1>{sections}"

    reading = read(page.encode())

    assert refused(reading) is None
    assert reading.unreadable is not None
    assert reading.unreadable.code == "pictures"


@pytest.mark.parametrize(
    ("heading", "head", "word"),
    [
        ("某局2022年部门预算", "", "预算"),
        ("某局2022年政府信息公开工作总结", "", "工作总结"),
        ("某县2022年法治政府建设年度报告", "", "法治政府建设"),
        ("关于做好2022年政府信息公开工作年度报告编制工作的通知", "", "关于做好"),
        (f"{TITLE}解读", f"<title>{TITLE}</title>", "解读"),
        ("部门预算", '<meta name="ArticleTitle" content="某局部门预算">', "预算"),
    ],
)
def test_a_page_that_calls_itself_something_else_is_refused_though_it_has_the_tables(
    heading: str, head: str, word: str
):
    reading = reading_of(f"<h1>{heading}</h1>", f"<p>{TITLE}</p>", head)

    assert reading.refusal is not None
    assert reading.refusal.code == "look_alike"
    assert f"“{word}”" in reading.refusal.en
    assert reading.observations == {}


def test_the_heading_of_a_page_without_tables_names_it_though_a_line_of_text_names_a_report():
    page = f"<h1>部门预算</h1><p>{TITLE}</p><p>一、收支情况</p><p>收入120万元。</p>"

    reading = read(page.encode())

    assert reading.refusal is not None
    assert reading.refusal.code == "look_alike"
