"""Epoint (新点): a list is asked for by POST of JSON; the site's identifier stands in a script of its own.

An answer is ``{"custom": {"total", "data": [{"infourl", "realtitle", "infodate"}]}}``; ``custom`` may be text.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from crawler.addresses import absolute
from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page, parsed
from crawler.platforms.answers import Keys, inside, number, parameters
from crawler.platforms.generic import Generic

SITE = re.compile(r"""siteGuid["']?\s*[:=]\s*["']([0-9a-fA-F-]{36})""")
PROJECT = re.compile(r"""projectName["']?\s*[:=]\s*["'](\w+)""")
CATEGORY = re.compile(r"(?<=/)\d{6,12}(?=/)")
SCRIPT = re.compile(r"""src=["']([^"']*webBuilderCommon\.js[^"']*)""")
SERVICE = "/{project}/rest/lightfrontaction/getgovinfolist"
ROWS = 100  # a whole column, so that it does not matter whether a version counts its pages from 0 or from 1
KEYS = Keys(url=("infourl",), title=("realtitle", "title"), date=("infodate",))


class Epoint(Generic):
    """Lists of Epoint."""

    def _entries(self, page: Page) -> list[Link]:
        """The links of the page, or the rows of an answer."""
        return super()._entries(page) if page.data is None else KEYS.rows(inside(_custom(page), "data"), page)

    def further(self, page: Page) -> list[Ask]:
        """The script that names the site, then the list, then its further pages."""
        if page.data is not None:
            return self._next(page)
        if self.rows(page):
            return super().further(page)
        column = dict(page.ask.headers).get("Referer", page.url)
        site, category = SITE.search(page.source), _category(column)
        if category and site:
            return [_list(page, column, site[1], category)]
        script = SCRIPT.search(page.source)
        return [Ask.get(absolute(page.url, script[1]), page.url)] if category and script else super().further(page)

    def leads(self, page: Page) -> list[Link]:
        """The real list inside the shell ``openSubPage.html``."""
        inner = parameters(page.url).get("specialurl")
        return [Link(absolute(page.url, inner), "", is_frame=True)] if inner else []

    def _next(self, page: Page) -> list[Ask]:
        asked: dict[str, Any] = json.loads(page.ask.body or b"{}")
        words = asked.get("params", {})
        turn = number(words.get("pageIndex")) + 1
        if turn * ROWS >= number(inside(_custom(page), "total")):
            return []
        referer = dict(page.ask.headers)["Referer"]
        return [Ask.json(page.url, {**asked, "params": {**words, "pageIndex": turn}}, referer)]


def _list(page: Page, column: str, site: str, category: str) -> Ask:
    project = PROJECT.search(page.source)
    words = {
        "deptcode": parameters(column).get("deptcode", ""),
        "categorynum": category,
        "siteGuid": site,
        "pageIndex": 0,
        "pageSize": ROWS,
    }
    address = absolute(column, SERVICE.format(project=project[1] if project else "EpointWebBuilder"))
    return Ask.json(address, {"token": "", "params": words}, column)


def _category(url: str) -> str | None:
    named = parameters(url).get("categorynum")
    folders = CATEGORY.findall(urlsplit(url).path)
    return named or (folders[-1] if folders else None)


def _custom(page: Page) -> Any:
    custom = inside(page.data, "custom")
    return parsed(custom) if isinstance(custom, str) else custom
