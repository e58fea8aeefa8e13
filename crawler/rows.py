"""Telling the row of a report from the link to a column: both may be called 政府信息公开年度报告."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from crawler.links import Link
from crawler.pages import path_of
from pipelines.titles import parse_title

LISTING = re.compile(r"/(?:\w*(?:index|list)(?:_\d+)?\.\w+)?$", re.IGNORECASE)


def is_article(url: str) -> bool:
    """Whether an address is that of a single article or a file, by the shapes of ``articles.yaml``."""
    return bool(_articles().search(path_of(url)))


def is_report_row(link: Link) -> bool:
    """Whether a link leads to a report: its label is a report's title and its address is not that of a list.

    A title without year and body, such as 政府信息公开工作年度报告, is believed only of an article's address.
    """
    title = parse_title(link.label)
    if title is None:
        return False
    parts = urlsplit(link.url)
    return is_article(link.url) or (bool(title.year or title.body) and not LISTING.search(parts.fragment or parts.path))


@cache
def _articles() -> re.Pattern[str]:
    text = Path(__file__).with_name("articles.yaml").read_text(encoding="utf-8")
    shapes: dict[str, list[str]] = yaml.safe_load(text)
    return re.compile("|".join(shape for family in shapes.values() for shape in family), re.IGNORECASE)
