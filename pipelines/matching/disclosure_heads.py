"""The column heads of form table 2: which block of which edition a row of heads is, and where each head stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines.document import Cell, Grid
from pipelines.editions import column_head, columns_beside, editions
from pipelines.text import core, label


class HeadRow(NamedTuple):
    """What a row of heads says: the edition, its heads in the form's order, and where in the row each stands.

    ``in_order`` says that they are printed in that order, with no other head among or behind them.
    """

    edition: str
    columns: tuple[str, ...]
    places: tuple[int, ...]
    in_order: bool


class Heads(NamedTuple):
    """The column heads in force: what they say, and the cell of each."""

    said: HeadRow
    cells: list[Cell]


def head_texts(grid: Grid) -> set[str]:
    """What is printed in a table that is a head of any block."""
    return {text for text in grid.words() if _head(text) in _vocabulary()}


def heads_in(cells: Sequence[Cell]) -> Heads | None:
    """The heads that a row prints with one of the ``head_texts``, if it is a row of heads."""
    said = _head_row(tuple([_head(cell.text) for cell in cells]))
    return Heads(said, [cells[place] for place in said.places]) if said is not None else None


@lru_cache(maxsize=1 << 8)
def _head_row(texts: tuple[str, ...]) -> HeadRow | None:
    """The heads that a row names, of the block that it names most heads of."""
    readings = [
        HeadRow(edition.id, columns, tuple(places), _end_the_row(texts, places))
        for edition in editions().values()
        for columns in dict.fromkeys(block.columns for block in edition.disclosure)
        if (places := _places(texts, columns, edition.id)) is not None
    ]
    return max(readings, key=lambda row: len(row.columns), default=None)


@lru_cache(maxsize=1 << 13)
def _head(text: str) -> str:
    """A head as the form words it: an explanation in brackets behind it is left out, 上一年项目数量(指2019年事项数)."""
    return plain if (plain := column_head(label(text))) in _vocabulary() else column_head(core(text))


def _end_the_row(texts: Sequence[str], places: list[int]) -> bool:
    """True when the heads are printed side by side in their order, nothing behind them, and beside labels."""
    first, last = places[0], places[-1]
    beside_labels = first == 0 or texts[first - 1] not in columns_beside()
    return places == [*range(first, last + 1)] and beside_labels and not any(texts[last + 1 :])


def _places(texts: Sequence[str], columns: tuple[str, ...], edition_id: str) -> list[int] | None:
    """Where each head stands in the row; None when one is not there, or twice.

    A head cut short counts where it stands at its own place from the end.
    """
    places = []
    for number, column in enumerate(columns):
        own_place = len(texts) - len(columns) + number
        wordings = wordings_of(edition_id, column)
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
def wordings_of(edition_id: str, column: str) -> frozenset[str]:
    """Every wording of a head."""
    edition = editions()[edition_id]
    printed = (column, *edition.column_aliases.get(column, ()))
    return frozenset({label(text) for text in printed} | {core(text) for text in printed})


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(
        wording
        for edition in editions().values()
        for block in edition.disclosure
        for column in block.columns
        for wording in wordings_of(edition.id, column)
    )
