"""How codes, moments and figures are written for people: Chinese first, English beside it."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from pipelines.dictionary import Text, load

BEIJING = ZoneInfo("Asia/Shanghai")
_BOTH = Markup('{} <span class="en" lang="en">{}</span>')
_CODE = Markup("<code>{}</code>")
_LINK_TEXT = re.compile(r"(?<=>)[^<]*(?=</a>)")
_PAGES = {"report": "report", "body": "body", "division": "division", "run": "night"}


def both(zh: object, en: object) -> Markup:
    """Two wordings side by side, the English one marked as such; either is escaped."""
    return _BOTH.format(zh, en) if en and en != zh else escape(zh)


def both_of(text: Text) -> Markup:
    """A text of the dictionary in both languages."""
    return both(text.zh, text.en)


def word(vocabulary: str, code: object) -> Markup:
    """A code in words; the bare code when the dictionary does not know it, nothing when there is none."""
    if code is None or code == "":
        return Markup()
    known = load().word(vocabulary, code)
    return both_of(known) if known else _CODE.format(code)


def coded(table: str, column: str, code: object) -> Markup | None:
    """A cell's code in words; None when the column of that table holds no codes or the code is unknown."""
    known = load().word_in(table, column, code)
    return both_of(known) if known else None


def column(table: str | None, name: str) -> Text | None:
    """What a column is called: in its own table, else in the first table that has a column of that name."""
    dictionary = load()
    if table:
        return dictionary.column(table, name)
    return next((text for other in dictionary.tables if (text := dictionary.column(other, name))), None)


def moment(utc: str | None) -> str:
    """A moment stored in UTC as Beijing time, ``2026-01-31 02:00``; empty for None."""
    return f"{datetime.fromisoformat(utc).astimezone(BEIJING):%Y-%m-%d %H:%M}" if utc else ""


def number(value: float | None) -> str:
    """A number with all its digits and no others; empty for None."""
    return "" if value is None else format(value, ".15g")


def size(octets: int) -> str:
    """A size in bytes, kB or MB."""
    if octets < 1000:
        return f"{octets} B"
    return f"{octets / 1000:.1f} kB" if octets < 1_000_000 else f"{octets / 1_000_000:.1f} MB"


def page_of(table: str, key: object) -> str | None:
    """The address of our own page about a row of ``table``; None when that table has no pages."""
    return f"/{_PAGES[table]}/{quote(str(key), safe='')}" if table in _PAGES else None


def row_link(link: Markup) -> Markup:
    """Datasette's link to a row that has several keys, with a short text instead of all of them."""
    return Markup(_LINK_TEXT.sub("查看", link))  # noqa: S704, the rest of the link is Datasette's own markup
