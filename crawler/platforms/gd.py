"""Guangdong's common platform (gkmlpt): an application whose page names its columns, and an interface in JSON.

The page defines ``window._CONFIG = {APP_URL, SID, TREE: [{id, name, …}]}``; the interface answers 100 rows a page:
``{"total", "articles": [{"title", "url", "post_url", "type", "publisher", "create_time", …}]}``.
"""

from __future__ import annotations

import re

from crawler.addresses import absolute
from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms.answers import Keys, inside, number, parameters, with_parameters
from crawler.platforms.generic import Generic
from crawler.platforms.pagers import MOST_PAGES

APP = re.compile(r"""["']?APP_URL["']?\s*:\s*["']([^"']+)""")
SITE = re.compile(r"""["']?SID["']?\s*:\s*["']?(\w+)""")
COLUMN = re.compile(r"\{[^{}]{0,1000}(?:年报|年度报告)[^{}]{0,1000}")  # one column of the tree, its keys in any order
NUMBER = re.compile(r"""["']?\bid["']?\s*:\s*["']?(\d+)""")
NAME = re.compile(r"""["']?\bname["']?\s*:\s*["']([^"']*(?:年报|年度报告)[^"']*)""")
ROWS = 100
# The date is that of the document; create_time is when it was published. A row of type url is a link elsewhere.
KEYS = Keys(
    url=("post_url", "url"),
    title=("title",),
    date=("create_time", "first_publish_time", "date"),
)


class Gd(Generic):
    """Columns of gkmlpt, and the static lists beside it."""

    def _entries(self, page: Page) -> list[Link]:
        """The links of a static list, or the articles of an answer."""
        return super()._entries(page) if page.data is None else KEYS.rows(inside(page.data, "articles"), page)

    def further(self, page: Page) -> list[Ask]:
        """The other pages of an answer, by its total; page 0 is page 1 again."""
        if page.data is None:
            return super().further(page)
        current = number(parameters(page.url).get("page"), 1)
        pages = min(-(-number(inside(page.data, "total")) // ROWS), MOST_PAGES)
        return [Ask(with_parameters(page.url, {"page": turn})) for turn in range(current + 1, pages + 1)]

    def leads(self, page: Page) -> list[Link]:
        """The columns of annual reports in the tree of the application."""
        app, site = APP.search(page.source), SITE.search(page.source)
        if app is None or site is None:
            return []
        base = absolute(page.url, app[1].replace("\\/", "/")).rstrip("/")
        columns = ((NUMBER.search(column), NAME.search(column)) for column in COLUMN.findall(page.source))
        return [
            Link(f"{base}/api/all/{number[1]}?page=1&sid={site[1]}", name[1])
            for number, name in columns
            if number and name
        ]
