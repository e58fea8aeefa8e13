"""The heads of columns in reading order: values may be taken by their order only where the heads have that order."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from pipelines.editions import Edition, editions
from pipelines.sequence.stream import Stream
from pipelines.text import core
from pipelines.vocabulary import APPLICANTS

_REACH = 48  # texts before the first label that may hold the heads: their rows, a row of numbers, a row misprinted
_OVER = "over the organisations"
_IN_A_ROW = (APPLICANTS[0], _OVER, *APPLICANTS[1:])


def applicants_in_order(stream: Stream, first: int, edition: Edition) -> bool:
    """True when the seven heads of form table 3 stand before its first label as the form has them.

    Each row of heads goes from left to right; in running text, which has no rows, what was the row above the
    organisations comes before them, or its last head behind them.
    """
    names = _applicants(edition.id)
    start = max(first - _REACH, 0)
    heads = [at for at, name in enumerate(stream.names[start:first], start) if name in names]
    printed, lines = [names[stream.names[at]] for at in heads], [stream.lines[at] for at in heads]
    if len(printed) != len({*printed}) or {*printed} - {_OVER} != {*APPLICANTS}:
        return False
    if None in lines:
        return tuple(printed) in _orders()
    places = [_IN_A_ROW.index(name) for name in printed]
    heads_in_lines = pairwise(zip(lines, places, strict=True))
    return all(line != next_line or place < behind for (line, place), (next_line, behind) in heads_in_lines)


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
