"""The list of deviations, and what they all need; ``tests.layouts.deviations`` has them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.layouts.form import Draft, Slot

Deviation = Callable[[Draft], None]
DEVIATIONS: dict[str, Deviation] = {}
COLUMNS_OF: dict[str, int] = {}
ON_PAGES_ONLY: set[str] = set()  # spans that contradict each other: no other format can print them
RESULTS = 5  # columns under each proceeding of form table 4


def deviation(change: Deviation) -> Deviation:
    DEVIATIONS[change.__name__] = change
    return change


def changes_columns_of(table: int) -> Callable[[Deviation], Deviation]:
    """Marks what must find the columns of a form table (0: its groups) as they are: one such to a draft."""

    def mark(change: Deviation) -> Deviation:
        COLUMNS_OF[change.__name__] = table
        return change

    return mark


def on_pages_only(change: Deviation) -> Deviation:
    ON_PAGES_ONLY.add(change.__name__)
    return change


def keyed(row: Sequence[Slot]) -> list[Slot]:
    """The cells of a row that hold figures."""
    return [slot for slot in row if slot.key]


def number_of(slot: Slot) -> int:
    return int(slot.text) if slot.text.isdigit() else 0
