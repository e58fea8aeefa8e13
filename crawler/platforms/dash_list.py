"""Lists ``/xxgk-list-….html``: a script posts the list's description and gets its rows as JSON.

An answer is ``{"data": [{"url", "title", "inputtime"}]}``.
"""

from __future__ import annotations

import re

from crawler.addresses import absolute
from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms.answers import Keys, inside
from crawler.platforms.generic import Generic

SERVICE = re.compile(r"/api-ajax_list-(\d+)\.html")
DESCRIPTION = re.compile(r"ajax_type\b(?:\[\])?[\"']?\s*[:=]\s*\[(.{0,1000}?)\]", re.DOTALL)
WORD = re.compile(r"""["']([^"']*)["']|(-?\d+)""")
DATE_FORMAT, SIZE_AFTER = "Y-m-d", 2  # behind the format of the date stand the length of titles and the rows a page
KEYS = Keys(url=("url",), title=("title",), date=("inputtime",))


class DashList(Generic):
    """Lists of ``api-ajax_list``."""

    def _entries(self, page: Page) -> list[Link]:
        """The links of the page, or the rows of an answer."""
        return super()._entries(page) if page.data is None else KEYS.rows(inside(page.data, "data"), page)

    def further(self, page: Page) -> list[Ask]:
        """The first page by the description in the script, then the next as long as the pages are full."""
        if page.data is None:
            return self._first(page) or super().further(page)
        turn = SERVICE.search(page.url)
        size = _size(page.ask.body.decode())
        if turn is None or len(self.entries(page)) < size:
            return []
        address = page.url.replace(turn[0], f"/api-ajax_list-{int(turn[1]) + 1}.html")
        return [Ask(address, "POST", page.ask.body, page.ask.headers)]

    def _first(self, page: Page) -> list[Ask]:
        description = DESCRIPTION.search(page.source)
        if description is None or self.rows(page):
            return []
        words = [quoted or plain for quoted, plain in WORD.findall(description[1])]
        fields = [*(("ajax_type[]", word) for word in words), ("is_ds", "1")]
        return [Ask.form(absolute(page.url, "/api-ajax_list-1.html"), fields, page.url)]


def _size(body: str) -> int:
    words = [part.partition("=")[2] for part in body.split("&")]
    at = words.index(DATE_FORMAT) + SIZE_AFTER if DATE_FORMAT in words else len(words)
    return int(words[at]) if at < len(words) and words[at].isdecimal() else 1
