"""Hanweb since 2021 (jpaas): a script asks for the list in pieces, and only ``paramJson`` turns the pages.

An answer is ``{"data": {"html": "<ul>…<div class='page' count='47' pageNo='2'>"}}``.
"""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlencode, urljoin

from crawler.asks import Ask
from crawler.pages import Link, Page
from crawler.platforms.answers import inside, number, parameters
from crawler.platforms.generic import Generic

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
ADDRESS = re.compile(r"""url\s*=\s*["']([^"']*jpaas-publish-server[^"'?]*)""")
QUERY = re.compile(r"""queryData\s*=\s*["']?\{(.*?)\}""", re.DOTALL)
FIELD = re.compile(r"""['"](\w+)['"]\s*:\s*['"]([^'"]*)['"]""")
COUNT = re.compile(r"""\bcount=["']?(\d+)""")
ROWS = 15
ORDER = ("parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId")


class Jpaas(Generic):
    """Lists of Hanweb's jpaas."""

    def entries(self, page: Page) -> list[Link]:
        """The rows on the page, or in the piece of HTML that an answer brings."""
        return super().entries(page) if page.data is None else page.links_in(_html(page))

    def further(self, page: Page) -> list[Ask]:
        """The next piece, as long as the count on the page says that there are more rows."""
        if page.data is not None:
            turned = json.loads(parameters(page.url).get("paramJson", "{}")).get("pageNo", 1)
            return self._piece(page, turned + 1, _count(_html(page)))
        if not QUERY.search(page.source):
            return super().further(page)
        return self._piece(page, 2 if self.rows(page) else 1, _count(page.source))

    def _piece(self, page: Page, turn: int, count: int) -> list[Ask]:
        if turn > 1 and (turn - 1) * ROWS >= count:
            return []
        if page.data is not None:
            address, query = page.url.partition("?")[0], parameters(page.url)
            headers = page.ask.headers
        else:
            stated, fields = ADDRESS.search(page.source), QUERY.search(page.source)
            address = urljoin(page.url, stated[1] if stated else UNIT)
            query = {"pageType": "column", "editType": "null", **dict(FIELD.findall(fields[1] if fields else ""))}
            headers = Ask.get(address, page.url).headers
        words = {name: query[name] for name in ORDER if name in query}
        turning = json.dumps({"pageNo": turn, "pageSize": ROWS}, separators=(",", ":"))
        return [Ask(f"{address}?{urlencode(words)}&paramJson={quote(turning)}", headers=headers)]


def _html(page: Page) -> str:
    return str(inside(page.data, "data", "html") or "")


def _count(source: str) -> int:
    match = COUNT.search(source)
    return number(match[1]) if match else 0
