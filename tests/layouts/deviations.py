"""What the form does not foresee: other orders, lost and wrong spans, columns and rows added, other wordings.

Unlike a habit, a deviation may cost figures. It may not cost one in silence, and it never makes a wrong one. Deviations
are done to a draft before its habits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipelines.vocabulary import APPLICANTS
from tests.layouts.form import Draft, Rows, Slot

Deviation = Callable[[Draft], None]
DEVIATIONS: dict[str, Deviation] = {}
COLUMNS_OF: dict[str, int] = {}
ON_PAGES_ONLY: set[str] = set()  # spans that contradict each other: no other format can print them
RESULTS = 5  # columns under each proceeding of form table 4
GROUP = re.compile(r"\([一二三四五六七]\)")


def deviation(change: Deviation) -> Deviation:
    DEVIATIONS[change.__name__] = change
    return change


def changes_columns_of(table: int) -> Callable[[Deviation], Deviation]:
    """Marks what must find the columns of a form table as the form has them: only one such can be done to a draft."""

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


def _with_values(row: list[Slot], values: Sequence[Slot]) -> None:
    row[:] = [*(slot for slot in row if not slot.key), *values]


def number_of(slot: Slot) -> int:
    return int(slot.text) if slot.text.isdigit() else 0


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


# Columns and rows that the form does not have.


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


@deviation
def subtotal_rows_of_the_groups(draft: Draft) -> None:
    """Each group of form table 3 has a row of its own above its rows, with their sum."""
    table = draft.tables[1]
    whole = next(slot for row in table for slot in row if slot.text == "三、本年度办理结果")
    groups = [slot for row in table for slot in row if slot.role == "group" and GROUP.match(slot.text)]
    for group in groups:
        place = next(p for p, row in enumerate(table) if any(slot is group for slot in row))
        sums = _sums(table[place : place + group.rowspan])
        if group.text == "(六)其他处理":
            draft.truth |= {("closed_otherwise", who): s.text for who, s in zip(APPLICANTS, sums, strict=True)}
        table.insert(place, [Slot(group.text, 1, 2), *sums])
        if draft.rng.random() < 0.5:  # the group stands over its own row too
            table[place][0] = Slot("小计")
            table[place + 1].remove(group)
            table[place].insert(0, group)
            group.rowspan += 1
    whole.rowspan += len(groups)


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
        values = keyed(row)
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


# Wordings.


@deviation
def units_in_the_heads(draft: Draft) -> None:
    unit = draft.rng.choice(["(件)", "(单位:件)", "/件"])
    for slot in draft.slots():
        if slot.role == "head" and slot.colspan < RESULTS and "(" not in slot.text and slot.text != "信息内容":
            slot.text += unit


@deviation
def the_first_label_misprinted(draft: Draft) -> None:
    _replace(draft, "一、本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请量")


@deviation
def the_last_label_misprinted(draft: Draft) -> None:
    _replace(draft, "四、结转下年度继续办理", "四、结转下年度继续办")


@deviation
def two_labels_in_a_row_misprinted(draft: Draft) -> None:
    _replace(draft, "5.属于三类内部事务信息", "5.属三类内部事务信息")
    _replace(draft, "6.属于四类过程性信息", "6.属四类过程性信息")


@deviation
def other_words_in_disclosure(draft: Draft) -> None:
    for printed, words in (
        ("规章", ["政府规章"]),
        ("行政强制", ["行政强制措施"]),
        ("本年处理决定数量", ["本年度处理决定数量", f"{draft.year}年处理决定数量"]),
        ("本年制发件数", [f"{draft.year}年制发件数", f"{draft.year}年度制发件数", "本年度制发件数"]),
        ("本年新公开数量", [f"{draft.year}年新公开数量"]),
        ("上一年项目数量", ["上年项目数量", "上年度项目数量"]),
    ):
        _replace(draft, printed, draft.rng.choice(words))


def _replace(draft: Draft, printed: str, words: str) -> None:
    for slot in draft.labels():
        if slot.text == printed:
            slot.text = words
