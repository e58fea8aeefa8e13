"""What goes wrong on the way from a form to a page: cells dropped, doubled, glued, shifted; digits changed; rows lost.

Each damage is done to one row of a draft. Where it changes what is printed, and not only where, the truth follows it.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.layouts.form import Draft, Slot

Damage = Callable[[Draft, list[Slot]], None]
DAMAGES: dict[str, Damage] = {}


def damage(change: Damage) -> Damage:
    DAMAGES[change.__name__] = change
    return change


def rows_with_values(draft: Draft) -> list[list[Slot]]:
    """The rows that can be damaged."""
    return [row for table in draft.tables for row in table if any(slot.key for slot in row)]


def _pick(draft: Draft, row: list[Slot]) -> int:
    return draft.rng.choice([place for place, slot in enumerate(row) if slot.key])


@damage
def a_cell_dropped(draft: Draft, row: list[Slot]) -> None:
    del row[_pick(draft, row)]


@damage
def a_cell_doubled(draft: Draft, row: list[Slot]) -> None:
    place = _pick(draft, row)
    row.insert(place, Slot(row[place].text, colspan=row[place].colspan, role="value"))


@damage
def two_cells_glued(draft: Draft, row: list[Slot]) -> None:
    places = [p for p, slot in enumerate(row[:-1]) if slot.key and row[p + 1].key]
    if places:
        place = draft.rng.choice(places)
        row[place].text += row.pop(place + 1).text


@damage
def two_cells_glued_under_one_span(draft: Draft, row: list[Slot]) -> None:
    places = [p for p, slot in enumerate(row[:-1]) if slot.key and row[p + 1].key]
    if places:
        place = draft.rng.choice(places)
        lost = row.pop(place + 1)
        row[place].text += lost.text
        row[place].colspan += lost.colspan


@damage
def values_shifted_right(draft: Draft, row: list[Slot]) -> None:
    first = next(place for place, slot in enumerate(row) if slot.key)
    row.insert(first, Slot("", colspan=row[first].colspan, role="value"))


@damage
def values_shifted_left(draft: Draft, row: list[Slot]) -> None:
    """Only where sums can tell: in form table 2 such a row is well formed."""
    if sum(slot.key is not None for slot in row) < 7:
        return
    first = next(place for place, slot in enumerate(row) if slot.key)
    del row[first]
    row.append(Slot("", role="value"))


@damage
def a_digit_changed(draft: Draft, row: list[Slot]) -> None:
    slot = row[_pick(draft, row)]
    slot.text = str(int(slot.text[:1] == "9")) + slot.text[1:] if slot.text[:1].isdigit() else slot.text
    assert slot.key is not None
    draft.truth[slot.key] = slot.text


@damage
def a_row_lost(draft: Draft, row: list[Slot]) -> None:
    row.clear()


@damage
def the_label_lost(draft: Draft, row: list[Slot]) -> None:
    for slot in row:
        if slot.key is None:
            slot.text = ""


@damage
def a_row_printed_twice(draft: Draft, row: list[Slot]) -> None:
    table = next(table for table in draft.tables if any(other is row for other in table))
    copy = [Slot(s.text + "1" if s.key else s.text, 1, s.colspan, None, s.role) for s in row if s.role != "group"]
    table.insert(next(place for place, other in enumerate(table) if other is row) + 1, copy)


@damage
def a_span_wrong(draft: Draft, row: list[Slot]) -> None:
    slot = draft.rng.choice(row)
    slot.colspan = max(1, slot.colspan + draft.rng.choice([-1, 1]))


@damage
def a_span_downwards_wrong(draft: Draft, row: list[Slot]) -> None:
    draft.rng.choice(row).rowspan += 1
