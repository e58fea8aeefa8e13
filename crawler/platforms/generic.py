"""Any page with links: rows are the links whose label is a report's title; the pager states a total or says 下一页."""

from __future__ import annotations

import re

from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms.family import GENERIC, Evidence, Family
from crawler.platforms.pagers import pager_of
from crawler.rows import is_article, is_report_row

NEXT_PAGE = re.compile(r"^(?:下一?页|下页|>|›|»|next)$", re.IGNORECASE)
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

    def evidence(self, page: Page) -> Evidence:
        """How surely a page was made by this product."""
        return self.family.evidence(page)

    def entries(self, page: Page) -> list[Link]:
        """All rows of a page, reports or not, in order."""
        return [link for link in page.links if is_article(link.url) or is_report_row(link)]

    def rows(self, page: Page) -> list[Link]:
        """The rows of a page that are reports, in order."""
        return [link for link in self.entries(page) if is_report_row(link)]

    def further(self, page: Page) -> list[Ask]:
        """The requests that bring the rest of the list, in order, as far as this page tells them."""
        pager = pager_of(page, self.family)
        addresses = pager.addresses(page, self.family) if pager else []
        return [Ask(url) for url in addresses or _next_page(page)]

    def leads(self, page: Page) -> list[Link]:
        """Lists that the page knows of and has no link to."""
        return []

    def missing_rows(self, page: Page) -> int:
        """About how many rows the list says it has that no request known to us brings."""
        pager = pager_of(page, self.family)
        return 0 if pager is None or self.further(page) else max(pager.total - 1, 0) * len(self.rows(page))

    def is_scripted(self, page: Page) -> bool:
        """Whether a page without rows may show some to a browser: its rows are templates that a script fills."""
        return self.family.scripted or bool(TEMPLATE.search(page.source))


def _next_page(page: Page) -> list[str]:
    return [link.url for link in page.links if NEXT_PAGE.match(link.label) and link.url != page.url]
