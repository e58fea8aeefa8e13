"""Which link leads toward the reports."""

import pytest

from crawler.discovery import Search
from crawler.links import Link
from crawler.pages import Page
from crawler.scoring import score

HOME = "http://a.gov.cn/"


def search() -> Search:
    return Search(lambda url: url.startswith(HOME))


def page(path: str, *links: tuple[str, str]) -> Page:
    return Page(HOME + path, "".join(f'<a href="{url}">{label}</a>' for url, label in links).encode())


def drain(searching: Search) -> list[str]:
    leads = iter(searching.next, None)
    return [lead.url.removeprefix(HOME) for lead in leads if lead is not None]


def test_a_search_without_seeds_is_over() -> None:
    assert search().next() is None


def test_a_page_without_links_leads_nowhere() -> None:
    searching = search()
    searching.seed(HOME, "首页", in_column=False)
    home = searching.next()
    assert home is not None
    searching.learn(home, page(""), holds_list=False)
    assert searching.next() is None


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (("政府信息公开年报", "/x/"), ("政府信息公开", "/zfxxgk/")),
        (("公开年报", "/zfxxgk/zfxxgknb_97478/"), ("公开年报", "/x/")),
        (("甲县政府信息公开工作年报", "/x/"), ("政务公开", "/zwgk/")),
        (("年度报告", "/zwgk/xxgknb2024n/"), ("政府信息公开", "/")),
        (("政府信息公开", "/x/"), ("走进甲县", "/zjjx/")),
        (("政务公开", "/zwgk/"), ("政府信息公开制度", "/zfxxgk/zfxxgkzd/")),
    ],
)
def test_the_better_link_comes_first(better: tuple[str, str], worse: tuple[str, str]) -> None:
    label, path = better
    other_label, other_path = worse
    assert score(Link(f"http://a.gov.cn{path}", label)) > score(Link(f"http://a.gov.cn{other_path}", other_label))


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("政府网站工作年度报表", "/zfxxgk/wznb/"),
        ("法治政府建设年度报告", "/fzzf/"),
        ("政府工作报告", "/zfgzbg/"),
        ("依申请公开", "/zfxxgk/ysqgk/"),
        ("甲县2022年政府信息公开工作年度报告", "/zfxxgknb/202301/t20230119_2136694.html"),
        ("一图读懂甲县2022年政府信息公开工作年度报告", "/zfxxgknb/202301/t20230119_2136695.html"),
        ("国务院公报", "/zwgk/gwygb/"),
    ],
)
def test_look_alikes_and_documents_are_not_followed(label: str, path: str) -> None:
    searching = search()
    searching.seed(HOME, "首页", in_column=False)
    home = searching.next()
    assert home is not None
    searching.learn(home, page("", (path, label)), holds_list=False)
    assert searching.next() is None


def test_the_way_goes_through_hub_and_column_to_the_levels() -> None:
    searching = search()
    searching.seed(HOME, "首页", in_column=False)
    home = searching.next()
    assert home is not None
    searching.learn(home, page("", ("/news/", "要闻"), ("/zwgk/", "政务公开")), holds_list=False)
    hub = searching.next()
    assert hub is not None
    assert (hub.url, hub.in_column) == (f"{HOME}zwgk/", False)
    statutory = [("/zwgk/zd/", "政府信息公开制度"), ("/zwgk/nb/", "政府信息公开年报")]
    searching.learn(hub, page("zwgk/", *statutory), holds_list=False)
    column = searching.next()
    assert column is not None
    assert (column.url, column.in_column) == (f"{HOME}zwgk/nb/", True)
    levels = [("/zwgk/qzf/", "区政府"), ("/zwgk/nb/bm/", "部门"), ("/jz/", "街镇")]
    others = [("/zwgk/nb/2022n/", "2022年"), ("/tz/", "通知"), ("/zzjg/", "政府机构")]
    searching.learn(column, page("zwgk/nb/", *levels, *others), holds_list=False)
    assert drain(searching) == ["zwgk/qzf/", "zwgk/nb/bm/", "jz/", "zwgk/nb/2022n/"]


def test_once_a_list_is_known_hubs_are_left_alone() -> None:
    searching = search()
    searching.seed(f"{HOME}nb/", "年报", in_column=True)
    column = searching.next()
    assert column is not None
    searching.learn(column, page("nb/", ("/zwgk/", "政务公开"), ("/bmnb/", "部门信息公开年报")), holds_list=True)
    assert drain(searching) == ["bmnb/"]


def test_other_sites_are_not_followed() -> None:
    searching = search()
    searching.seed(HOME, "首页", in_column=False)
    home = searching.next()
    assert home is not None
    searching.learn(home, page("", ("http://www.fuzhou.gov.cn/zfxxgknb/", "政府信息公开年报")), holds_list=False)
    assert searching.next() is None


def test_a_search_gives_up_after_25_pages_without_a_list() -> None:
    searching = search()
    for number in range(40):
        searching.seed(f"{HOME}{chr(97 + number % 26) * (1 + number // 26)}/", "年报", in_column=False)
    for _ in range(25):
        lead = searching.next()
        assert lead is not None
        searching.learn(lead, page(lead.url.removeprefix(HOME)), holds_list=False)
    assert searching.next() is None


def test_links_are_followed_three_deep() -> None:
    searching = search()
    searching.seed(HOME, "首页", in_column=False)
    asked = []
    while lead := searching.next():
        asked.append(lead.url.removeprefix(HOME))
        path = lead.url.removeprefix(HOME)
        searching.learn(lead, page(path, (f"/{path}zwgk/", "政务公开")), holds_list=False)
    assert asked == ["", "zwgk/", "zwgk/zwgk/", "zwgk/zwgk/zwgk/"]


def test_a_frame_may_hold_the_column() -> None:
    searching = search()
    searching.seed(HOME, "首页", in_column=False)
    home = searching.next()
    assert home is not None
    searching.learn(home, Page(HOME, b'<iframe src="/inner.html"></iframe>'), holds_list=False)
    assert drain(searching) == ["inner.html"]


@pytest.mark.parametrize(
    ("column", "link", "followed"),
    [
        ("zfxxgk/nb/index.html", "/zfxxgk/nb/2023/", True),
        ("xx/nb.htm", "/xx/nb/a2023.htm", True),
        ("xx/nb.htm", "/xx/zn.htm", False),
        ("channels/31.html", "/channels/32.html", False),
        ("info/iList.jsp?cat_id=31", "/info/iList.jsp?cat_id=32", False),
    ],
)
def test_a_column_leads_to_what_lies_below_it_and_not_to_its_neighbours(column: str, link: str, followed: bool) -> None:
    searching = search()
    searching.seed(HOME + column, "政府信息公开年报", in_column=True)
    lead = searching.next()
    assert lead is not None
    searching.learn(lead, page(column, (link, "查看")), holds_list=False)
    assert drain(searching) == ([link.removeprefix("/")] if followed else [])


@pytest.mark.parametrize("label", ["2", "下页", "[下一页]", "尾页", ">", "首页"])
def test_the_further_pages_of_a_list_are_no_lists_of_their_own(label: str) -> None:
    searching = search()
    searching.seed(f"{HOME}xx/zfxxgknb.htm", "政府信息公开年报", in_column=True)
    lead = searching.next()
    assert lead is not None
    searching.learn(lead, page("xx/zfxxgknb.htm", ("/xx/zfxxgknb/10.htm", label)), holds_list=True)
    assert drain(searching) == []


def test_a_column_is_not_its_own_index_page() -> None:
    searching = search()
    searching.seed(f"{HOME}xx/nb/", "政府信息公开年报", in_column=True)
    lead = searching.next()
    assert lead is not None
    searching.learn(lead, page("xx/nb/", ("/xx/nb/index.html", "年报 第一页")), holds_list=True)
    assert drain(searching) == []


def test_a_column_whose_name_is_numbered_is_no_article() -> None:
    assert score(Link(f"{HOME}zfxxgk/zfxxgknb_97478.htm", "政府信息公开年报")) >= 80
    assert score(Link(f"{HOME}zfxxgk/nb/202401/30_97478.htm", "政府信息公开年报")) == 0


@pytest.mark.parametrize(
    ("address", "label", "most"),
    [
        ("/nb/{}/", "政府信息公开年报（第{}月）", 9),
        ("/nb/2023/{}/", "查看", 9),
        ("/nb/day.jsp?date=2023-01-{}", "{}日", 9),
        ("/nb/a{}b0000000000000000/", "按时间", 9),
        ("/nb/?order={}", "按标题排序", 9),
        ("/x/{}/", "要闻", 1),
    ],
)
def test_a_pattern_of_addresses_that_brings_nothing_ends_soon(address: str, label: str, most: int) -> None:
    searching = search()
    searching.seed(f"{HOME}nb/", "政府信息公开年报", in_column=True)
    asked = 0
    while lead := searching.next():
        links = [(address.format(at), label.format(at)) for at in range(100 * asked, 100 * asked + 50)]
        searching.learn(lead, page(lead.url.removeprefix(HOME), *links), holds_list=False)
        asked += 1
    assert asked == most
    assert not searching.left


@pytest.mark.parametrize("address", ["/nb/?order={}", "/nb/index.html?lang=en&page={}"])
def test_a_list_in_another_order_is_no_other_list(address: str) -> None:
    searching = search()
    searching.seed(f"{HOME}nb/", "政府信息公开年报", in_column=True)
    lead = searching.next()
    assert lead is not None
    others = [("/nb/?year=2023", "2023年"), ("/nb/?cid=2", "信息公开年报"), ("/nb/?cid=3", "部门")]
    searching.learn(lead, page("nb/", (address.format(1), "排序"), *others), holds_list=True)
    assert sorted(drain(searching)) == ["nb/?cid=2", "nb/?cid=3", "nb/?year=2023"]


def test_the_columns_of_all_years_are_found_though_some_are_empty() -> None:
    searching = search()
    searching.seed(f"{HOME}nb/", "政府信息公开年报", in_column=True)
    column = searching.next()
    assert column is not None
    years = [(f"/nb/{year}/", f"{year}年") for year in range(2026, 2007, -1)]
    searching.learn(column, page("nb/", *years), holds_list=False)
    asked = 0
    while lead := searching.next():
        searching.learn(lead, page(lead.url.removeprefix(HOME)), holds_list=asked % 3 == 2)
        asked += 1
    assert asked == len(years)


def test_lists_that_show_the_same_rows_over_and_over_end_too() -> None:
    searching = search()
    searching.seed(f"{HOME}nb/", "政府信息公开年报", in_column=True)
    asked = 0
    while lead := searching.next():
        asked += 1
        links = [(f"/nb/{at}/", "换一批") for at in range(50)]
        searching.learn(lead, page(lead.url.removeprefix(HOME), *links), holds_list=True, is_news=asked == 1)
    assert asked == 9


def test_all_that_is_known_is_asked_for_though_menus_by_year_are_alike_and_have_no_rows() -> None:
    searching = search()
    for year in range(1990, 2027):
        searching.seed(f"{HOME}nb/{year}/", f"{year}年", in_column=True)
    asked = 0
    while lead := searching.next():
        if asked % 2:
            searching.fail(lead)
        else:
            searching.learn(lead, page(lead.url.removeprefix(HOME)), holds_list=False)
        asked += 1
    assert asked == 37
