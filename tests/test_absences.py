"""Sentences that say there was none: they are read to their end, since their last words may say none of what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.narrative import narrate
from pipelines.sections import Section

REVIEW, LAWSUIT, REQUESTS, FEE = "review", "lawsuit", "requests", "info_fee"


def absent(text: str) -> set[str]:
    """What the text says there was none of."""
    told, _ = narrate([Section(1, "一、总体情况", [text])], 2023)
    return {found.metric.removeprefix("nar_").removesuffix("_none") for found in told if found.value == 1}


def test_no_text_says_nothing():
    assert absent("") == set()


@pytest.mark.parametrize(
    ("sentence", "of"),
    [
        ("没有行政复议案件。", {REVIEW}),
        ("没有发生一起行政诉讼。", {LAWSUIT}),
        ("无行政复议诉讼情况。", {REVIEW, LAWSUIT}),
        ("未发生行政复议或行政诉讼的情况。", {REVIEW, LAWSUIT}),
        ("未发生行政复议和行政诉讼案件,未收到举报。", {REVIEW, LAWSUIT}),
        ("无因政府信息公开被申请行政复议、提起行政诉讼的情况。", {REVIEW, LAWSUIT}),
        ("未发生因政府信息公开申请引发的行政复议、行政诉讼案件。", {REVIEW, LAWSUIT}),
        ("未发生与政府信息公开有关的行政复议、行政诉讼及投诉。", {REVIEW, LAWSUIT}),
        ("未收到依申请公开申请,未发生行政复议。", {REQUESTS, REVIEW}),
        ("本年度无依申请公开情况。", {REQUESTS}),
        ("未收到政府信息公开申请、行政复议和行政诉讼。", {REQUESTS}),
        ("没有收取政府信息公开信息处理费的情况。", {FEE}),
    ],
)
def test_a_sentence_says_that_there_was_none(sentence: str, of: set[str]):
    assert absent(sentence) == of


@pytest.mark.parametrize(
    "sentence",
    [
        "全年无行政诉讼败诉案件。",
        "未发生行政复议被纠错情况。",
        "未发生行政复议、行政诉讼被纠错情况。",
        "无行政复议,行政诉讼败诉情况。",
        "未发生因信息公开不及时引发的行政复议。",
        "未收到行政复议决定。",
        "未收到行政诉讼传票。",
        "无行政复议机关责令改正。",
        "有无行政复议。",
        "没有发生行政复议3件。",
        "无依申请公开超期答复情况。",
        "未收到信息公开申请的投诉。",
        "未收到依申请公开信息的咨询。",
        "无信息公开申请不予公开情况。",
        "未收取信息公开处理费的申请12件。",
    ],
)
def test_none_of_some_kind_is_not_none(sentence: str):
    assert absent(sentence) == set()


@given(st.text(st.sampled_from("败诉被纠错超期维持撤销决定机关律师"), min_size=1, max_size=6))
def test_any_further_word_takes_the_sentence_back(word: str):
    assert absent(f"全年未发生行政复议、行政诉讼{word}情况。") == set()
