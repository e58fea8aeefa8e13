"""Form table 2: blocks, each with a row of column heads and one or more labelled rows below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.document import Cell, Grid
from pipelines.editions import BlockRow, Edition, column_head, columns_beside, editions
from pipelines.matching.columns import beside, under_heads
from pipelines.matching.found import Key, Misfit, TableMatch
from pipelines.text import core, label, tidy
from pipelines.tokens import Kind, Status, read_token
from pipelines.units import of_several, one_of, unit_behind
from pipelines.vocabulary import metrics


@dataclass(slots=True)
class _Heads:
    """The column heads in force: the edition they belong to and the cell of each, in the form's order.

    ``in_order`` says that they are printed in that order, with no other head among or behind them.
    """

    edition: Edition
    columns: tuple[str, ...]
    cells: list[Cell]
    in_order: bool


def match_disclosure(grids: Sequence[Grid]) -> TableMatch | None:
    """Find form table 2 in the tables of a document; the edition is the one whose column heads are printed."""
    matched = TableMatch(edition="")
    votes: Counter[str] = Counter()
    for grid in grids:
        if _heads_vocabulary().isdisjoint(map(_head, grid.texts())):
            continue
        heads: _Heads | None = None
        for r in range(len(grid.rows)):
            if (own_heads := _heads(grid.own(r))) is not None:
                heads = own_heads
            elif heads is not None and (found := _form_row(grid.covering(r), heads)) is not None:
                edition, row = found
                _take(grid, r, row, heads, matched)
                matched.said += grid.said
                votes[edition] += 1
            elif _are_strange_heads(grid.own(r)):
                heads = None
    if not votes:
        return None
    matched.edition = votes.most_common(1)[0][0] if len(votes) == 1 else "hybrid"
    return matched


def _heads(cells: Sequence[Cell]) -> _Heads | None:
    """The heads a row prints, if it is a row of heads: of all blocks of all editions the one it names most heads of."""
    texts = [_head(cell.text) for cell in cells]
    if _heads_vocabulary().isdisjoint(texts):
        return None
    readings = [
        _Heads(edition, columns, [cells[place] for place in places], _end_the_row(texts, places))
        for edition in editions().values()
        for columns in dict.fromkeys(block.columns for block in edition.disclosure)
        if (places := _places(texts, columns, edition)) is not None
    ]
    return max(readings, key=lambda heads: len(heads.columns), default=None)


@lru_cache(maxsize=1 << 13)
def _head(text: str) -> str:
    """A head as the form words it: an explanation in brackets behind it is left out, 上一年项目数量(指2019年事项数)."""
    return plain if (plain := column_head(label(text))) in _heads_vocabulary() else column_head(core(text))


def _end_the_row(texts: list[str], places: list[int]) -> bool:
    """True when the heads are printed side by side in their order, nothing behind them, and beside labels."""
    first, last = places[0], places[-1]
    beside_labels = first == 0 or texts[first - 1] not in columns_beside()
    return places == [*range(first, last + 1)] and beside_labels and not any(texts[last + 1 :])


def _are_strange_heads(cells: Sequence[Cell]) -> bool:
    """True for a row of words alone: heads of a block that are not known, so that those above it no longer hold."""
    printed = [cell.text for cell in cells if cell.text]
    return len(printed) > 1 and all(read_token(text, Kind.CHANGE).status is Status.TEXT for text in printed)


def _places(texts: list[str], columns: tuple[str, ...], edition: Edition) -> list[int] | None:
    """Where each head stands in the row; None when one is not there, or twice.

    A head cut short counts where it stands at its own place from the end.
    """
    places = []
    for number, column in enumerate(columns):
        own_place = len(texts) - len(columns) + number
        wordings = _wordings(edition, column)
        printed = [place for place, text in enumerate(texts) if text in wordings]
        if len(printed) == 1:
            places += printed
        elif (
            not printed and own_place > 0 and len(texts[own_place]) >= 3 and label(column).startswith(texts[own_place])
        ):
            places.append(own_place)
        else:
            return None
    return places if len(set(places)) == len(columns) else None


@cache
def _wordings_of(edition_id: str, column: str) -> frozenset[str]:
    edition = editions()[edition_id]
    printed = (column, *edition.column_aliases.get(column, ()))
    return frozenset({label(text) for text in printed} | {core(text) for text in printed})


def _wordings(edition: Edition, column: str) -> frozenset[str]:
    return _wordings_of(edition.id, column)


@cache
def _heads_vocabulary() -> frozenset[str]:
    return frozenset(
        wording
        for edition in editions().values()
        for block in edition.disclosure
        for column in block.columns
        for wording in _wordings(edition, column)
    )


def _form_row(cells: Sequence[Cell], heads: _Heads) -> tuple[str, BlockRow] | None:
    """The row of the form that these cells print, and its edition: that of the heads, or another that shares them."""
    labels = {core(cell.text) for cell in cells if cell.text}
    for block in heads.edition.disclosure:
        if block.columns == heads.columns:
            for row in block.rows:
                if labels.intersection(map(core, (row.label, *row.aliases))):
                    return heads.edition.id, row
    shared = _shared_rows(heads.edition.id, heads.columns)
    return next((shared[text] for text in labels if text in shared), None)


@cache
def _shared_rows(edition_id: str, columns: tuple[str, ...]) -> dict[str, tuple[str, BlockRow]]:
    """Label → row of another edition that can stand under these heads: 其他对外管理服务事项 under 本年处理决定数量."""
    wanted = [_wordings_of(edition_id, column) for column in columns]
    shared: dict[str, tuple[str, BlockRow]] = {}
    for other in (edition for edition in editions().values() if edition.id != edition_id):
        for block in other.disclosure:
            own = [_wordings_of(other.id, column) for column in block.columns]
            places = [next((i for i, texts in enumerate(own) if texts & want), None) for want in wanted]
            for row in block.rows if None not in places else ():
                printed = row.model_copy(update={"metrics": tuple(row.metrics[i] for i in places if i is not None)})
                shared |= {core(text): (other.id, printed) for text in (row.label, *row.aliases)}
    return shared


def _take(grid: Grid, r: int, row: BlockRow, heads: _Heads, matched: TableMatch) -> None:
    cells = _values(grid, r, row, heads)
    if len(cells) != len(row.metrics):
        matched.misfits.append(Misfit(row.metrics[0], len(row.metrics), len(cells)))
        return
    figures: dict[Key, Cell] = {(metric, None): cell for metric, cell in zip(row.metrics, cells, strict=True)}
    if not matched.take(row.metrics[0], figures):
        return
    labels = list(_units(grid, [cell for cell in grid.covering(r) if cell not in cells], heads))
    for metric, head in zip(row.metrics, heads.cells, strict=True):
        own = of_several(labels, metrics()[metric].unit)
        if unit := one_of([*own, *filter(None, [unit_behind(head.text)])]):
            matched.units[metric, None] = unit


def _units(grid: Grid, others: Sequence[Cell], heads: _Heads) -> Iterator[str]:
    """The units of a row: in brackets behind its label, and in the columns of units."""
    for cell in others:
        in_column = cell.row > heads.cells[0].row and beside(grid, heads.cells[0].row, cell) == "unit"
        if in_column and read_token(cell.text, Kind.COUNT).status is Status.TEXT:
            yield tidy(cell.text)
        elif unit := unit_behind(cell.text):
            yield unit


def _values(grid: Grid, r: int, row: BlockRow, heads: _Heads) -> list[Cell]:
    """The value cells of a row: those under the heads, or all behind the label.

    The latter only where the heads are out of line and yet in the order of the form; else none are told.
    """
    names = frozenset(map(core, (row.label, *row.aliases)))
    own = grid.own(r)
    if grid.aligned and (cells := under_heads(grid, r, heads.cells[0].row, heads.cells, names)) is not None:
        return cells
    place = max((i for i, cell in enumerate(own) if core(cell.text) in names), default=-1)
    return own[place + 1 :] if heads.in_order else []
