"""Families whose lists are turned by posting a form: what is sent for each page, and when that ends."""

import json

import pytest

from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms import platform_of
from tests.listings import HOST, TITLES, answer, further, page, row

UUID = "0772e821-0f3b-4bd1-9d5c-67eb23650001"
STATE = "/wEPDwUKMTY="


def test_hanwebs_catalogue_is_asked_by_its_form() -> None:
    script = 'x.open("POST", "/module/xxgk/search.jsp?infotypeId=D001&amp;area=1133&amp;divid=div9")'
    tree = page("/module/xxgk/tree.jsp?area=1133", f"<script>{script}</script>")
    (first,) = platform_of(tree).further(tree)
    assert first.url == f"{HOST}/module/xxgk/search.jsp?infotypeId=D001&area=1133&divid=div9&currpage=1"
    assert (first.method, first.body) == ("POST", b"infotypeId=D001&area=1133&divid=div9")
    found = answer(
        first, f"<table><tr class=tr_main_value_odd><td>{row('/art/2024/2/2/art_9_7.html', 2023)}</table>共2页"
    )
    xxgk = platform_of(tree)
    assert [link.label for link in xxgk.rows(found)] == [TITLES[2023]]
    assert [ask.url[-10:] for ask in xxgk.further(found)] == ["currpage=2"]


GUID = "7eb7beda-7f16-4fb1-8a26-94f1b5a2b001"


def epoint_answer(ask: Ask, total: int) -> Page:
    item = {
        "infourl": f"/govxxgk/LY/2024-03-05/{UUID}.html?deptcode=033",
        "realtitle": TITLES[2023],
        "infodate": "2024-03-05",
    }
    return answer(ask, {"custom": {"total": total, "data": [item]}})


def test_epoint_posts_for_its_list_once_the_site_is_known() -> None:
    column = page(
        "/dynamic/zwgk/govInfoPub.html?categorynum=003018002&deptcode=001001", '<script src="/js/webBuilderCommon.js">'
    )
    epoint = platform_of(column)
    (script,) = epoint.further(column)
    assert script.url == f"{HOST}/js/webBuilderCommon.js"
    (first,) = epoint.further(answer(script, f'var siteInfo={{projectName:"EWB", siteGuid:"{GUID}"}}'))
    assert (first.url, first.method) == (f"{HOST}/EWB/rest/lightfrontaction/getgovinfolist", "POST")
    asked = {"deptcode": "001001", "categorynum": "003018002", "siteGuid": GUID, "pageIndex": 0, "pageSize": 100}
    assert json.loads(first.body) == {"token": "", "params": asked}
    found = epoint_answer(first, 101)
    assert [(link.label, link.date) for link in epoint.rows(found)] == [(TITLES[2023], "2024-03-05")]
    (second,) = epoint.further(found)
    assert json.loads(second.body)["params"]["pageIndex"] == 1
    assert second.payload != first.payload
    assert epoint.further(epoint_answer(second, 101)) == []


@pytest.mark.parametrize("custom", ["", "{", "[]", "null", '{"data": 5}', "{" * 99_999, 5])
def test_an_answer_of_epoint_that_cannot_be_read_has_no_rows(custom: object) -> None:
    column = page("/003/003018/003018002/moreinfo.html", f'<script>siteGuid="{GUID}"; EpointWebBuilder</script>')
    epoint = platform_of(column)
    (first,) = epoint.further(column)
    found = answer(first, {"custom": custom})
    assert (epoint.rows(found), epoint.further(found)) == ([], [])


def test_the_category_of_epoint_may_stand_in_the_path() -> None:
    column = page("/003/003018/003018002/moreinfo.html", f'<script>siteGuid="{GUID}"; EpointWebBuilder</script>')
    (first,) = platform_of(column).further(column)
    assert json.loads(first.body)["params"]["categorynum"] == "003018002"


def test_the_shell_of_epoint_leads_to_the_list_inside() -> None:
    shell = page("/govxxgk/1144/openSubPage.html?specialurl=/govxxgk/1144/category/031/govlist.html")
    assert platform_of(shell).leads(shell) == [
        Link(f"{HOST}/govxxgk/1144/category/031/govlist.html", "", is_frame=True)
    ]


def test_huilan_turns_by_hidden_fields() -> None:
    fields = (
        '<input type=hidden id=eprotalCurrentPageId value="p7"><input type=hidden id=eportalappPortletId value="m9">'
    )
    pager = '<a href="javascript:next(2)">2</a><a href="javascript:next(3)">尾页</a>'
    listing = page("/nb/index.html", row("/nb/2024013016284566735/index.html", 2023) + fields + pager)
    assert platform_of(listing).name == "huilan"
    assert further(listing) == [f"/eportal/ui?pageId=p7&currentPage={turn}&moduleId=m9" for turn in (2, 3)]


def test_dash_lists_post_their_description_and_go_on_while_pages_are_full() -> None:
    description = '["49_xxgk","1234","Y-m-d","50","2","inputtime"]'
    column = page(
        "/xxgk-list-nb.html", f"<script>$.post('/api-ajax_list-1.html', {{ajax_type:{description}, is_ds:1}})</script>"
    )
    dash = platform_of(column)
    (first,) = dash.further(column)
    assert first.url == f"{HOST}/api-ajax_list-1.html"
    assert first.body == (
        b"ajax_type%5B%5D=49_xxgk&ajax_type%5B%5D=1234&ajax_type%5B%5D=Y-m-d&ajax_type%5B%5D=50"
        b"&ajax_type%5B%5D=2&ajax_type%5B%5D=inputtime&is_ds=1"
    )
    items = [
        {"url": f"/xxgk-show-{year}.html", "title": TITLES[year], "inputtime": f"{year + 1}-01-30"}
        for year in (2023, 2022)
    ]
    found = answer(first, {"data": items})
    assert [(link.label, link.date) for link in dash.rows(found)] == [
        (TITLES[2023], "2024-01-30"),
        (TITLES[2022], "2023-01-30"),
    ]
    (second,) = dash.further(found)
    assert (second.url, second.body) == (f"{HOST}/api-ajax_list-2.html", first.body)
    assert dash.further(answer(second, {"data": items[:1]})) == []


def test_aspx_posts_its_state_back_page_by_page() -> None:
    turn = """<a href="javascript:__doPostBack('AspNetPager1','2')">2</a>共3页"""
    state = f'<input type=hidden name="__VIEWSTATE" value="{STATE}">'
    listing = page("/list_wj.aspx?s=188", row("/show.aspx?id=385009", 2023) + turn + state)
    aspx = platform_of(listing)
    assert aspx.name == "aspx"
    (second,) = aspx.further(listing)
    assert (second.url, second.method) == (listing.url, "POST")
    assert second.body == b"__EVENTTARGET=AspNetPager1&__EVENTARGUMENT=2&__VIEWSTATE=%2FwEPDwUKMTY%3D"
    (third,) = aspx.further(answer(second, turn + '<input type=hidden name="__VIEWSTATE" value="later">'))
    assert third.body == b"__EVENTTARGET=AspNetPager1&__EVENTARGUMENT=3&__VIEWSTATE=later"
    assert aspx.further(answer(third, turn + state)) == []
