"""The reports of departments and towns that only their names lead to, behind the government's own."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from nights import Answer, list_page, office, small_portal

from crawler.discovery import Search
from crawler.organs import Organ, organ_of
from crawler.pages import Page
from pipelines.placenames import Division
from tests.test_lists import article

NINGHE = Division("120117", "宁河区", "天津市")
OWN = "/zfxxgk/nb/t20240130_100001.html"
BUREAUS = ["区民政局", "区教育局", "宁河区司法局", "宁河镇", "芦台街道办事处"]
NAMELESS = re.sub(
    r'天津市宁河区人民政府(?=2022)|来源：天津市宁河区人民政府|<meta name="ContentSource"[^>]*>', "", article()
)


@pytest.mark.parametrize(
    ("label", "organ"),
    [
        ("", None),
        ("区民政局", Organ(is_own=False, is_one=True)),
        ("宁河区民政局政府信息公开年报", Organ(is_own=False, is_one=True)),
        ("城关镇政府信息公开", Organ(is_own=False, is_one=True)),
        ("2023年各部门年报", Organ(is_own=False, is_one=False)),
        ("乡镇、街道", Organ(is_own=False, is_one=False)),
        ("区政府", Organ(is_own=True, is_one=False)),
        ("宁河区人民政府办公室", Organ(is_own=True, is_one=True)),
        ("武清区民政局", None),
        ("天津市民政局", None),
        ("政府信息公开年报", None),
        ("一网通办", None),
        ("新闻中心", None),
    ],
)
def test_a_label_names_a_body_of_the_portal_and_nothing_else(label: str, organ: Organ | None) -> None:
    assert organ_of(label, NINGHE) == organ


def portal_of(bureaus: list[str], column: str = '<a href="nb/">政府信息公开年报</a>') -> dict[str, Answer | str]:
    """A portal whose disclosure page names these, each with a page of its own, and a column there."""
    named = "".join(f'<a href="/zfxxgk/bm/{at}/">{name}</a>' for at, name in enumerate(bureaus))
    pages: dict[str, Answer | str] = {
        "/": '<a href="/zfxxgk/">政府信息公开</a>' + "".join(f'<a href="/{name}/">{name}</a>' for name in bureaus),
        "/zfxxgk/": f'{named}<a href="/zfxxgk/nb/">政府信息公开年报</a>',
        "/zfxxgk/nb/": list_page((OWN, "宁河区2022年政府信息公开工作年度报告")),
        OWN: article(),
    }
    for at in range(len(bureaus)):
        row = f"/zfxxgk/bm/{at}/t2024013{at % 10}_20000{at}.html"
        pages[f"/zfxxgk/bm/{at}/"] = f'{named}<a href="/zfxxgk/nb/">本级年报</a>{column}'
        pages[f"/zfxxgk/bm/{at}/nb/"] = list_page((row, "2022年政府信息公开工作年度报告"))
        pages[row] = NAMELESS
    return pages


def test_each_body_that_the_disclosure_page_names_is_asked_for_its_column_behind_the_own_list(tmp_path: Path) -> None:
    with small_portal(portal_of(BUREAUS)) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
        asked = [path for path in portal.asked if path.endswith("/")]
        one.run()
    ways = [path for at in range(len(BUREAUS)) for path in (f"/zfxxgk/bm/{at}/", f"/zfxxgk/bm/{at}/nb/")]
    assert asked == ["/", "/zfxxgk/", "/zfxxgk/nb/", *ways]
    bodies = one.rows("SELECT body.name, report_year FROM report JOIN body ON body.id = body_id ORDER BY 1")
    assert bodies == sorted([(name, 2022) for name in [*BUREAUS, "天津市宁河区人民政府"]])
    assert (
        one.rows("SELECT outcome, lists, reports, refused FROM visit")
        == [("complete", len(BUREAUS) + 1, len(BUREAUS) + 1, 0)] * 2
    )


def test_a_body_whose_list_is_gone_does_not_start_the_guessing_of_addresses(tmp_path: Path) -> None:
    with small_portal(portal_of([*BUREAUS[:2], "宁河镇"])) as portal:
        one = replace(office(tmp_path, ("120117", portal.home_url)), second_look=30)
        one.run()
        portal.pages.pop("/zfxxgk/bm/1/nb/")
        portal.asked.clear()
        one.run()
    assert [path for path in portal.asked if path.endswith("/")] == [
        "/zfxxgk/nb/",
        *(f"/zfxxgk/bm/{at}/nb/" for at in range(3)),
        "/",
        "/zfxxgk/",
    ]
    assert one.rows("SELECT outcome, reports FROM visit ORDER BY run_id") == [("complete", 4), ("partial", 3)]


def test_the_own_list_under_another_address_is_no_list_of_a_body(tmp_path: Path) -> None:
    pages = portal_of(BUREAUS[:3], column='<a href="/zfxxgk/nb/?of=1">政府信息公开年报</a>')
    pages["/zfxxgk/nb/?of=1"] = pages["/zfxxgk/nb/"]
    with small_portal(pages) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    assert portal.asked.count("/zfxxgk/nb/?of=1") == 1
    assert one.rows("SELECT url FROM report_list") == [(f"{portal.home_url}zfxxgk/nb/",)]
    assert one.rows("SELECT outcome, lists, reports FROM visit") == [("complete", 1, 1)]


def test_the_lists_of_bodies_do_not_keep_the_search_from_the_own_one() -> None:
    searching = Search(lambda url: True, NINGHE)
    searching.seed("http://a.gov.cn/", "首页", in_column=False)
    home = searching.next()
    assert home is not None
    columns = "".join(f'<a href="/{at}/zfxxgknb/">区{name}局政府信息公开年报</a>' for at, name in enumerate("民教财水"))
    hub = '<a href="/bm/">部门信息公开年报</a><a href="/zwgk/">政务公开</a>'
    searching.learn(home, Page(home.url, (columns + hub).encode()), holds_list=False)
    leads = [searching.next(), searching.next()]
    assert [lead and lead.url for lead in leads] == ["http://a.gov.cn/zwgk/", None]
    searching.turn_to_bodies()
    theirs = iter(searching.next, None)
    assert [(lead.column[:3], lead.in_column) for lead in theirs if lead] == [
        ("区民局", True),
        ("区教局", True),
        ("区财局", True),
        ("区水局", True),
        ("部门信", True),
    ]


def test_what_lies_below_the_page_of_a_body_is_its_own() -> None:
    searching = Search(lambda url: True, NINGHE)
    searching.seed("http://a.gov.cn/nb/", "政府信息公开年报", in_column=True)
    column = searching.next()
    assert column is not None
    searching.learn(column, Page(column.url, '<a href="bm/">部门</a>'.encode()), holds_list=False)
    departments = searching.next()
    assert departments is not None
    searching.learn(departments, Page(departments.url, '<a href="2023/">2023年</a>'.encode()), holds_list=False)
    year = searching.next()
    assert year is not None
    assert (year.label, year.column) == ("2023年", "部门")


def test_bodies_for_which_no_request_is_left_are_told_and_asked_the_next_night(tmp_path: Path) -> None:
    bureaus = [f"区{name}局" for name in "民教财水林农审统税医体文旅信商科卫交建环法工地气园粮"]
    pages = portal_of(bureaus)
    for at in range(len(bureaus)):  # a column without rows costs a body two requests of the search
        pages[f"/zfxxgk/bm/{at}/nb/"] = "<p>" if at > 4 else pages[f"/zfxxgk/bm/{at}/nb/"]
    with small_portal(pages) as portal:
        one = replace(office(tmp_path, ("120117", portal.home_url)), second_look=30)
        one.run()
        first = len(portal.asked)
        one.run()
    left = one.rows("SELECT run_id, url, message_en FROM incident WHERE kind = 'links_left'")
    said = "links of this page may lead to report lists and were not followed this time."
    assert left == [(1, f"{portal.home_url}zfxxgk/", f"11 more {said}")]
    pages_of_bodies = [path for path in portal.asked if re.fullmatch(r"/zfxxgk/bm/\d+/", path)]
    assert len(pages_of_bodies) == len(set(pages_of_bodies)) == len(bureaus)
    assert portal.asked[first:].count("/zfxxgk/") == 1
    assert one.rows("SELECT outcome FROM visit") == [("partial",), ("complete",)]


def leads(searching: Search, source: str, *, holds_list: bool = False) -> list[str]:
    """The addresses that follow when each page asked for has the same links."""
    asked = []
    while lead := searching.next():
        asked.append(lead.url.removeprefix("http://a.gov.cn"))
        searching.learn(lead, Page(lead.url, source.encode()), holds_list=holds_list)
    return asked


NAMES = '<a href="/mz/">区民政局</a><a href="/jy/">区教育局</a><a href="/zf/">区政府</a><a href="/fb/">区政府办公室</a>'


def test_the_government_and_its_office_are_asked_first_where_no_other_link_leads_to_a_list() -> None:
    searching = Search(lambda url: True, NINGHE)
    searching.seed("http://a.gov.cn/", "首页", in_column=False)
    hub = '<a href="/zwgk/">政务公开</a>'
    assert leads(searching, hub + NAMES) == ["/", "/zwgk/", "/zf/", "/fb/"]
    searching.turn_to_bodies()
    assert leads(searching, NAMES) == ["/mz/", "/jy/"]


def test_the_office_has_its_turn_behind_the_list_of_the_government() -> None:
    searching = Search(lambda url: True, NINGHE)
    searching.seed("http://a.gov.cn/nb/", "政府信息公开年报", in_column=True)
    assert leads(searching, NAMES, holds_list=True) == ["/nb/", "/zf/"]
    searching.turn_to_bodies()
    assert leads(searching, NAMES) == ["/fb/", "/mz/", "/jy/"]


def test_the_page_of_a_town_may_have_a_hub_of_its_own() -> None:
    searching = Search(lambda url: True, NINGHE)
    searching.seed("http://a.gov.cn/nb/", "政府信息公开年报", in_column=True)
    names = "".join(f'<a href="/{name}/">{name}</a>' for name in ("宁河镇", "岳龙镇", "板桥镇"))
    leads(searching, names, holds_list=True)
    searching.turn_to_bodies()
    town = searching.next()
    assert town is not None
    searching.learn(town, Page(town.url, '<a href="/gk/">政府信息公开</a>'.encode()), holds_list=False)
    others = [lead for lead in iter(searching.next, None) if lead]
    assert [(lead.url, lead.column) for lead in others][-1] == ("http://a.gov.cn/gk/", "宁河镇")


def test_where_the_first_pages_of_bodies_have_no_column_the_others_are_left_alone() -> None:
    searching = Search(lambda url: True, NINGHE)
    searching.seed("http://a.gov.cn/nb/", "政府信息公开年报", in_column=True)
    names = "".join(f'<a href="/{at}/">区{name}局</a>' for at, name in enumerate("民教财水林农"))
    assert leads(searching, names, holds_list=True) == ["/nb/"]
    searching.turn_to_bodies()
    assert leads(searching, names) == ["/0/", "/1/", "/2/"]
    assert not searching.left


def test_the_sites_of_bodies_elsewhere_are_no_pages_of_the_portal() -> None:
    searching = Search(lambda url: True, NINGHE)
    searching.seed("http://a.gov.cn/nb/", "政府信息公开年报", in_column=True)
    names = "".join(f'<a href="http://{at}.a.gov.cn/">区{name}局</a>' for at, name in enumerate("民教财水林农"))
    leads(searching, names, holds_list=True)
    searching.turn_to_bodies()
    assert leads(searching, names) == []
