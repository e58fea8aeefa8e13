"""Form table 2 in reading order: a run of column heads, then labels with as many values as there were heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from pipelines.editions import BlockRow, Edition, column_head, editions
from pipelines.sequence.run import Run, ends, in_order, settle, values_after
from pipelines.sequence.stream import Token
from pipelines.text import core
from pipelines.units import one_of, unit_behind

_SHORTEST_HEAD = 3  # publishers cut heads short, as in 本年新; less says nothing


def read_disclosure(tokens: Sequence[Token]) -> Run | None:
    """Find form table 2 by the heads and labels of each edition; a hybrid prints those of two."""
    run = Run(edition="")
    labels: list[int] = []
    heads = _heads_among(tokens)
    found = list(_marks(tokens, heads))
    borders = ends([*heads, *(position for position, _, _, _ in found)], len(tokens))
    units = {position: printed for position, _, _, printed in found}
    for edition in editions().values():
        rows = _rows(edition.id)
        for position, place in in_order([(at, place) for at, name, place, _ in found if name == edition.id]):
            values = values_after(tokens, position, borders[position], len(rows[place].metrics))
            _take(run, rows[place], values, units[position])
            labels.append(position)
            run.edition = edition.id if run.edition in ("", edition.id) else "hybrid"
    numbers = any(tokens[at + 1].name.isdigit() for at in labels if at + 1 < len(tokens))
    return settle(run, tokens, labels, numbers=numbers) if labels else None


@cache
def _rows(edition_id: str) -> tuple[BlockRow, ...]:
    return tuple(row for block in editions()[edition_id].disclosure for row in block.rows)


def _heads_among(tokens: Sequence[Token]) -> dict[int, str]:
    """Position → what is printed of a column head there, be it cut short."""
    beginnings = _beginnings()
    heads = ((at, column_head(token.name)) for at, token in enumerate(tokens) if len(token.name) >= _SHORTEST_HEAD)
    return {at: head for at, head in heads if head in beginnings}


def _marks(tokens: Sequence[Token], heads: Mapping[int, str]) -> Iterator[tuple[int, str, int, list[str | None]]]:
    """(position, edition, place of the row, units) of every label that stands under the heads of its own block.

    A unit is that in brackets behind the label, or else behind each head; None where neither prints one.
    """
    run: list[Token] = []
    above: list[Token] = []
    labels: dict[str, tuple[str, int]] = {}
    for position, token in enumerate(tokens):
        if position in heads:
            run.append(token._replace(name=heads[position]))
            continue
        if run and token.name:
            labels = _labels_under(tuple(head.name for head in run))
            above, run = run, []
        if token.name in labels:
            edition, place = labels[token.name]
            own = unit_behind(token.text)
            yield position, edition, place, [_unit(own, unit_behind(head.text)) for head in above]


def _unit(own: str | None, above: str | None) -> str | None:
    """The unit of a figure; where label and head name two that differ, both, and no figure can be in that."""
    return one_of([unit for unit in (own, above) if unit])


@cache
def _heads() -> frozenset[str]:
    """Every wording of every column head."""
    return frozenset(
        wording
        for edition in editions().values()
        for block in edition.disclosure
        for column in block.columns
        for wording in _wordings(edition, column)
    )


def _wordings(edition: Edition, column: str) -> tuple[str, ...]:
    return tuple(map(core, (column, *edition.column_aliases.get(column, ()))))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(head[:length] for head in _heads() for length in range(_SHORTEST_HEAD, len(head) + 1))


@lru_cache(maxsize=1 << 8)
def _labels_under(run: tuple[str, ...]) -> dict[str, tuple[str, int]]:
    """Label → (edition, place of its row) for the blocks whose heads the run prints, in their order."""
    labels: dict[str, tuple[str, int]] = {}
    for edition in editions().values():
        place = 0
        for block in edition.disclosure:
            fits = len(run) == len(block.columns) and all(
                any(wording.startswith(name) for wording in _wordings(edition, column))
                for name, column in zip(run, block.columns, strict=True)
            )
            for row in block.rows:
                if fits:
                    for text in (row.label, *row.aliases):
                        labels.setdefault(core(text), (edition.id, place))
                place += 1
    return labels


def _take(run: Run, row: BlockRow, values: list[str] | None, units: list[str | None]) -> None:
    if values is None:
        run.unread.append(row.metrics[0])
    else:
        run.units.update({(metric, None): unit for metric, unit in zip(row.metrics, units, strict=True) if unit})
        run.cells.update({(metric, None): text for metric, text in zip(row.metrics, values, strict=False)})
