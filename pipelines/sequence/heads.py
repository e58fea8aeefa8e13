"""The heads of columns in reading order: values may be taken by their order only where the heads have that order."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from pipelines.editions import Edition, editions
from pipelines.sequence.stream import Stream
from pipelines.text import core
from pipelines.vocabulary import APPLICANTS

_REACH = 48  # texts before the first label that may hold the heads: their rows, a row of numbers, a row misprinted
_OVER = "over the organisations"


def applicants_in_order(stream: Stream, first: int, edition: Edition) -> bool:
    """True when the seven heads of form table 3 stand before its first label as the form has them.

    Each row of heads goes from left to right; in running text, which has no rows, what was the row above the
    organisations comes before them, or its last head behind them.
    """
    names = _applicants(edition.id)
    heads = [at for at in range(max(first - _REACH, 0), first) if stream.names[at] in names]
    printed = [names[stream.names[at]] for at in heads]
    if sorted(printed) != sorted({*printed}) or {*printed} - {_OVER} != {*APPLICANTS}:
        return False
    if any(stream.lines[at] is None for at in heads):
        return tuple(printed) in _orders()
    order = [APPLICANTS[0], _OVER, *APPLICANTS[1:]]
    rows = groupby(heads, lambda at: stream.lines[at])
    places = ([order.index(names[stream.names[at]]) for at in row] for _, row in rows)
    return all(row == sorted(row) for row in places)


@cache
def _orders() -> frozenset[tuple[str, ...]]:
    natural, *organisations, total = APPLICANTS
    return frozenset(
        {
            (natural, *organisations, total),
            (natural, _OVER, *organisations, total),
            (natural, _OVER, total, *organisations),
            (_OVER, natural, *organisations, total),
        }
    )


@cache
def _applicants(edition_id: str) -> dict[str, str]:
    """Wording → applicant, or what stands over some of them."""
    heads = editions()[edition_id].applicants
    names = {core(head.under): _OVER for head in heads.values() if head.under}
    return names | {core(text): name for name, head in heads.items() for text in (head.label, *head.aliases)}
