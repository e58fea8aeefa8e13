"""Hanweb (大汉), lists embedded as XML: a page holds the first rows as records, a proxy gives the others.

The group asked for is as large as the number of rows embedded, so that proxies that go by record numbers and proxies
that go by page numbers give the same group. Some answer only when the column's page is named as referer.
"""

from __future__ import annotations

import html
import re

from crawler.addresses import absolute
from crawler.asks import Ask
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms.answers import parameters
from crawler.platforms.generic import Generic

RECORD = re.compile(r"<record>(?:(?!<record>).)*?</record>", re.DOTALL | re.IGNORECASE)
WRAPPING = re.compile(r"</?record>|<!\[CDATA\[|\]\]>", re.IGNORECASE)
TOTAL = re.compile(r"totalRecord\s*:\s*['\"]?(\d+)|<totalrecord>\s*(\d+)", re.IGNORECASE)
NEXT_GROUP = re.compile(r"<nextgroup>.{0,500}?href=['\"]?([^'\" >]+)", re.DOTALL | re.IGNORECASE)
PROXY = re.compile(r"proxyUrl\s*:\s*['\"]([^'\"]+)")
PER_PAGE = re.compile(r"perPage\s*:\s*['\"]?(\d+)", re.IGNORECASE)
PARAMETERS = re.compile(r"proxyParam\s*:\s*\{(.{0,1000}?)\}", re.DOTALL)
PARAMETER = re.compile(r"['\"]?(\w+)['\"]?\s*:\s*['\"]?([^'\",}\s]*)")
OF_THE_GROUP = {"page", "startrecord", "endrecord", "perpage"}
LARGEST_GROUP = 100  # proxies cut larger ones silently


def records(page: Page, source: str | None = None) -> list[Link]:
    """The rows in the records of a datastore, in order."""
    return page.links_in("".join(_markup(record) for record in RECORD.findall(source or page.source)))


def _markup(record: str) -> str:
    """The HTML of a record: some are escaped instead of being CDATA."""
    plain = WRAPPING.sub("", record)
    return plain if "<" in plain else html.unescape(plain)


def total_of(source: str) -> int:
    """How many records a datastore says its list has; 0 where it does not say."""
    match = TOTAL.search(source)
    return int(match[1] or match[2]) if match else 0


class Hanweb(Generic):
    """Lists of Hanweb's jpage."""

    def _entries(self, page: Page) -> list[Link]:
        """The embedded rows; of a page without any, its links."""
        return records(page) or super()._entries(page)

    def further(self, page: Page) -> list[Ask]:
        """The groups of rows behind the embedded ones; what a proxy answers leads no further."""
        if page.ask.method == "POST":
            return []
        embedded, total = len(RECORD.findall(page.source)), total_of(page.source)
        proxy = PROXY.search(page.source) or NEXT_GROUP.search(page.source)
        if not proxy or not total:
            return super().further(page)
        size = min(embedded or total, LARGEST_GROUP)
        fields = [("col", "1"), *_fields(page).items()]
        address = absolute(page.url, html.unescape(proxy[1])).partition("?")[0]
        groups = range(embedded // size if embedded else 0, -(-total // size))
        return [Ask.form(_group(address, at, size, total), fields, page.url) for at in groups]


def _group(address: str, at: int, size: int, total: int) -> str:
    first, last = at * size + 1, min((at + 1) * size, total)
    return f"{address}?startrecord={first}&endrecord={last}&perpage={size}&page={at + 1}"


def _fields(page: Page) -> dict[str, str]:
    """What the proxy wants to know: the parameters in the link to the next group, and those of the call of jpage."""
    link = NEXT_GROUP.search(page.source)
    found = parameters(html.unescape(link[1])) if link else {}
    call = PARAMETERS.search(page.source)
    found |= dict(PARAMETER.findall(call[1])) if call else {}
    return {name: value for name, value in found.items() if name not in OF_THE_GROUP}
