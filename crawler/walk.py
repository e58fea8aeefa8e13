"""Walking through the pages of one list, and knowing when it ends.

Portals answer a page that does not exist with the first page, with a stub, or with a 404: a list ends with the first
page that brings no new row, whatever its pager states.
"""

from __future__ import annotations

from collections import deque

from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms.generic import Generic
from crawler.platforms.pagers import MOST_PAGES
from pipelines.titles import look_alike_word

BARREN = 3  # pages in a row with other documents only, in a list that mixes them with reports
OFTEN_MISSING = 2  # of the pages that a pager states, so many at the end may not exist


class Walk:
    """The way through one list; every request is given once."""

    def __init__(self, platform: Generic, *, in_column: bool = False) -> None:
        self._platform = platform
        self._in_column = in_column
        self._asks: deque[Ask] = deque()
        self._given: set[Ask] = set()
        self._seen: set[str] = set()
        self._barren = 0
        self._taken = 0
        self._had = 0
        self._stated = 0
        self._left = 0
        self._found = False

    def take(self, page: Page) -> list[Link]:
        """Take in a page of the list; gives the rows on it that are reports and have not been seen before."""
        self._given.add(page.ask)
        self._taken += 1
        self._stated = max(self._stated, self._platform.stated_pages(page))
        entries = {entry.url for entry in self._platform.entries(page)} - self._seen
        fresh = [row for row in self._platform.rows(page, in_column=self._in_column) if row.url in entries]
        self._seen |= entries
        self._found = self._found or bool(fresh)
        self._barren = 0 if fresh else self._barren + 1
        self._had += bool(entries)
        if (entries or not self._found) and self._barren < BARREN:
            self._queue(self._platform.further(page))
        else:
            self._left = len(self._asks) + (self._platform.has_own_way and not entries)
            self._asks.clear()
        return fresh

    @property
    def missing_pages(self) -> int:
        """How many pages the list says it has that brought nothing, but for the last ones, which need not exist."""
        missing = max(self._stated - self._had, self._left)
        return missing if self._had == 1 or missing > OFTEN_MISSING else 0

    def passed_over(self, page: Page) -> list[Link]:
        """The rows of a page that speak of a report and are none: a notice about it, its explanation."""
        rows = {row.url for row in self._platform.rows(page, in_column=self._in_column)}
        others = (entry for entry in self._platform.entries(page) if entry.url not in rows)
        return [entry for entry in others if "信息公开" in entry.label and look_alike_word(entry.label)]

    def next(self) -> Ask | None:
        """The request for the next page; None at the end of the list."""
        return self._asks.popleft() if self._asks else None

    @property
    def may_be_missing(self) -> bool:
        """Whether the request just given is for one of the last pages, which need not exist.

        Where not even the second page was had, the pager may have been misread.
        """
        return self._found and self._taken > 1 and len(self._asks) < OFTEN_MISSING

    def _queue(self, asks: list[Ask]) -> None:
        for ask in asks:
            if ask not in self._given and len(self._given) < MOST_PAGES:
                self._given.add(ask)
                self._asks.append(ask)
