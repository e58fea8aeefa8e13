"""truecms (Nantong, Lianyungang): records of a datastore inside JSONP, and none without the column's referer."""

from __future__ import annotations

import re

from crawler.addresses import absolute
from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms.answers import inside, number, parameters, with_parameters
from crawler.platforms.generic import Generic
from crawler.platforms.hanweb import records, total_of

SERVICE = re.compile(r"""["']([^"'\s?]*messageController/getMessage\.do)""")
COLUMN = re.compile(r"""columnId["']?\s*[:=]\s*["']?([\w-]+)""")
ROWS = 20  # some hosts give more, some ten whatever is asked


class Truecms(Generic):
    """Lists of truecms."""

    def _entries(self, page: Page) -> list[Link]:
        """The links of the page, or the records of an answer."""
        return super()._entries(page) if page.data is None else records(page, _datastore(page))

    def further(self, page: Page) -> list[Ask]:
        """The next records, counted on from what the last answer really brought."""
        if page.data is not None:
            start = number(parameters(page.url).get("startrecord"), 1) + len(self.entries(page))
            return _from(page.url, start, page.ask.headers) if start <= total_of(_datastore(page)) else []
        service, column = SERVICE.search(page.source), COLUMN.search(page.source)
        if not service or not column:
            return super().further(page)
        address = f"{absolute(page.url, service[1])}?columnId={column[1]}&callback=cb"
        return _from(address, 1, Ask.get(address, page.url).headers)


def _from(address: str, start: int, headers: tuple[tuple[str, str], ...]) -> list[Ask]:
    turn = {"startrecord": start, "endrecord": start + ROWS - 1, "perpage": ROWS}
    return [Ask(with_parameters(address, turn), headers=headers)]


def _datastore(page: Page) -> str:
    return str(inside(page.data, "result") or "")
