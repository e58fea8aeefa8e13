"""Columns built in ways of their own, each a portal of one night: what is found there, and what the night says."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from nights import COLUMN, Answer, Office, SmallPortal, office, small_portal

from crawler.pages import Page
from crawler.platforms import platform_of
from pipelines.divisions import divisions
from tests.test_lists import article

YEARS = (2021, 2022, 2023)
NB = "/zfxxgknb/"
Pages = dict[str, Answer | str]


def at(year: int) -> str:
    return f"{NB}t{year + 1}0130_{year}001.html"


def title(year: int, name: str = "甲区") -> str:
    return f"{name}{year}年政府信息公开工作年度报告"


def rows(*years: int) -> str:
    return "".join(f'<li><a href="{at(year)}">{title(year)}</a></li>' for year in years)


def cells(year: int) -> str:
    return f"<tr><td>{title(year)}</td><td>{year + 1}-01-30</td><td><a href='{at(year)}'>查看</a></td></tr>"


def tab(year: int) -> str:
    return f"<div style='display:{'block' if year == YEARS[-1] else 'none'}'>{rows(year)}</div>"


def viewer(year: int) -> Pages:
    shown = f"<iframe src='/viewer.html?file=/files/{year}.doc'></iframe>"
    return {f"{NB}{year}/": shown, f"/files/{year}.doc": article()}


PAGER = (
    "<script>function toPage(n) {location.href = 'list_' + n + '.html'}</script><a href='javascript:toPage(2)'>2</a>"
)
CHOICE = "<select onchange='location.href=this.value'><option value='list_2.html'>第2页</option></select>"
HUBS = [
    "<a href='/n1/'>甲区政府信息公开</a>",
    "<a href='n2/'>信息公开目录</a>",
    "<a href='n3/'>· 政府信息 公开年报 (3)</a>",
]
HUBS[0] += "".join(f"<a href='/news/{number}/'>要闻</a>" for number in range(9))
MORE = "<h2>政府信息公开年报</h2><a href='/col/77/'>更多&gt;&gt;</a>"
LAYPAGE = "<script>laypage.render({elem: 'page', count: 47, limit: 2, jump: load})</script>"
ASKING = """<ul></ul><script>$.getJSON('/api/list', function (rows) {
    for (var at in rows) $('ul').append('<li><a href="' + rows[at].lj + '">' + rows[at].bt + '</a>') })</script>"""
PORTALS: dict[str, Pages] = {
    "a noun and a date": {NB: "".join(f"<li><a href='{at(year)}'>年度报告</a>{year + 1}-01-30" for year in YEARS)},
    "a link that only opens": {NB: f"<table>{''.join(map(cells, YEARS))}</table>"},
    "tabs": {NB: "".join(map(tab, YEARS))},
    "more, on the home page": {"/": MORE + rows(2022, 2023), "/col/77/": rows(*YEARS)},
    "pages by a function": {NB: rows(2023) + PAGER, f"{NB}list_2.html": rows(2021, 2022)},
    "a column called like an article": {
        "/": "<a href='/nb/t20200101_1.html'>政府信息公开年报</a>",
        "/nb/t20200101_1.html": f"<h1>政府信息公开年报</h1>{rows(*YEARS)}",
    },
    "a file in a viewer": {NB: "".join(f"<a href='{year}/'>{year}年</a>" for year in YEARS)}
    | {path: page for year in YEARS for path, page in viewer(year).items()},
    "pages to choose": {NB: rows(2023) + CHOICE, f"{NB}list_2.html": rows(2021, 2022)},
    "an entrance": {"/": "<a href='/main.html'><img src='enter.jpg'></a>", "/main.html": COLUMN, NB: rows(*YEARS)},
    "hubs by other names": {"/": HUBS[0], "/n1/": HUBS[1], "/n1/n2/": HUBS[2], "/n1/n2/n3/": rows(*YEARS)},
    "pages by a script": {NB: rows(*YEARS) + LAYPAGE},
    "pages by a form": {NB: f"{rows(*YEARS)}<form method='post'>共3页 <a href='javascript:go(2)'>下一页</a></form>"},
}
CODES = dict(
    zip(PORTALS, [code for code, row in divisions().items() if row["name"].endswith("区")][100:], strict=False)
)


def named(code: str, text: str, year: int) -> str:
    """A report, or a list of some, as the portal of this division has it, about this year."""
    name = str(divisions()[code]["name"])
    text = text.replace("甲区", name).replace("天津市宁河区", name)
    return text.replace("2023", "@").replace("2022", str(year)).replace("@", str(year + 1)) if year else text


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, dict[str, SmallPortal]]]:
    with ExitStack() as stack:
        served = {}
        for number, (name, own) in enumerate(PORTALS.items(), start=2):
            code = CODES[name]
            pages: Pages = {"/": COLUMN} | {at(year): named(code, article(), year) for year in YEARS}
            for path, page in own.items():
                year = next((year for year in YEARS if path == f"/files/{year}.doc"), 0)
                pages[path] = named(code, str(page), year)
            served[name] = stack.enter_context(small_portal(pages, f"127.0.0.{number}"))
        homes = [(CODES[name], portal.home_url) for name, portal in served.items()]
        one = office(tmp_path_factory.mktemp("columns"), *homes)
        one.run()
        yield one, served


@pytest.mark.parametrize("name", PORTALS)
def test_every_report_of_an_odd_column_is_found(night: tuple[Office, dict[str, SmallPortal]], name: str) -> None:
    one, _ = night
    query = "SELECT report_year, kind FROM report JOIN body ON body.id = body_id WHERE division_code = ? ORDER BY 1"
    assert one.rows(query, CODES[name]) == [(year, "district_government") for year in YEARS]


LACKING = {
    "pages by a script": ("list_cut", "The list says that it has 44 more rows, which could not be had."),
    "pages by a form": ("pages_missing", "The list says that it has 2 more pages, which could not be had."),
}


@pytest.mark.parametrize("name", PORTALS)
def test_what_a_list_says_it_has_and_cannot_be_had_is_told(
    night: tuple[Office, dict[str, SmallPortal]], name: str
) -> None:
    one, _ = night
    outcome = "partial" if name in LACKING else "complete"
    assert one.rows("SELECT outcome FROM visit WHERE division_code = ?", CODES[name]) == [(outcome,)]
    kinds = "SELECT kind, message_en FROM incident WHERE division_code = ? AND kind != 'not_a_report'"
    assert one.rows(kinds, CODES[name]) == ([LACKING[name]] if name in LACKING else [])


@pytest.mark.parametrize(
    ("source", "is_scripted"),
    [
        (ASKING, True),
        ("<script>$.post('/hits')</script><script>var row = '<li>'; list.append(row)</script>", False),
        (f"<a href='2023/'>2023年</a>{ASKING}", False),
        ("<ul></ul>", False),
    ],
)
def test_a_column_whose_rows_a_script_asks_for_is_not_called_empty(source: str, *, is_scripted: bool) -> None:
    page = Page("http://a.gov.cn/nb/", source.encode())
    assert platform_of(page).is_scripted(page) is is_scripted


def test_the_bodies_that_a_years_column_names_are_its_rows() -> None:
    names = '<a href="/t20240130_100001.html">区民政局</a><a href="/t20240130_100002.html">工作动态</a>'
    of_a_year = Page("http://a.gov.cn/nb/2023/", f"<title>2023年</title>{names}".encode())
    assert [row.label for row in platform_of(of_a_year).rows(of_a_year, in_column=True)] == ["区民政局"]
    assert platform_of(of_a_year).rows(of_a_year) == []
    of_all = Page("http://a.gov.cn/nb/", f"<title>年报</title>{names}".encode())
    assert platform_of(of_all).rows(of_all, in_column=True) == []
