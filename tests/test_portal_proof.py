"""Whose portal a home page is, by its own tags; and which links lead to the portals of other places."""

import pytest

from crawler.pages import Page
from crawler.portals.navigation import candidates, lead_pages, twin_key
from crawler.portals.places import places, short_name
from crawler.portals.proof import Claims, claims_of, identified, judge

LANXI, LANXI_HLJ, PUTUO_SHANGHAI, PUTUO_ZHOUSHAN = "330781", "231222", "310107", "330903"
LUANZHOU, FUJIAN, FUZHOU, PINGTAN, GULOU = "130284", "350000", "350100", "350128", "350102"
OF_LANXI = Claims("www.lanxi.gov.cn", "3307810001", "兰溪市人民政府门户网站")


def verdict(code: str, claims: Claims, *, linked: bool = True) -> tuple[str, str]:
    found = judge(places()[code], claims, linked=linked)
    return found.state, found.reason.code


def test_a_page_that_says_nothing_proves_nothing() -> None:
    assert claims_of(Page("http://www.lanxi.gov.cn/", b"")) == Claims("www.lanxi.gov.cn")
    assert verdict(LANXI, Claims("www.lanxi.gov.cn")) == ("unsettled", "no_name")
    assert identified(Claims("www.lanxi.gov.cn")) == []


def test_code_name_and_host_that_agree_are_accepted_with_high_confidence() -> None:
    found = judge(places()[LANXI], OF_LANXI)
    assert (found.state, found.confidence) == ("accepted", "high")
    assert found.reason.zh == (
        "标识码 3307810001、名称“兰溪市人民政府门户网站”、域名 www.lanxi.gov.cn 均与浙江省金华市兰溪市相符"
    )


@pytest.mark.parametrize(
    ("code", "claims", "expected"),
    [
        (LANXI_HLJ, OF_LANXI, ("refused", "other_place")),  # lanxi.gov.cn is 兰溪, and 兰西 is hljlanxi
        (PUTUO_SHANGHAI, Claims("www.putuo.gov.cn", "3309030001", "舟山市普陀区人民政府"), ("refused", "other_place")),
        (PUTUO_SHANGHAI, Claims("www.putuo.gov.cn", "", "舟山市普陀区人民政府"), ("unsettled", "name_of_other")),
        (PUTUO_ZHOUSHAN, Claims("www.putuo.gov.cn", "", "普陀区人民政府"), ("unsettled", "ambiguous")),
        (PUTUO_ZHOUSHAN, Claims("www.putuo.gov.cn", "", "舟山市普陀区人民政府"), ("accepted", "medium")),
        (PUTUO_ZHOUSHAN, Claims("www.putuo.gov.cn", "3309000002", "舟山市普陀区政府"), ("accepted", "medium")),
        (LANXI, Claims("www.lanxi.com", "3307810001", "兰溪市人民政府"), ("refused", "not_gov")),
        (LANXI, Claims("127.0.0.1:80", "3307810001", "兰溪市人民政府"), ("refused", "not_gov")),
        (LANXI, Claims("www.copy.gov.cn", "3307810001", "兰溪市人民政府", "www.lanxi.gov.cn"), ("unsettled", "mirror")),
        (LANXI, Claims("cz.lanxi.gov.cn", "3307810005", "兰溪市财政局"), ("refused", "department")),
        (LANXI, Claims("www.lanxi.gov.cn", "3307270001", "兰溪市人民政府"), ("unsettled", "code_of_other")),
        (LANXI, Claims("www.lanxi.gov.cn", "9999990001", "兰溪市人民政府"), ("unsettled", "code_unknown")),
        (LANXI, Claims("www.lanxi.gov.cn", "3307810001", "魅力兰溪"), ("unsettled", "name_of_other")),
        (LUANZHOU, Claims("www.luanzhou.gov.cn", "1302840001", "滦县人民政府"), ("accepted", "high")),  # renamed 2018
        (LUANZHOU, Claims("www.luanzhou.gov.cn", "1302230001", "滦县人民政府"), ("accepted", "medium")),  # and recoded
        (FUZHOU, Claims("www.fuzhou.gov.cn", "3501000001", "福州市人民政府"), ("accepted", "high")),
        (FUJIAN, Claims("www.fujian.gov.cn", "3500000001", "福建省人民政府门户网站"), ("accepted", "high")),
    ],
)
def test_signs_that_disagree_are_never_accepted(code: str, claims: Claims, expected: tuple[str, str]) -> None:
    assert verdict(code, claims) == expected


def test_without_a_code_of_its_own_a_portal_needs_a_link_from_the_one_above() -> None:
    claims = Claims("www.hljlanxi.gov.cn", "", "兰西县人民政府")
    assert verdict(LANXI_HLJ, claims) == ("accepted", "medium")
    assert verdict(LANXI_HLJ, claims, linked=False) == ("unsettled", "unlinked")


def test_addresses_of_our_own_network_pass_only_when_they_are_let() -> None:
    claims = Claims("127.0.0.9:8011", "3307810001", "兰溪市人民政府")
    assert judge(places()[LANXI], claims, private=True).state == "accepted"


def test_the_claims_are_read_from_the_tags_in_any_case_and_from_the_title_without_them() -> None:
    tags = '<meta content="兰溪市人民政府" name="sitename"><meta name="SiteIDCode" content="3307810001">'
    domain = '<meta name="SiteDomain" content="http://www.lanxi.gov.cn/">'
    page = Page("http://www.lanxi.gov.cn/", f"{tags}{domain}<title>首页</title>".encode())
    assert claims_of(page) == Claims("www.lanxi.gov.cn", "3307810001", "兰溪市人民政府", "www.lanxi.gov.cn")
    untagged = Page("http://www.lanxi.gov.cn/", "<title>兰溪市人民政府</title>".encode())
    assert claims_of(untagged).name == "兰溪市人民政府"


def test_a_page_names_its_place_or_the_places_to_choose_from() -> None:
    ninghe = identified(Claims("x", "1201170001", "天津市宁河区人民政府"))
    putuo = identified(Claims("x", "", "普陀区人民政府"))
    assert [place.full_name for place in ninghe] == ["天津市宁河区"]
    assert [place.full_name for place in putuo] == ["上海市普陀区", "浙江省舟山市普陀区"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("兰溪市", "兰溪"),
        ("城区", "城区"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("紫云苗族布依族自治县", "紫云"),
    ],
)
def test_names_are_shortened_as_links_print_them(name: str, short: str) -> None:
    assert short_name(name) == short


def test_every_place_lies_in_those_above_it_and_never_in_itself() -> None:
    assert all(place.code not in place.above and set(place.above) <= set(places()) for place in places().values())


def page(html: str) -> Page:
    return Page("http://www.fujian.gov.cn/", html.encode())


def test_a_page_without_links_leads_to_no_portal() -> None:
    assert candidates(page(""), places()[FUJIAN]) == []
    assert lead_pages(page("")) == []


def test_links_and_drop_down_lists_lead_to_the_places_they_name() -> None:
    links = '<a href="http://www.fuzhou.gov.cn">福州</a><a href="https://www.gulou.gov.cn/">鼓楼区</a>'
    options = (
        '<select><option value="http://www.pingtan.gov.cn">平潭县人民政府网站</option><option>泉州</option></select>'
    )
    found = candidates(page(links + options), places()[FUJIAN])
    assert [(one.place.code, one.url) for one in found] == [
        (FUZHOU, "http://www.fuzhou.gov.cn/"),
        (GULOU, "https://www.gulou.gov.cn/"),
        (PINGTAN, "http://www.pingtan.gov.cn/"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/zjpt/">平潭县</a>',  # a page of the portal itself
        '<a href="http://cz.pingtan.gov.cn/">平潭县财政局</a>',
        '<a href="http://www.lanxi.gov.cn/">兰溪市</a>',  # lies elsewhere
        '<a href="http://www.pingtan.gov.cn/zwgk/202301/t20230119_2136694.html">平潭县</a>',
        '<a href="javascript:void(0)">平潭县</a>',
    ],
)
def test_other_links_lead_to_none(link: str) -> None:
    assert candidates(page(link), places()[FUJIAN]) == []


def test_pages_that_list_the_portals_below_are_worth_asking_for() -> None:
    links = '<a href="/a/">市县政府网站</a><a href="/b/">政府信息公开</a><a href="/c/">网站导航</a>'
    assert lead_pages(page(f'{links}<iframe src="/d"></iframe>')) == [
        f"http://www.fujian.gov.cn/{path}" for path in ("a/", "c/", "d")
    ]


def test_schemes_and_www_make_no_other_portal() -> None:
    assert twin_key("http://www.lanxi.gov.cn/") == twin_key("https://lanxi.gov.cn")
    assert twin_key("http://www.lanxi.gov.cn/zfw/") != twin_key("http://www.lanxi.gov.cn/")
