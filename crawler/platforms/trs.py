"""TRS WCM (拓尔思): static lists. Some hold their first pages only and load the others by a POST that none spells."""

from __future__ import annotations

import re

from crawler.pages import Page
from crawler.platforms.generic import Generic

RECORDS = re.compile(r"recordCount\s*:\s*['\"]?(?P<records>\d+)")
PER_PAGE = re.compile(r"prepage\s*:\s*['\"]?(?P<rows>\d+)")
STATIC_PAGES = re.compile(r"maxStaticIndex\s*:\s*['\"]?(?P<pages>\d+)")


class Trs(Generic):
    """Static lists of TRS WCM."""

    def missing_rows(self, page: Page) -> int:
        """The rows that ``list2.trsapi`` loads: the stated record count less what the static pages hold."""
        stated, per_page = RECORDS.search(page.source), PER_PAGE.search(page.source)
        if stated is None or per_page is None:
            return super().missing_rows(page)
        pages = STATIC_PAGES.search(page.source)
        static = int(per_page["rows"]) * max(int(pages["pages"]) if pages else 1, 1)
        return max(int(stated["records"]) - static, 0)
