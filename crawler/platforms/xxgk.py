"""Hanweb's module of the statutory catalogue: lists by a form, and the annual report itself one page a year."""

from __future__ import annotations

import html
import re

from crawler.addresses import absolute
from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms.answers import parameters, with_parameters
from crawler.platforms.generic import Generic
from crawler.platforms.pagers import MOST_PAGES, pager_of

REPORT = "/xxgkAnnualReport.jsp"
SEARCH = re.compile(r"""["']([^"'\s]*/module/xxgk/search\.jsp\?[^"'\s]+)["']""")
YEAR = re.compile(r"fbtime=((?:19|20)\d\d)|<option[^>]*value=['\"]?((?:19|20)\d\d)['\"]?")


class Xxgk(Generic):
    """Lists and annual reports of ``/module/xxgk/``."""

    def _entries(self, page: Page) -> list[Link]:
        """The links of a list. Of the report's page, the years: each is a page of its own, named by its year."""
        if REPORT not in page.url:
            return super()._entries(page)
        named = {
            match[1] or match[2]
            for match in YEAR.finditer(f"fbtime={parameters(page.url).get('fbtime', '')} {page.source}")
        }
        return [
            Link(with_parameters(page.url, {"fbtime": year}), f"{year}年政府信息公开年度报告")
            for year in sorted(named, reverse=True)
        ]

    def further(self, page: Page) -> list[Ask]:
        """The form of the catalogue, then its further pages."""
        if REPORT in page.url:
            return []
        if page.ask.method == "POST":
            pager = pager_of(page, self.family)
            numbers = range(2, min(pager.total, MOST_PAGES) + 1) if pager else range(0)
            return [_turned(page.url, turn, page.ask) for turn in numbers]
        form = SEARCH.search(page.source)
        if form is None:
            return super().further(page)
        address = absolute(page.url, html.unescape(form[1]))
        return [Ask.form(with_parameters(address, {"currpage": 1}), parameters(address).items(), page.url)]


def _turned(url: str, turn: int, ask: Ask) -> Ask:
    return Ask(with_parameters(url, {"currpage": turn}), "POST", ask.body, ask.headers)
