"""Which column of an annex holds the report's own figures.

An annex has a column of labels and one of figures; often also units and codes; sometimes several columns of figures, of
which at most one is the year's. When the heads do not say which, or say that it is another year's, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.document import Cell, Grid
from pipelines.editions import AnnexEdition
from pipelines.text import label
from pipelines.units import unit_behind, without_unit

_YEAR = re.compile(r"(?:19|20)\d{2}")
_MAX_HEAD_ROWS = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an annex: their number, the places of labels and figures, and the first row below the heads.

    ``value`` is the column of the figures and ``span`` how many columns its head covers; it is None when none of the
    columns that hold figures (``figures`` are their heads, ``places`` where they stand) is said to be the report's.
    ``unit`` is the column of units, if there is one, and ``head_unit`` the unit in the head of the figures.
    """

    width: int
    label: int
    unit: int | None
    value: int | None
    span: int
    figures: tuple[str, ...]
    places: tuple[int, ...]
    head_unit: str | None
    first_row: int

    @property
    def taken(self) -> str | None:
        """The head of the column taken among several; None where there was no choice."""
        return None if self.value is None or len(self.figures) < 2 else self.figures[0]


def find_columns(grid: Grid, form: AnnexEdition, year: int | None) -> Columns | None:
    """Read the heads of an annex for the report of ``year``; None when the table prints none of them."""
    for r, cells in enumerate(grid.rows):
        if any(head(cell) in form.columns.label for cell in cells):
            return _columns(grid, r, form, year)
    return None


def _columns(grid: Grid, r: int, form: AnnexEdition, year: int | None) -> Columns | None:
    heads, leaves = form.columns, list(grid.rows[r])
    place = max(i for i, cell in enumerate(leaves) if head(cell) in heads.label)
    below = r + 1
    while below < min(len(grid.rows), r + _MAX_HEAD_ROWS) and _continues(grid, below, leaves):
        leaves = [cell if head(cell) else above for cell, above in zip(grid.rows[below], leaves, strict=True)]
        below += 1
    no_figures = {*heads.label, *heads.unit, *heads.code, *heads.remark, ""}
    figures: dict[Cell, int] = {}
    for i, cell in enumerate(leaves):
        if cell is not None and i > place and head(cell) not in no_figures:
            figures.setdefault(cell, i)
    if not figures:
        return None
    over = {cell: "/".join(_over(grid, r, below, i)) for cell, i in figures.items()}
    chosen = _choose(over, form, year)
    texts = sorted((cell.text for cell in figures), key=lambda text: chosen is None or text != chosen.text)
    return Columns(
        width=len(leaves),
        label=place,
        unit=next((i for i, cell in enumerate(leaves) if i > place and head(cell) in heads.unit), None),
        value=figures[chosen] if chosen else None,
        span=sum(cell is chosen for cell in leaves),
        figures=tuple(texts),
        places=tuple(figures.values()),
        head_unit=unit_behind(chosen.text) if chosen else None,
        first_row=below,
    )


def _continues(grid: Grid, r: int, above: list[Cell | None]) -> bool:
    """A second row of heads stands beside a head of two rows; the numbering 甲 乙 丙 1 2 is one, too."""
    if len(grid.rows[r]) != len(above):
        return False
    own = [text for cell in grid.own(r) if (text := label(cell.text))]
    numbered = bool(own) and all(len(text) == 1 for text in own) and not own[0].isdigit()
    return numbered or any(cell is not None and cell.row < r for cell in grid.rows[r])


def _over(grid: Grid, first: int, end: int, column: int) -> Iterator[str]:
    """All heads over a column, from the top."""
    cells = (grid.rows[r][column] for r in range(first, end))
    yield from (label(cell.text) for cell in dict.fromkeys(cells) if cell is not None)


def head(cell: Cell | None) -> str:
    """A head in its comparable form, without its unit; the single characters of a row of numbering are none."""
    text = _YEAR.sub("{year}", label(without_unit(cell.text))) if cell is not None else ""
    return text if len(text) > 1 else ""


def _choose(over: dict[Cell, str], form: AnnexEdition, year: int | None) -> Cell | None:
    """The column of the year, by all the heads over it: one that names a year is taken only if that is the report's."""
    heads = form.columns
    candidates = [
        cell
        for cell, texts in over.items()
        if head(cell) not in heads.other
        and not any(word in texts for word in heads.never)
        and {*_YEAR.findall(texts)} <= {str(year)}
    ]
    candidates = [cell for cell in candidates if str(year) in over[cell]] or candidates
    if len(candidates) == 1:
        return candidates[0]
    for wordings in (heads.year, heads.total):
        fitting = [cell for cell in candidates if head(cell) in wordings]
        if len(fitting) == 1:
            return fitting[0]
    return None
