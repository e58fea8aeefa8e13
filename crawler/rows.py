"""Telling the row of a report from the link to a column: both may be called 政府信息公开年度报告."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from crawler.links import CUT, Link
from crawler.pages import Page, path_of
from pipelines.bodies import body_kind
from pipelines.titles import look_alike_word, parse_title
from pipelines.yaml_file import load_yaml
from pipelines.years import YEAR

YEARS_ROW = re.compile(rf"(?P<body>.*?)(?:{YEAR.pattern})(?:政府|信息公开|工作|情况|的|年|度)*(?:报告|年报)?")
BROKEN_OFF = re.compile(
    r"(?:(?:19|20)\d?|政|(?:政府)?信息?|(?:政府)?信息公(?:开[工作情况的年度报]*)?|年度?|政府|(?<=20\d\d))$"
)
COLLECTION = re.compile(
    r"信息公开.{0,12}(?:年报|报告).{0,6}(?:汇总|汇编|合集|集锦|一览)|(?:各|部门).*信息公开.*(?:年报|报告)"
)
"""The label of a page that collects the reports of a year's departments."""
BARE = re.compile(r"(?:信息公开)?年度?(?:工作)?报告|年报")
HEADING = re.compile(r"[一二三四]、\s*(?:总体情况|概述|概况|基本情况|主动公开|收到和处理)")
LISTING = re.compile(r"/(?:\w*(?:index|list)(?:_\d+)?\.\w+)?$", re.IGNORECASE)


@lru_cache(maxsize=1 << 13)  # of a page with rows every address is asked about several times
def is_article(url: str) -> bool:
    """Whether an address is that of a single article or a file, by the shapes of ``articles.yaml``."""
    return bool(_articles().search(path_of(url)))


@lru_cache(maxsize=1 << 13)
def is_report_row(link: Link) -> bool:
    """Whether a link leads to a report: its label is a report's title and its address is not that of a list.

    A title without year and body, such as 政府信息公开工作年度报告, is believed only of an article's address.
    """
    title = parse_title(link.label)
    if title is None:
        return False
    parts = urlsplit(link.url)
    return is_article(link.url) or (bool(title.year or title.body) and not LISTING.search(parts.fragment or parts.path))


@lru_cache(maxsize=1 << 13)
def may_be_report_row(link: Link) -> bool:
    """Whether a row of the report's own column may be a report though its label is no title.

    Such as 2023年, 年报 beside a date, or one cut short. The article tells, which may also collect reports. A
    row that names another document is none.
    """
    if not is_article(link.url):
        return False
    if COLLECTION.search(link.label):
        return True
    is_cut = CUT.search(link.label) and _begins_a_title(CUT.sub("", link.label))
    is_bare = BARE.fullmatch(link.label)  # as of rows with a date beside it
    return not look_alike_word(link.label) and bool(is_cut or is_bare or _names_a_year(link.label))


def _names_a_year(label: str) -> bool:
    """A year with hardly more than 年报 behind it, and with nothing but a body in front."""
    match = YEARS_ROW.fullmatch(label)
    return match is not None and (not match["body"] or body_kind(match["body"]) != "unknown")


def _begins_a_title(head: str) -> bool:
    """Whether the noun of a report's title makes one of a label that breaks off: 甲县人民政府20, 甲县2023年政府信."""
    front = BROKEN_OFF.sub("", head)
    tells = front != head or body_kind(front) != "unknown"
    title = parse_title(front + "政府信息公开工作年度报告") if tells else None
    return title is not None and (title.year is not None or body_kind(title.body) != "unknown")


def shows_a_report(page: Page) -> bool:
    """Whether a page has the headings of a report, as the columns of some portals show the report itself."""
    return "信息公开" in page.source and bool(HEADING.search(page.text))


@cache
def _articles() -> re.Pattern[str]:
    shapes: dict[str, list[str]] = load_yaml(Path(__file__).with_name("articles.yaml"))
    return re.compile("|".join(shape for family in shapes.values() for shape in family), re.IGNORECASE)
