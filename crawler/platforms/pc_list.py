"""Lists ``/pc/list.html``: the rows are a JavaScript array with JSON in a string, and not in the markup."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawler.links import Link
from crawler.pages import Page
from crawler.platforms.answers import iso_date
from crawler.platforms.generic import Generic
from pipelines.text import squeeze

ARRAY = re.compile(r"articleList\s*[:=]\s*\[(.*)", re.DOTALL)
ROW = re.compile(
    r"""["']?title["']?\s*:\s*(?P<quote>["'])(?P<title>.{0,300}?)(?P=quote)
        .{0,2000}?["']?pubDate["']?\s*:\s*["']?(?P<date>[^"',}]*)
        .{0,2000}?\\?"pc\\?"\s*:\s*\\?"(?P<url>(?:[^"\\]|\\/)+)""",
    re.DOTALL | re.VERBOSE,
)


class PcList(Generic):
    """Lists of the embedded array."""

    def entries(self, page: Page) -> list[Link]:
        """The rows of the array; of a page without one, its links."""
        array = ARRAY.search(page.source)
        if array is None:
            return super().entries(page)
        return [
            Link(
                urljoin(page.url, row["url"].replace("\\/", "/")), squeeze(row["title"]), iso_date(row["date"].strip())
            )
            for row in ROW.finditer(array[1])
        ]
