"""Where the walk over a list of several pages ends, and which of them may be missing."""

from crawler.asks import Ask
from crawler.pages import Page
from crawler.platforms import platform_of
from crawler.walk import Walk
from tests.listings import HOST, TITLES, page


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
