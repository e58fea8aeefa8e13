"""Form table 3: a row for each outcome, a column for each kind of applicant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from pipelines.document import Cell, Grid
from pipelines.editions import Edition, FormRow, editions
from pipelines.matching.columns import under_heads
from pipelines.matching.found import Misfit, TableMatch
from pipelines.text import core
from pipelines.tokens import Kind, Status, read_token
from pipelines.vocabulary import APPLICANTS

MAX_LABELS = 3  # a row stands under at most two groups
SIMILAR = 0.85  # a misprinted label counts only between its neighbours and above this likeness
_ENTITY_HEADS = frozenset({"申请人情况", "法人或其他组织", "法人或其它组织"})


def match_requests(grids: Sequence[Grid]) -> TableMatch | None:
    """Find form table 3 in the tables of a document.

    The newest edition has every row of the older ones, so its rows are looked for. The edition is told only when the
    three rows under (六)其他处理 are printed; with the single row it stays empty, because both editions occur with it.
    """
    edition = next(iter(editions().values()))
    matched = TableMatch(edition="")
    order_known = False
    for grid in grids:
        heads = _heads(grid, edition)
        order_known = order_known or heads.complete
        if order_known:
            for r, row in _form_rows(grid, heads.below, edition).items():
                _take(grid, r, row, heads, matched)
    if not matched.cells and not matched.misfits:
        return None
    replaced = [name for row in edition.requests for name in row.instead_of]
    if any((name, "total") in matched.cells for name in replaced):
        matched.edition = edition.id
    return matched


@dataclass(slots=True)
class _Heads:
    """The heads of a table: the first row below them, and the column of each applicant that was found."""

    below: int
    columns: dict[str, int]

    @property
    def complete(self) -> bool:
        """Every applicant has a head; then the order of the columns is known even where they are not in line."""
        return len(self.columns) == len(APPLICANTS)


def _heads(grid: Grid, edition: Edition) -> _Heads:
    wordings = _applicant_wordings(edition.id)
    columns: dict[str, int] = {}
    first = 0
    for r in range(len(grid.rows)):
        texts = [(cell, core(cell.text)) for cell in grid.own(r) if cell.text]
        named = {text for _, text in texts}
        if not (named & _ENTITY_HEADS or len(named & wordings.keys()) >= 2):
            continue
        first = r + 1
        for cell, text in texts:
            if text in wordings:
                columns.setdefault(wordings[text], cell.column)
    return _Heads(first, columns)


@cache
def _applicant_wordings(edition_id: str) -> dict[str, str]:
    heads = editions()[edition_id].applicants
    return {core(text): name for name, head in heads.items() for text in (head.label, *head.aliases)}


def _form_rows(grid: Grid, first: int, edition: Edition) -> dict[int, FormRow]:
    """The form row of each table row that prints its label, misprinted labels between their neighbours included."""
    wordings = _row_wordings(edition.id)
    found: dict[int, FormRow] = {}
    for r in range(first, len(grid.rows)):
        labels = [cell for cell in grid.covering(r) if cell.text][:MAX_LABELS]
        named = next((cell for cell in reversed(labels) if core(cell.text) in wordings), None)
        if named is None or not grid.own(r):
            continue
        row = wordings[core(named.text)]
        if not (row.instead_of and _is_label(labels[labels.index(named) + 1 :])):
            found[r] = row
    return found | _misprinted(grid, found, edition)


def _is_label(behind: Sequence[Cell]) -> bool:
    """True when the first of the cells behind (六)其他处理 is a label not of the form: then (六) is its group."""
    return bool(behind) and _worded(behind[0].text) and read_token(behind[0].text, Kind.COUNT).status is Status.TEXT


@cache
def _row_wordings(edition_id: str) -> dict[str, FormRow]:
    return {core(text): row for row in editions()[edition_id].requests for text in (row.label, *row.aliases)}


def _misprinted(grid: Grid, found: dict[int, FormRow], edition: Edition) -> dict[int, FormRow]:
    """Rows whose label is nearly that of the one row that is missing between the rows above and below."""
    form = [row for row in edition.requests if not row.instead_of]
    place = {row.metric: number for number, row in enumerate(form)}
    repaired: dict[int, FormRow] = {}
    for r in range(min(found, default=0), max(found, default=0)):
        above, below = found.get(r - 1), found.get(r + 1)
        if r in found or above is None or below is None or {above.metric, below.metric} - place.keys():
            continue
        between = form[place[above.metric] + 1 : place[below.metric]]
        labels = [core(cell.text) for cell in grid.own(r) if cell.text]
        if len(between) == 1 and any(_alike(text, core(between[0].label)) for text in labels):
            repaired[r] = between[0]
    return repaired


def _alike(text: str, wanted: str) -> bool:
    return SequenceMatcher(None, text, wanted, autojunk=False).ratio() >= SIMILAR


def _take(grid: Grid, r: int, row: FormRow, heads: _Heads, matched: TableMatch) -> None:
    if (row.metric, "total") in matched.cells:
        matched.repeated.append(row.metric)
        return
    cells = _values(grid, r, heads)
    if len(cells) != len(APPLICANTS):
        matched.misfits.append(Misfit(row.metric, len(APPLICANTS), len(cells)))
        return
    matched.cells.update({(row.metric, name): cell for name, cell in zip(APPLICANTS, cells, strict=True)})


def _values(grid: Grid, r: int, heads: _Heads) -> list[Cell]:
    """The value cells of a row: those under the heads, or all cells after the last label when these are out of line."""
    wordings = _row_wordings(next(iter(editions())))
    own = grid.own(r)
    if grid.aligned and heads.complete:
        columns = [heads.columns[name] for name in APPLICANTS]
        if (cells := under_heads(grid, r, heads.below - 1, columns, wordings)) is not None:
            return cells
    return own[_last_label(own) + 1 :]


def _last_label(cells: list[Cell]) -> int:
    """The place of the last cell that is worded, not numbered: values follow it."""
    return max((i for i, cell in enumerate(cells[:MAX_LABELS]) if _worded(cell.text)), default=-1)


def _worded(text: str) -> bool:
    return len(core(text)) > 1 and not any(character.isdigit() for character in core(text))
