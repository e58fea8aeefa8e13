"""Each family of portals: its rows in order, the requests for the rest of a list, and where the list ends."""

import base64
import json
from pathlib import Path

import pytest
import yaml

from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms import PLATFORMS, platform_of
from crawler.platforms.generic import Generic
from crawler.walk import Walk

HOST = "http://a.gov.cn"
TITLES = {year: f"甲县{year}年政府信息公开工作年度报告" for year in range(2008, 2026)}
UUID = "0772e821-0f3b-4bd1-9d5c-67eb23650001"
HEX = "46aba5e181454bc798b5443c493da056"
STATE = "/wEPDwUKMTY="
ENCODED = base64.b64encode(b'createPageHTML(3, 0, "index", "html");').decode()


def page(path: str, html: str = "", ask: Ask | None = None) -> Page:
    return Page(HOST + path, html.encode(), ask)


def row(href: str, year: int, date: str = "") -> str:
    return (
        f'<li><a href="{href}" title="{TITLES[year]}" target="_blank">{TITLES[year][:9]}…</a><span>{date}</span></li>'
    )


def rows(page: Page) -> list[tuple[str, str, str | None]]:
    return [(link.url.removeprefix(HOST), link.label, link.date) for link in platform_of(page).rows(page)]


def further(page: Page) -> list[str]:
    return [ask.url.removeprefix(HOST) for ask in platform_of(page).further(page)]


def answer(ask: Ask, content: object) -> Page:
    """What a portal says to a request: JSON, or text as it is."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return Page(ask.url, text.encode(), ask)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_no_family_finds_anything_on_an_empty_page(platform: Generic) -> None:
    empty = page("/zfxxgknb/")
    assert platform.rows(empty) == []
    assert platform.further(empty) == []
    assert platform.leads(empty) == []
    assert platform.missing_rows(empty) == 0


STATIC = yaml.safe_load((Path(__file__).parent / "static_lists.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("family", STATIC)
def test_a_static_list_is_recognised_read_and_continued(family: str) -> None:
    given = STATIC[family]
    html = f"<ul>{row(given['article'], 2023, '2024-01-30')}</ul>{given.get('pager', '')}"
    first = page(given["path"], html)
    assert platform_of(first).name == family
    assert rows(first) == [(given["article"], TITLES[2023], "2024-01-30")]
    assert further(first) == given.get("further", [])


@pytest.mark.parametrize(
    ("pager", "addresses"),
    [
        ('<script>$(".page").pagination("setPage", 1, 3);</script>', ["index_2.html", "index_3.html"]),
        ("<script>var o = {totalPage: 2};</script>", ["index_2.html"]),
        ("<script>if (ele.value>(2)) return;</script>", ["index_1.html"]),
        ('<div id="pageDec" pagecount="2">', ["index_2.html"]),
        (f"<script>eval(window.atob('{ENCODED}'))</script>", ["index_2.html", "index_3.html"]),
    ],
)  # fmt: skip
def test_rarer_pagers_state_their_total_too(pager: str, addresses: list[str]) -> None:
    assert further(page("/nb/", pager)) == [f"/nb/{name}" for name in addresses]


def test_a_total_without_addresses_is_told_as_missing() -> None:
    listing = page("/nb/", f"{row('/nb/184762.html', 2023)}<p>共3页")
    assert platform_of(listing).missing_rows(listing) == 2


def test_the_pages_of_boda_lead_no_further() -> None:
    assert further(page("/zfxxgk/zfxxgknb/3.htm", '<span class="p_t">2/4</span>')) == []


def test_ucap_searches_where_the_static_list_is_filled_by_script() -> None:
    shell = page("/jia/c100275/list.shtml", '<meta name="channelId" content="8f2"><div id="page_div">')
    (first,) = platform_of(shell).further(shell)
    assert first.url == (
        f"{HOST}/common/search/8f2?_isAgg=true&_isJson=true&_pageSize=20&_template=index"
        "&_rangeTimeGte=&_channelName=&page=1"
    )
    result = {
        "title": "甲县2023年<em>政府信息公开</em>工作年度报告",
        "url": f"//a.gov.cn/jia/c100275/202401/{HEX}.shtml",
        "publishedTimeStr": "2024-01-30 10:00:00",
    }
    found = answer(first, {"data": {"total": 21, "rows": 20, "page": 1, "results": [result]}})
    ucap = platform_of(shell)
    assert ucap.rows(found) == [Link(f"{HOST}/jia/c100275/202401/{HEX}.shtml", TITLES[2023], "2024-01-30")]
    (second,) = ucap.further(found)
    assert second.url.endswith("&page=2")
    assert ucap.further(answer(second, {"data": {"total": 21, "rows": 20, "page": 2, "results": []}})) == []


def jpage(embedded: int, total: int) -> str:
    items = (
        row(f"/art/{2025 - at}/2/2/art_1229_{73271 + at}.html", 2024 - at, f"{2025 - at}-02-02")
        for at in range(embedded)
    )
    records = "".join(f"<record><![CDATA[{item}]]></record>" for item in items)
    group = (
        "<nextgroup><![CDATA[<a href='/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=2789&path=/'></a>]]>"
        "</nextgroup>"
    )
    call = (
        f"<script>$('#5655').jpage({{dataStore:dataStore, perPage:2, totalRecord:{total},"
        "proxyUrl:'/module/web/jpage/dataproxy.jsp', proxyParam:{columnid:1229, unitid:5655, webid:2789}});</script>"
    )
    return f'<script type="text/xml"><datastore>{group}<recordset>{records}</recordset></datastore></script>{call}'


def test_hanweb_gives_the_embedded_rows_and_asks_the_proxy_for_the_others() -> None:
    listing = page("/col/col1229/index.html", jpage(3, 8))
    assert platform_of(listing).name == "hanweb"
    assert rows(listing) == [
        ("/art/2025/2/2/art_1229_73271.html", TITLES[2024], "2025-02-02"),
        ("/art/2024/2/2/art_1229_73272.html", TITLES[2023], "2024-02-02"),
        ("/art/2023/2/2/art_1229_73273.html", TITLES[2022], "2023-02-02"),
    ]
    asks = platform_of(listing).further(listing)
    proxy = f"{HOST}/module/web/jpage/dataproxy.jsp"
    assert [ask.url for ask in asks] == [
        f"{proxy}?startrecord=4&endrecord=6&perpage=3&page=2",
        f"{proxy}?startrecord=7&endrecord=8&perpage=3&page=3",
    ]
    assert {(ask.method, ask.body, dict(ask.headers)["Referer"]) for ask in asks} == {
        ("POST", b"col=1&appid=1&webid=2789&path=%2F&columnid=1229&unitid=5655", listing.url)
    }


def test_an_answer_of_the_proxy_leads_no_further() -> None:
    listing = page("/col/col1229/index.html", jpage(3, 8))
    hanweb = platform_of(listing)
    last = hanweb.further(listing)[-1]
    record = f"<record><![CDATA[{row('/art/2019/2/2/art_1229_73280.html', 2018)}]]></record>"
    found = answer(last, f"<datastore><totalrecord>8</totalrecord><recordset>{record}</recordset></datastore>")
    assert [link.label for link in hanweb.rows(found)] == [TITLES[2018]]
    assert hanweb.further(found) == []


def test_a_hanweb_list_that_is_embedded_whole_needs_no_request() -> None:
    assert further(page("/col/col1229/index.html", jpage(3, 3))) == []


def test_jpaas_turns_its_pages_inside_one_parameter() -> None:
    words = "{'webId':'w1','pageId':'p1','tplSetId':'t1','tagId':'列表','parseType':'bulidstatic','pageType':'column'}"
    address = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    column = page("/col/zfxxgknb/index.html", f'<script url="{address}" queryData="{words}"></script>')
    (first,) = platform_of(column).further(column)
    assert first.url == (
        f"{HOST}{address}?parseType=bulidstatic&webId=w1&tplSetId=t1&pageType=column&tagId=%E5%88%97%E8%A1%A8"
        "&editType=null&pageId=p1&paramJson=%7B%22pageNo%22%3A1%2C%22pageSize%22%3A15%7D"
    )
    assert dict(first.headers) == {"Referer": column.url}
    piece = f"<ul>{row(f'/art/2024/art_{HEX}.html', 2023, '2024-01-30')}</ul><div class='page' count='17'></div>"
    jpaas = platform_of(column)
    found = answer(first, {"success": True, "data": {"html": piece}})
    assert [(link.url, link.date) for link in jpaas.rows(found)] == [(f"{HOST}/art/2024/art_{HEX}.html", "2024-01-30")]
    (second,) = jpaas.further(found)
    assert second.url == first.url.replace("pageNo%22%3A1", "pageNo%22%3A2")
    assert second.headers == first.headers
    assert jpaas.further(answer(second, {"data": {"html": piece}})) == []


def test_the_report_of_hanwebs_catalogue_is_a_page_a_year() -> None:
    path = "/module/xxgk/xxgkAnnualReport.jsp?area=1133"
    report = page(path, f'<a href="{path}&fbtime=2021">2021</a><select><option value="2022">2022年</select>')
    assert rows(report) == [
        (f"{path}&fbtime=2022", "2022年政府信息公开年度报告", None),
        (f"{path}&fbtime=2021", "2021年政府信息公开年度报告", None),
    ]
    assert further(report) == []


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


def test_truecms_counts_on_from_what_it_got() -> None:
    script = "$.ajax({url:'/nt/messageController/getMessage.do', data:{columnId:'c9'}, dataType:'jsonp'})"
    column = page("/nt/zfxxgknb/list.html", f"<script>{script}</script>")
    truecms = platform_of(column)
    (first,) = truecms.further(column)
    service = f"{HOST}/nt/messageController/getMessage.do?columnId=c9&callback=cb"
    assert first == Ask.get(f"{service}&startrecord=1&endrecord=20&perpage=20", column.url)
    records = "".join(
        f"<record><![CDATA[{row(f'/nt/nb/content/{UUID[:-2]}{year - 2000}.html', year)}]]></record>"
        for year in (2023, 2022)
    )
    store = f"<datastore><totalrecord>3</totalrecord><recordset>{records}</recordset></datastore>"
    found = answer(first, f"cb({json.dumps({'result': store})})")
    assert [link.label for link in truecms.rows(found)] == [TITLES[2023], TITLES[2022]]
    (second,) = truecms.further(found)
    assert second.url == f"{service}&startrecord=3&endrecord=22&perpage=20"


GKMLPT = """<script>window._CONFIG = {APP_URL: 'http:\\/\\/a.gov.cn\\/gkmlpt', SID: '755001', TREE: [
{"id":2600,"name":"法定主动公开内容","parent":0},{"id":2629,"name":"政府信息公开年报","parent":2600,"post_count":12}]}</script>"""


def test_gkmlpt_names_its_columns_and_answers_in_json() -> None:
    app = page("/gkmlpt/index", GKMLPT)
    gd = platform_of(app)
    assert gd.leads(app) == [Link(f"{HOST}/gkmlpt/api/all/2629?page=1&sid=755001", "政府信息公开年报")]
    own = {
        "title": TITLES[2023],
        "url": f"{HOST}/gkmlpt/content/10/10123/post_10123456.html#2629",
        "post_url": "",
        "date": "2024-01-30",
        "create_time": "2024-01-31 09:00:00",
    }
    elsewhere = {"title": TITLES[2022], "url": "", "post_url": "http://b.gov.cn/nb/2022.html", "type": "url"}
    first = Ask(gd.leads(app)[0].url)
    found = answer(first, {"total": 201, "articles": [own, elsewhere]})
    assert platform_of(found).name == "gd"
    assert gd.rows(found) == [
        Link(
            f"{HOST}/gkmlpt/content/10/10123/post_10123456.html",
            TITLES[2023],
            "2024-01-31",
        ),
        Link("http://b.gov.cn/nb/2022.html", TITLES[2022]),
    ]
    assert [ask.url[-17:] for ask in gd.further(found)] == ["?page=2&sid=755001"[1:], "?page=3&sid=755001"[1:]]


def test_lonsun_asks_for_the_fragments_that_its_script_spells() -> None:
    spelled = (
        "/site/label/8888?IsAjax=1&_=0.77&labelName=publicInfoList&pageSize=15&pageIndex=1&organId=29641&result=暂无"
    )
    column = page("/public/column/29641?type=3", f'<script>load("{spelled}")</script>')
    lonsun = platform_of(column)
    (first,) = lonsun.further(column)
    assert first.url == (
        f"{HOST}/site/label/8888?IsAjax=1&labelName=publicInfoList&pageSize=15&pageIndex=1&organId=29641"
        "&result=%E6%9A%82%E6%97%A0"
    )
    pager = 'Ls.pagination("#page_1", load, {currPage:(0+1), pageCount:3})'
    found = answer(first, f"<ul>{row('/public/29641/51305266.html', 2023, '2024-01-30')}</ul><script>{pager}</script>")
    assert [(link.url, link.date) for link in lonsun.rows(found)] == [
        (f"{HOST}/public/29641/51305266.html", "2024-01-30")
    ]
    assert [ask.url.count("pageIndex=2") + ask.url.count("pageIndex=3") for ask in lonsun.further(found)] == [1, 1]


def test_lonsun_makes_the_request_from_organ_and_site_where_none_is_spelled() -> None:
    column = page("/public/column/29641?type=3", "<script>var siteId = '6793'; Ls.ajax()</script>")
    (first,) = platform_of(column).further(column)
    assert first.url.startswith(f"{HOST}/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&")
    assert first.url.endswith("&siteId=6793&organId=29641&type=3")


def test_lonsun_news_columns_turn_by_their_own_address() -> None:
    listing = f"<ul>{row('/content/article/5130', 2023)}</ul><script>Ls.pagination('#p', f, {{pageCount: 2}})</script>"
    assert further(page("/content/column/77", listing)) == ["/content/column/77?pageIndex=2"]


def test_the_rows_of_pc_list_are_in_its_script() -> None:
    listing = page(
        "/jia/nb/pc/list.html",
        f"""<script>var vm = {{articleList:[{{id:1,title:'{TITLES[2023]}',pubDate:'2024-01-30 09:00',
        urls:'{{"pc":"/jia/nb/pc/content/content_1.html"}}',articleFiles:[]}},
        {{id:2,title:"{TITLES[2022]}",pubDate:1674000000000,urls:"{{\\"pc\\":\\"\\/jia\\/nb\\/pc\\/content\\/content_2.html\\"}}"}}]}}
        </script>""",
    )
    assert rows(listing) == [
        ("/jia/nb/pc/content/content_1.html", TITLES[2023], "2024-01-30"),
        ("/jia/nb/pc/content/content_2.html", TITLES[2022], "2023-01-18"),
    ]
    assert further(listing) == []


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


@pytest.mark.parametrize(
    "path",
    ["/gongkai/channel_63899ec7375991828262e186/?open=zfxxgknb", "/as/nb/glist.html", "/cmsweb/zwgk/s/index.html"],
)
def test_lists_that_only_scripts_fill_say_so(path: str) -> None:
    listing = page(path)
    assert platform_of(listing).is_scripted(listing)


def walked(*pages: Page) -> list[list[str]]:
    """The labels of the fresh rows of these pages, taken one after the other as far as the walk goes."""
    walk, fresh = Walk(platform_of(pages[0])), []
    for one in pages:
        fresh.append([link.label for link in walk.take(one)])
        if walk.next() is None:
            break
    return fresh


def listing(*articles: tuple[str, str], total: int = 9) -> Page:
    items = "".join(f'<li><a href="{url}">{title}</a></li>' for url, title in articles)
    return page("/nb/", f"<ul>{items}</ul><script>createPageHTML({total}, 0, 'index', 'html')</script>")


def test_a_list_ends_with_the_first_page_that_brings_nothing_new() -> None:
    first = listing(("/nb/t20240130_1.html", TITLES[2023]), ("/nb/t20230130_2.html", TITLES[2022]))
    second = listing(("/nb/t20220130_3.html", TITLES[2021]))
    stub = page("/nb/", "<p>没有了")
    assert walked(first, second, first, second) == [[TITLES[2023], TITLES[2022]], [TITLES[2021]], []]
    assert walked(first, stub, second) == [[TITLES[2023], TITLES[2022]], []]


def test_a_mixed_list_goes_on_over_pages_of_news_but_not_for_ever() -> None:
    first = listing(("/nb/t20240130_1.html", TITLES[2023]))
    news = [listing((f"/nb/t202301{day}_7.html", "县政府召开会议")) for day in range(10, 15)]
    last = listing(("/nb/t20220130_3.html", TITLES[2021]))
    assert walked(first, *news[:2], last)[-1] == [TITLES[2021]]
    assert walked(first, *news, last) == [[TITLES[2023]], [], [], []]


def test_only_the_last_pages_may_be_missing() -> None:
    walk = Walk(platform_of(listing(total=5)))
    walk.take(listing(("/nb/t20240130_1.html", TITLES[2023]), total=5))
    assert walk.next()
    missing = [walk.may_be_missing]
    walk.take(listing(("/nb/t20230130_1.html", TITLES[2022]), total=5))
    while walk.next():
        missing.append(walk.may_be_missing)
    assert missing == [False, False, True, True]


def test_a_pager_whose_second_page_is_missing_may_have_been_misread() -> None:
    walk = Walk(platform_of(listing(total=2)))
    walk.take(listing(("/nb/t20240130_1.html", TITLES[2023]), total=2))
    assert walk.next()
    assert not walk.may_be_missing


def test_a_first_page_filled_by_script_may_not_be_missing() -> None:
    walk = Walk(platform_of(page("/nb/")))
    walk.take(page("/nb/", '<a href="?page=2">下一页</a>'))
    assert walk.next() == Ask(f"{HOST}/nb/?page=2")
    assert not walk.may_be_missing
