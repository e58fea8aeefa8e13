"""Annexes in any mix of layouts: a table of label, unit and figure, and the habits of publishers that change it.

``truth`` is what each figure is worth in its metric's unit; None where a cell prints no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from random import Random

from pipelines.editions import AnnexEdition, annexes
from pipelines.editions.synthetic import synthetic
from pipelines.vocabulary import AMOUNTS
from tests.annexes import PERIOD, TITLE, page
from tests.layouts.form import Key, Rows, Slot

FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
SMALLER = {"万元": ("元", 10_000), "元": ("千元", Decimal("0.001"))}


@dataclass
class AnnexDraft:
    """An annex to print. ``heads`` are how many rows of heads it has; ``above`` the lines printed before it."""

    form: AnnexEdition
    rng: Random
    truth: dict[Key, Decimal | None]
    tables: list[Rows]
    heads: int = 1
    above: list[str] = field(default_factory=list)

    @property
    def rows(self) -> Rows:
        """The rows of the first table, which is the only one until it is cut."""
        return self.tables[0]

    @property
    def body(self) -> Rows:
        """The rows below the heads."""
        return self.rows[self.heads :]

    def values(self) -> list[Slot]:
        """The cells that hold figures."""
        return [slot for table in self.tables for row in table for slot in row if slot.key]


def annex_draft(seed: int) -> AnnexDraft:
    """A consistent annex of either edition for the report of 2016."""
    rng = Random(seed)
    form = annexes()[rng.choice(["s2014", "s2014", "l2004"])]
    printed = synthetic(form.id, rng)
    rows: Rows = [[Slot(text, role="head") for text in (form.columns.label[0], form.columns.unit[0], "统计数")]]
    for chapter in form.chapters:
        if chapter.heading and not chapter.metric:
            rows.append([Slot(chapter.heading), Slot("——", role="unit"), Slot("", role="value")])
        for row in chapter.all_rows:
            figure = Slot(printed[row.metric, None], key=(row.metric, None), role="value")
            rows.append([Slot(row.label), Slot(row.unit, role="unit"), figure])
    return AnnexDraft(form, rng, {key: Decimal(text) for key, text in printed.items()}, [rows])


Habit = Callable[[AnnexDraft], None]
HABITS: dict[str, Habit] = {}


def habit(change: Habit) -> Habit:
    HABITS[change.__name__] = change
    return change


def _insert(draft: AnnexDraft, at: int, head: str, text: Callable[[int], str], role: str) -> None:
    """One more column in front of the cell ``at``; negative places count from the end, -1 is behind all."""
    for number, row in enumerate(draft.rows):
        slot = Slot(head if number == 0 else text(number), role="head" if number == 0 else role)
        row.insert(at if at >= 0 else len(row) + 1 + at, slot)


# What a city prints of the form.


@habit
def rows_that_a_city_leaves_out(draft: AnnexDraft) -> None:
    for row in draft.body if not draft.form.complete else []:
        if row[-1].key and draft.rng.random() < 0.2:
            del draft.truth[row[-1].key]
            draft.rows.remove(row)


@habit
def rows_in_a_citys_own_order(draft: AnnexDraft) -> None:
    first = len(draft.form.chapters[0].all_rows) // 2
    if not draft.form.complete:
        part = draft.rows[1:first]
        draft.rng.shuffle(part)
        draft.rows[1:first] = part


# The figures themselves.


@habit
def full_width_digits(draft: AnnexDraft) -> None:
    for slot in draft.values():
        slot.text = slot.text.translate(FULL_WIDTH)


@habit
def blanks_and_strokes_for_zero(draft: AnnexDraft) -> None:
    for slot in draft.values():
        if slot.text == "0" and draft.rng.random() < 0.5:
            assert slot.key is not None
            slot.text, draft.truth[slot.key] = draft.rng.choice(["", "/", "—"]), None


@habit
def thousands_separated(draft: AnnexDraft) -> None:
    for slot in draft.values():
        if slot.text.isdecimal() and len(slot.text) > 3 and slot.text.isascii():
            slot.text = f"{int(slot.text):,}"


@habit
def money_in_another_unit(draft: AnnexDraft) -> None:
    """In the column of units, or in brackets behind the label where the table has none."""
    for row in draft.body:
        unit = row[1].text
        if row[-1].key and unit in AMOUNTS and PLAIN.fullmatch(row[-1].text):
            smaller, factor = SMALLER[unit]
            row[-1].text = f"{Decimal(row[-1].text) * factor:f}"
            if draft.rng.random() < 0.5:
                row[1].text = smaller
            else:
                row[0].text, row[1].text = f"{row[0].text}(单位:{smaller})", ""


# The labels.


@habit
def other_wordings(draft: AnnexDraft) -> None:
    aliases = {row.label: row.aliases for row in draft.form.rows if row.aliases}
    for row in draft.body:
        if row[0].text in aliases and draft.rng.random() < 0.5:
            row[0].text = draft.rng.choice(aliases[row[0].text])


@habit
def labels_broken_over_lines(draft: AnnexDraft) -> None:
    for row in draft.body:
        half = len(row[0].text) // 2
        row[0].text = f"{row[0].text[:half]}\n {row[0].text[half:]}"


@habit
def labels_without_their_ordinals(draft: AnnexDraft) -> None:
    for row in draft.body:
        row[0].text = row[0].text.lstrip("0123456789.()一二三四五六七八九十、") or row[0].text


# The columns.


@habit
def no_column_of_units(draft: AnnexDraft) -> None:
    if all(len(row) == 3 and row[1].text in ("——", "单位", "计量单位", *_units(draft)) for row in draft.rows):
        for row in draft.rows:
            del row[1]


def _units(draft: AnnexDraft) -> set[str]:
    return {row.unit for row in draft.form.rows}


@habit
def last_year_behind(draft: AnnexDraft) -> None:
    draft.rows[0][-1].text = draft.rng.choice(["2016年", "2016年度", "统计数"])
    _insert(draft, -1, draft.rng.choice(["2015年", "上年数"]), lambda _: str(draft.rng.randint(1, 999)), "other")


@habit
def last_year_in_front(draft: AnnexDraft) -> None:
    place = next(p for p, slot in enumerate(draft.rows[1]) if slot.role == "value")
    draft.rows[0][place].text = "2016年度"
    _insert(draft, place, "2015年度", lambda _: str(draft.rng.randint(1, 999)), "other")


@habit
def remarks_behind(draft: AnnexDraft) -> None:
    _insert(draft, -1, "备注", lambda _: draft.rng.choice(["", "", "含街道", "2016年起统计"]), "remark")


@habit
def codes_in_front(draft: AnnexDraft) -> None:
    _insert(draft, 0, "代码", str, "code")


@habit
def codes_behind_the_label(draft: AnnexDraft) -> None:
    if draft.rows[0][0].text != "代码":
        _insert(draft, 1, "代码", lambda number: f"{number:02}", "code")


@habit
def an_empty_column_behind(draft: AnnexDraft) -> None:
    _insert(draft, -1, "", lambda _: "", "remark")


# The rows.


@habit
def numbering_below_the_heads(draft: AnnexDraft) -> None:
    letters = iter("甲乙丙12345678")
    draft.rows.insert(1, [Slot(next(letters), role="head") for _ in draft.rows[0]])
    draft.heads = 2


@habit
def heads_in_two_rows(draft: AnnexDraft) -> None:
    """The head of the figures parted in two below it."""
    if draft.heads > 1 or any(slot.role == "other" for slot in draft.rows[1]):
        return
    place = next(p for p, slot in enumerate(draft.rows[1]) if slot.role == "value")
    for number, slot in enumerate(draft.rows[0]):
        slot.rowspan, slot.colspan = (1, 2) if number == place else (2, 1)
    _insert(draft, place, "x", lambda _: str(draft.rng.randint(1, 999)), "other")
    del draft.rows[0][place]
    draft.rows.insert(1, [Slot("乡镇街道统计数", role="head"), Slot("合计", role="head")])
    draft.heads = 2


@habit
def units_that_span_rows(draft: AnnexDraft) -> None:
    body = [row for row in draft.body if any(slot.role == "unit" for slot in row)]
    for row in reversed(list(pairwise(body))):
        upper, lower = (next((slot for slot in each if slot.role == "unit"), None) for each in row)
        if upper and lower and upper.text == lower.text and upper.text not in ("", "——") and draft.rng.random() < 0.8:
            upper.rowspan += lower.rowspan
            row[1].remove(lower)


@habit
def a_table_cut_in_two(draft: AnnexDraft) -> None:
    place = draft.rng.randint(8, len(draft.rows) - 6)
    if all(slot.rowspan == 1 for row in draft.rows for slot in row):
        draft.tables = [draft.rows[:place], draft.rows[place:]]


@habit
def two_blocks_side_by_side(draft: AnnexDraft) -> None:
    if len(draft.tables) > 1 or draft.heads > 1 or any(slot.rowspan > 1 for row in draft.rows for slot in row):
        return
    head, *body = draft.rows
    half = (len(body) + 1) // 2
    body += [[Slot("") for _ in head]] * (2 * half - len(body))
    copy = [Slot(slot.text, role="head") for slot in head]
    draft.tables = [[[*head, *copy], *([*left, *right] for left, right in zip(body[:half], body[half:], strict=True))]]


@habit
def a_note_below(draft: AnnexDraft) -> None:
    draft.tables[-1].append([Slot("注:本表数据截至2016年12月31日。", colspan=len(draft.tables[-1][-1]))])


@habit
def a_caption_above(draft: AnnexDraft) -> None:
    draft.above += [
        "附件2:",
        draft.rng.choice(["2016年政府信息公开情况统计表", "政府信息公开情况统计表\n(2016年度)"]),
        "单位:件",
    ]


Render = Callable[[AnnexDraft], bytes]


def as_page(draft: AnnexDraft) -> bytes:
    """The page of a portal."""
    tables = [[[(s.text, s.rowspan, s.colspan) for s in row] for row in table] for table in draft.tables]
    return page(*(line for text in draft.above for line in text.split("\n")), *tables)


def _text(draft: AnnexDraft, rows: Callable[[list[str]], list[str]]) -> bytes:
    cells = [["".join(slot.text.split()) for slot in row] for table in draft.tables for row in table]
    lines = [line for row in cells for line in rows(row)]
    return "\n".join([TITLE, PERIOD, *draft.above, *lines, ""]).encode()


FORMATS: dict[str, Render] = {
    "page": as_page,
    "piped": lambda draft: _text(draft, lambda row: ["|", *(f"{text} |" for text in row)]),
    "markdown": lambda draft: _text(draft, lambda row: [f"| {' | '.join(row)} |"]),
    "lines": lambda draft: _text(draft, lambda row: [text for text in row if text]),
}
