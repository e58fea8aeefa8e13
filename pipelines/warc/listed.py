"""What lists say of the reports they link to: the crawl knows it from its way, an import from the pages in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.dates import parse_date
from pipelines.readers.encoding import decode
from pipelines.text import squeeze
from pipelines.titles import parse_title

WIDEST_ROW = 4  # elements around a link


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list prints of a document: ``title``, ``date`` (ISO, or None), and the name of the ``column``."""

    title: str = ""
    date: str | None = None
    column: str = ""


NOWHERE = Listed()


def listed_reports(url: str, page: bytes) -> Iterator[tuple[str, Listed]]:
    """Every link of a page whose label is a report's title with its year or its body, as address and what is said."""
    tree = LexborHTMLParser(decode(page).text)
    column = tree.css_first("meta[name='ColumnName' i]")
    name = (column.attributes.get("content") or "").strip() if column is not None else ""
    for link in tree.css("a[href]"):
        label = _label(link)
        title = parse_title(label)
        if title is not None and (title.year or title.body):
            yield address(url, link.attributes.get("href") or ""), Listed(label, _date_beside(link), name)


def address(base: str, link: str) -> str:
    """A link in full and without its fragment; empty when it is no address at all."""
    try:
        return urldefrag(urljoin(base, link.strip())).url
    except ValueError:
        return ""


def _label(link: LexborNode) -> str:
    """The text of a link, or its title where that leaves out a date in the text, or is the whole of one cut short."""
    text, title = squeeze(link.text(deep=True)), squeeze(link.attributes.get("title") or "")
    return title if title and (title in text or len(title) > len(text)) else text


def _date_beside(link: LexborNode) -> str | None:
    """The date in the smallest element around a link that holds no other."""
    around = link.parent
    for _ in range(WIDEST_ROW):
        if around is None or len(around.css("a[href]")) > 1:
            return None
        if day := parse_date(around.text(deep=True, separator=" ")):
            return day.isoformat()
        around = around.parent
    return None
