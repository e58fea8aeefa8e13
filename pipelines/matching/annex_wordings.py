"""The wordings of an annex's rows and headings, and where each stands in the form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.editions import annexes
from pipelines.text import squeeze, stem
from pipelines.units import read_unit, without_unit

_LONGEST_LABEL = 60
DASHES = frozenset({"-", "--", "---", "----", "—", "——", "————", "/"})
"""What the headings without a figure print in the column of units."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a wording stands in the form: its chapter, and its metric unless it is a heading without a figure."""

    chapter: int
    metric: str | None


@cache
def wordings_of(form_id: str) -> dict[str, tuple[Place, ...]]:
    """Stem → its places in the form; a label that repeats under several headings has several."""
    found: dict[str, tuple[Place, ...]] = {}
    for number, chapter in enumerate(annexes()[form_id].chapters):
        entries = [(Place(number, row.metric), (row.label, *row.aliases)) for row in chapter.all_rows]
        if chapter.heading and not chapter.metric:
            entries.append((Place(number, None), (chapter.heading, *chapter.aliases)))
        for place, texts in entries:
            for text in {stem(text) for text in texts}:
                found[text] = (*found.get(text, ()), place)
    return found


@cache
def labels_of(form_id: str) -> frozenset[str]:
    """The stems of all rows and headings."""
    return frozenset(wordings_of(form_id))


@cache
def headings_of(form_id: str) -> frozenset[str]:
    """The stems of the headings that have no figure of their own."""
    return frozenset(text for text, places in wordings_of(form_id).items() if all(p.metric is None for p in places))


@lru_cache(maxsize=1 << 13)
def name_of(text: str) -> str:
    """What a label is compared by; the unit behind it is no part of it."""
    return stem(without_unit(text))


@lru_cache(maxsize=1 << 13)
def name_of_label(text: str) -> str:
    """``name_of`` what may be a label; empty for anything else."""
    return name_of(text) if may_be_label(text) else ""


def is_unit(text: str) -> bool:
    """Whether a cell prints a unit, or the dashes of a heading in its place."""
    return squeeze(text) in DASHES or read_unit(text) is not None


def may_be_label(text: str) -> bool:
    """Whether a cell may print a label: it is neither a number nor a sentence."""
    return 1 < len(text) <= _LONGEST_LABEL and not text.isdigit()
