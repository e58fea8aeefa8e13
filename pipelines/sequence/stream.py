"""A document as one stream of texts in reading order: cells row by row, paragraphs between; no columns, no spans."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.document import Document, Grid
from pipelines.text import core
from pipelines.units import may_stand_between, units_over, units_said

_SENTENCE_END = "。"
_LONGEST_LABEL = 120  # the longest label of any form has 45 characters; markup may put as many blanks between them


class Token(NamedTuple):
    """One text. ``name`` is its comparable form, empty for what is too long to be a label.

    ``line`` numbers the table rows of the document; it is None for a line of running text. ``said`` are the units that
    were printed over its table and in it, or over its line since the last sentence or table.
    """

    text: str
    name: str
    line: int | None = None
    said: tuple[str, ...] = ()


def stream(document: Document) -> list[Token]:
    """Every cell and paragraph of a document, each once."""
    tokens: list[Token] = []
    lines = 0
    near: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    for block in document.blocks:
        if isinstance(block, Grid):
            tokens += _cells(block, lines, near)
            lines += len(block.rows)
            near = since = ()
        else:
            said = units_over(block.text)
            near = (*near, *said) if said or may_stand_between(block.text) else ()
            since = () if _SENTENCE_END in block.text else (*since, *said)
            tokens.append(Token(block.text, _name(block.text), None, since))
    return tokens


def _cells(grid: Grid, lines: int, above: tuple[str, ...]) -> list[Token]:
    said = (*above, *(unit for text in grid.texts() for unit in units_said(text)))
    names = {text: _name(text) for text in grid.texts()}
    return [Token(cell.text, names[cell.text], lines + r, said) for r in range(len(grid.rows)) for cell in grid.own(r)]


def _name(text: str) -> str:
    return core(text) if len(text) <= _LONGEST_LABEL else ""
