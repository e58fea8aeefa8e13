"""Form table 2 in reading order: a run of column heads, then labels with as many values as there were heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from pipelines.editions import BlockRow, Edition, column_head, columns_beside, editions
from pipelines.sequence.beside import Line, line_behind, parts_of
from pipelines.sequence.run import Run, ends, in_order, settle
from pipelines.sequence.stream import Token
from pipelines.text import core
from pipelines.tokens import Kind, Status, read_token
from pipelines.units import of_several, one_of, unit_behind
from pipelines.vocabulary import metrics

_SHORTEST_HEAD = 3  # publishers cut heads short, as in 本年新; less says nothing


class _Mark(NamedTuple):
    """A label under the heads of its own block: its edition, the place of its row in the form, and the heads."""

    position: int
    edition: str
    place: int
    heads: Sequence[int]


def read_disclosure(tokens: Sequence[Token]) -> Run | None:
    """Find form table 2 by the heads and labels of each edition; a hybrid prints those of two."""
    run = Run(edition="")
    labels: list[int] = []
    heads = _heads_among(tokens)
    found = list(_marks(tokens, heads))
    borders = ends([*heads, *(mark.position for mark in found)], len(tokens))
    above = {mark.position: mark.heads for mark in found}
    for edition in editions().values():
        rows = _rows(edition.id)
        own = [(mark.position, mark.place) for mark in found if mark.edition == edition.id]
        for position, place in in_order(own):
            line = line_behind(tokens, position, borders[position], parts_of(tokens, above[position]))
            _take(run, rows[place], line, tokens[position], [tokens[at] for at in above[position]])
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


def _marks(tokens: Sequence[Token], heads: Mapping[int, str]) -> Iterator[_Mark]:
    """Every label that stands under the heads of its own block, and under no strange heads below these."""
    run: list[int] = []
    above: list[int] = []
    labels: dict[str, tuple[str, int]] = {}
    strange = _strange_lines(tokens)
    for position, token in enumerate(tokens):
        if not token.name or (run and _is_beside(token, tokens[run[-1]])):
            continue
        if position in heads or (token.line is None and token.name in columns_beside()):
            run.append(position)
            continue
        if run:
            labels = _labels_under(tuple(column_head(tokens[at].name) for at in run))
            above, run = run, []
        if token.line in strange:
            labels = {}
        if token.name in labels:
            yield _Mark(position, *labels[token.name], above)


def _strange_lines(tokens: Sequence[Token]) -> set[int]:
    """The lines of words alone that are neither heads nor labels of the form: the heads above these no longer hold."""
    lines = groupby((token for token in tokens if token.name), lambda token: token.line)
    return {line for line, own in lines if line is not None and _are_strange(list(own))}


def _are_strange(line: Sequence[Token]) -> bool:
    known = _known()
    worded = all(read_token(token.text, Kind.CHANGE).status is Status.TEXT for token in line)
    return len(line) > 1 and worded and not any(column_head(token.name) in known for token in line)


@cache
def _known() -> frozenset[str]:
    """The words of the form: beginnings of heads, and labels."""
    labels = (core(text) for name in editions() for row in _rows(name) for text in _row_wordings(row))
    return _beginnings() | frozenset(labels)


def _row_wordings(row: BlockRow) -> tuple[str, ...]:
    return row.label, *row.aliases


def _is_beside(token: Token, head: Token) -> bool:
    """True for the head of a column without figures, in the line of other heads."""
    return token.line is not None and token.line == head.line and token.name in columns_beside()


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
                    for text in _row_wordings(row):
                        labels.setdefault(core(text), (edition.id, place))
                place += 1
    return labels


def _take(run: Run, row: BlockRow, line: Line | None, label: Token, heads: Sequence[Token]) -> None:
    """Take the values of a row, with the units behind its label, in columns of their own and behind each head."""
    if line is None:
        run.unread.append(row.metrics[0])
        return
    said = [unit for unit in (unit_behind(label.text), *line.units) if unit]
    for metric, text, head in zip(row.metrics, line.values, heads, strict=False):
        run.cells[metric, None] = text
        own = of_several(said, metrics()[metric].unit)
        if unit := one_of([*own, *filter(None, [unit_behind(head.text)])]):
            run.units[metric, None] = unit
