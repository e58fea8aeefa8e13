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
from pipelines.sequence.stream import Token
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


def read_disputes(tokens: Sequence[Token]) -> Run | None:
    """Find form table 4. The editions share it."""
    edition = next(iter(editions().values()))
    places = _places(tokens, edition)
    run = Run(edition.id)
    for label, end, names in places:
        wanted = tuple(f"{name}_{result}" for name in names for result in edition.results)
        numbered = numbers_columns(token.text for token in tokens[label + 1 : label + 1 + len(wanted)])
        values = values_after(tokens, label + len(wanted) * numbered, end, len(wanted))
        if values is None:
            run.unread.append("disputes")
            continue
        for metric, text in zip(wanted, values, strict=False):
            run.cells.setdefault((metric, None), text)
    numbers = any(tokens[label + 1].name.isdigit() for label, end, _ in places if label + 1 < end)
    return settle(run, tokens, [label for label, _, _ in places], numbers=numbers) if places else None


def _places(tokens: Sequence[Token], edition: Edition) -> list[_Values]:
    """Where values of proceedings must stand, in the order of the document."""
    parts = _parts(tokens, edition)
    found: list[_Values] = []
    for number, part in enumerate(parts):
        after = parts[number - 1].last + 1 if number else 0
        end = parts[number + 1].first if number + 1 < len(parts) else len(tokens)
        over = _named(tokens, max(part.first - _HEADS_ABOVE, after), part.last, edition)
        if part.proceedings == 1 and not over:
            found += _rows(tokens, part.last, end, edition)
        elif _as_in_the_form([tokens[at] for at in over], part.proceedings, edition):
            names = (_proceedings(edition.id)[tokens[at].name] for at in over)
            found.append(_Values(part.last, end, tuple(name for name in names if name != _OVER)))
    return found


def _parts(tokens: Sequence[Token], edition: Edition) -> list[_Part]:
    """The heads of all five results in the order of the form, those that follow each other at once as one part."""
    results, proceedings = _results(edition.id), _proceedings(edition.id)
    heads = [at for at, token in enumerate(tokens) if token.name in results]
    parts: list[_Part] = []
    place = 0
    while place + len(edition.results) <= len(heads):
        five = heads[place : place + len(edition.results)]
        between = {token.name for token in tokens[five[0] : five[-1]]} - results.keys()
        if [results[tokens[at].name] for at in five] != [*edition.results] or not between <= {"", *proceedings}:
            place += 1
            continue
        place += len(five)
        if parts and _at_once(tokens, parts[-1].last, five[0], proceedings):
            parts[-1] = _Part(parts[-1].first, five[-1], parts[-1].proceedings + 1)
        else:
            parts.append(_Part(five[0], five[-1], 1))
    return parts


def _at_once(tokens: Sequence[Token], last: int, first: int, proceedings: dict[str, str]) -> bool:
    """True where nothing but names of proceedings stands between two heads, and no line of empty cells."""
    between = tokens[last + 1 : first]
    lines = {token.line for token in between} - {tokens[last].line, tokens[first].line}
    worded = {token.line for token in between if token.name}
    return {token.name for token in between} <= {"", *proceedings} and lines <= worded


def _named(tokens: Sequence[Token], first: int, last: int, edition: Edition) -> list[int]:
    names = _proceedings(edition.id)
    return [at for at in range(first, last) if tokens[at].name in names]


def _rows(tokens: Sequence[Token], last: int, end: int, edition: Edition) -> list[_Values]:
    """The rows behind five heads that stand under no proceeding: each has the name of its own in front."""
    names = _proceedings(edition.id)
    labels = [at for at in _named(tokens, last + 1, end, edition) if names[tokens[at].name] != _OVER]
    return [_Values(at, following, (names[tokens[at].name],)) for at, following in pairwise([*labels, end])]


def _as_in_the_form(heads: Sequence[Token], proceedings: int, edition: Edition) -> bool:
    """True for the heads over so many fives of results, in the order of the form.

    行政诉讼 stands before the first of its own; before 行政复议 only in a table, in a row above it: in running text it
    would be the first column.
    """
    names = _proceedings(edition.id)
    printed = [names[token.name] for token in heads]
    lines = [token.line for token in heads]
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
def _proceedings(edition_id: str) -> dict[str, str]:
    """Wording → proceeding, or what stands over two of them."""
    heads = editions()[edition_id].proceedings
    over = {core(head.under): _OVER for head in heads.values() if head.under}
    return over | {core(text): name for name, head in heads.items() for text in (head.label, *head.aliases)}
