"""Form table 2 in reading order: a run of column heads, then labels with as many values as there were heads."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.editions import BlockRow, Edition, column_head, columns_beside, editions
from pipelines.sequence.beside import Line, line_behind, parts_of
from pipelines.sequence.run import Run, ends, in_order, settle
from pipelines.sequence.stream import Stream
from pipelines.text import core
from pipelines.tokens import Kind, Status, read_token
from pipelines.units import of_several, one_of, unit_behind
from pipelines.vocabulary import metrics

_SHORTEST_HEAD = 3  # publishers cut heads short, as in 本年新; less says nothing
_LONGEST_HEAD = 24  # twice the longest head of any form


class _Heads(NamedTuple):
    """A run of column heads: the unit behind each of them, and what stands in each column.

    ``labels`` are those of the blocks that have these heads: the edition of each, and the place of its row in the form.
    """

    units: Sequence[str | None]
    parts: Sequence[str]
    labels: Mapping[str, tuple[str, int]]


class _Mark(NamedTuple):
    """A label under the heads of its own block: its edition, the place of its row in the form, and the heads."""

    position: int
    edition: str
    place: int
    heads: _Heads


def read_disclosure(stream: Stream) -> Run | None:
    """Find form table 2 by the heads and labels of each edition; a hybrid prints those of two."""
    run = Run(edition="")
    labels: list[int] = []
    names = {stream.names[at] for at in stream.worded}
    heads = frozenset([name for name in names if len(name) <= _LONGEST_HEAD and _is_head(name)])
    found = {mark.position: mark for mark in _marks(stream, heads)}
    borders = ends([*stream.where(heads), *found], len(stream.texts))
    for edition in editions().values():
        rows = _rows(edition.id)
        own = [(mark.position, mark.place) for mark in found.values() if mark.edition == edition.id]
        for position, place in in_order(own):
            above = found[position].heads
            line = line_behind(stream, position, borders[position], above.parts)
            _take(run, rows[place], line, stream.texts[position], above.units)
            labels.append(position)
            run.edition = edition.id if run.edition in ("", edition.id) else "hybrid"
    numbers = any(stream.names[at + 1].isdigit() for at in labels if at + 1 < len(stream.names))
    return settle(run, stream, labels, numbers=numbers) if labels else None


@cache
def _rows(edition_id: str) -> tuple[BlockRow, ...]:
    return tuple(row for block in editions()[edition_id].disclosure for row in block.rows)


@lru_cache(maxsize=1 << 13)
def _is_head(name: str) -> bool:
    """Whether this is a column head, be it cut short."""
    return len(name) >= _SHORTEST_HEAD and column_head(name) in _beginnings()


def _marks(stream: Stream, heads: frozenset[str]) -> Iterator[_Mark]:
    """Every label that stands under the heads of its own block, and under no strange heads below these."""
    labels = stream.where(_labels())
    for run, following in pairwise([*_runs(stream, heads), [len(stream.texts)]]):
        above = _read_heads(stream, run)
        below = labels[bisect(labels, run[-1]) : bisect_left(labels, following[0])]
        seen = stream.behind_line(run[-1])
        for position in below:
            if stream.names[position] not in above.labels:
                continue
            end = max(seen, stream.behind_line(position))
            if _any_strange(stream, seen, end):
                break
            seen = end
            yield _Mark(position, *above.labels[stream.names[position]], above)


def _runs(stream: Stream, heads: frozenset[str]) -> list[list[int]]:
    """The column heads that follow each other at once, but for heads of columns without figures in their line."""
    beside = columns_beside()
    runs: list[list[int]] = []
    behind = 0
    for position in stream.where(heads | beside.keys()):
        name, line = stream.names[position], stream.lines[position]
        goes_on = bool(runs) and not any(stream.names[behind:position])
        among = goes_on and name in beside and line is not None and line == stream.lines[runs[-1][-1]]
        if not among and name not in heads and line is not None:
            continue
        if not goes_on:
            runs.append([position])
        elif not among:
            runs[-1].append(position)
        behind = position + 1
    return runs


def _read_heads(stream: Stream, run: Sequence[int]) -> _Heads:
    labels = _labels_under(tuple([column_head(stream.names[at]) for at in run]))
    if not labels:
        return _Heads((), (), labels)
    return _Heads([unit_behind(stream.texts[at]) for at in run], parts_of(stream, run), labels)


def _any_strange(stream: Stream, at: int, end: int) -> bool:
    """Whether there is a line of words alone that are neither heads nor labels of the form: heads above it are past."""
    while at < end:
        first, at = at, stream.behind_line(at)
        if stream.lines[first] is not None and _are_strange(stream.names[first:at], stream.texts[first:at]):
            return True
    return False


def _are_strange(names: Sequence[str], texts: Sequence[str]) -> bool:
    named = list(filter(None, names))
    if len(named) < 2 or not _known().isdisjoint(map(column_head, named)):
        return False
    worded = (text for name, text in zip(names, texts, strict=True) if name)
    return all(read_token(text, Kind.CHANGE).status is Status.TEXT for text in worded)


@cache
def _labels() -> frozenset[str]:
    return frozenset(core(text) for name in editions() for row in _rows(name) for text in _row_wordings(row))


@cache
def _known() -> frozenset[str]:
    """The words of the form: beginnings of heads, and labels."""
    return _beginnings() | _labels()


def _row_wordings(row: BlockRow) -> tuple[str, ...]:
    return row.label, *row.aliases


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


def _take(run: Run, row: BlockRow, line: Line | None, label: str, heads: Sequence[str | None]) -> None:
    """Take the values of a row, with the units behind its label, in columns of their own and behind each head."""
    if line is None:
        run.unread.append(row.metrics[0])
        return
    said = [unit for unit in (unit_behind(label), *line.units) if unit]
    for metric, text, head in zip(row.metrics, line.values, heads, strict=False):
        run.cells[metric, None] = text
        if not said and not head:
            continue
        own = of_several(said, metrics()[metric].unit)
        if unit := one_of([*own, *filter(None, [head])]):
            run.units[metric, None] = unit
