"""Telling the row of a report from the link to a column: both may be called 政府信息公开年度报告."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.pages import Link
from pipelines.titles import parse_title

# The article addresses of the families of content-management systems.
ARTICLE = re.compile(
    r"/t\d{6,}|/t\d{8}_\d+|/content_|/post_|/art_|_\d{5,}\.|/[0-9a-f]{24,32}\.|/\d{14,19}\.|/c0\d_\d+\.|/info/\d+/\d+\."
)
LISTING = re.compile(r"/(?:\w*(?:index|list)(?:_\d+)?\.\w+)?$", re.IGNORECASE)
FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|rtf|ofd|zip|rar)$", re.IGNORECASE)


def is_article(url: str) -> bool:
    """Whether an address is that of a single article or a file."""
    return bool(ARTICLE.search(url) or FILE.search(urlsplit(url).path))


def is_report_row(link: Link) -> bool:
    """Whether a link leads to a report: its label is a report's title and its address is not that of a list.

    A title without year and body, such as 政府信息公开工作年度报告, is believed only of an article's address.
    """
    title = parse_title(link.label)
    if title is None or LISTING.search(urlsplit(link.url).path):
        return False
    return bool(title.year or title.body) or is_article(link.url)
