"""TRS WCM (拓尔思), static lists: the first page is ``index``, the total is in a script, page files count from 0 or 1.

The dialects of the pager are those seen on real portals; the first one that fits a page is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from crawler.pages import Page
from crawler.platforms.generic import Generic

MOST_PAGES = 60
ARTICLE = re.compile(r"/(?:\d{6}/)?t(?:\d{8}_)?\d{5,}(?:_\d+)?\.s?html?$")
FINGERPRINT = re.compile(
    r"createPage(?:HTML)?\s*\(|Pager\(\{|\bcountPage\b|\bpager_options\b|\.trsapi\b|TRS_Editor|CurrChnlCls"
)

NAMES = r"""["'](?P<name>[\w-]+)["']\s*,\s*["'](?P<suffix>s?html?)["']"""
PAGERS = [
    # createPageHTML('page_div', 3, 1, 'list', 'shtml', 47): the second page is list_2
    (re.compile(rf"createPageHTML\s*\(\s*['\"][\w-]+['\"]\s*,\s*(?P<total>\d+)\s*,\s*\d+\s*,\s*{NAMES}"), 2),
    # createPageHTML(3, 0, "index", "shtml") and createPage(…): the second page is index_1
    (re.compile(rf"createPage(?:HTML)?\s*\(\s*(?P<total>\d+)\s*,\s*\d+\s*,\s*{NAMES}"), 1),
    # Tianjin's pager_options with countPage: parseInt('3'), PAGE_NAME: 'index' and PAGE_EXT: 'html'
    (
        re.compile(
            r"countPage\s*:\s*(?:parseInt\()?['\"]?(?P<total>\d+).*?"
            r"PAGE_NAME\s*:\s*['\"](?P<name>[\w-]+)['\"].*?PAGE_EXT\s*:\s*['\"](?P<suffix>s?html?)",
            re.DOTALL,
        ),
        1,
    ),
    # Beijing's Pager, called with size: 3, prefix: 'index' and suffix: 'html'
    (
        re.compile(
            r"Pager\(\{.*?size\s*:\s*(?P<total>\d+).*?"
            r"prefix\s*:\s*['\"](?P<name>[\w-]+)['\"].*?suffix\s*:\s*['\"](?P<suffix>s?html?)",
            re.DOTALL,
        ),
        1,
    ),
    # listModel({maxStaticIndex: 1, …}) of list2.trsapi: the pages after these are loaded by POST
    (re.compile(r"\bmaxStaticIndex\s*:\s*['\"]?(?P<total>\d+)"), 1),
    # var countPage = 3, the names of the files spelled out in the script or taken from the page's own address
    (re.compile(r"\bcountPage\s*=\s*(?P<total>\d+)"), 1),
]
RECORDS = re.compile(r"recordCount\s*:\s*['\"]?(?P<records>\d+)")
PER_PAGE = re.compile(r"prepage\s*:\s*['\"]?(?P<rows>\d+)")
STATIC_PAGES = re.compile(r"maxStaticIndex\s*:\s*['\"]?(?P<pages>\d+)")


@dataclass(frozen=True, slots=True)
class _Pager:
    """``total`` pages; page 2 is ``<name>_<second>.<suffix>``."""

    total: int
    name: str
    suffix: str
    second: int


class Trs(Generic):
    """Static lists of TRS WCM."""

    name = "trs"

    def recognises(self, page: Page) -> bool:
        """Whether a script, a class or an article address of TRS WCM is on the page."""
        return bool(FINGERPRINT.search(page.source)) or any(ARTICLE.search(link.url) for link in page.links)

    def further_pages(self, page: Page) -> list[str]:
        """The pages after the first, from the total that the pager states; nothing is probed."""
        pager = _pager(page)
        if pager is None:
            return super().further_pages(page)
        numbers = range(pager.second, pager.second + min(pager.total, MOST_PAGES) - 1)
        return [urljoin(page.url, f"{pager.name}_{number}.{pager.suffix}") for number in numbers]

    def missing_rows(self, page: Page) -> int:
        """The rows that ``list2.trsapi`` loads by POST: the stated record count less what static pages hold."""
        stated, per_page = RECORDS.search(page.source), PER_PAGE.search(page.source)
        if stated is None or per_page is None:
            return 0
        pages = STATIC_PAGES.search(page.source)
        static = int(per_page["rows"]) * max(int(pages["pages"]) if pages else 1, 1)
        return max(int(stated["records"]) - static, 0)


def _pager(page: Page) -> _Pager | None:
    for pattern, second in PAGERS:
        match = pattern.search(page.source)
        if match:
            groups = match.groupdict()
            name, suffix = groups.get("name") or "index", groups.get("suffix") or _suffix(page)
            return _Pager(int(groups["total"]), name, suffix, second)
    return None


def _suffix(page: Page) -> str:
    """The suffix of the page files when the pager does not state it: that of the page, else of its articles."""
    for url in (page.url, *(link.url for link in page.links if ARTICLE.search(link.url))):
        suffix = urlsplit(url).path.rpartition(".")[2]
        if re.fullmatch(r"s?html?", suffix):
            return suffix
    return "html"
