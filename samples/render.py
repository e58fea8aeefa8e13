"""From a portal's description to the bytes of its pages: a pure function, the same bytes every time."""

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from samples import paper, pdf, word
from samples.content import Block, blocks
from samples.figures import load as load_figures
from samples.portal import Column, Entry, Portal

NOTICE = "样例页面,非任何政府机关发布 · sample page, not published by any government"
ATTACHED = ("attachment", "scan")
"""What a row may be whose page only leads to a PDF."""
STATIC = {"site.css": "text/css", "pager.js": "text/javascript"}
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HERE = Path(__file__).parent
_HALF_WIDTH = str.maketrans("（），：", "(),:")


@dataclass(frozen=True)
class Page:
    """One answer of a portal: its body and the headers that let a client ask for it conditionally."""

    body: bytes
    content_type: str
    last_modified: str
    etag: str


def page(body: bytes, content_type: str, changed: date) -> Page:
    """Make a page: its entity tag follows from its bytes, its time is 08:00 UTC of the day it changed."""
    modified = format_datetime(datetime.combine(changed, time(8), UTC), usegmt=True)
    return Page(body, content_type, modified, f'"{hashlib.sha256(body).hexdigest()[:20]}"')


def render(portal: Portal) -> dict[str, Page]:
    """Every page of a portal by its path; a path that is not a key does not exist there."""
    return dict(_pages(portal))


def not_found(portal: Portal) -> Page:
    """The body of the portal's 404 answer, which is a page like any other."""
    return _html(portal, "not_found.html", _newest(portal), heading="页面不存在")


def attachment_name(entry: Entry) -> str:
    """The file name of a report's attachment, in the folder of its article, as TRS names uploads; "" without one."""
    if entry.is_a not in ATTACHED and not entry.word_too:
        return ""
    return f"P0{entry.published_on:%Y%m%d}401880762114.{'docx' if entry.word_too else 'pdf'}"


def _pages(portal: Portal) -> Iterator[tuple[str, Page]]:
    yield from _furniture(portal)
    for plain in portal.pages:
        content = _html(portal, "plain.html", _newest(portal), heading=plain.name, text=plain.text)
        yield from _directory(portal, plain.path, content)
    for column in portal.columns:
        yield from _lists(portal, column)
    for column, entry in portal.entries:
        if entry.is_a != "broken":
            yield from _article(portal, column, entry)


def _furniture(portal: Portal) -> Iterator[tuple[str, Page]]:
    newest = _newest(portal)
    yield from _directory(portal, "/", _html(portal, "home.html", newest, heading="首页"))
    yield from _directory(portal, portal.hub, _html(portal, "hub.html", newest, heading="政府信息公开"))
    if portal.reports not in {column.path for column in portal.columns}:
        levels = _html(portal, "levels.html", newest, heading="政府信息公开年报")
        yield from _directory(portal, portal.reports, levels)
    for name, media_type in STATIC.items():
        yield f"/images/{name}", page((_HERE / "static" / name).read_bytes(), media_type, newest)
    if portal.robots is not None:
        yield "/robots.txt", page(portal.robots.encode(), portal.robots_type, newest)


def _lists(portal: Portal, column: Column) -> Iterator[tuple[str, Page]]:
    newest = max(entry.published_on for entry in column.entries)
    starts = range(0, len(column.entries), column.per_page)
    for number, start in enumerate(starts):
        rows = column.entries[start : start + column.per_page]
        context = {"heading": column.name, "column": column, "rows": rows, "number": number}
        content = _html(portal, "list.html", newest, count=len(starts), **context)
        if number == 0:
            yield from _directory(portal, column.path, content)
        else:
            yield f"{column.path}index_{number}.{portal.suffix}", content
    if portal.stub:
        yield f"{column.path}index_{len(starts)}.{portal.suffix}", _html(portal, "stub.html", newest)


def _article(portal: Portal, column: Column, entry: Entry) -> Iterator[tuple[str, Page]]:
    path = posixpath.join(column.path, entry.url)
    attachment, content = attachment_name(entry), _content(entry)
    context = {"heading": entry.title, "column": column, "entry": entry, "attachment": attachment, "blocks": content}
    yield path, _html(portal, "article.html", entry.published_on, **context)
    if attachment:
        yield posixpath.join(posixpath.dirname(path), attachment), _attachment(entry, content)


def _content(entry: Entry) -> list[Block]:
    if entry.figures is None or entry.report_year is None:
        return []
    return blocks(load_figures(entry.figures), entry.report_year)


def _attachment(entry: Entry, content: list[Block]) -> Page:
    if entry.word_too:
        return page(word.document(entry.title, content, NOTICE), WORD_TYPE, entry.published_on)
    body = pdf.document(paper.lay_out(entry.title, content, NOTICE)) if content else pdf.scan()
    return page(body, "application/pdf", entry.published_on)


def _directory(portal: Portal, path: str, content: Page) -> Iterator[tuple[str, Page]]:
    yield path, content
    yield f"{path}index.{portal.suffix}", content


def _newest(portal: Portal) -> date:
    return max(entry.published_on for _, entry in portal.entries)


def _html(portal: Portal, template: str, changed: date, **context: object) -> Page:
    text = _environment().get_template(template).render(portal=portal, notice=NOTICE, **context)
    return page(text.encode(), "text/html; charset=utf-8", changed)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["half_width"] = lambda text: text.translate(_HALF_WIDTH)
    return environment
