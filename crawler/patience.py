"""When to stop asking for pages of one kind: calendars, orders, languages and views for printing never end.

Columns by year or by body are alike in their addresses too. They are told by what they hold: those that keep giving new
rows, or lead on to other addresses, may go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.addresses import NUMBER, masked
from crawler.scoring import weights
from crawler.ways import Lead


class Patience:
    """Counts the pages of each pattern that were asked for in vain, since one was not."""

    def __init__(self) -> None:
        self._in_vain: Counter[str] = Counter()
        self._fruitful: set[str] = set()

    def weigh(self, lead: Lead, found: Sequence[Lead], *, is_fruit: bool) -> None:
        """Take in a page: whether it brought reports, and the new ways on from it."""
        pattern = pattern_of(lead)
        if is_fruit or any(other.in_column and pattern_of(other) != pattern for other in found):
            self._in_vain[pattern] = 0
            self._fruitful.add(pattern)
        elif not any(other.of_others for other in found):
            self._in_vain[pattern] += 1

    def is_lost(self, lead: Lead) -> bool:
        """Whether enough pages of this pattern were asked for in vain; fewer, where none of them ever brought any."""
        pattern = pattern_of(lead)
        is_doubtful = lead.of_others and pattern not in self._fruitful
        most = weights().bodies.in_vain if is_doubtful else weights().in_vain
        return not lead.is_known and self._in_vain[pattern] >= most


def pattern_of(lead: Lead) -> str:
    """What a lead has in common with others of its kind.

    Many products have nothing but numbers in their addresses, so that beyond the column the labels count as well. The
    pages of bodies are of one kind.
    """
    if lead.of_others:
        return "bodies"
    label = "" if lead.in_column else NUMBER.sub("#", lead.label)
    return f"{masked(lead.url)} {label}"
