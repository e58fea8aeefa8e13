"""Hanweb since 2021 (jpaas): a script asks for the list in pieces, and only ``paramJson`` turns the pages.

An answer is ``{"data": {"html": "<ul>…<div class='page' count='47' pageNo='2'>"}}``.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

from crawler.addresses import absolute
from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page, parsed
from crawler.platforms.answers import inside, number, parameters, with_parameters
from crawler.platforms.generic import Generic

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
ADDRESS = re.compile(r"""url\s*=\s*["']([^"']*jpaas-publish-server[^"'?]*)""")
QUERY = re.compile(r"""queryData\s*=\s*["']?\{(.{0,1000}?)\}""", re.DOTALL)
FIELD = re.compile(r"""['"](\w+)['"]\s*:\s*['"]([^'"]*)['"]""")
COUNT = re.compile(r"""\bcount=["']?(\d+)""")
ROWS = 15
ORDER = ("parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId")


class Jpaas(Generic):
    """Lists of Hanweb's jpaas."""

    def _entries(self, page: Page) -> list[Link]:
        """The rows on the page, or in the piece of HTML that an answer brings."""
        return super()._entries(page) if page.data is None else page.links_in(_html(page))

    def further(self, page: Page) -> list[Ask]:
        """The next piece, as long as the count on the page says that there are more rows."""
        if page.data is not None:
            turned = number(inside(parsed(parameters(page.url).get("paramJson", "")), "pageNo"), 1)
            more = turned * ROWS < _count(_html(page))
            return [Ask(_turn(page.url, turned + 1), headers=page.ask.headers)] if more else []
        address = _address(page)
        if address is None:
            return super().further(page)
        if not self.rows(page):
            return [Ask.get(_turn(address, 1), page.url)]
        return [Ask.get(_turn(address, 2), page.url)] if _count(page.source) > ROWS else []


def _address(page: Page) -> str | None:
    """The address of the list's pieces, made of what the script on the page holds ready."""
    stated, fields = ADDRESS.search(page.source), QUERY.search(page.source)
    if fields is None:
        return None
    words = {"pageType": "column", "editType": "null", **dict(FIELD.findall(fields[1]))}
    address = absolute(page.url, stated[1] if stated else UNIT)
    return f"{address}?{urlencode({name: words[name] for name in ORDER if name in words})}"


def _turn(address: str, number: int) -> str:
    turning = json.dumps({"pageNo": number, "pageSize": ROWS}, separators=(",", ":"))
    return with_parameters(address, {"paramJson": turning})


def _html(page: Page) -> str:
    return str(inside(page.data, "data", "html") or "")


def _count(source: str) -> int:
    match = COUNT.search(source)
    return int(match[1]) if match else 0
