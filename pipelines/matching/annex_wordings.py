"""The wordings of an annex's rows and headings, and where each stands in the form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.editions import annexes
from pipelines.text import stem

_AMOUNTS = frozenset({"元", "千元", "万元", "亿元"})
_DASHES = frozenset({"-", "--", "---", "----", "—", "——", "————", "/"})


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


@cache
def units_of(form_id: str) -> frozenset[str]:
    """What may stand in the column of units: the form's units, amounts of money, and the dashes of headings."""
    return frozenset(row.unit for row in annexes()[form_id].rows) | _AMOUNTS | _DASHES
