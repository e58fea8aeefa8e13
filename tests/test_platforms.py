"""How lists page, dialect by dialect."""

from pathlib import Path

import pytest

from crawler.asks import Ask
from crawler.pages import Page
from crawler.platforms import platform_of

HERE = "http://a.gov.cn/zfxxgknb/"
BEIJING = "Pager({size: 3, current: 0, prefix: 'index', suffix: 'html'});"
TIANJIN = "{currentPage: parseInt('0')+1, countPage: parseInt('3}'), PAGE_NAME: 'index', PAGE_EXT: 'html'}"


def page(script: str, url: str = HERE, rows: str = "") -> Page:
    return Page(url, f"<html>{rows}<script>{script}</script>".encode())


def names(script: str, url: str = HERE, rows: str = "") -> list[str]:
    one = page(script, url, rows)
    return [further.url.removeprefix(HERE) for further in platform_of(one).further(one)]


def test_a_page_without_anything_has_no_rows_and_no_further_pages() -> None:
    empty = Page(HERE, b"")
    platform = platform_of(empty)
    assert platform.name == "generic"
    assert (platform.rows(empty), platform.further(empty), platform.missing_rows(empty)) == ([], [], 0)


@pytest.mark.parametrize(
    ("script", "further"),
    [
        ('createPageHTML(3, 0, "index", "shtml");', ["index_1.shtml", "index_2.shtml"]),
        ('createPageHTML(3, 0, "index", "shtml", "black2", 47);', ["index_1.shtml", "index_2.shtml"]),
        ("createPageHTML('paging', 3, 1, 'index', 'html', 47);", ["index_2.html", "index_3.html"]),
        ("createPageHTML('page_div', 3, 1, 'list', 'shtml', 47);", ["list_2.shtml", "list_3.shtml"]),
        ('createPage(3, 0, "index", "html", 47)', ["index_1.html", "index_2.html"]),
        (TIANJIN, ["index_1.html", "index_2.html"]),
        (BEIJING, ["index_1.html", "index_2.html"]),
        ("var currentPage = 0;var countPage = 3//共多少页", ["index_1.html", "index_2.html"]),
        ('createPageHTML(1, 0, "index", "html");', []),
        ('createPageHTML(0, 0, "index", "html");', []),
        ("function createPageHTML(_nPageCount, _nCurrIndex) {}", []),
    ],
)
def test_the_total_is_read_from_the_pager(script: str, further: list[str]) -> None:
    assert names(script) == further


def test_page_files_have_the_suffix_of_the_articles_when_the_pager_says_none() -> None:
    row = '<li><a href="./202301/t20230119_2136694.shtml">甲县2022年政府信息公开工作年度报告</a>'
    assert names("var countPage = 2;", rows=row) == ["index_1.shtml"]
    assert names("var countPage = 2;", url=f"{HERE}index.htm") == ["index_1.htm"]


def test_a_pager_that_lies_is_not_followed_for_ever() -> None:
    assert len(names('createPageHTML(99999, 0, "index", "html");')) == 59


def test_a_link_that_says_next_page_is_followed_everywhere() -> None:
    plain = Page(HERE, '<a href="?page=2">下一页</a><a href="?page=9">尾页</a>'.encode())
    assert platform_of(plain).further(plain) == [Ask(f"{HERE}?page=2")]


def test_the_registry_may_name_the_platform() -> None:
    assert platform_of(Page(HERE, b""), "trs").name == "trs"
    assert platform_of(page('createPageHTML(3, 0, "index", "html");'), "unheard_of").name == "trs"


def test_a_real_list_that_loads_its_rest_by_script_says_how_much_is_missing(shared_samples: Path) -> None:
    body = (shared_samples / "pingtan-list.html").read_bytes()
    pingtan = Page("https://www.pingtan.gov.cn/zwgk/zfxxgk/zfxxgknb/nlist.htm", body)
    platform = platform_of(pingtan)
    rows = platform.rows(pingtan)
    assert platform.name == "trs"
    assert [(row.url.rpartition("/")[2], row.date) for row in rows[:2]] == [
        ("t20260313_105587.htm", "2026-03-10"),
        ("t20250310_97791.htm", "2025-03-10"),
    ]
    assert len(rows) == 10
    assert platform.missing_rows(pingtan) == 10
    assert platform.further(pingtan) == []


def test_a_real_list_mixed_with_news_gives_its_reports_only(shared_samples: Path) -> None:
    ordos = Page("http://egb.ordos.gov.cn/xxgk/xxgknb/", (shared_samples / "ordos-list.html").read_bytes())
    platform = platform_of(ordos)
    assert [(row.label, row.date) for row in platform.rows(ordos)] == [
        ("鄂尔多斯市2019年政府信息公开工作年度报告", "2020-09-03"),
        ("鄂尔多斯市人民政府办公室2019年政府信息公开工作年度报告", "2020-03-11"),
        ("鄂尔多斯市2018年政府信息公开年度报告", "2019-05-30"),
        ("内蒙古自治区2018年政府信息公开工作年度报告", "2019-05-30"),
    ]
    assert platform.further(ordos) == [Ask("http://egb.ordos.gov.cn/xxgk/xxgknb/index_1.html")]
