"""How large a document may be: an annual report has a few hundred figures and some thousand words."""

from __future__ import annotations

import re

from pipelines.document import Document, Paragraph
from pipelines.readers.kinds import Kind, Reason, Unreadable

LARGEST_TEXT = 2_000_000  # bytes of plain text
LARGEST_PAGE = 5_000_000  # bytes of a page that is read without a process of its own
MOST_TAGS = 20_000  # of such a page: the work of a parser may grow with the square of those inside one another
MOST_TAGS_AT_ALL = 100_000  # a report of a thousand cells, each with ten elements of a word processor in it
MOST_OPEN = 5_000  # elements inside one another; a browser stops at a tenth of that
MOST_ATTRIBUTES = 200  # of an element of such a page: a parser compares each with all others of its element
MOST_ATTRIBUTES_AT_ALL = 10_000  # of an element: a second's work
MOST_PLACES = 200_000  # of the tables of a document, and paragraphs
MOST_CHARACTERS = 2_000_000  # of a document
_NESTING = re.compile(
    rb"<(/?)(?:div|span|font|table|section|article|ul|form|center|b|i|u|s|a|em|strong)[\s>]", re.IGNORECASE
)
_ATTRIBUTE = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+"""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rb"<\x00?[A-Za-z][^\s/>]*+((?:" + _ATTRIBUTE + rb")*+)")  # never goes back: linear


def is_monstrous(page: bytes) -> bool:
    """True for a page so large, in bytes, tags or attributes, that a parser may take too long over it."""
    return len(page) > LARGEST_PAGE or page.count(b"<") > MOST_TAGS or _has_attributes(page, MOST_ATTRIBUTES)


def is_hopeless(page: bytes) -> bool:
    """True for a page of too many tags or attributes, or too many elements inside one another, to parse in minutes."""
    return page.count(b"<") > MOST_TAGS_AT_ALL or _has_attributes(page, MOST_ATTRIBUTES_AT_ALL) or is_deep(page)


def is_deep(page: bytes) -> bool:
    """True for a page of too many elements inside one another."""
    depth = 0
    for tag in _NESTING.finditer(page):
        depth += -1 if tag[1] and depth else not tag[1]
        if depth > MOST_OPEN:
            return True
    return False


def _has_attributes(page: bytes, most: int) -> bool:
    """True when an element has more attributes than ``most``; only a tag of two bytes for each is looked into."""
    long_tags = (attributes for attributes in _TAG.findall(page) if len(attributes) > 2 * most)
    return any(sum(1 for _ in _ATTRIBUTES.finditer(tag)) > most for tag in long_tags)


def bounded(document: Document, kind: Kind) -> Document:
    """The document itself. Raises ``Unreadable`` for one larger than any annual report."""
    paragraphs = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    rows = [row for grid in document.grids() for row in grid.rows]
    if len(paragraphs) + sum(map(len, rows)) > MOST_PLACES:
        raise Unreadable(kind, Reason.TOO_LARGE)
    cells = [cell.text for grid in document.grids() for r in range(len(grid.rows)) for cell in grid.own(r)]
    if sum(map(len, paragraphs)) + sum(map(len, cells)) > MOST_CHARACTERS:
        raise Unreadable(kind, Reason.TOO_LARGE)
    return document
