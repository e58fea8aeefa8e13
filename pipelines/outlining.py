"""A figure shown where it was printed: its very cell outlined in a page that stays as it was captured.

The tags of a page's cells are numbered before today's reader reads it, and the text of a cell remembers its tag. So
the text that is taken for a figure leads back to the tag by whichever route it came, and nothing is searched for by its
looks: a page prints the same figure in a hundred cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from html import escape
from itertools import count, islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from pipelines.captions import of_the_year
from pipelines.matching import Key, match
from pipelines.readers import Kind, Reason, Unreadable, sniff
from pipelines.readers.bounds import bounded, is_hopeless
from pipelines.readers.confined import confined
from pipelines.readers.encoding import decode
from pipelines.readers.html import read_html, read_text
from pipelines.routes import Agreement, compare
from pipelines.sequence import read_in_order

# `!important`, because a page's own stylesheet may say that no cell has an outline.
_LOOK = "outline:4px solid #d4000f!important;outline-offset:-1px!important;scroll-margin:35vh 0!important"
_NUMBER = "data-gongkai-cell"
_TAG = re.compile(r"<t[dh](?=[ \t\n\f\r/>])", re.IGNORECASE)


class Wanted(NamedTuple):
    """A figure of the report of ``year``, the text that is stored of its cell, and the id by which to jump there."""

    year: int
    key: Key
    printed: str
    anchor: str


class Sight(StrEnum):
    """Whether a figure is seen in its document."""

    OUTLINED = "outlined"
    NO_PAGE = "no_page"  # a PDF or another file: nothing can be outlined in it
    NOT_FOUND = "not_found"  # today's reader cannot tell its cell, or cannot read the page
    OTHERWISE = "otherwise"  # today's reader has another text for it


class Outlined(NamedTuple):
    """Whether a figure is seen, and the page with the outline; only then there is one."""

    sight: Sight
    page: str = ""


def outline(page: bytes, wanted: Wanted) -> Outlined:
    """Outline a figure in a page as received, which a confined process reads again with today's code."""
    if sniff(page) is not Kind.HTML:
        return Outlined(Sight.NO_PAGE)
    try:
        return confined(Kind.HTML, outlined, decode(page).text, wanted)
    except Unreadable:
        return Outlined(Sight.NOT_FOUND)


def outlined(page: str, wanted: Wanted) -> Outlined:
    """Outline a figure in a page. Raises ``Unreadable`` as the reader does."""
    text = _text_of(_numbered(page), wanted)
    if not isinstance(text, _Placed) or _NUMBER not in text.attributes:
        return Outlined(Sight.NOT_FOUND)
    if text != wanted.printed:
        return Outlined(Sight.OTHERWISE)
    return Outlined(Sight.OUTLINED, _with_outline(page, text.attributes, wanted.anchor))


class _Placed(str):
    """The text of a cell that remembers the attributes of its tag; whoever copies the cell copies it along."""

    attributes: Mapping[str, str | None]


def _numbered(page: str) -> bytes:
    """The page with a number in every cell tag, before any other attribute: of two alike a parser takes the first."""
    numbers = count()
    return _TAG.sub(lambda tag: f"{tag[0]} {_NUMBER}={next(numbers)} ", page).encode()


def _text_of(page: bytes, wanted: Wanted) -> str | None:
    """The text of a figure's cell as today's reader finds it; None where it finds none, or the two routes differ."""
    if is_hopeless(page):
        raise Unreadable(Kind.HTML, Reason.TOO_LARGE)
    document, _ = of_the_year(bounded(read_html(page, _placed), Kind.HTML), wanted.year)
    routes = compare(match(document, wanted.year), read_in_order(document, wanted.year))
    doubt = routes.doubtful.get(wanted.key)
    return None if doubt and doubt.agreement is Agreement.DISAGREE else routes.cells.get(wanted.key)


def _placed(cell: LexborNode) -> str:
    placed = _Placed(read_text(cell))
    placed.attributes = cell.attributes
    return placed


def _with_outline(page: str, attributes: Mapping[str, str | None], anchor: str) -> str:
    """The page with an id and the look of the outline in one tag, which otherwise looks as before."""
    tag = next(islice(_TAG.finditer(page), int(attributes[_NUMBER] or 0), None))
    style = escape(f"{_LOOK};{attributes.get('style') or ''}")
    return f'{page[: tag.end()]} id="{anchor}" style="{style}"{page[tag.end() :]}'
