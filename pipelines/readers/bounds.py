"""How large a document may be: an annual report has a few hundred figures and some thousand words."""

from __future__ import annotations

import re

from pipelines.document import Document
from pipelines.readers.kinds import Kind, Reason, Unreadable
from pipelines.readers.stretches import stretches

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
_ATTRIBUTE = re.compile(
    rb"""[\t\n\f\r /]*+[^\t\n\f\r />][^\t\n\f\r />=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+"""
)
_TAG = re.compile(rb"<[A-Za-z][^\t\n\f\r />]*+")
_MOST_STEPS = 50_000_000  # characters looked at for the attributes of elements that may begin in many places


def is_monstrous(page: bytes) -> bool:
    """True for a page so large, in bytes, tags or attributes, that a parser may take too long over it."""
    return len(page) > LARGEST_PAGE or page.count(b"<") > MOST_TAGS or _has_attributes(page, MOST_ATTRIBUTES)


def is_hopeless(page: bytes) -> bool:
    """True for a page of too many tags or attributes, or too many elements inside one another, to parse in minutes."""
    tags = max(page.count(b"<"), page.count(b">"))
    return tags > MOST_TAGS_AT_ALL or _has_attributes(page, MOST_ATTRIBUTES_AT_ALL) or is_deep(page)


def is_deep(page: bytes) -> bool:
    """True for a page of too many elements inside one another."""
    depth = 0
    for tag in _NESTING.finditer(page):
        depth += -1 if tag[1] and depth else not tag[1]
        if depth > MOST_OPEN:
            return True
    return False


def _has_attributes(page: bytes, most: int) -> bool:
    """True when an element may have more attributes than ``most``, each of which takes two bytes at least.

    Elements may begin in many places of a stretch; a page where looking from each takes too long is as bad.
    """
    steps = 0
    for stretch in stretches(page.replace(b"\0", b"")):  # as the reader parses it
        if len(stretch) > 2 * most:
            starts = [tag.end() for tag in _TAG.finditer(stretch)]
            steps += len(starts[1:]) * len(stretch)
            if steps > _MOST_STEPS or any(_count_attributes(stretch, start, most + 1) > most for start in starts):
                return True
    return False


def _count_attributes(tag: bytes, start: int, end: int) -> int:
    """How many attributes follow one another; counting ends at ``end``."""
    number = 0
    while number < end and (attribute := _ATTRIBUTE.match(tag, start)):
        number, start = number + 1, attribute.end()
    return number


def bounded(document: Document, kind: Kind) -> Document:
    """The document itself. Raises ``Unreadable`` for one larger than any annual report."""
    paragraphs, grids = list(document.paragraphs()), list(document.grids())
    if len(paragraphs) + sum([len(row) for grid in grids for row in grid.rows]) > MOST_PLACES:
        raise Unreadable(kind, Reason.TOO_LARGE)
    in_cells = sum([len(cell.text) for grid in grids for r in range(len(grid.rows)) for cell in grid.own(r)])
    if sum(map(len, paragraphs)) + in_cells > MOST_CHARACTERS:
        raise Unreadable(kind, Reason.TOO_LARGE)
    return document
