"""Deviations of order and span: applicants, proceedings and columns printed otherwise, spans lost or wrong."""

from __future__ import annotations

from collections.abc import Sequence

from tests.layouts.form import Draft, Slot
from tests.layouts.registry import RESULTS, changes_columns_of, deviation, keyed, on_pages_only

# Orders.


@changes_columns_of(3)
@deviation
def applicants_in_another_order(draft: Draft) -> None:
    """The total in front, or the organisations before the natural persons, and these in any order among themselves."""
    table = draft.tables[1]
    natural, organisations, total = table[1]
    table[1][:] = draft.rng.choice([[total, natural, organisations], [organisations, natural, total]])
    within = draft.rng.sample(range(5), 5)
    table[2][:] = [table[2][place] for place in within]
    for row in table[3:]:
        values = keyed(row)
        parts = {id(natural): values[:1], id(organisations): [values[1 + p] for p in within], id(total): values[6:]}
        _with_values(row, [slot for head in table[1] for slot in parts[id(head)]])


@changes_columns_of(3)
@deviation
def organisations_in_another_order(draft: Draft) -> None:
    table = draft.tables[1]
    one, other = draft.rng.sample(range(5), 2)
    for row, first in ((table[2], 0), *((row, next(p for p, s in enumerate(row) if s.key) + 1) for row in table[3:])):
        row[first + one], row[first + other] = row[first + other], row[first + one]


@changes_columns_of(4)
@deviation
def lawsuits_before_reviews(draft: Draft) -> None:
    first, _, third, values = draft.tables[3 - 1]
    first.reverse()
    third[:] = [*third[RESULTS:], *third[:RESULTS]]
    values[:] = [*values[RESULTS:], *values[:RESULTS]]


@changes_columns_of(4)
@deviation
def lawsuits_in_another_order(draft: Draft) -> None:
    _, second, _, values = draft.tables[2]
    second.reverse()
    values[RESULTS:] = [*values[2 * RESULTS :], *values[RESULTS : 2 * RESULTS]]


@changes_columns_of(4)
@deviation
def results_in_another_order(draft: Draft) -> None:
    _, _, heads, values = draft.tables[2]
    within = draft.rng.sample(range(RESULTS), RESULTS)
    order = [RESULTS * proceeding + place for proceeding in range(3) for place in within]
    heads[:], values[:] = [heads[place] for place in order], [values[place] for place in order]


@changes_columns_of(2)
@deviation
def disclosure_columns_in_another_order(draft: Draft) -> None:
    for row in draft.tables[0]:
        plain = [slot for slot in row if slot.key or slot.role == "head"]
        tail = plain[-(len(plain) - (plain[0].role == "head")) :] if plain else []
        if len(tail) > 1:
            row[-len(tail) :] = tail[::-1]


# Spans.


@on_pages_only
@deviation
def a_head_span_wrong_by_one(draft: Draft) -> None:
    heads = [slot for slot in draft.slots() if slot.role == "head"]
    slot = draft.rng.choice([slot for slot in heads if slot.colspan > 1] or heads)
    slot.colspan += draft.rng.choice([-1, 1])


@on_pages_only
@deviation
def any_head_span_wrong_by_one(draft: Draft) -> None:
    draft.rng.choice([slot for slot in draft.slots() if slot.role == "head"]).colspan += 1


@on_pages_only
@deviation
def a_group_span_wrong(draft: Draft) -> None:
    slot = draft.rng.choice([slot for slot in draft.slots() if slot.role == "group"])
    slot.rowspan = max(1, slot.rowspan + draft.rng.choice([-2, -1, 1, 2]))


@on_pages_only
@deviation
def a_label_span_wrong(draft: Draft) -> None:
    slot = draft.rng.choice([slot for slot in draft.slots() if slot.role == "label" and slot.text])
    slot.colspan = max(1, slot.colspan + draft.rng.choice([-1, 1]))


@deviation
def spans_of_the_heads_lost(draft: Draft) -> None:
    for slot in draft.slots():
        if slot.role in ("head", "corner"):
            slot.rowspan = slot.colspan = 1


@deviation
def all_spans_lost(draft: Draft) -> None:
    for slot in draft.slots():
        slot.rowspan = slot.colspan = 1


def _with_values(row: list[Slot], values: Sequence[Slot]) -> None:
    row[:] = [*(slot for slot in row if not slot.key), *values]
