"""Columns of no figures among or beside those of a table: units, numbers and remarks, by the order of a line alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipelines.editions import columns_beside
from pipelines.sequence.run import values_after
from pipelines.sequence.stream import Stream
from pipelines.text import tidy
from pipelines.tokens import Kind, Status, read_token

FIGURE = "figure"


class Line(NamedTuple):
    """The values of one line, and the units that columns of their own print in it."""

    values: list[str]
    units: list[str]


def parts_of(stream: Stream, heads: Sequence[int]) -> tuple[str, ...]:
    """What stands in each column from left to right: a figure under each of the heads, and what is beside them."""
    first, last, names = heads[0], heads[-1], stream.names
    line = stream.lines[first]
    if line is None:
        return (FIGURE,) * len(heads)
    before = _beside(stream, range(first - 1, -1, -1), line)[::-1]
    among = [columns_beside().get(name, FIGURE) for name in names[first : last + 1] if name]
    return (*before, *among, *_beside(stream, range(last + 1, len(names)), line))


def _beside(stream: Stream, places: Iterable[int], line: int) -> list[str]:
    found: list[str] = []
    for at in places:
        part = columns_beside().get(stream.names[at])
        if part is None or stream.lines[at] != line:
            break
        found.append(part)
    return found


def line_behind(stream: Stream, label: int, end: int, parts: Sequence[str]) -> Line | None:
    """The values behind a label under columns of these parts; None when what stands there does not fit them.

    What is beside the figures may span several lines; then the figures stand alone in all but the first.
    """
    wanted = parts.count(FIGURE)
    if wanted == len(parts) or stream.lines[label] is None:
        plain = values_after(stream, label, end, wanted)
        return Line(plain, []) if plain is not None else None
    own = stream.texts[label + 1 : min(stream.behind_line(label), end)]
    if len(own) >= len(parts) and not any(map(tidy, own[len(parts) :])):
        by_part = list(zip(parts, own, strict=False))
        units = [tidy(text) for part, text in by_part if part == "unit" and _is_worded(text)]
        return Line([text for part, text in by_part if part == FIGURE], units)
    alone = len(own) == wanted and "code" not in parts and not any(map(_is_worded, own))
    return Line(own, []) if alone else None


def _is_worded(text: str) -> bool:
    return read_token(text, Kind.CHANGE).status is Status.TEXT
