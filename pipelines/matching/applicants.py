"""The column heads of form table 3: where each kind of applicant stands, and in which order they are printed."""

from __future__ import annotations

from collections.abc import Iterator, KeysView, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.document import Cell, Grid
from pipelines.editions import Edition, editions
from pipelines.matching.columns import printing
from pipelines.text import core
from pipelines.vocabulary import APPLICANTS, ORGANISATIONS

_TITLE = "申请人情况"
_GROUPS = frozenset(
    f"法人{joined}{other}组织" for joined in ("或", "或者", "和", "及", "") for other in ("其他", "其它")
)
_Line = Sequence[tuple[Cell, str]]  # the cells that begin in a row of heads, and what they say

_STRANGER = -1.0
_OVER = {_TITLE: -0.5} | dict.fromkeys(_GROUPS, 0.5)  # places of what stands over others, among those of applicants


class Heads(NamedTuple):
    """The heads over some rows of a table: their first row, the first row below them, the applicants' in form order.

    ``in_line`` says that the column of each head can be trusted, whatever their order. ``in_order`` says that they are
    printed in the order of the form with no other among them: then the values of a row are known by their order alone.
    """

    top: int
    below: int
    cells: list[Cell]
    in_line: bool
    in_order: bool

    def carried_over(self) -> Heads:
        """The heads for the next grid, where a table goes on without them: its columns may be others."""
        return self._replace(top=0, below=0, in_line=False)


def applicant_heads(grid: Grid, edition: Edition, form_rows: KeysView[int]) -> list[Heads]:
    """The complete heads of a grid; more than one where they are printed again below ``form_rows``."""
    names = _names(edition.id)
    if names.keys().isdisjoint(map(core, grid.words())):
        return []
    told = {text: plain for text in grid.words() if (plain := core(text)) in names or plain in _OVER}
    blocks: list[list[int]] = []
    for r, cells in printing(grid, told).items():
        texts = {told[cell.text] for cell in cells}
        if _OVER.keys().isdisjoint(texts) and len(texts) < 2:
            continue
        if not (blocks and form_rows.isdisjoint(range(blocks[-1][-1] + 1, r))):
            blocks.append([])
        blocks[-1].append(r)
    return [heads for rows in blocks if (heads := _heads(grid, rows, edition)) is not None]


@cache
def _names(edition_id: str) -> dict[str, str]:
    """Wording → applicant."""
    heads = editions()[edition_id].applicants
    return {core(text): name for name, head in heads.items() for text in (head.label, *head.aliases)}


def _heads(grid: Grid, rows: list[int], edition: Edition) -> Heads | None:
    """The heads that these rows print; None unless every applicant has one."""
    lines: list[_Line] = [[(cell, core(cell.text)) for cell in grid.own(r)] for r in rows]
    cells = dict(_one_each(lines, edition))
    if len(cells) != len(APPLICANTS):
        return None
    ordered = [cells[name] for name in APPLICANTS]
    orders = [_order(line, ordered) for line in lines]
    under = {column for line in lines for column in _under_groups(line)}
    return Heads(
        rows[0],
        rows[-1] + 1,
        ordered,
        in_line=grid.aligned and _fit_together(cells, under),
        in_order=all(_STRANGER not in order and order == sorted(order) for order in orders) and any(map(_ties, orders)),
    )


def _one_each(lines: Sequence[_Line], edition: Edition) -> Iterator[tuple[str, Cell]]:
    """The head of each applicant; of several the one in the form's own words, none when that does not tell them."""
    names = _names(edition.id)
    found: dict[str, list[Cell]] = {}
    for line in lines:
        for cell, text in line:
            if (name := names.get(text)) is not None:
                found.setdefault(name, []).append(cell)
    for name, printed in found.items():
        cells = [
            *{cell.column: cell for cell in printed}.values()
        ]  # the lowest, where a span became a copy in each row
        verbatim = [cell for cell in cells if core(cell.text) == edition.applicants[name].label]
        if len(cells) == 1 or len(verbatim) == 1:
            yield name, (verbatim or cells)[0]


def _order(line: _Line, heads: Sequence[Cell]) -> list[float]:
    """The place in the form of each head of one row; what stands over the organisations comes right before them."""
    places: dict[Cell, float] = {cell: place for place, cell in enumerate(heads)}
    printed = [places.get(cell, _OVER.get(text, _STRANGER)) for cell, text in line if cell.text]
    while printed and printed[0] == _STRANGER:
        del printed[0]
    return printed


def _ties(order: list[float]) -> bool:
    """True for the row that has natural persons beside an organisation, or beside what stands over these."""
    natural, *organisations, _ = range(len(APPLICANTS))
    return natural in order and any(natural < place <= organisations[-1] for place in order)


def _under_groups(line: _Line) -> Iterator[int]:
    """The columns under the head of the organisations: those it spans, or itself and empty cells in place of a span."""
    goes_on = False
    for cell, text in line:
        is_group = text in _GROUPS
        goes_on = (is_group and cell.colspan == 1) or (goes_on and not cell.text)
        if is_group or goes_on:
            yield from range(cell.column, cell.column + cell.colspan)


def _fit_together(cells: dict[str, Cell], under: set[int]) -> bool:
    """True when the heads have columns of their own, those of organisations below the head that stands over them."""
    columns = {name: cell.column for name, cell in cells.items()}
    apart = len({*columns.values()}) == len(columns)
    return apart and (
        not under or all((column in under) == (name in ORGANISATIONS) for name, column in columns.items())
    )
