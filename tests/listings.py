"""Lists of reports as pages of a portal, for the tests of the families and of the walk over a list."""

import json

from crawler.asks import Ask
from crawler.pages import Page
from crawler.platforms import platform_of

HOST = "http://a.gov.cn"
TITLES = {year: f"甲县{year}年政府信息公开工作年度报告" for year in range(2008, 2026)}


def page(path: str, html: str = "", ask: Ask | None = None) -> Page:
    return Page(HOST + path, html.encode(), ask)


def row(href: str, year: int, date: str = "") -> str:
    return (
        f'<li><a href="{href}" title="{TITLES[year]}" target="_blank">{TITLES[year][:9]}…</a><span>{date}</span></li>'
    )


def rows(page: Page) -> list[tuple[str, str, str | None]]:
    return [(link.url.removeprefix(HOST), link.label, link.date) for link in platform_of(page).rows(page)]


def further(page: Page) -> list[str]:
    return [ask.url.removeprefix(HOST) for ask in platform_of(page).further(page)]


def answer(ask: Ask, content: object) -> Page:
    """What a portal says to a request: JSON, or text as it is."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return Page(ask.url, text.encode(), ask)
