"""Healing a ruled table that a page break cut: repeated heads, rows cut in two, groups whose label stayed above."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipelines.readers.boxes import Box, edges
from pipelines.readers.pdf_rows import FIGURE
from pipelines.readers.pdf_text import ORDINAL

_FEWEST_HEADS = 3
_TALLER = 1.5  # so many times the lowest row: a label of more than one row


def heal(above: Sequence[Box], below: Sequence[Box], seam: float) -> list[Box]:
    """The boxes of both parts as one table; those of ``below`` already stand under ``seam``, where the cut was."""
    below = _without_repeated_heads(above, below)
    last = sorted((box for box in above if box.ends(seam)), key=lambda box: box.left)
    first = sorted((box for box in below if box.begins(seam)), key=lambda box: box.left)
    if _is_one_row(last, first):
        return _joined(above, below, {id(upper): lower for upper, lower in zip(last, first, strict=True)})
    if not any(map(_is_figure, above)) and _heads_go_on(last, first):
        return _joined(above, below, _partners(last, first))
    return _joined(above, below, _carried_groups(last, first))


def _is_one_row(last: Sequence[Box], first: Sequence[Box]) -> bool:
    """True when the first row below the cut ends the last row above: the same cells, its figures on one side only.

    A row of heads is one when all that goes on are words of several heads, or of heads right of a label that has ended;
    no form has two rows of heads in the same columns. The lower half of a row of figures may have only their paper.
    """
    if len(last) != len(first) or not all(map(Box.spans_like, last, first)):
        return False
    if not any(box.text for box in first):
        return any(FIGURE.fullmatch(box.text) for box in last)
    worded = [box.text for box in first if _is_worded(box)]
    if not worded or any(map(ORDINAL.match, worded)):
        return False
    figures = [
        (upper, lower) for upper, lower in zip(last, first, strict=True) if not (_is_worded(upper) or _is_worded(lower))
    ]
    if not figures:
        return not first[0].text or len(worded) >= _FEWEST_HEADS
    return any(upper.text for upper, _ in figures) != any(lower.text for _, lower in figures)


def _is_figure(box: Box) -> bool:
    return FIGURE.fullmatch(box.text) is not None


def _is_worded(box: Box) -> bool:
    return bool(box.text) and not _is_figure(box)


def _heads_go_on(last: Sequence[Box], first: Sequence[Box]) -> bool:
    """True when the cut is between two rows of heads: one above it spans several words below, and no figure is there.

    A row of labels below has but one word where the heads above have several columns.
    """
    if any(map(_is_figure, first)):
        return False
    worded = [box for box in first if _is_worded(box) and not ORDINAL.match(box.text)]
    return any(sum(upper.spans(lower) for lower in worded) > 1 for upper in last if _is_worded(upper))


def _partners(last: Sequence[Box], first: Sequence[Box]) -> dict[int, Box]:
    """The cells that end at the cut, each with the one below in the same columns: its lower part, and its last words.

    No form has two rows of heads in the same columns.
    """
    return {id(upper): lower for upper in last if (lower := next(filter(upper.spans_like, first), None)) is not None}


def _carried_groups(last: Sequence[Box], first: Sequence[Box]) -> dict[int, Box]:
    """Labels of several rows that end at the cut, each with the blank cell below the cut that goes on under it."""
    lowest_row = min((box.height for box in last), default=0.0)
    groups = [box for box in last if _is_worded(box) and box.height > _TALLER * lowest_row]
    blanks = [box for box in first if not box.text]
    return {id(group): blank for group in groups if (blank := next(filter(group.spans_like, blanks), None)) is not None}


def _joined(above: Sequence[Box], below: Sequence[Box], partners: dict[int, Box]) -> list[Box]:
    """Both parts, each box of ``above`` drawn down over its partner below, whose text it takes."""
    absorbed = {id(box) for box in partners.values()}
    drawn = [
        box if (partner := partners.get(id(box))) is None else box.with_text(box.text + partner.text, partner.bottom)
        for box in above
    ]
    return [*drawn, *(box for box in below if id(box) not in absorbed)]


def _without_repeated_heads(above: Sequence[Box], below: Sequence[Box]) -> list[Box]:
    """``below`` without the rows that repeat the first rows of ``above``, and moved up into their place."""
    heads, rows = _rows(above), _rows(below)
    count = 0
    while count < min(len(heads), len(rows)) and _texts(heads[count]) == _texts(rows[count]):
        count += 1
    repeated = [box for row in rows[:count] for box in row]
    kept = [box for row in rows[count:] for box in row]
    if not repeated or not kept or any(FIGURE.fullmatch(box.text) for box in repeated):
        return list(below)
    rise = kept[0].top - repeated[0].top
    return [replace(box, top=box.top - rise, bottom=box.bottom - rise) for box in kept]


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """The boxes by the row they begin in, top to bottom and left to right."""
    tops = edges(box.top for box in boxes)
    rows: list[list[Box]] = [[] for _ in tops]
    for box in sorted(boxes, key=lambda box: box.left):
        rows[bisect_right(tops, box.top) - 1].append(box)
    return rows


def _texts(row: Sequence[Box]) -> list[str]:
    return [box.text for box in row]
