"""Form table 4 in reading order: the five heads of the results for each proceeding, then five values for each.

They may all stand together, or in parts one after the other; or the heads once, with the values behind the name of each
proceeding.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.editions import Edition, editions
from pipelines.numbers import numbers_columns
from pipelines.sequence.run import Run, settle, values_after
from pipelines.sequence.stream import Stream
from pipelines.text import core

_HEADS_ABOVE = 12  # texts before the first result that may hold the heads over it, empty ones included
_OVER = "over the lawsuits"


class _Part(NamedTuple):
    """Heads without values between them: the places of the first and the last result, and how many proceedings."""

    first: int
    last: int
    proceedings: int


class _Values(NamedTuple):
    """A place behind which values must stand, and whose they are."""

    label: int
    end: int
    names: tuple[str, ...]


def read_disputes(stream: Stream) -> Run | None:
    """Find form table 4. The editions share it."""
    edition = next(iter(editions().values()))
    places = _places(stream, edition)
    run = Run(edition.id)
    for label, end, names in places:
        wanted = _metrics(edition.id, names)
        numbered = numbers_columns(stream.texts[label + 1 : label + 1 + len(wanted)])
        before = label + len(wanted) * numbered
        values = values_after(stream, before, end, len(wanted)) if before < end else None
        if values is None:
            run.unread.append("disputes")
            continue
        for metric, text in zip(wanted, values, strict=False):
            run.cells.setdefault((metric, None), text)
    numbers = any(stream.names[label + 1].isdigit() for label, end, _ in places if label + 1 < end)
    return settle(run, stream, [label for label, _, _ in places], numbers=numbers) if places else None


@cache
def _metrics(edition_id: str, proceedings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}_{result}" for name in proceedings for result in editions()[edition_id].results)


def _places(stream: Stream, edition: Edition) -> list[_Values]:
    """Where values of proceedings must stand, in the order of the document."""
    parts = _parts(stream, edition)
    values: list[_Values] = []
    for number, part in enumerate(parts):
        after = parts[number - 1].last + 1 if number else 0
        end = parts[number + 1].first if number + 1 < len(parts) else len(stream.texts)
        over = _named(stream, max(part.first - _HEADS_ABOVE, after), part.last, edition)
        if part.proceedings == 1 and not over:
            values += _rows(stream, part.last, end, edition)
        elif _as_in_the_form(stream, over, part.proceedings, edition):
            names = (_proceedings(edition.id)[stream.names[at]] for at in over)
            values.append(_Values(part.last, end, tuple(name for name in names if name != _OVER)))
    return values


def _parts(stream: Stream, edition: Edition) -> list[_Part]:
    """The heads of all five results in the order of the form, those that follow each other at once as one part."""
    results, proceedings, known = _results(edition.id), _proceedings(edition.id), _known(edition.id)
    heads = stream.where(results.keys())
    parts: list[_Part] = []
    place = 0
    while place + len(edition.results) <= len(heads):
        five = heads[place : place + len(edition.results)]
        in_order = [results[stream.names[at]] for at in five] == [*edition.results]
        if not in_order or not known.issuperset(stream.names[five[0] : five[-1]]):
            place += 1
            continue
        place += len(five)
        if parts and _at_once(stream, parts[-1].last, five[0], proceedings):
            parts[-1] = _Part(parts[-1].first, five[-1], parts[-1].proceedings + 1)
        else:
            parts.append(_Part(five[0], five[-1], 1))
    return parts


def _at_once(stream: Stream, last: int, first: int, proceedings: dict[str, str]) -> bool:
    """True where nothing but names of proceedings stands between two heads, and no line of empty cells."""
    names, lines = stream.names[last + 1 : first], stream.lines[last + 1 : first]
    strange = {*lines} - {stream.lines[last], stream.lines[first]}
    worded = {line for name, line in zip(names, lines, strict=True) if name}
    return {*names} <= {"", *proceedings} and strange <= worded


def _named(stream: Stream, first: int, last: int, edition: Edition) -> list[int]:
    names = _proceedings(edition.id)
    return [at for at, name in enumerate(stream.names[first:last], first) if name in names]


def _rows(stream: Stream, last: int, end: int, edition: Edition) -> list[_Values]:
    """The rows behind five heads that stand under no proceeding: each has the name of its own in front."""
    names = _proceedings(edition.id)
    labels = [at for at in _named(stream, last + 1, end, edition) if names[stream.names[at]] != _OVER]
    return [_Values(at, following, (names[stream.names[at]],)) for at, following in pairwise([*labels, end])]


def _as_in_the_form(stream: Stream, heads: Sequence[int], proceedings: int, edition: Edition) -> bool:
    """True for the heads over so many fives of results, in the order of the form.

    行政诉讼 stands before the first of its own; before 行政复议 only in a table, in a row above it: in running text it
    would be the first column.
    """
    names = _proceedings(edition.id)
    printed = [names[stream.names[at]] for at in heads]
    lines = [stream.lines[at] for at in heads]
    form = [*edition.proceedings]
    if printed == [_OVER, *form]:
        above = lines[-1] is not None and (lines[0] is None or lines[0] != lines[1])
        return proceedings == len(form) and above
    own = [name for name in form if name in printed]
    first_lawsuit = sum(name == form[0] for name in own)
    beside = [*own[:first_lawsuit], _OVER, *own[first_lawsuit:]]
    return len(own) == proceedings and printed in (own, beside)


@cache
def _results(edition_id: str) -> dict[str, str]:
    """Wording → result."""
    results = editions()[edition_id].results
    return {core(text): name for name, head in results.items() for text in (head.label, *head.aliases)}


@cache
def _known(edition_id: str) -> frozenset[str]:
    """What may stand between the first and the last of five results."""
    return frozenset({"", *_results(edition_id), *_proceedings(edition_id)})


@cache
def _proceedings(edition_id: str) -> dict[str, str]:
    """Wording → proceeding, or what stands over two of them."""
    heads = editions()[edition_id].proceedings
    over = {core(head.under): _OVER for head in heads.values() if head.under}
    return over | {core(text): name for name, head in heads.items() for text in (head.label, *head.aliases)}
