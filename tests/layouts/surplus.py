"""Deviations that add columns and rows: sub-columns, another year, sums, numbers of the columns, heads once more."""

from __future__ import annotations

import re

from pipelines.vocabulary import APPLICANTS
from tests.layouts.form import Draft, Rows, Slot
from tests.layouts.registry import RESULTS, changes_columns_of, deviation, keyed, number_of

GROUP = re.compile(r"\([一二三四五六七]\)")


@changes_columns_of(2)
@deviation
def sub_columns_in_disclosure(draft: Draft) -> None:
    """Under each head 本年 and 累计, or 累计 and 本年; the form asks for the year."""
    table = draft.tables[0]
    names = draft.rng.choice([("本年", "累计"), ("累计", "本年")])
    rows: Rows = []
    for row in table:
        for slot in row:
            slot.colspan *= 2
        heads = [slot for slot in row if slot.role == "head"]
        if heads:
            heads[0].rowspan = 2
            halves = [Slot(text, 1, head.colspan // 2) for head in heads[1:] for text in names]
            rows += [row, halves]
        else:
            rows.append(
                [half for slot in row for half in _year_and_sum(draft, slot)[:: 1 if names[0] == "本年" else -1]]
            )
    table[:] = rows


def _year_and_sum(draft: Draft, slot: Slot) -> list[Slot]:
    if not slot.key:
        return [slot]
    slot.colspan //= 2
    text = draft.rng.choice(["", str(number_of(slot) + 7)])
    return [slot, Slot(text, 1, slot.colspan, role="value")]


@changes_columns_of(2)
@deviation
def two_years_side_by_side(draft: Draft) -> None:
    """The columns of the year before in front of those of the year, each head with its year."""
    for row in draft.tables[0]:
        heads = [slot for slot in row if slot.role == "head"][1:]
        if not heads:
            before = [Slot(str(number_of(slot) + 3), 1, slot.colspan, role="value") for slot in keyed(row)]
        else:
            names = [head.text.removeprefix("本年") for head in heads]
            before = [Slot(f"{draft.year - 1}年{n}", 1, h.colspan) for n, h in zip(names, heads, strict=True)]
            for name, head in zip(names, heads, strict=True):
                head.text = f"{draft.year}年{name}"
        place = next((p for p, slot in enumerate(row) if slot.key or slot in heads), len(row))
        row[place:place] = before
        if row[0].role == "block":
            row[0].colspan *= 2


@changes_columns_of(2)
@deviation
def a_unit_column_in_disclosure(draft: Draft) -> None:
    _add_column(draft, 1, draft.rng.choice(["单位", "计量单位"]), "件", "万元")


@changes_columns_of(2)
@deviation
def a_number_column_in_disclosure(draft: Draft) -> None:
    _add_column(draft, draft.rng.choice([0, 1]), "序号", "{}", "{}")


@changes_columns_of(2)
@deviation
def a_remark_column_in_disclosure(draft: Draft) -> None:
    _add_column(draft, None, "备注", draft.rng.choice(["", "含其他", "2", "较上年有所增加"]), "")


@changes_columns_of(2)
@deviation
def a_unit_behind_each_head_of_disclosure(draft: Draft) -> None:
    for row in draft.tables[0]:
        for place in reversed(
            [p for p, slot in enumerate(row) if slot.key or slot.role == "head"][0 if keyed(row) else 1 :]
        ):
            row.insert(place + 1, Slot("单位" if row[place].role == "head" else _unit(row[place], "件", "万元")))
        if row[0].role == "block":
            row[0].colspan *= 2


def _add_column(draft: Draft, place: int | None, head: str, counts: str, amounts: str) -> None:
    """A column of no figures before the cell at this place, or behind all; a unit that fits each row, or its number."""
    number = 0
    for row in draft.tables[0]:
        if row[0].role == "block":
            row[0].colspan += 1
            continue
        number += bool(keyed(row))
        text = _unit(keyed(row)[0], counts, amounts).format(number) if keyed(row) else head
        row.insert(len(row) if place is None else place, Slot(text))


def _unit(slot: Slot, counts: str, amounts: str) -> str:
    money = slot.key is not None and ("amount" in slot.key[0] or "collected" in slot.key[0])
    return amounts if money else counts


@changes_columns_of(0)
@deviation
def subtotal_rows_of_the_groups(draft: Draft) -> None:
    """Each group of form table 3 has a row of its own above its rows, with their sum."""
    for _, row in _with_subtotals(draft.tables[1]):
        for who, slot in zip(APPLICANTS, row[1:], strict=True):
            if row[0].text == "(六)其他处理":
                slot.key = ("closed_otherwise", who)
                draft.truth[slot.key] = slot.text


@changes_columns_of(0)
@deviation
def subtotal_rows_called_so(draft: Draft) -> None:
    """The same, but these rows are called 小计 and stand under their groups."""
    table = draft.tables[1]
    for group, row in _with_subtotals(table):
        next(other for other in table if any(slot is group for slot in other)).remove(group)
        row[:1] = [group, Slot("小计")]
        group.rowspan += 1


@changes_columns_of(3)
@deviation
def groups_in_rows_of_their_own(draft: Draft) -> None:
    """Each group of form table 3 is a row without figures, over the rows that belong to it."""
    table = draft.tables[1]
    empty = draft.rng.choice([True, False])
    rows: Rows = []
    for row in table:
        groups = [slot for slot in row if slot.role == "group"]
        for group in groups:
            group.rowspan, group.colspan = 1, 3 if empty else 10
            rows.append([group, *(Slot("", role="value") for _ in range(7 if empty else 0))])
        label = next((slot for slot in row if slot.role == "label"), None)
        if label is not None:
            label.colspan = 3
        rows.append([slot for slot in row if slot.role != "group"])
    table[:] = rows


def _with_subtotals(table: Rows) -> list[tuple[Slot, list[Slot]]]:
    """Put a row with the sum above the first row of each group; the groups and these rows."""
    whole = next(slot for row in table for slot in row if slot.text == "三、本年度办理结果")
    added = []
    for group in [slot for row in table for slot in row if slot.role == "group" and GROUP.match(slot.text)]:
        place = next(p for p, row in enumerate(table) if any(slot is group for slot in row))
        table.insert(place, [Slot(group.text, 1, 2), *_sums(table[place : place + group.rowspan])])
        added.append((group, table[place]))
    whole.rowspan += len(added)
    return added


def _sums(rows: Rows) -> list[Slot]:
    return [Slot(str(sum(map(number_of, column))), role="value") for column in zip(*map(keyed, rows), strict=True)]


@deviation
def a_sum_row_in_each_block(draft: Draft) -> None:
    """Form table 2 with a row 合计 below the rows of a block."""
    table = draft.tables[0]
    rows: Rows = []
    block: Rows = []
    for row in [*table, [Slot("", role="block")]]:
        if row[0].role == "block" and block:
            spans = [slot.colspan for slot in keyed(block[-1])]
            sums = zip(_sums(block), spans, strict=True)
            rows.append([Slot("合计"), *(Slot(slot.text, 1, span, role="value") for slot, span in sums)])
            block = []
        rows.append(row)
        block += [row] if keyed(row) else []
    table[:] = rows[:-1]


@changes_columns_of(3)
@deviation
def a_sum_column_of_organisations_called_total(draft: Draft) -> None:
    table = draft.tables[1]
    table[0][1].colspan += 1
    table[1][1].colspan += 1
    table[2].append(Slot("合计", role="head"))
    for row in table[3:]:
        values = [slot for slot in row if slot.role == "value"]
        row.insert(row.index(values[-1]), Slot(str(sum(map(number_of, values[1:6]))), role="value"))


@changes_columns_of(4)
@deviation
def all_lawsuits_summed(draft: Draft) -> None:
    """Form table 4 with five more columns, behind or in front of the others, for both kinds of lawsuit together."""
    first, second, third, values = draft.tables[2]
    first[1].colspan += RESULTS
    pairs = zip(values[RESULTS : 2 * RESULTS], values[2 * RESULTS :], strict=True)
    sums = [Slot(str(number_of(one) + number_of(other)), role="value") for one, other in pairs]
    results = [Slot(slot.text, role="head") for slot in third[:RESULTS]]
    place = draft.rng.choice([0, 2])
    second.insert(place, Slot("合计", 1, RESULTS, role="head"))
    third[RESULTS * (1 + place) : RESULTS * (1 + place)] = results
    values[RESULTS * (1 + place) : RESULTS * (1 + place)] = sums


@changes_columns_of(4)
@deviation
def disputes_on_their_side(draft: Draft) -> None:
    """Form table 4 with a row for each proceeding and a column for each result."""
    _, _, third, values = draft.tables[2]
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    rows = [[Slot(name), *values[RESULTS * p : RESULTS * (p + 1)]] for p, name in enumerate(names)]
    draft.tables[2][:] = [[Slot(""), *third[:RESULTS]], *rows]


@changes_columns_of(4)
@deviation
def disputes_in_two_blocks(draft: Draft) -> None:
    """Form table 4 with the lawsuits and their heads below the reviews and theirs."""
    first, second, third, values = draft.tables[2]
    first[0].rowspan = 1
    first[1].colspan = 2 * RESULTS
    reviews = [first[:1], third[:RESULTS], values[:RESULTS]]
    draft.tables[2][:] = [*reviews, first[1:], second, third[RESULTS:], values[RESULTS:]]


@deviation
def column_numbers_under_the_heads(draft: Draft) -> None:
    disclosure, requests, disputes = draft.tables
    rows: Rows = []
    for row in disclosure:
        rows.append(row)
        if heads := [slot for slot in row if slot.role == "head"]:
            first = Slot(draft.rng.choice(["", "栏次", "甲"]), 1, heads[0].colspan)
            rows.append([first, *(Slot(str(n), 1, head.colspan) for n, head in enumerate(heads[1:], 1))])
    disclosure[:] = rows
    requests.insert(3, [Slot(draft.rng.choice(["", "栏次"]), 1, 3), *(Slot(str(n)) for n in range(1, 8))])
    first_number = draft.rng.choice([1, 8])
    place = next(p for p, row in enumerate(disputes) if keyed(row))
    disputes.insert(place, [Slot(str(n)) for n in range(first_number, first_number + len(disputes[place]))])


@deviation
def heads_repeated_in_the_middle(draft: Draft) -> None:
    table = draft.tables[1]
    copy = [[Slot(s.text, s.rowspan, s.colspan, None, s.role) for s in row] for row in table[:3]]
    place = next(p for p, row in enumerate(table) if row[0].text == "三、本年度办理结果")
    table[place:place] = copy
