"""UCAP (开普): static lists ``list.shtml``, ``list_2.shtml``; where a list is filled by script, a search in JSON.

The search answers ``{"data": {"total", "rows", "page", "results": [{"title", "url", "publishedTimeStr", …}]}}``.
"""

from __future__ import annotations

from crawler.addresses import absolute
from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms.answers import Keys, inside, number, with_parameters
from crawler.platforms.generic import Generic

SEARCH = (
    "/common/search/{channel}?_isAgg=true&_isJson=true&_pageSize={rows}"
    "&_template=index&_rangeTimeGte=&_channelName=&page=1"
)
ROWS = 20
KEYS = Keys(url=("url",), title=("title",), date=("publishedTimeStr",))


class Ucap(Generic):
    """Lists of UCAP."""

    def _entries(self, page: Page) -> list[Link]:
        """The rows of the static page, or of an answer of the search."""
        return super()._entries(page) if page.data is None else KEYS.rows(inside(page.data, "data", "results"), page)

    def further(self, page: Page) -> list[Ask]:
        """The static pages; of a page that shows no report, the search by the channel that its meta tag names."""
        if page.data is not None:
            return self._next_of_search(page)
        channel = page.meta.get("channelid")
        if self.rows(page) or not channel:
            return super().further(page)
        return [Ask.get(absolute(page.url, SEARCH.format(channel=channel, rows=ROWS)), page.url)]

    def _next_of_search(self, page: Page) -> list[Ask]:
        total, rows, current = (number(inside(page.data, "data", key)) for key in ("total", "rows", "page"))
        if current * (rows or ROWS) >= total:
            return []
        return [Ask(with_parameters(page.url, {"page": current + 1}), headers=page.ask.headers)]
