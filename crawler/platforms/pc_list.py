"""Lists ``/pc/list.html``: the rows are a JavaScript array with JSON in a string, and not in the markup."""

from __future__ import annotations

import re

from crawler.addresses import absolute
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms.answers import iso_date
from crawler.platforms.generic import Generic
from pipelines.text import squeeze

ARRAY = re.compile(r"articleList\s*[:=]\s*\[(.*)", re.DOTALL)
START = re.compile(r"""["']?\btitle["']?\s*:\s*""")  # each object is taken from its title to the next one's
TITLE = re.compile(r"""(["'])(.*?)\1""", re.DOTALL)
DATE = re.compile(r"""pubDate["']?\s*:\s*["']?([^"',}]*)""")
ADDRESS = re.compile(r"""\\?"pc\\?"\s*:\s*\\?"((?:[^"\\]|\\/)+)""")


class PcList(Generic):
    """Lists of the embedded array."""

    def _entries(self, page: Page) -> list[Link]:
        """The rows of the array; of a page without one, its links."""
        array = ARRAY.search(page.source)
        if array is None:
            return super()._entries(page)
        return [row for item in START.split(array[1])[1:] if (row := _row(item, page.url))]


def _row(item: str, base: str) -> Link | None:
    title, date, address = TITLE.match(item), DATE.search(item), ADDRESS.search(item)
    if title is None or address is None:
        return None
    url = absolute(base, address[1].replace("\\/", "/"))
    return Link(url, squeeze(title[2]), iso_date(date[1].strip()) if date else None)
