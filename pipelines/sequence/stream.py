"""A document as one stream of texts in reading order: cells row by row, paragraphs between; no columns, no spans."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from itertools import accumulate, compress, count
from typing import NamedTuple

from pipelines.document import Document, Grid
from pipelines.text import core
from pipelines.units import may_stand_between, units_among, units_over

_SENTENCE_END = "。"
_LONGEST_LABEL = 120  # the longest label of any form has 45 characters; markup may put as many blanks between them


class Token(NamedTuple):
    """One text of a stream; see there."""

    text: str
    line: int | None = None
    said: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Stream:
    """Every cell and paragraph of a document, each once: what there is to say of them, by their places in the stream.

    ``names`` are the texts in their comparable form, empty for what is too long to be a label; ``worded`` are the
    places of those that are no plain numbers, which no form has for labels. ``lines`` number the table rows of the
    document; a line of running text has None. ``said`` are the units that were printed over a text's table and in it,
    or over its line since the last sentence or table. ``tabled`` are the different words in tables.
    """

    texts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    worded: list[int] = field(default_factory=list)
    lines: list[int | None] = field(default_factory=list)
    said: list[tuple[str, ...]] = field(default_factory=list)
    tabled: set[str] = field(default_factory=set)
    _ends: list[int] = field(default_factory=list)

    def where(self, names: Set[str]) -> list[int]:
        """The places of some names, in reading order: a form has few among the many texts of a document."""
        return [at for at in self.worded if self.names[at] in names]

    def behind_line(self, at: int) -> int:
        """The place behind the line that a text is in."""
        line = self.lines[at]
        return at + 1 if line is None else self._ends[line]

    def add_line(self, text: str, said: tuple[str, ...]) -> None:
        """Add a line of running text."""
        self.worded.append(len(self.texts))
        self.texts.append(text)
        self.names.append(core(text) if len(text) <= _LONGEST_LABEL else "")
        self.lines.append(None)
        self.said.append(said)

    def add_table(self, grid: Grid, above: tuple[str, ...]) -> None:
        """Add the cells of a table."""
        words, rows = grid.words(), [grid.own(number) for number in range(len(grid.rows))]
        names = {text: core(text) if len(text) <= _LONGEST_LABEL else "" for text in words}
        own = [cell.text for row in rows for cell in row]
        self.worded += compress(count(len(self.texts)), map(names.get, own))
        self.lines += [line for line, row in enumerate(rows, len(self._ends)) for _ in row]
        self._ends += [len(self.texts) + behind for behind in accumulate(map(len, rows))]
        self.texts += own
        self.names += map(names.get, own, own)
        self.said += [(*above, *units_among(words))] * len(own)
        self.tabled.update(words)

    def running(self) -> list[str]:
        """The lines of running text."""
        return [text for text, line in zip(self.texts, self.lines, strict=True) if line is None]

    def tokens(self, *, in_tables: bool) -> list[Token]:
        """The texts with what is said of each, all of them or those in tables."""
        tokens = map(Token, self.texts, self.lines, self.said)
        return [token for token in tokens if token.line is not None] if in_tables else list(tokens)


def stream(document: Document) -> Stream:
    """Every cell and paragraph of a document, each once."""
    found = Stream()
    near: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    for block in document.blocks:
        if isinstance(block, Grid):
            found.add_table(block, near)
            near = since = ()
        else:
            said = units_over(block.text)
            if said or (near and not may_stand_between(block.text)):
                near = (*near, *said) if said else ()
            since = () if _SENTENCE_END in block.text else (*since, *said)
            found.add_line(block.text, since)
    return found
