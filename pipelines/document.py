"""``Document``: the one form every reader produces, its paragraphs and grids in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

_FEWEST_ROWS = 3  # tables of a single row that make a table together; fewer may be a menu


@dataclass(slots=True, eq=False)
class Cell:
    """One printed cell and the place of its top-left corner in the expanded grid.

    Cells compare by identity, so that the two cells of a row that print the same figure stay two cells.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class Grid:
    """A table. ``rows[r][c]`` is the cell that covers that place; a spanning cell stands at each place it covers.

    ``aligned`` is False for text renderings that lost their merged cells: then only the order within a row is known.
    ``said`` are the units that stand over the whole of it; no reader tells them.
    The rows do not change once the grid is made. ``begun`` are the cells that begin in each of them, from whoever laid
    them out and so knows; they are looked up for whoever does not.
    """

    rows: list[list[Cell | None]]
    aligned: bool = True
    said: tuple[str, ...] = ()
    begun: list[list[Cell]] = field(default_factory=list, repr=False, compare=False)
    _texts: tuple[str, ...] = field(default=(), init=False, repr=False, compare=False)
    _words: tuple[str, ...] = field(default=(), init=False, repr=False, compare=False)

    def own(self, row: int) -> list[Cell]:
        """The cells that begin in this row, left to right; a list that is not to be changed."""
        if not self.begun:  # every table is looked through by many eyes, row by row
            self.begun = [_beginning(r, cells) for r, cells in enumerate(self.rows)]
        return self.begun[row]

    def texts(self) -> tuple[str, ...]:
        """What the cells print, each text once, in reading order; most cells of a form print the same few figures."""
        if not self._texts:
            self._texts = tuple(dict.fromkeys([cell.text for r in range(len(self.rows)) for cell in self.own(r)]))
        return self._texts

    def words(self) -> tuple[str, ...]:
        """Those of the texts that are no plain numbers: labels, heads, and whatever else may say something of these."""
        if not self._words:
            self._words = tuple([text for text in self.texts() if not text.isdecimal()])
        return self._words

    def covering(self, row: int) -> list[Cell]:
        """The cells that cover this row, left to right, each once, those carried down from above included."""
        return list(dict.fromkeys(filter(None, self.rows[row])))


def _beginning(row: int, cells: list[Cell | None]) -> list[Cell]:
    return [cell for column, cell in enumerate(cells) if cell is not None and cell.row == row and cell.column == column]


def keep_rows(grid: Grid, kept: Sequence[int]) -> Grid:
    """Some rows of a table as a table of their own, in their order; what spans others covers those that are left."""
    covered: dict[Cell, list[int]] = {}
    for number, r in enumerate(kept):
        for cell in grid.covering(r):
            covered.setdefault(cell, []).append(number)
    moved = {cell: Cell(cell.text, rows[0], cell.column, len(rows), cell.colspan) for cell, rows in covered.items()}
    rows = [[moved[cell] if cell is not None else None for cell in grid.rows[r]] for r in kept]
    return Grid(rows, grid.aligned, grid.said)


def reprinted(grid: Grid, texts: Mapping[Cell, str]) -> Grid:
    """A table in which some of its cells print another text."""
    changed = {cell: replace(cell, text=text) for cell, text in texts.items()}
    rows = [[changed.get(cell, cell) if cell is not None else None for cell in row] for row in grid.rows]
    return Grid(rows, grid.aligned, grid.said)


@dataclass(slots=True)
class Paragraph:
    """A line of running text."""

    text: str


Block = Paragraph | Grid


def rows_joined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with each run of tables of a single row as one table, of which the columns are not known."""
    joined: list[Block] = []
    for is_row, run in groupby(blocks, key=lambda block: isinstance(block, Grid) and len(block.rows) == 1):
        same = list(run)
        rows = [block for block in same if isinstance(block, Grid)] if is_row else []
        joined += [_stacked(rows)] if len(rows) >= _FEWEST_ROWS else same
    return joined


def _stacked(grids: Sequence[Grid]) -> Grid:
    rows: list[list[Cell | None]] = [
        [Cell(cell.text, r, place) for place, cell in enumerate(grid.own(0))] for r, grid in enumerate(grids)
    ]
    return Grid(rows, aligned=False)


@dataclass(slots=True)
class Document:
    """What a reader saw: blocks in reading order and the page's own statements about itself.

    ``meta`` holds the statutory ``<meta>`` tags (国办发〔2017〕47号) under lower-case names; empty ones are left out.
    ``pictures`` are the addresses of images in the body and ``attachments`` those of documents it links or shows.
    ``hidden`` are the texts of cells that the page's own style hides; none of them is in a block.
    """

    blocks: list[Block]
    meta: dict[str, str] = field(default_factory=dict)
    page_title: str = ""
    headings: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def grids(self) -> Iterator[Grid]:
        """The tables in reading order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def paragraphs(self) -> Iterator[str]:
        """The text of the paragraphs in reading order."""
        return (block.text for block in self.blocks if isinstance(block, Paragraph))
