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
MOST_PLACES = 200_000  # of the tables of a document, and paragraphs
MOST_CHARACTERS = 2_000_000  # of a document
_NESTING = re.compile(
    rb"<(/?)(?:div|span|font|table|section|article|ul|form|center|b|i|u|s|a|em|strong)[\s>]", re.IGNORECASE
)


def is_monstrous(page: bytes) -> bool:
    """True for a page so large, in bytes or in tags, that a parser may take too long over it."""
    return len(page) > LARGEST_PAGE or page.count(b"<") > MOST_TAGS


def is_hopeless(page: bytes) -> bool:
    """True for a page of too many tags, or with thousands of elements inside one another: parsing may take minutes."""
    if page.count(b"<") > MOST_TAGS_AT_ALL:
        return True
    depth = 0
    for tag in _NESTING.finditer(page):
        depth += -1 if tag[1] and depth else not tag[1]
        if depth > MOST_OPEN:
            return True
    return False


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
