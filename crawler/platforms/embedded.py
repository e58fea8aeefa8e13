"""Rows that the script of a page holds as objects, of whatever product: a report's title beside an address."""

from __future__ import annotations

import json
import re

from crawler.addresses import absolute
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms.answers import iso_date
from pipelines.text import squeeze
from pipelines.titles import parse_title

OBJECT = re.compile(r"\{[^{}]{0,500}信息公开[^{}]{0,2000}\}")
STRING = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""")
ADDRESS = re.compile(r"(?:https?:/|\.{0,2})/\S+")


def embedded_rows(page: Page) -> list[Link]:
    """The reports among the objects in the scripts of a page, in order."""
    rows = (_row(match[0], page) for match in OBJECT.finditer(page.source))
    return [row for row in rows if row]


def _row(source: str, page: Page) -> Link | None:
    values = [_plain(string) for string in STRING.findall(source)]
    title = next((value for value in values if parse_title(value)), None)
    address = next((value for value in values if ADDRESS.fullmatch(value)), None)
    if title is None or address is None:
        return None
    dates = (iso_date(value) for value in values if value != title)
    return Link(absolute(page.url, address), squeeze(title), next((date for date in dates if date), None))


def _plain(string: str) -> str:
    """What a string of JSON or JavaScript says."""
    inner = string[1:-1]
    try:
        return str(json.loads(f'"{inner}"'))
    except ValueError:
        return inner
