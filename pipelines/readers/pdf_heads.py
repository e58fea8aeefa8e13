"""Heads over columns in a table without lines: where each stands, and what it spans, from where its words stand.

The lowest head over a column is its own. A head above others spans the columns that it stands in the middle of; a head
that reaches up to its height keeps it off that head's column. Cells are taken to be centred, from side to side and
down; where that does not hold, heads find no columns, and the caller knows the order of the cells alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.readers.pdf_rows import Words, overlap

_OFF_MIDDLE = 0.3  # of the way from one column to the next: a head stands so far from the middle of its columns
_OFF_LINE = 0.3  # glyph heights: what is of one row wanders so far


@dataclass(frozen=True, slots=True)
class Placed:
    """A head, the first row and column it covers, and how many of both; both count from the first of the heads."""

    words: Words
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class _Over:
    """A head above others with the first and last column it spans, and the number of heads above it."""

    words: Words
    first: int
    last: int
    depth: int


def place_heads(heads: Sequence[Words], columns: Sequence[Words]) -> list[Placed] | None:
    """The place of each head over ``columns``, the figures of each; None when a column has no head of its own.

    A head that is in the middle of no columns has no place, and is left out.
    """
    leaves = [max((h for h in heads if overlap(h, column)), key=lambda h: h.middle, default=None) for column in columns]
    own = [leaf for leaf in leaves if leaf is not None]
    if len({id(leaf) for leaf in own}) < len(columns):
        return None
    others = [head for head in heads if not any(head is leaf for leaf in own)]
    over = _over(own, others, 0, len(own) - 1, 0)
    below = max((each.depth for each in over), default=-1) + 1
    begins = [_begins(number, own, over, below) for number in range(len(own))]
    leaves_placed = [
        Placed(leaf, row, at, below + 1 - row) for at, (leaf, row) in enumerate(zip(own, begins, strict=True))
    ]
    return [*(_stretched(each, over, begins) for each in over), *leaves_placed]


def blank_columns(heads: Sequence[Words], columns: Sequence[Words]) -> list[Words]:
    """The heads of columns without any figure: beside other heads of columns, with neither figures nor heads below."""
    free = [head for head in heads if not any(overlap(head, column) for column in columns)]
    above = [head for head in heads if any(overlap(head, column) for column in columns)]
    lowest = [h for h in above if not any(h is not o and overlap(h, o) and o.middle > h.middle for o in heads)]
    return [
        head
        for head in free
        if any(head.bottom > other.top for other in lowest)
        and not any(head is not other and overlap(head, other) and other.middle > head.middle for other in heads)
    ]


def _over(leaves: Sequence[Words], heads: Sequence[Words], first: int, last: int, depth: int) -> list[_Over]:
    """``heads`` over the columns from ``first`` to ``last``, the highest of them first."""
    if not heads or first > last:
        return []
    highest = min(heads, key=lambda head: head.top)
    head = min((h for h in heads if h.top < highest.bottom), key=lambda h: h.left)
    rest = [other for other in heads if other is not head]
    span = _span(leaves, head, first, last)
    if span is None:
        return _over(leaves, rest, first, last, depth)
    begin, end = span
    left = [other for other in rest if other.centre < leaves[begin].left and other.right < leaves[begin].centre]
    right = [other for other in rest if other.centre > leaves[end].right and other.left > leaves[end].centre]
    under = [other for other in rest if not any(other is each for each in (*left, *right))]
    return [
        _Over(head, begin, end, depth),
        *_over(leaves, left, first, begin - 1, depth),
        *_over(leaves, under, begin, end, depth + 1),
        *_over(leaves, right, end + 1, last, depth),
    ]


def _span(leaves: Sequence[Words], head: Words, first: int, last: int) -> tuple[int, int] | None:
    """The most columns, side by side, that a head stands in the middle of, none of which reaches up to its height."""
    floor = max(leaf.bottom for leaf in leaves)
    apart = (leaves[last].centre - leaves[first].centre) / (last - first) if last > first else float("inf")
    open_ = [head.bottom <= min(leaf.top, 2 * leaf.middle - floor) + _OFF_LINE * head.height for leaf in leaves]
    return max(
        (
            (begin, end)
            for begin in range(first, last + 1)
            for end in range(begin, last + 1)
            if all(open_[begin : end + 1])
            and abs((leaves[begin].centre + leaves[end].centre) / 2 - head.centre) < _OFF_MIDDLE * apart
        ),
        key=lambda span: span[1] - span[0],
        default=None,
    )


def _begins(column: int, leaves: Sequence[Words], over: Sequence[_Over], below: int) -> int:
    """The row that the head of a column begins in: the last, where it stands on one line with the lowest of them."""
    leaf, lowest = leaves[column], max(leaves, key=lambda leaf: leaf.middle)
    if lowest.middle - leaf.middle < _OFF_LINE * leaf.height:
        return below
    return max((each.depth + 1 for each in over if each.first <= column <= each.last), default=0)


def _stretched(head: _Over, over: Sequence[_Over], begins: Sequence[int]) -> Placed:
    """A head down to the highest of those below it."""
    nested = [o.depth for o in over if o.depth > head.depth and head.first <= o.first <= head.last]
    below = min([*nested, *begins[head.first : head.last + 1]])
    return Placed(head.words, head.depth, head.first, below - head.depth, head.last - head.first + 1)
