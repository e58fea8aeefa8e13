"""How many pages a list has and where they are: every style of pager, as data in ``pagers.yaml``.

The total is read and never probed for; one that lies is cut off at ``MOST_PAGES``.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, field_validator

from crawler.addresses import absolute
from crawler.pages import Page
from crawler.platforms.family import Family
from crawler.rows import is_article
from pipelines.yaml_file import load_yaml

MOST_PAGES = 60
PLACES = {"@name": r"""['"](?P<name>[\w-]+)['"]""", "@suffix": r"""['"](?P<suffix>s?html?|jhtml)['"]"""}
OWN_FILE = re.compile(r"/(?P<name>[A-Za-z][\w-]*?)(?:_\d+)?\.(?P<suffix>s?html?|jhtml)$")
SUFFIX = re.compile(r"\.(s?html?)$")
ROWS = re.compile(r"共有?\s*(\d{1,5})\s*(?:条|项|篇)(?:记录|信息|数据)?(?![\u4e00-\u9fff]*附件)")
SCRIPTED_ROWS = re.compile(
    r"(?:\b(?:recordCount|totalCount|totalRecords?|totalNum)['\"]?\s*[:=]|laypage[\w.]*\(\s*\{[^{}]{0,300}?\bcount\s*:)"
    r"\s*['\"]?(\d{1,5})\b"
)
ENCODED = re.compile(r"""atob\(\s*['"]((?:[A-Za-z0-9+/]{4}){3,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)['"]""")


class Style(BaseModel):
    """One entry of ``pagers.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    style: str
    says: re.Pattern[str]
    second: int | None = None
    within: Literal["source", "text"] = "source"
    only: tuple[str, ...] = ()

    @field_validator("says", mode="before")
    @classmethod
    def _spelled_out(cls, pattern: str) -> re.Pattern[str]:
        for place, meaning in PLACES.items():
            pattern = pattern.replace(place, meaning)
        return re.compile(pattern, re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pager:
    """What a page says of its list: ``total`` pages, and the files of the pages where it or its style tells them.

    Page 2 is ``<name>_<second>.<suffix>``; ``is_spelled`` says that the page itself names the files.
    """

    total: int
    name: str
    suffix: str
    second: int | None
    is_spelled: bool

    def addresses(self, page: Page, family: Family) -> list[str]:
        """The addresses of the pages after the first; none when neither the page nor its family tells them."""
        numbers = range(2, min(self.total, MOST_PAGES) + 1)
        if family.page and not self.is_spelled:
            found = (family.page.address(page.url, number, self.total) for number in numbers)
            return [url for url in found if url]
        if self.second is None:
            return []
        shift = self.second - 2
        return [absolute(page.url, f"{self.name}_{number + shift}.{self.suffix}") for number in numbers]


def pager_of(page: Page, family: Family) -> Pager | None:
    """The pager of a page, by the first style that fits it."""
    return page.once(("pager", family.name), lambda: _pager_of(page, family))


def _pager_of(page: Page, family: Family) -> Pager | None:
    for style in _styles():
        if style.only and family.name not in style.only:
            continue
        match = style.says.search(page.text if style.within == "text" else page.source)
        if match:
            return _pager(match, style.second, page)
    return _encoded(page)


def stated_rows(page: Page) -> int:
    """How many rows a list says it has, as in 共 47 条; 0 where it does not say."""
    match = ROWS.search(page.text) or SCRIPTED_ROWS.search(page.source)
    return int(match[1]) if match else 0


def _encoded(page: Page) -> Pager | None:
    """A pager that a script decodes before it runs; page files then count from 1."""
    for blob in ENCODED.findall(page.source):
        script = base64.b64decode(blob).decode("utf-8", "replace")
        match = next((match for style in _styles() if (match := style.says.search(script))), None)
        if match:
            return _pager(match, 2, page)
    return None


def _pager(match: re.Match[str], second: int | None, page: Page) -> Pager:
    groups = match.groupdict()
    own = OWN_FILE.search(urlsplit(page.url).path)
    name = groups.get("name") or (own["name"] if own else "index")
    suffix = groups.get("suffix") or (own["suffix"] if own else _suffix_of_articles(page))
    return Pager(int(groups["total"]), name, suffix, second, is_spelled=bool(groups.get("name")))


def _suffix_of_articles(page: Page) -> str:
    """The suffix of the page files when nothing states it: that of the articles."""
    paths = (urlsplit(link.url).path for link in page.links if is_article(link.url))
    return next((match[1] for path in paths if (match := SUFFIX.search(path))), "html")


@cache
def _styles() -> tuple[Style, ...]:
    return tuple(Style.model_validate(entry) for entry in load_yaml(Path(__file__).with_name("pagers.yaml")))
