"""Columns as real portals make them: rows that are no titles, rows without links, menus, and the report itself."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from nights import COLUMN, Answer, Office, SmallPortal, list_page, office, small_portal

from crawler.discovery import Search
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms import platform_of
from crawler.rows import may_be_report_row
from crawler.scoring import score, weights
from crawler.ways import Lead
from tests.test_lists import article

HOST = "http://a.gov.cn"
TITLE = "宁河区2022年政府信息公开工作年度报告"
REPORT = article().replace("<a ", "<b ")  # without the menus round it
ROW = "/zfxxgknb/2021n/202203/t20220330_100001.html"


@pytest.mark.parametrize(
    ("label", "believed"),
    [
        ("2023年", True),
        ("二〇二三年度报告", True),
        ("甲县人民政府2023年度工作报告", True),
        ("甲县人民政府20…", True),
        ("甲县2023年政府信...", True),
        ("甲县民政局…", True),
        ("甲县2023年政府工作报告", False),
        ("2023年工作要点", False),
        ("甲县召开第三次会议…", False),
        ("县领导调研2023年重点项…", False),
        ("2023年各部门政府信息公开年报汇总", True),
    ],
)
def test_an_article_in_the_column_may_be_a_report_by_its_year_or_by_the_beginning_of_a_title(
    label: str, believed: bool
) -> None:
    assert may_be_report_row(Link(f"{HOST}{ROW}", label.replace("…", "..."))) is believed
    assert not may_be_report_row(Link(f"{HOST}/zfxxgknb/2023n/", label))


@pytest.mark.parametrize(
    ("markup", "path", "date"),
    [
        ("<li onclick=\"window.open('/a.html')\">年报<i>2024-01-30</i></li>", "/a.html", "2024-01-30"),
        ('<div data-href="/a.html" title="年报">年<i>2024-01-30</i></div>', "/a.html", "2024-01-30"),
        ('<a href="javascript:goUrl(12)">年报</a>', "/view.jsp?id=12", None),
        ('<a href="#" onclick="return show(\'a-1\')">年报</a>', "/show/a-1.html", None),
        ("<a onclick=\"location.href='/a/' + 'b.html'\">年报</a>", "/a/b.html", None),
        ("<select onchange=\"location='?year='+this.value\"><option value='2023'>年报</select>", "/?year=2023", None),
        ('<select onchange="goUrl(this.value)"><option value="7">年报</select>', "/view.jsp?id=7", None),
    ],
)
def test_what_only_a_script_opens_is_a_link_too(markup: str, path: str, date: str | None) -> None:
    script = """<script>function goUrl(id) { window.open("/view.jsp?id=" + id); }
                function show(x) { var u = '/show/' + x + '.html'; location.href = u; }</script>"""
    (link,) = Page(f"{HOST}/", f"{script}<ul>{markup}".encode()).links
    assert (link.url, link.label[:2], link.date) == (f"{HOST}{path}", "年报", date)


@pytest.mark.parametrize(
    "script",
    [
        """[{infolist:[{"title":"甲县2023年政府信息公开工作年度报告","url":"/a/1.html","pubDate":"2024-01-30"}]}]""",
        r"""list.push({id: 7, u: '\/a\/1.html', t: '\u7532县2023年政府信息公开工作年度报告', d: '2024-01-30 08:00'})""",
    ],
)
def test_the_rows_of_a_list_may_stand_in_its_script(script: str) -> None:
    page = Page(f"{HOST}/nb/", f"<a href='/'>首页</a><script>{script}</script>".encode())
    title = "甲县2023年政府信息公开工作年度报告"
    assert platform_of(page).rows(page) == [Link(f"{HOST}/a/1.html", title, "2024-01-30")]
    linked = Page(f"{HOST}/nb/", f"<a href='/b.html'>{title}</a><script>{script}</script>".encode())
    assert [row.url for row in platform_of(linked).rows(linked)] == [f"{HOST}/b.html"]


@pytest.mark.parametrize("label", ["历年年报", "政务公开年报", "信息公开年度工作报告"])
def test_a_column_may_have_other_names(label: str) -> None:
    assert score(Link(f"{HOST}/zwgk/x/", label)) >= weights().column_from


def test_the_column_may_lie_one_step_below_the_deepest_hub() -> None:
    searching = Search(lambda url: True)
    searching.seed(f"{HOST}/", "首页", in_column=False)
    for number in range(4):
        lead = searching.next()
        assert lead is not None
        hub, column = f"<a href='/{number}/'>政务公开</a>", f"<a href='/{number}/x/'>政府信息公开年报</a>"
        searching.learn(lead, Page(lead.url, (hub if number < 3 else hub + column).encode()), holds_list=False)
    lead = searching.next()
    assert lead is not None
    assert lead.url == f"{HOST}/3/x/"
    assert searching.next() is None


def test_a_menu_without_target_or_with_links_inside_is_no_row() -> None:
    page = Page(f"{HOST}/", b"<div onclick=\"go('/x/')\"><a href='/y/'>y</a></div><li onclick='f()'>z</li>")
    assert [link.url for link in page.links] == [f"{HOST}/y/"]


def test_frames_do_not_make_the_way_longer() -> None:
    searching = Search(lambda url: True)
    searching.seed(f"{HOST}/", "首页", in_column=False)
    lead: Lead | None = None
    for number in range(5):
        lead = searching.next()
        assert lead is not None
        searching.learn(lead, Page(lead.url, f'<iframe src="/{number}.asp">'.encode()), holds_list=False)
    assert lead is not None
    assert lead.depth == 0


def test_a_folder_that_is_refused_may_have_its_page_in_it() -> None:
    searching = Search(lambda url: True)
    searching.seed(f"{HOST}/jia/c100275/", "年报", in_column=True)
    lead = searching.next()
    assert lead is not None
    searching.fail(lead)
    page = searching.next()
    assert page is not None
    assert (page.url, page.in_column, page.is_seed) == (f"{HOST}/jia/c100275/list.shtml", True, False)


CUT_OFF = {"Content-Type": "text/html", "Content-Length": "900", "Connection": "close"}
COLLECTION, COLLECTED = "/zfxxgknb/202303/t20230330_100002.html", "/zfxxgknb/202303/t20230330_100003.html"
ODD: dict[str, dict[str, Answer | str]] = {
    "robots_disallow": {"/robots.txt": "User-agent: *\nDisallow: /zfxxgknb/\n", "/": COLUMN},
    "declines_programs": {"/": COLUMN, "/zfxxgknb/": Answer("no", 403)},
    "no_list_found": {"/": COLUMN},
    "unreachable_from_here": {"/": COLUMN, "/zfxxgknb/": Answer("<p>", headers=CUT_OFF)},
    "complete": {
        "/": COLUMN,
        "/zfxxgknb/": list_page((ROW, "2022年"), (COLLECTION, "2021年各部门政府信息公开工作年度报告汇总")),
        ROW: "<h1>2022年</h1><iframe src='/inner.html'></iframe><iframe src='http://b.gov.cn/map.html'></iframe>",
        "/inner.html": REPORT,
        COLLECTION: f'<h1>年报汇总</h1><a href="{COLLECTED}">{TITLE.replace("2022", "2021")}</a>',
        COLLECTED: REPORT.replace("2022", "2021"),
    },
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, dict[str, SmallPortal]]]:
    with ExitStack() as stack:
        portals = {
            name: stack.enter_context(small_portal(pages, f"127.0.0.{number}"))
            for number, (name, pages) in enumerate(ODD.items(), start=2)
        }
        codes = ["110101", "110102", "110105", "110106", "120117"]
        homes = [portal.home_url for portal in portals.values()]
        one = office(tmp_path_factory.mktemp("odd"), *zip(codes, homes, strict=True))
        one.run()
        yield one, portals


def test_a_column_that_cannot_be_had_is_the_reason_and_not_that_none_was_found(
    odd: tuple[Office, dict[str, SmallPortal]],
) -> None:
    one, portals = odd
    assert one.rows("SELECT outcome FROM visit ORDER BY division_code") == [(name,) for name in ODD]
    assert portals["declines_programs"].asked == ["/robots.txt", "/", "/zfxxgknb/"]


def test_a_report_in_a_frame_and_one_that_a_page_collects_are_read_there(
    odd: tuple[Office, dict[str, SmallPortal]],
) -> None:
    one, portals = odd
    rows = [ROW, "/inner.html", COLLECTION, COLLECTED]
    assert portals["complete"].asked == ["/robots.txt", "/", "/zfxxgknb/", *rows]
    assert one.rows("SELECT reports, refused FROM visit WHERE division_code = '120117'") == [(2, 0)]


def test_next_years_list_is_found_where_a_menu_will_link_it(tmp_path: Path) -> None:
    pages: dict[str, Answer | str] = {
        "/": COLUMN,
        "/zfxxgknb/": '<a href="2021n/">2021年</a>',
        "/zfxxgknb/2021n/": list_page((ROW, "2021年")),
        ROW: REPORT.replace("2022", "2021"),
        "/zfxxgknb/2022n/": REPORT,
    }
    with small_portal(pages) as portal:
        one = replace(office(tmp_path / "one", ("120117", portal.home_url)), second_look=30)
        one.run()
        portal.pages["/zfxxgknb/"] = Answer('<a href="2021n/">2021年</a><a href="2022n/">2022年</a>')
        one.run()
    assert portal.asked[-3:] == ["/zfxxgknb/", "/zfxxgknb/2021n/", "/zfxxgknb/2022n/"]
    assert one.rows("SELECT outcome, lists, reports FROM visit") == [("complete", 1, 1), ("complete", 2, 2)]
    assert one.rows("SELECT report_year FROM report ORDER BY 1") == [(2021,), (2022,)]
    lists = one.rows("SELECT url, is_menu FROM report_list WHERE lost_on IS NULL ORDER BY url")
    assert [(url.removeprefix(portal.home_url), is_menu) for url, is_menu in lists] == [
        ("zfxxgknb/", 1),
        ("zfxxgknb/2021n/", 0),
        ("zfxxgknb/2022n/", 0),
    ]
