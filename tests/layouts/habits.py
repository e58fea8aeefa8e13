"""Forty-odd habits of publishers: each changes one thing about how a report is printed, never what it says."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.text import squeeze
from pipelines.vocabulary import ORGANISATIONS
from tests.layouts import visible
from tests.layouts.form import Draft, Slot

Habit = Callable[[Draft], None]
HABITS: dict[str, Habit] = dict(visible.HABITS)
FULL_WIDTH = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


def habit(change: Habit) -> Habit:
    HABITS[change.__name__] = change
    return change


def _relabel(draft: Draft, change: Callable[[str], str]) -> None:
    for slot in draft.labels():
        slot.text = change(slot.text)


def _reprint(draft: Draft, slot: Slot, text: str) -> None:
    """Print a figure otherwise; the truth keeps what stands in the cell."""
    slot.text = text
    if slot.key is not None:
        draft.truth[slot.key] = text


# What labels look like.


@habit
def full_width_brackets(draft: Draft) -> None:
    _relabel(draft, lambda text: text.replace("(", "（").replace(")", "）").replace(":", "："))


@habit
def labels_spaced_out(draft: Draft) -> None:
    for slot in draft.labels():
        if len(slot.text) <= 4:
            slot.text = " ".join(slot.text)


@habit
def ideographic_spaces_in_labels(draft: Draft) -> None:
    _relabel(draft, lambda text: text[:2] + "\u3000" + text[2:])


@habit
def quotes_straight(draft: Draft) -> None:
    _relabel(draft, lambda text: text.replace("“", '"').replace("”", '"'))


@habit
def quotes_dropped(draft: Draft) -> None:
    _relabel(draft, lambda text: text.replace("“", "").replace("”", ""))


@habit
def corner_quotes(draft: Draft) -> None:
    _relabel(draft, lambda text: text.replace("“", "「").replace("”", "」"))


@habit
def ordinals_with_comma(draft: Draft) -> None:
    _relabel(draft, lambda text: text[0] + "、" + text[2:] if text[:1].isdigit() and text[1:2] == "." else text)


@habit
def ordinals_full_width(draft: Draft) -> None:
    _relabel(draft, lambda text: text.translate(FULL_WIDTH) if text[:1].isdigit() else text)


@habit
def normative_documents_without_administrative(draft: Draft) -> None:
    _relabel(draft, lambda text: "规范性文件" if text == "行政规范性文件" else text)


@habit
def total_called_heji(draft: Draft) -> None:
    _relabel(draft, lambda text: text.replace("总计", "合计"))


@habit
def total_called_gongji(draft: Draft) -> None:
    _relabel(draft, lambda text: text.replace("总计", "共计"))


@habit
def ordinals_in_brackets(draft: Draft) -> None:
    _relabel(draft, lambda text: f"({text[0]}){text[2:]}" if text[1:2] == "." else text)


@habit
def ordinals_in_circles(draft: Draft) -> None:
    _relabel(draft, lambda text: chr(ord("①") + int(text[0]) - 1) + text[2:] if text[1:2] == "." else text)


@habit
def ordinals_without_a_point(draft: Draft) -> None:
    _relabel(draft, lambda text: f"{text[0]} {text[2:]}" if text[1:2] == "." else text)


@habit
def ordinals_in_brackets_with_a_comma(draft: Draft) -> None:
    _relabel(draft, lambda text: text.replace(")", ")、", 1) if text[:1] == "(" and text[2:3] == ")" else text)


@habit
def chinese_ordinals_with_a_point(draft: Draft) -> None:
    _relabel(draft, lambda text: f"{text[0]}. {text[2:]}" if text[1:2] == "、" else text)


@habit
def stars_behind_labels(draft: Draft) -> None:
    for slot in draft.labels():
        if slot.role == "label" and slot.text:
            slot.text += "*"


@habit
def colons_behind_labels(draft: Draft) -> None:
    for slot in draft.labels():
        if slot.role != "corner" and slot.text:
            slot.text += draft.rng.choice([":", "："])


@habit
def notes_in_brackets_behind_labels(draft: Draft) -> None:
    for number, slot in enumerate(draft.labels(), 1):
        if slot.role == "label" and slot.text:
            slot.text += f"[{number}]"


@habit
def applicants_and_disputes_in_other_words(draft: Draft) -> None:
    words = {"商业企业": "企业", "科研机构": "科研院所", "社会公益组织": "公益性组织", "法律服务机构": "法律服务组织"}
    words |= {"结果维持": "维持", "结果纠正": "纠正", "尚未审结": "未审结", "复议后起诉": "经复议后起诉"}
    words |= {"未经复议直接起诉": "未经行政复议直接起诉"}
    _relabel(draft, lambda text: words.get(text, text))


@habit
def carried_to_the_next_year_otherwise(draft: Draft) -> None:
    _relabel(draft, lambda text: text.replace("结转下年度继续办理", "结转下一年继续办理"))


@habit
def needs_creation_shortened(draft: Draft) -> None:
    _relabel(draft, lambda text: text.replace("需要另行制作", "需另行制作"))


@habit
def explanation_behind_a_label(draft: Draft) -> None:
    _relabel(draft, lambda text: text + "(设区的市、自治州人民政府应提供相关数据)" if text == "规章" else text)


@habit
def explanation_left_out(draft: Draft) -> None:
    _relabel(draft, lambda text: text.split("(区分处理")[0] if text.startswith("(二)部分公开") else text)


@habit
def other_written_with_the_other_character(draft: Draft) -> None:
    _relabel(draft, lambda text: "其它" if text == "其他" else text)


@habit
def applicants_broken_by_character(draft: Draft) -> None:
    for slot in draft.slots():
        if slot.role == "head" and 2 <= len(slot.text) <= 6:
            slot.text = "\n".join(slot.text)


# What figures look like.


@habit
def full_width_digits(draft: Draft) -> None:
    for slot in draft.values():
        _reprint(draft, slot, slot.text.translate(FULL_WIDTH))


@habit
def blanks_for_zero(draft: Draft) -> None:
    for slot in draft.values():
        if slot.text == "0":
            _reprint(draft, slot, "")


@habit
def strokes_for_zero(draft: Draft) -> None:
    for slot in draft.values():
        if slot.text == "0" and draft.rng.random() < 0.3:
            _reprint(draft, slot, draft.rng.choice(["/", "-", "—", "_"]))


@habit
def none_in_words(draft: Draft) -> None:
    for slot in draft.values():
        if slot.text == "0" and draft.rng.random() < 0.1:
            _reprint(draft, slot, "无")


@habit
def units_in_cells(draft: Draft) -> None:
    for slot in draft.values():
        if slot.text.isdigit() and slot.key and slot.key[1] is None and "amount" not in slot.key[0]:
            _reprint(draft, slot, slot.text + ("万元" if "collected" in slot.key[0] else "件"))


@habit
def thousands_separated(draft: Draft) -> None:
    for slot in draft.values():
        if slot.text.isdigit() and len(slot.text) > 3:
            _reprint(draft, slot, f"{int(slot.text):,}")


@habit
def decimals_on_counts(draft: Draft) -> None:
    for slot in draft.values()[:6]:
        if slot.text.isdigit() and slot.key and slot.key[0] != "fees_collected":
            _reprint(draft, slot, slot.text + ".0")


@habit
def plus_signs_on_changes(draft: Draft) -> None:
    for slot in draft.values():
        if slot.key and slot.key[0].endswith("_change") and slot.text.isdigit() and slot.text != "0":
            _reprint(draft, slot, "+" + slot.text)


@habit
def zero_width_characters(draft: Draft) -> None:
    for slot in draft.values():
        if draft.rng.random() < 0.2:
            _reprint(draft, slot, slot.text + "\u200b")


@habit
def marks_of_direction(draft: Draft) -> None:
    """What a spreadsheet leaves round a figure that is copied out of it."""
    for slot in draft.values():
        if slot.text and draft.rng.random() < 0.2:
            _reprint(draft, slot, f"\u202a{slot.text}\u202c")


# What tables look like.


@habit
def note_row_below(draft: Draft) -> None:
    for table in draft.tables:
        table.append([Slot("注:本表数据截至年末。", colspan=sum(slot.colspan for slot in table[-1]))])


@habit
def heading_inside_the_table(draft: Draft) -> None:
    for table, heading in zip(draft.tables, draft.headings[1:4], strict=True):
        table.insert(0, [Slot(heading, colspan=sum(slot.colspan for slot in table[0]))])


@habit
def empty_column_behind(draft: Draft) -> None:
    for table in draft.tables:
        for row in table:
            row.append(Slot(""))


@habit
def empty_column_in_front(draft: Draft) -> None:
    for table in draft.tables:
        table[0].insert(0, Slot("", rowspan=len(table)))


@habit
def corner_left_empty(draft: Draft) -> None:
    for slot in draft.slots():
        if slot.role == "corner":
            slot.text = ""


@habit
def subtotal_column_of_organisations(draft: Draft) -> None:
    """A column 小计 behind the five organisations, with their sum."""
    for row in draft.tables[1]:
        for slot in row:
            if squeeze(slot.text).startswith(("申请人情况", "法人或其")):
                slot.colspan += 1
        if any(squeeze(slot.text).startswith("商业企业") for slot in row):
            row.insert(_behind(row, [slot for slot in row if slot.role == "head"][:5]), Slot("小计", role="head"))
        elif values := [slot for slot in row if slot.key and slot.key[1] in ORGANISATIONS]:
            row.insert(_behind(row, values), Slot(_sum(values)))


def _behind(row: list[Slot], slots: list[Slot]) -> int:
    return max(place for place, slot in enumerate(row) if any(slot is each for each in slots)) + 1


def _sum(values: list[Slot]) -> str:
    digits = [slot.text.translate({v: k for k, v in FULL_WIDTH.items()}) for slot in values]
    return str(sum(int(text) for text in digits if text.isdigit()))


# What the page round them looks like: the formats ask for these marks.

for _mark in (
    "paragraphs_in_cells",
    "paragraph_for_each_label_half",
    "breaks_in_labels",
    "a_span_for_each_digit",
    "fonts_inside_fonts",
    "word_styles",
    "header_cells",
    "unclosed_cells",
    "upper_case_tags",
    "unquoted_spans",
    "spans_in_pixels",
    "caption",
    "column_groups",
    "layout_table_round_all",
    "hidden_copy",
    "commented_copy",
    "template_left_over",
    "index_table_in_front",
    "calendar_table_behind",
    "empty_rows_between",
    "all_tables_in_one",
    "requests_cut_in_two",
    "no_headings",
    "gb18030",
    "byte_order_mark",
    "no_title_tag",
    "form_round_the_tables",
):

    def _ask(draft: Draft, mark: str = _mark) -> None:
        draft.marks.add(mark)

    HABITS[_mark] = _ask
