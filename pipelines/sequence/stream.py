"""A document as one stream of texts in reading order: cells row by row, paragraphs between; no columns, no spans."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.document import Document, Grid
from pipelines.text import core

_LONGEST_LABEL = 120  # the longest label of any form has 45 characters; markup may put as many blanks between them


class Token(NamedTuple):
    """One text. ``name`` is its comparable form, empty for what is too long to be a label.

    ``line`` numbers the table rows of the document; it is None for a line of running text.
    """

    text: str
    name: str
    line: int | None = None


def stream(document: Document) -> list[Token]:
    """Every cell and paragraph of a document, each once."""
    tokens: list[Token] = []
    lines = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            for r in range(len(block.rows)):
                tokens += [Token(cell.text, _name(cell.text), lines + r) for cell in block.own(r)]
            lines += len(block.rows)
        else:
            tokens.append(Token(block.text, _name(block.text)))
    return tokens


def _name(text: str) -> str:
    return core(text) if len(text) <= _LONGEST_LABEL else ""
