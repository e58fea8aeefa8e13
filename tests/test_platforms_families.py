"""Each family of portals: its rows in order, the requests for the rest of a list, and where the list ends."""

import json
from dataclasses import replace

import pytest

from crawler.asks import Ask
from crawler.links import Link
from crawler.platforms import PLATFORMS, platform_of
from crawler.platforms.generic import Generic
from tests.listings import HOST, TITLES, answer, further, page, row, rows

UUID = "0772e821-0f3b-4bd1-9d5c-67eb23650001"
HEX = "46aba5e181454bc798b5443c493da056"
STATE = "/wEPDwUKMTY="


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_no_family_finds_anything_on_an_empty_page(platform: Generic) -> None:
    empty = page("/zfxxgknb/")
    assert platform.rows(empty) == []
    assert platform.further(empty) == []
    assert platform.leads(empty) == []
    assert platform.missing_rows(empty) == 0


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
    unread = replace(first, url=first.url.partition("&paramJson")[0] + "&paramJson={")
    assert [ask.url for ask in jpaas.further(answer(unread, {"data": {"html": piece}}))] == [second.url]


def test_the_report_of_hanwebs_catalogue_is_a_page_a_year() -> None:
    path = "/module/xxgk/xxgkAnnualReport.jsp?area=1133"
    report = page(path, f'<a href="{path}&fbtime=2021">2021</a><select><option value="2022">2022年</select>')
    assert rows(report) == [
        (f"{path}&fbtime=2022", "2022年政府信息公开年度报告", None),
        (f"{path}&fbtime=2021", "2021年政府信息公开年度报告", None),
    ]
    assert further(report) == []


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
{"id":2600,"name":"法定主动公开内容","parent":0},{"id":2629,"parent":2600,"name":"政府信息公开年报","post_count":12}]}</script>"""


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


@pytest.mark.parametrize(
    "path",
    ["/gongkai/channel_63899ec7375991828262e186/?open=zfxxgknb", "/as/nb/glist.html", "/cmsweb/zwgk/s/index.html"],
)
def test_lists_that_only_scripts_fill_say_so(path: str) -> None:
    listing = page(path)
    assert platform_of(listing).is_scripted(listing)
