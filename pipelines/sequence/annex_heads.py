"""The heads of an annex in reading order: what stands behind the label of each row, and which of it is the figure.

Two blocks printed side by side repeat the heads; each block has its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipelines.editions import AnnexEdition
from pipelines.sequence.stream import Token
from pipelines.text import label
from pipelines.units import unit_behind, without_unit

_ANY_YEAR = re.compile(r"(19|20)\d\d")
_MOST = 8  # heads behind a label


class Part(StrEnum):
    """What a head says of its column."""

    LABEL = "label"
    UNIT = "unit"
    CODE = "code"
    REMARK = "remark"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads behind one head of labels: ``at`` is its place in its line, ``parts`` are the columns behind it.

    ``figure`` is the place among ``parts`` of the report's own figures, None when no head says which that is; ``unit``
    is the unit in its head. ``coded`` says that a code stands in front of the label.
    """

    at: int
    parts: tuple[Part, ...]
    figure: int | None
    unit: str | None
    coded: bool


def part_of(text: str, form: AnnexEdition) -> Part | None:
    """What a text says as a head; None for blanks and for the numbering under the heads (甲 乙 1)."""
    name, words = _plain(text), form.columns
    for part in (Part.LABEL, Part.UNIT, Part.CODE, Part.REMARK):
        if name in getattr(words, part):
            return part
    return Part.FIGURE if len(name) > 1 and not name.isdigit() else None


def read_heads(lines: Sequence[Sequence[Token]], form: AnnexEdition, year: int | None) -> list[Heads]:
    """The heads of every block of a table, whose first line has the head of labels and whose others stand below it."""
    first = [token.text for token in lines[0]]
    starts = [place for place, text in enumerate(first) if part_of(text, form) is Part.LABEL]
    starts = [start for start, following in zip(starts, [*starts[1:], -1], strict=True) if following != start + 1]
    below = [token.text for line in lines[1:] for token in line if part_of(token.text, form) is Part.FIGURE]
    found: list[Heads] = []
    for start, end in zip(starts, [*starts[1:], len(first)], strict=True):
        behind = first[start + 1 : end]
        figures = [text for text in behind if part_of(text, form) is Part.FIGURE]
        columns = [(text, text) for text in behind]
        if below and (len(starts) > 1 or len(figures) != 1):
            return []  # which of the heads those of the second line stand under, reading order does not tell
        if below:
            at = behind.index(figures[0])
            columns[at : at + 1] = [(text, f"{figures[0]}/{text}") for text in below]
        coded = start > 0 and part_of(first[start - 1], form) is Part.CODE
        found.append(_heads(start, columns, form, year, coded=coded))
    return [heads for heads in found if Part.FIGURE in heads.parts and len(heads.parts) <= _MOST]


def _heads(at: int, columns: list[tuple[str, str]], form: AnnexEdition, year: int | None, *, coded: bool) -> Heads:
    parts = tuple(part_of(text, form) or Part.REMARK for text, _ in columns)
    ours = {place: columns[place] for place, part in enumerate(parts) if part is Part.FIGURE}
    figure = _own(ours, form, year)
    return Heads(at, parts, figure, unit_behind(columns[figure][0]) if figure is not None else None, coded)


def _own(columns: dict[int, tuple[str, str]], form: AnnexEdition, year: int | None) -> int | None:
    """The column of the report's year, of all bodies; None when the heads leave a choice, or none."""
    words, dated = form.columns, {}
    for place, (text, path) in list(columns.items()):
        years = {int(match[0]) for match in _ANY_YEAR.finditer(label(path))}
        if years - {year} or _plain(text) in words.other or any(word in label(path) for word in words.never):
            del columns[place]
        elif years:
            dated[place] = text
    left = dated or {place: text for place, (text, _) in columns.items()}
    for wanted in (None, words.year, words.total):
        fitting = [place for place, text in left.items() if wanted is None or _plain(text) in wanted]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _plain(text: str) -> str:
    return _ANY_YEAR.sub("{year}", label(without_unit(text)))
