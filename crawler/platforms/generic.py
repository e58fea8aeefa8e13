"""Any page with links: rows are the links whose label is a report's title; the pager says 下一页."""

from __future__ import annotations

import re

from crawler.pages import Link, Page
from crawler.rows import is_report_row

NEXT_PAGE = re.compile(r"^(?:下一?页|下页|>|›|»|next)$", re.IGNORECASE)


class Generic:
    """The adapter that fits every portal; the others add what their product does differently."""

    name = "generic"

    def recognises(self, page: Page) -> bool:
        """Whether this adapter knows the page's product."""
        return True

    def rows(self, page: Page) -> list[Link]:
        """The rows of a list page that are reports, in order."""
        return [link for link in page.links if is_report_row(link)]

    def further_pages(self, page: Page) -> list[str]:
        """The addresses of the pages of this list that follow, in order."""
        return [link.url for link in page.links if NEXT_PAGE.match(link.label) and link.url != page.url]

    def missing_rows(self, page: Page) -> int:
        """How many rows the list says it has that its static pages do not hold."""
        return 0
