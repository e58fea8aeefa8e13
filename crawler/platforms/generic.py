"""Any page with links: rows are the links whose label is a report's title; the pager states a total or says 下一页."""

from __future__ import annotations

import re

from crawler.addresses import absolute, folder_page, masked
from crawler.asks import Ask
from crawler.links import Link
from crawler.organs import organ_of
from crawler.pages import Page
from crawler.platforms.embedded import embedded_rows
from crawler.platforms.family import GENERIC, Family
from crawler.platforms.pagers import pager_of, stated_rows
from crawler.rows import is_article, is_report_row, may_be_report_row
from crawler.scoring import names_a_part
from pipelines.years import YEAR

NEXT_PAGE = re.compile(r"\W*(?:下一?页|后一?页|next(?:page)?)\W*|[>›»]", re.IGNORECASE)
LAST_PAGE = re.compile(r"\W*(?:[尾末]页|最后一?页)\W*")
PAGE_LABEL = re.compile(r"第?(\d+)页?")
LAST_NUMBER = re.compile(r"(\d+)\D*$")
ASKS = re.compile(r"\$\.(?:ajax|get|post|getJSON)\s*\(|\bfetch\s*\(|\baxios\b|new XMLHttpRequest")
MARKUP = re.compile(r"['\"`]\s*<(?:li|tr|dl|dd|div|p|a)\b")
WRITES = re.compile(r"\.(?:append|html)\s*\(|\.innerHTML\b")
TEMPLATE = re.compile(r"\b(?:ms-repeat|ms-for|v-for|ng-repeat)\s*=|\{\{[^{}]{1,80}\}\}")


class Generic:
    """The adapter that fits every portal; the others add what their product does differently.

    A page is a first page of a list, or the answer to one of the requests that ``further`` gave for it.
    """

    def __init__(self, family: Family = GENERIC) -> None:
        self.family = family

    @property
    def name(self) -> str:
        """The family's name, as the registry may give it."""
        return self.family.name

    def entries(self, page: Page) -> list[Link]:
        """All rows of a page, reports or not, in order."""
        return page.once(("entries", self.name), lambda: self._entries(page))

    def _entries(self, page: Page) -> list[Link]:
        links = [link for link in page.links if is_article(link.url) or is_report_row(link)]
        return links if any(map(is_report_row, links)) else [*links, *embedded_rows(page)]

    def rows(self, page: Page, *, in_column: bool = False) -> list[Link]:
        """The rows of a page that are reports, in order; in the report's own column also those that may be one."""
        entries = self.entries(page)
        of_a_year = in_column and bool(YEAR.search(page.title))
        return [
            link
            for link in entries
            if is_report_row(link)
            or (in_column and may_be_report_row(link))
            or (of_a_year and organ_of(link.label) and is_article(link.url))  # the bodies that reported on the year
        ]

    def further(self, page: Page) -> list[Ask]:
        """The requests that bring the rest of the list, in order, as far as this page tells them."""
        pager = pager_of(page, self.family)
        stated = pager.addresses(page, self.family) if pager else []
        linked = _next_page(page) or _numbered_pages(page)
        return [Ask(url) for url in (stated if pager and pager.is_spelled else linked or stated)]

    @property
    def has_own_way(self) -> bool:
        """Whether the family asks for the rest of a list in its own way, and in as many requests as it says it has."""
        return type(self).further is not Generic.further

    def stated_pages(self, page: Page) -> int:
        """How many pages the list says it has; 0 where it does not say."""
        pager = None if self.has_own_way else pager_of(page, self.family)
        return pager.total if pager else 0

    def leads(self, page: Page) -> list[Link]:
        """Lists that the page knows of and has no link to."""
        return []

    def missing_rows(self, page: Page) -> int:
        """About how many rows the list says it has that no request known to us brings."""
        if self.further(page):
            return 0
        pager = pager_of(page, self.family) if self.has_own_way else None  # others count their pages as they are walked
        by_pages = max(pager.total - 1, 0) * len(self.rows(page)) if pager else 0
        stated = 0 if by_pages else stated_rows(page)
        return max(stated - self._rows_of_all_kinds(page), 0) if stated else by_pages

    def _rows_of_all_kinds(self, page: Page) -> int:
        """How many rows a page has, those included that are no reports and have addresses like theirs."""
        entries = self.entries(page)
        shapes = {masked(link.url) for link in entries}
        return len({link.url for link in page.links if masked(link.url) in shapes} | {link.url for link in entries})

    def is_scripted(self, page: Page) -> bool:
        """Whether a page without rows may show some to a browser: they are templates, or a script asks for them."""
        return self.family.scripted or bool(TEMPLATE.search(page.source)) or _asks_and_writes(page)


def _asks_and_writes(page: Page) -> bool:
    """Whether a script asks for something and writes it into the page, as rows are; a menu has its links already."""
    if any(names_a_part(link.label) for link in page.links):
        return False
    scripts = (piece.partition("</script")[0] for piece in page.source.split("<script")[1:])
    return any(ASKS.search(script) and MARKUP.search(script) and WRITES.search(script) for script in scripts)


def _next_page(page: Page) -> list[str]:
    """Where 下一页 leads; on the page before the last, where both lead to the same address, where 尾页 does."""
    others = [link for link in page.links if folder_page(link.url) != folder_page(page.url)]
    found = ([link.url for link in others if label.fullmatch(link.label)] for label in (NEXT_PAGE, LAST_PAGE))
    return next(filter(None, found), [])


def _numbered_pages(page: Page) -> list[str]:
    """The links in the page's own folder whose label is a number, and the last one in their address; none to page 1."""
    folder = absolute(page.url, ".")
    labelled = [(link, label[1]) for link in page.links if (label := PAGE_LABEL.fullmatch(link.label))]
    numbered = [link for link, number in labelled if number != "1" and _last_number(link.url) == number]
    return [link.url for link in numbered if absolute(link.url, ".") == folder and not is_article(link.url)]


def _last_number(url: str) -> str | None:
    last = LAST_NUMBER.search(url)
    return last[1] if last else None
