"""The heads of form table 4: whole, or in blocks that each have some of the proceedings, side by side or stacked."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipelines.document import Cell, Grid
from pipelines.editions import Edition, Head, editions
from pipelines.text import core

_Wordings = dict[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """Heads of a grid: from the row ``top`` to the row ``last``. What is before ``end`` may stand under them.

    ``names`` are the proceedings that are named among the heads, in the order of the form.
    """

    grid: Grid
    top: int
    last: int
    end: int
    names: tuple[str, ...]

    @property
    def wanted(self) -> tuple[str, ...]:
        """The metrics of its proceedings in the order of the form."""
        return _metrics(self.names)

    def columns(self) -> dict[str, int]:
        """Metric → column, from the heads above each: the proceeding and the result; none if columns are lost."""
        if not self.grid.aligned:
            return {}
        results, proceedings = vocabulary()
        result: dict[int, str] = {}
        proceeding: dict[int, str] = {}
        for row in self.grid.rows[self.top : self.last + 1]:  # what stands lower says it more closely
            for column, cell in enumerate(row):
                text = core(cell.text) if cell is not None else ""
                if text in results:
                    result[column] = results[text]
                elif text in proceedings:
                    proceeding[column] = proceedings[text]
        columns: dict[str, int] = {}
        for column in sorted(result.keys() & proceeding.keys()):
            columns.setdefault(f"{proceeding[column]}_{result[column]}", column)
        return columns

    def results(self) -> list[Cell]:
        """The heads of the five results in the order of the form, where each stands once; else none."""
        wordings = vocabulary()[0]
        cells = [cell for cell in self.grid.own(self.last) if core(cell.text) in wordings]
        if len(cells) != len(edition().results):
            return []
        found = {wordings[core(cell.text)]: cell for cell in cells}
        return [found[result] for result in edition().results] if len(found) == len(cells) else []

    def in_order(self) -> bool:
        """True when the heads are all there and each row of them follows the order of the form.

        The results of the first proceeding may stand one row higher, beside the heads of the others.
        """
        results, places = vocabulary()[0], _places(self.names)
        rows = [[core(cell.text) for cell in self.grid.own(r) if cell.text] for r in range(self.top, self.last + 1)]
        above = [
            [0 if text in results else places[text] for text in row if text in results or text in places]
            for row in rows[:-1]
        ]
        printed = [results[text] for row in rows for text in row if text in results]
        return (
            printed == [*edition().results] * len(self.names)
            and {*places.values()} <= {place for row in above for place in row}
            and all(row == sorted(row) for row in above)
        )


def blocks(grid: Grid) -> Iterator[Block]:
    """Every block of heads of a grid: rows of them that follow one another are one block."""
    results, proceedings = vocabulary()
    printed = {text: plain for text in grid.words() if (plain := core(text)) in results}
    if len({*printed.values()}) < len(edition().results):
        return
    rows = [r for r in range(len(grid.rows)) if grid.own(r)]
    heads = [r for r in rows if _count(grid.own(r), printed) >= len(edition().results)]
    after = dict(zip(rows, [*rows[1:], len(grid.rows)], strict=True))
    lasts = [r for r in heads if after[r] not in heads]
    tops = [0, *(_top(grid, after[above], below) for above, below in pairwise(lasts)), len(grid.rows)]
    for last, (top, end) in zip(lasts, pairwise(tops), strict=False):
        texts = {core(cell.text) for r in range(top, last + 1) for cell in grid.own(r)}
        named = {proceedings[text] for text in texts & proceedings.keys()}
        yield Block(grid, top, last, end, tuple(name for name in edition().proceedings if name in named))


def _top(grid: Grid, first: int, last: int) -> int:
    """Where the heads begin that end at ``last``, below figures that begin at ``first``."""
    results, proceedings = vocabulary()
    over = {core(head.under) for head in edition().proceedings.values() if head.under}
    words = results.keys() | proceedings.keys() | over
    return next(r for r in range(first, last + 1) if any(core(cell.text) in words for cell in grid.own(r)))


def _count(cells: Sequence[Cell], texts: Container[str]) -> int:
    return len([cell for cell in cells if cell.text in texts])


def edition() -> Edition:
    """The edition whose words are looked for: all have this table alike."""
    return next(iter(editions().values()))


@cache
def vocabulary() -> tuple[_Wordings, _Wordings]:
    """Wording → result, and wording → proceeding."""
    return _wordings(edition().results), _wordings(edition().proceedings)


@cache
def _metrics(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}_{result}" for name in names for result in edition().results)


def _wordings(heads: dict[str, Head]) -> _Wordings:
    return {core(text): name for name, head in heads.items() for text in (head.label, *head.aliases)}


@cache
def _places(names: tuple[str, ...]) -> dict[str, int]:
    """Wording → place of a proceeding among these; what stands over several has the place of the first."""
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        head = edition().proceedings[name]
        for text in (head.label, *head.aliases, head.under or head.label):
            places.setdefault(core(text), place)
    return places
