"""Lonsun (龙讯): a list is a fragment of HTML that a script asks for; the organ in its address is the issuer."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from crawler.addresses import absolute
from crawler.asks import Ask
from crawler.pages import Page
from crawler.platforms.answers import parameters, with_parameters
from crawler.platforms.generic import Generic
from crawler.platforms.pagers import MOST_PAGES

FRAGMENT = re.compile(r"""["']([^"'\s]*/site/label/\d+\?[^"'<>]+)["']""")
COLUMN = re.compile(r"/public/column/(\d+)")
NEWS = re.compile(r"/content/column/\d+")
SITE = re.compile(r"""siteId["']?\s*[:=]\s*["']?(\d+)""")
PAGES = re.compile(r"pageCount\s*:\s*['\"]?(\d+)")
LABEL = (
    "/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&pageSize=15&pageIndex=1&action=list&isDate=true"
    "&dateFormat=yyyy-MM-dd&length=80&file=/xxgk/publicInfoList_newest2020"
)
RANDOM: dict[str, None] = {
    "_": None
}  # what the script adds against caches would make every night's request another one


class Lonsun(Generic):
    """Lists of Lonsun."""

    def further(self, page: Page) -> list[Ask]:
        """The fragments: from the first where the page shows no report itself, to the last that the pager states."""
        address = _list_address(page)
        if address is None:
            return super().further(page)
        stated = PAGES.search(page.source)
        last = max(min(int(stated[1]), MOST_PAGES) if stated else 1, 1)
        first = 2 if "/site/label/" in page.url or self.rows(page) else 1
        referer = dict(page.ask.headers).get("Referer", page.url)
        turns = range(first, last + 1)
        return [Ask.get(with_parameters(address, {"pageIndex": turn, **RANDOM}), referer) for turn in turns]


def _list_address(page: Page) -> str | None:
    """The address that gives a page of the list by ``pageIndex``."""
    if "/site/label/" in page.url or NEWS.search(urlsplit(page.url).path):
        return page.url
    spelled = FRAGMENT.search(page.source)
    if spelled:
        return absolute(page.url, html.unescape(spelled[1]))
    organ, site = COLUMN.search(page.url), SITE.search(page.source)
    if organ is None or site is None:
        return None
    chosen = {name: value for name, value in parameters(page.url).items() if name in ("type", "catId")}
    return with_parameters(absolute(page.url, LABEL), {"siteId": site[1], "organId": organ[1], **chosen})
