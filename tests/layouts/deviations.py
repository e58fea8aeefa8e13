"""What the form does not foresee: other orders, lost and wrong spans, columns and rows added, other wordings.

Unlike a habit, a deviation may cost figures. It may not cost one in silence, and it never makes a wrong one. Deviations
are done to a draft before its habits, in the order of their list. The wordings are here.
"""

from __future__ import annotations

from tests.layouts import orders, surplus  # in this order: rows are added to a table whose columns are settled
from tests.layouts.form import Draft
from tests.layouts.registry import COLUMNS_OF, DEVIATIONS, ON_PAGES_ONLY, RESULTS, deviation

__all__ = ["COLUMNS_OF", "DEVIATIONS", "ON_PAGES_ONLY", "orders", "surplus"]


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
        ("规章", ["政府规章", "地方政府规章"]),
        ("行政强制", ["行政强制措施"]),
        ("本年处理决定数量", ["本年度处理决定数量", f"{draft.year}年处理决定数量"]),
        ("本年废止件数", ["废止件数", "本年废止(件)"]),
        ("本年收费金额(单位:万元)", ["本年收费金额 单位:万元", "本年收费总金额(单位:万元)"]),
        ("本年制发件数", [f"{draft.year}年制发件数", f"{draft.year}年度制发件数", "本年度制发件数"]),
        ("本年新公开数量", [f"{draft.year}年新公开数量"]),
        ("上一年项目数量", ["上年项目数量", "上年度项目数量"]),
    ):
        _replace(draft, printed, draft.rng.choice(words))


@deviation
def other_words_in_requests(draft: Draft) -> None:
    for printed, words in (
        ("二、上年结转政府信息公开申请数量", "二、上年度结转申请数量"),
        ("4.保护第三方合法权益", "4.涉及第三方合法权益"),
        ("3.补正后申请内容仍不明确", "3.补正后仍不明确"),
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "1.申请人无正当理由逾期不补正,行政机关不再处理",
        ),
        ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "2.逾期不缴纳费用"),
        ("3.其他", "3.其他情形"),
    ):
        _replace(draft, printed, words)


@deviation
def shorter_words_in_requests(draft: Draft) -> None:
    for printed, words in (
        ("自然人", "公民"),
        ("社会公益组织", "社会组织"),
        ("二、上年结转政府信息公开申请数量", "二、上年结转"),
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "1.申请人无正当理由逾期不补正，不再处理其申请",
        ),
        (
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按要求缴纳费用，不再处理其申请",
        ),
        ("四、结转下年度继续办理", "四、结转下年度"),
    ):
        _replace(draft, printed, words)


def _replace(draft: Draft, printed: str, words: str) -> None:
    for slot in draft.labels():
        if slot.text == printed:
            slot.text = words
