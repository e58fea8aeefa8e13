"""Columns of no figures among or beside those of a table: units, numbers and remarks, by the order of a line alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from pipelines.editions import columns_beside
from pipelines.sequence.run import values_after
from pipelines.sequence.stream import Token
from pipelines.text import tidy
from pipelines.tokens import Kind, Status, read_token

FIGURE = "figure"


class Line(NamedTuple):
    """The values of one line, and the units that columns of their own print in it."""

    values: list[str]
    units: list[str]


def parts_of(tokens: Sequence[Token], heads: Sequence[int]) -> tuple[str, ...]:
    """What stands in each column from left to right: a figure under each of the heads, and what is beside them."""
    line = tokens[heads[0]].line
    if line is None:
        return (FIGURE,) * len(heads)
    before = [*_beside(reversed(tokens[: heads[0]]), line)][::-1]
    among = [columns_beside().get(token.name, FIGURE) for token in tokens[heads[0] : heads[-1] + 1] if token.name]
    return (*before, *among, *_beside(tokens[heads[-1] + 1 :], line))


def _beside(tokens: Iterator[Token] | Sequence[Token], line: int) -> Iterator[str]:
    beside = columns_beside()
    return (
        beside[token.name] for token in takewhile(lambda token: token.line == line and token.name in beside, tokens)
    )


def line_behind(tokens: Sequence[Token], label: int, end: int, parts: Sequence[str]) -> Line | None:
    """The values behind a label under columns of these parts; None when what stands there does not fit them.

    What is beside the figures may span several lines; then the figures stand alone in all but the first.
    """
    wanted = parts.count(FIGURE)
    if wanted == len(parts) or tokens[label].line is None:
        plain = values_after(tokens, label, end, wanted)
        return Line(plain, []) if plain is not None else None
    own = [token.text for token in takewhile(lambda token: token.line == tokens[label].line, tokens[label + 1 : end])]
    if len(own) >= len(parts) and not any(map(tidy, own[len(parts) :])):
        by_part = list(zip(parts, own, strict=False))
        units = [tidy(text) for part, text in by_part if part == "unit" and _is_worded(text)]
        return Line([text for part, text in by_part if part == FIGURE], units)
    alone = len(own) == wanted and "code" not in parts and not any(map(_is_worded, own))
    return Line(own, []) if alone else None


def _is_worded(text: str) -> bool:
    return read_token(text, Kind.CHANGE).status is Status.TEXT
