"""Whole nights over portals that no plain link leads through: posts, frames, shells, applications and walls."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from nights import COLUMN, Answer, Office, SmallPortal, children, list_page, office, small_portal, snapshot

from crawler.outcomes import VisitOutcome, vocabulary
from pipelines.divisions import divisions

TITLE = "宁河区{year}年政府信息公开工作年度报告"
ROW = ("/nb/t20240130_100001.html", TITLE.format(year=2023))
JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
GUID = "7eb7beda-7f16-4fb1-8a26-94f1b5a2b001"
EPOINT = (
    '{"token":"","params":{"deptcode":"","categorynum":"003018002",'
    f'"siteGuid":"{GUID}","pageIndex":%d,"pageSize":100}}}}'
)
SERVICE = "/EWB/rest/lightfrontaction/getgovinfolist"
PHONES = "<script>if (/Android/.test(navigator.userAgent)) location.href='/wap/'; else location.href='/zhuye/'</script>"
APPLICATION = '<div id="app"></div><script src="/static/js/app.3f2a.js"></script>'


def epoint_rows(year: int, total: int) -> Answer:
    item = f'{{"infourl":"/nb/{year}.html","realtitle":"{TITLE.format(year=year)}","infodate":"{year + 1}-01-30"}}'
    return Answer(f'{{"custom":{{"total":{total},"data":[{item}]}}}}', headers=JSON)


def cookie(body: str = "", location: str = "/") -> Answer:
    return Answer(body, 302, {"Location": location, "Set-Cookie": "CT6T=1; path=/"})


ODD = {
    "empty": {"/": "<p>"},
    "posted": {
        "/": '<a href="/003/003018/003018002/moreinfo.html">政府信息公开年报</a>',
        "/003/003018/003018002/moreinfo.html": '<script src="/js/webBuilderCommon.js"></script>',
        "/js/webBuilderCommon.js": Answer(
            f'var siteInfo={{projectName:"EWB", siteGuid:"{GUID}"}}', headers={"Content-Type": "application/javascript"}
        ),
        f"POST {SERVICE} {EPOINT % 0}": epoint_rows(2023, 101),
        f"POST {SERVICE} {EPOINT % 1}": epoint_rows(2022, 101),
    },
    "frame": {
        "/": COLUMN,
        "/zfxxgknb/": '<iframe src="/inner/gkml.html"></iframe>',
        "/inner/gkml.html": list_page(ROW),
    },
    "frameset": {
        "/": '<frameset><frame name="main" src="/main.asp"></frameset>',
        "/main.asp": COLUMN,
        "/zfxxgknb/": list_page(ROW),
    },
    "shells": {
        "/": '<meta http-equiv="refresh" content="0;url=/one.html">',
        "/one.html": "<script>top.location.replace('/two.html')</script>",
        "/two.html": PHONES,
        "/zhuye/": COLUMN,
        "/zfxxgknb/": list_page(ROW),
    },
    "too many shells": {f"/{at or ''}": f"<script>location.href='/{at + 1}'</script>" for at in range(6)},
    "shells in a circle": {"/": "<script>location='/a'</script>", "/a": "<script>location='/'</script>"},
    "refreshes itself": {
        "/": f'<meta http-equiv="refresh" content="20;url=/">{COLUMN}',
        "/zfxxgknb/": list_page(ROW),
    },
    "application": {"/": APPLICATION},
    "template": {"/": COLUMN, "/zfxxgknb/": '<li v-for="item in list"><a :href="item.url">{{item.title}}</a>'},
    "ruishu": {"/": Answer('<meta id="a" content="b" r="m"><script>$_ts=window[\'$_ts\'];</script>', 412)},
    "jiasule": {"/": Answer("<script>document.cookie='x'</script>", 521, {**HTML, "Set-Cookie": "__jsluid_s=1"})},
    "huawei": {"/": Answer("no", 403, {**HTML, "Set-Cookie": "HWWAFSESID=1; path=/"})},
    "waf": {"/": Answer("no", 468)},
    "cookie wall": {"/": cookie()},
    "soft 404": {"/": COLUMN, "/zfxxgknb/": "<title>您访问的页面不存在或已删除</title><p>对不起"},
    "last pages gone": {
        "/": COLUMN,
        "/zfxxgknb/": list_page(ROW) + "<script>createPageHTML(3, 0, 'index', 'html')</script>",
        "/zfxxgknb/index_1.html": list_page(("/nb/t20230130_100002.html", TITLE.format(year=2022))),
        "/nb/t20230130_100002.html": "<p>",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Odd:
    """One night over portals that are odd in different ways, each by its name."""

    office: Office
    portals: dict[str, SmallPortal]

    def rows(self, name: str, query: str) -> list[tuple[object, ...]]:
        """Rows about one portal; the query ends in a condition on its division code. Addresses lose their host."""
        home_url = self.portals[name].home_url
        rows = self.office.rows(f"{query} WHERE division_code = ?", sorted(divisions())[list(ODD).index(name)])
        return [tuple(str(v).replace(home_url, "/") if isinstance(v, str) else v for v in row) for row in rows]

    def outcome(self, name: str) -> object:
        return self.rows(name, "SELECT outcome FROM visit")[0][0]

    def incidents(self, name: str) -> list[tuple[object, ...]]:
        return sorted(self.rows(name, "SELECT kind, url FROM incident"), key=str)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Odd]:
    with ExitStack() as stack:
        portals = {
            name: stack.enter_context(small_portal({ROW[0]: "<p>", **pages}, f"127.0.0.{number}"))
            for number, (name, pages) in enumerate(ODD.items(), start=2)
        }
        homes = [portal.home_url for portal in portals.values()]
        one = office(tmp_path_factory.mktemp("odd"), *zip(sorted(divisions()), homes, strict=False))
        one.run()
        yield Odd(one, portals)


def test_a_portal_without_anything_has_no_list(odd: Odd) -> None:
    assert odd.outcome("empty") == "no_list_found"
    assert odd.incidents("empty") == []


def test_a_list_that_is_posted_for_is_walked_to_its_end(odd: Odd) -> None:
    column = "/003/003018/003018002/moreinfo.html"
    assert odd.portals["posted"].asked == [
        "/robots.txt",
        "/",
        column,
        "/js/webBuilderCommon.js",
        f"POST {SERVICE} {EPOINT % 0}",
        "/nb/2023.html",
        f"POST {SERVICE} {EPOINT % 1}",
        "/nb/2022.html",
    ]
    assert odd.rows("posted", "SELECT lists, requests FROM visit") == [(2, 8)]
    assert odd.rows("posted", "SELECT url, title FROM report_list") == [(column, "政府信息公开年报")]
    posted = odd.office.rows("SELECT url, length(payload), status FROM capture WHERE method = 'POST' ORDER BY id")
    assert [(url.rpartition("/")[2], length, status) for url, length, status in posted] == [
        ("getgovinfolist", 64, 200),
        ("getgovinfolist", 64, 200),
    ]


def test_what_is_posted_says_where_it_comes_from(odd: Odd) -> None:
    portal = odd.portals["posted"]
    headers = portal.headers[4]
    assert headers["Referer"] == f"{portal.home_url}003/003018/003018002/moreinfo.html"
    assert headers["Content-Type"] == "application/json; charset=utf-8"


def test_a_frame_in_the_column_is_the_column(odd: Odd) -> None:
    assert odd.portals["frame"].asked == ["/robots.txt", "/", "/zfxxgknb/", "/inner/gkml.html", ROW[0]]
    assert odd.rows("frame", "SELECT url, title, evidence FROM report_list") == [
        ("/inner/gkml.html", "政府信息公开年报", "link “政府信息公开年报” on /zfxxgknb/ (179 points)")
    ]
    assert odd.outcome("frame") == "complete"


def test_a_frameset_is_looked_into(odd: Odd) -> None:
    assert odd.portals["frameset"].asked == ["/robots.txt", "/", "/main.asp", "/zfxxgknb/", ROW[0]]


def test_shells_are_followed_three_hops_and_not_to_telephones(odd: Odd) -> None:
    assert odd.portals["shells"].asked == [
        "/robots.txt", "/", "/one.html", "/two.html", "/zhuye/", "/zfxxgknb/", ROW[0],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "asked"),
    [("too many shells", ["/", "/1", "/2", "/3"]), ("shells in a circle", ["/", "/a"])],
)
def test_shells_end(odd: Odd, name: str, asked: list[str]) -> None:
    assert odd.portals[name].asked == ["/robots.txt", *asked]
    assert odd.outcome(name) == "unreachable_from_here"
    assert odd.incidents(name) == [("redirect_loop", "/")]


def test_a_page_that_refreshes_itself_is_a_page(odd: Odd) -> None:
    assert odd.portals["refreshes itself"].asked == ["/robots.txt", "/", "/zfxxgknb/", ROW[0]]


@pytest.mark.parametrize(("name", "url"), [("application", "/"), ("template", "/zfxxgknb/")])
def test_what_only_a_browser_shows_needs_one(odd: Odd, name: str, url: str) -> None:
    assert odd.outcome(name) == "needs_browser"
    assert odd.incidents(name) == [("needs_browser", url)]


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("ruishu", "HTTP 412, 瑞数 Ruishu"),
        ("jiasule", "HTTP 521, 加速乐 Jiasule"),
        ("huawei", "HTTP 403, 华为云 Huawei Cloud WAF"),
        ("waf", "HTTP 468, 防火墙 WAF"),
        ("cookie wall", "HTTP 302, 饼干墙 cookie wall"),
    ],
)
def test_a_wall_is_named_and_left_alone(odd: Odd, name: str, maker: str) -> None:
    assert odd.outcome(name) == "declines_programs"
    words = vocabulary().visit[VisitOutcome.DECLINES_PROGRAMS]
    assert odd.rows(name, "SELECT note_zh, note_en FROM visit") == [(f"{words.zh}（{maker}）", f"{words.en} ({maker})")]
    assert odd.incidents(name) == [("declined", "/")]


def test_a_page_that_says_it_is_missing_is_missing(odd: Odd) -> None:
    assert odd.outcome("soft 404") == "no_list_found"
    assert odd.rows("soft 404", "SELECT kind, message_en FROM incident") == [
        ("not_found", "The page does not exist (HTTP 200, “访问的页面不存在或已删除”).")
    ]


def test_the_last_pages_of_a_list_need_not_exist(odd: Odd) -> None:
    assert odd.outcome("last pages gone") == "complete"
    assert ("not_found", "/zfxxgknb/index_2.html") in odd.incidents("last pages gone")


def test_a_cookie_that_is_sent_back_opens_the_door(tmp_path: Path) -> None:
    pages: dict[str, Answer | str] = {"/": Answer(), "/zfxxgknb/": list_page(ROW), ROW[0]: "<p>"}
    with small_portal(pages) as portal:
        door = cookie()
        door.before = lambda: portal.pages.update({"/": Answer(COLUMN)})
        portal.pages["/"] = door
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    assert portal.asked == ["/robots.txt", "/", "/", "/zfxxgknb/", ROW[0]]
    assert portal.headers[2]["Cookie"] == "CT6T=1"
    answers = one.rows("SELECT status, attempt FROM capture WHERE url = ? ORDER BY id", portal.home_url)
    assert answers == [(302, 1), (200, 2)]


def test_a_night_killed_between_two_posts_comes_out_the_same(tmp_path: Path) -> None:
    pages = {f"/nb/{year}.html": "<p>" for year in (2022, 2023)} | ODD["posted"]
    with small_portal(pages) as portal:
        whole = office(tmp_path / "whole", ("120117", portal.home_url))
        whole.run()
        killed = office(tmp_path / "killed", ("120117", portal.home_url))
        night = killed.start()

        def kill() -> None:
            for pid in (night.pid, *children(night.pid)):
                os.kill(pid, signal.SIGKILL)

        portal.pages[f"POST {SERVICE} {EPOINT % 1}"].before = kill
        night.communicate()
        portal.pages[f"POST {SERVICE} {EPOINT % 1}"].before = bool
        killed.run()
    assert killed.rows("SELECT number FROM run_process ORDER BY number") == [(1,), (2,)]
    assert snapshot(killed) == snapshot(whole)
