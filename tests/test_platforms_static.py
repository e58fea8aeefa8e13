"""Families whose lists are plain pages: their rows in order, the further pages, and what is missing."""

import base64
from pathlib import Path

import pytest
import yaml

from crawler.platforms import platform_of
from tests.listings import TITLES, further, page, row, rows

ENCODED = base64.b64encode(b'createPageHTML(3, 0, "index", "html");').decode()
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


@pytest.mark.parametrize(
    ("path", "pager", "addresses"),
    [
        ("/nb/", "<script>createPageHTML('paging', 2, 0 + 1, 'index', 'html', 27)</script>", ["/nb/index_2.html"]),
        ("/list.asp?s=1", '<a href="?s=1&page=2">[下一页]</a>', ["/list.asp?s=1&page=2"]),
        ("/list.asp?s=1", '<a href="?s=1&page=2">下一页 &raquo;</a>', ["/list.asp?s=1&page=2"]),
        ("/list.asp?s=1", '<a href="?s=1&page=1">1</a><a href="?s=1&page=2">2</a>', ["/list.asp?s=1&page=2"]),
        ("/nb/index_2.html", '<a href="index_3.html">&gt;</a><a href="index_3.html">尾页</a>', ["/nb/index_3.html"]),
        ("/nb/", '<a href="index.html">下一页</a><a href="index.html">尾页</a>', []),
        ("/nb/index.jhtml", """1/2页 <a onclick="location.href='index_2.jhtml'">下一页</a>""", ["/nb/index_2.jhtml"]),
        ("/nb/list.html", '<p pagecount="2"><a href="2.html">2</a>', ["/nb/2.html"]),
    ],
)  # fmt: skip
def test_a_linked_page_is_believed_before_a_guessed_one(path: str, pager: str, addresses: list[str]) -> None:
    assert further(page(path, pager)) == addresses


def test_a_total_without_addresses_is_told_in_pages() -> None:
    listing = page("/nb/", f"{row('/nb/184762.html', 2023)}<p>共3页")
    platform = platform_of(listing)
    assert (platform.further(listing), platform.stated_pages(listing), platform.missing_rows(listing)) == ([], 3, 0)


def test_the_pages_of_boda_lead_no_further() -> None:
    assert further(page("/zfxxgk/zfxxgknb/3.htm", '<span class="p_t">2/4</span>')) == []


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
