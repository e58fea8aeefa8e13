"""Where the walk over a list of several pages ends, and which of them may be missing."""

from crawler.asks import Ask
from crawler.pages import Page
from crawler.platforms import platform_of
from crawler.walk import Walk
from tests.listings import HOST, TITLES, page


def missing(*pages: Page) -> int:
    """How many pages the walk over these lacks."""
    walk = Walk(platform_of(pages[0]))
    for one in pages:
        walk.take(one)
        walk.next()
    return walk.missing_pages


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


ONE, OTHER = ("/nb/t20240130_1.html", TITLES[2023]), ("/nb/t20230130_2.html", TITLES[2022])
STUB = page("/nb/", "<p>没有了")


def test_a_list_that_says_it_has_more_pages_than_there_are_lacks_them() -> None:
    assert missing(listing(ONE, total=1)) == 0
    assert missing(listing(ONE, total=2), listing(OTHER, total=2)) == 0
    assert missing(listing(ONE, total=2), listing(ONE, total=2)) == 1, "not even the second page was had"
    assert missing(listing(ONE, total=9), STUB) == 8
    assert missing(listing(ONE, total=4), listing(OTHER, total=4), STUB) == 0, "the last two need not exist"
    assert missing(listing(ONE, total=5), listing(OTHER, total=5), STUB) == 3


def test_a_mixed_list_that_is_left_early_lacks_the_rest() -> None:
    news = [listing((f"/nb/t202301{day}_7.html", "县政府召开会议"), total=9) for day in range(10, 13)]
    assert missing(listing(ONE, total=9), *news) == 5


def test_more_pages_than_are_walked_are_missing() -> None:
    walk = Walk(platform_of(listing(total=100)))
    walk.take(listing(ONE, total=100))
    for day in range(100, 200):
        if walk.next():
            walk.take(listing((f"/nb/t20220{day}_3.html", TITLES[2021]), total=100))
    assert walk.missing_pages == 40


def test_a_last_page_that_links_to_itself_or_to_nothing_is_the_last() -> None:
    linked = page("/nb/", f'<a href="{ONE[0]}">{ONE[1]}</a><a href="?page=2">下一页</a>')
    assert missing(linked, linked) == 0
    assert missing(linked, STUB) == 0


def test_groups_of_rows_that_a_family_asks_for_in_vain_are_missing() -> None:
    embedded = "".join(
        f'<record><![CDATA[<a href="/art/2023/2/{day}/art_1_{day}.html">{TITLES[2000 + day]}</a>]]></record>'
        for day in range(8, 23)
    )
    script = "<script>f.jpage({totalRecord:47, perPage:15, proxyUrl:'/module/web/jpage/dataproxy.jsp'})</script>"
    column = page("/col/col1/index.html", f"<datastore>{embedded}</datastore>{script}")
    empty = page("/module/web/jpage/dataproxy.jsp", "<datastore></datastore>")
    assert missing(column, empty) == 3


def test_rows_that_a_list_says_it_has_and_that_nothing_leads_to_are_missing() -> None:
    row = f'<li><a href="{ONE[0]}">{ONE[1]}</a>'
    for said in ("<p>共 87 条", "<script>var totalCount = 87;</script>", "<b>共有87条记录</b>"):
        one = page("/nb/", row + said)
        assert platform_of(one).missing_rows(one) == 86
    like = row + '<li><a href="/nb/t20240131_2.html">通知</a><p>共 2 条'
    assert platform_of(page("/nb/", like)).missing_rows(page("/nb/", like)) == 0
    for said in ("<p>共 1 条", "<p>共 0 条", "", '<p>共 87 条 <a href="?page=2">下一页</a>'):
        one = page("/nb/", row + said)
        assert platform_of(one).missing_rows(one) == 0
