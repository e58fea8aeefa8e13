"""What several adapters share: addresses with other parameters, and rows out of lists of JSON objects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urldefrag, urlencode, urlsplit

from crawler.addresses import absolute
from crawler.links import Link
from crawler.pages import Page
from crawler.rowdates import row_date
from pipelines.clock import ZONE
from pipelines.text import squeeze

TAG = re.compile(r"<[^>]*>")
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
MILLISECONDS = re.compile(r"\d{13}")


def parameters(url: str) -> dict[str, str]:
    """The query of an address; bytes that are no UTF-8 come through unchanged."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True, encoding="latin-1"))


def with_parameters(url: str, changes: Mapping[str, str | int | None]) -> str:
    """The address with these parameters set, in place or behind the others; None takes one out."""
    plain = NOT_ASCII.sub(lambda match: quote(match[0]), url)
    query = {**parameters(plain), **changes}
    kept = {name: value for name, value in query.items() if value is not None}
    return urlsplit(plain)._replace(query=urlencode(kept, encoding="latin-1", safe="/")).geturl()


def number(value: Any, default: int = 0) -> int:
    """A whole number that JSON may give as text; ``default`` for anything else."""
    text = str(value).strip()
    return int(text) if text.isdecimal() else default


def inside(value: Any, *path: str) -> Any:
    """What lies at the end of a path of keys into JSON objects; None where the path breaks off."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys under which a platform's objects hold a row; of several the first with a value counts."""

    url: tuple[str, ...]
    title: tuple[str, ...]
    date: tuple[str, ...] = ()

    def rows(self, items: Any, page: Page) -> list[Link]:
        """The rows of a list of objects; what is no object, or has no address, is left out."""
        objects = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        return [row for item in objects if (row := self._row(item, page))]

    def _row(self, item: dict[str, Any], page: Page) -> Link | None:
        address = urldefrag(absolute(page.url, _first(item, self.url))).url
        if not _first(item, self.url) or not address.startswith(("http://", "https://")):
            return None
        title = squeeze(TAG.sub("", _first(item, self.title)))
        return Link(address, title, iso_date(_first(item, self.date)))


def _first(item: dict[str, Any], keys: Iterable[str]) -> str:
    return next((str(item[key]).strip() for key in keys if item.get(key)), "")


def iso_date(text: str) -> str | None:
    """The ISO date of a printed date, or of a moment in milliseconds, as JSON gives them."""
    if MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / 1000, ZONE).date().isoformat()
    return row_date(text).date
