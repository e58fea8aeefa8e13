"""How a number may have become another in writing: a digit lost, a digit doubled, two neighbouring digits exchanged."""

from __future__ import annotations

from enum import StrEnum


class Story(StrEnum):
    """What happened to the digits."""

    LOST = "lost"
    DOUBLED = "doubled"
    TRANSPOSED = "transposed"


def story(printed: float, meant: float) -> Story | None:
    """The slip of digits by which ``meant`` came to be printed as it is; None when no single one does."""
    if printed != int(printed) or meant != int(meant):
        return None
    before, after = str(int(meant)), str(int(printed))
    if after in _with_one_lost(before):
        return Story.LOST
    if after in _with_one_doubled(before):
        return Story.DOUBLED
    return Story.TRANSPOSED if after in _with_two_exchanged(before) else None


def _with_one_lost(digits: str) -> set[str]:
    return {digits[:place] + digits[place + 1 :] for place in range(len(digits)) if len(digits) > 1}


def _with_one_doubled(digits: str) -> set[str]:
    return {digits[:place] + digit + digits[place:] for place, digit in enumerate(digits)} - {f"0{digits}"}


def _with_two_exchanged(digits: str) -> set[str]:
    pairs = range(len(digits) - 1)
    return {digits[:p] + digits[p + 1] + digits[p] + digits[p + 2 :] for p in pairs if digits[p] != digits[p + 1]}
