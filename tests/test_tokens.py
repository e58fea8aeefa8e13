"""What a value cell says: the tokens seen in real reports, and properties of number reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.tokens import Kind, Status, Token, is_unmistakable, read_token

NOTHING_PRINTED = ["", " ", "\u00a0", "\u3000", "\u200b", "\n \n"]


@pytest.mark.parametrize("text", NOTHING_PRINTED)
@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_printed_is_blank_and_never_zero(text, kind):
    assert read_token(text, kind) == Token(Status.BLANK)


@pytest.mark.parametrize("text", ["/", "／", "\\", "-", "－", "—", "——", "–", "_", "不涉及", "不适用", "N/A"])
def test_a_mark_has_no_value(text):
    assert read_token(text, Kind.COUNT) == Token(Status.NA_MARK)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("12 件", 12),
        ("12件", 12),
        ("1,234", 1234),
        ("1，234", 1234),
        ("12.0", 12),
        ("0", 0),
        ("０", 0),
        ("0.00", 0),
        ("零", 0),
        ("1234（件）", 1234),
        ("1234 (人次)", 1234),
        ("1234件次", 1234),
        ("共1234件", 1234),
    ],
)
def test_a_count(text, value):
    assert read_token(text, Kind.COUNT) == Token(Status.REPORTED, value)


@pytest.mark.parametrize("text", ["无", "没有", "暂无"])
def test_a_word_for_none_is_zero_and_says_so(text):
    assert read_token(text, Kind.COUNT) == Token(Status.TEXT_ZERO, 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+1", 1),
        ("＋173", 173),
        ("-2", -2),
        ("－2", -2),
        ("增加1", 1),
        ("减少2", -2),
        ("↓2", -2),
        ("7", 7),
        ("-0", 0),
        ("负3", -3),
        ("减：3", -3),
        ("增加: 3", 3),
        ("减少3项", -3),
    ],
)
def test_a_yearly_change_is_signed(text, value):
    assert read_token(text, Kind.CHANGE) == Token(Status.REPORTED, value)


@pytest.mark.parametrize("dash", ["—", "–", "\u2010", "\u2011"])
def test_a_dash_is_a_loose_minus_of_a_yearly_change_and_nowhere_else(dash):
    assert read_token(f"{dash}3", Kind.CHANGE) == Token(Status.REPORTED, -3, loose=True)
    assert read_token(f"{dash}{dash}3", Kind.CHANGE) == Token(Status.TEXT)
    assert read_token(f"{dash}3", Kind.COUNT) == read_token(f"{dash}3", Kind.MONEY) == Token(Status.TEXT)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("434.18", 434.18, None),
        ("434.18万元", 434.18, "万元"),
        ("251000元", 251000, "元"),
        ("160.5964万元", 160.5964, "万元"),
        ("180774.8", 180774.8, None),
        ("18.3万", 18.3, "万元"),
        ("4166.241619", 4166.241619, None),
        ("160.6（万元）", 160.6, "万元"),
        ("人民币160.6万元", 160.6, "万元"),
        ("￥1,605,964.00元", 1605964, "元"),
    ],
)
def test_money_keeps_its_printed_unit_and_is_never_converted(text, value, unit):
    assert read_token(text, Kind.MONEY) == Token(Status.REPORTED, value, unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3472 .13", 3472.13), (".13", 0.13), ("1 234 .5", 1234.5)],
)
def test_money_is_loose_where_its_point_stands_apart(text, value):
    assert read_token(text, Kind.MONEY) == Token(Status.REPORTED, value, loose=True)


@pytest.mark.parametrize(
    "text",
    [
        "￥3472.13",
        "人民币 18.3",
        "￥",
        "人民币",
        "人民币万元",
        "(万元)",
        "12 34 .5",
        ".",
        "1.2.3",
        "¥-3",
        "约3.5",
        "3万1元",
    ],
)
def test_what_is_not_one_amount_is_text(text):
    assert read_token(text, Kind.MONEY) == Token(Status.TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "由区政府办根据实际情况填写",
        "1 1 9",
        "12.5",
        "-3",
        "3件4",
        "1,23",
        "12 34",
        "9" * 16,
        "共",
        "共件",
        "共-3件",
        "12(万)",
        "12*34",
        ".13",
        "3 .0",
    ],
)
def test_what_is_not_one_whole_number_is_text(text):
    assert read_token(text, Kind.COUNT).status is Status.TEXT


@pytest.mark.parametrize("text", ["12①", "12²", "12⒈", "12⑴", "½", "1½", "㏠", "12(1)", "12[图]", "1\u03362\u0336"])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_note_beside_a_figure_never_becomes_a_digit_of_it(text, kind):
    assert read_token(text, kind) == Token(Status.TEXT)


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "{{n}}", "${x}", "*", "O", "l", "−", "‐", "─", "//", "。", "?"])
def test_what_is_no_known_mark_is_text_and_neither_blank_nor_zero(text):
    assert read_token(text, Kind.COUNT) == Token(Status.TEXT)


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("12。", Token(Status.REPORTED, 12, loose=True)),
        ("12;", Token(Status.REPORTED, 12, loose=True)),
        ("0、", Token(Status.REPORTED, 0, loose=True)),
        ("1 234", Token(Status.REPORTED, 1234, loose=True)),
        ("无。", Token(Status.TEXT_ZERO, 0, loose=True)),
        ("1234*", Token(Status.REPORTED, 1234, loose=True)),
        ("1234**", Token(Status.TEXT)),
        ("/*", Token(Status.TEXT)),
        ("12.", Token(Status.TEXT)),  # its decimals may be lost
        ("12 件", Token(Status.REPORTED, 12)),
    ],
)
def test_a_figure_with_a_stop_behind_it_or_blanks_in_it_is_read_and_said_to_be_loose(text, token):
    assert read_token(text, Kind.COUNT) == token


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-3", True),
        ("12.5", True),
        ("#REF!", True),
        ("{{n}}", True),
        ("12①", False),
        ("1 1 9", False),
        ("O", False),
        ("—3", False),
        (".13", False),
        ("12 .5", False),
    ],
)
def test_only_what_is_plain_to_read_is_laid_to_the_publisher(text, expected):
    assert is_unmistakable(text) is expected


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["", "件", " 件", "项", "（件）", "件次"]))
def test_every_count_is_read_back_however_it_is_printed(number, unit):
    full_width = str(number).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})

    assert read_token(f" {number}{unit}\n", Kind.COUNT).value == number
    assert read_token(f"{number:,}{unit}", Kind.COUNT).value == number
    assert read_token(full_width, Kind.COUNT).value == number


@given(
    st.integers(min_value=1, max_value=10**12),
    st.sampled_from(["-", "－", "−", "—", "–", "‑", "减", "减：", "减少 ", "负", "↓"]),
    st.sampled_from(["", "件", "项"]),
)
def test_every_fall_is_negative_in_a_yearly_change_and_no_count(number, sign, unit):
    assert read_token(f"{sign}{number}{unit}", Kind.CHANGE).value == -number
    assert read_token(f"{sign}{number}{unit}", Kind.COUNT) == Token(Status.TEXT)


@given(
    st.decimals(0, 10**9, places=4, allow_nan=False),
    st.sampled_from(["", "￥", "人民币", "人民币￥ "]),
    st.sampled_from(["万元", "（万元）", " 元", "（元）"]),
)
def test_every_amount_is_read_back_with_its_unit(amount, currency, unit):
    token = read_token(f"{currency}{amount}{unit}", Kind.MONEY)

    assert token == Token(Status.REPORTED, float(amount), unit.strip(" （）"))


@given(st.text("0123456789.,¥*()共件次万元人民币增减负:—– +-", max_size=12), st.sampled_from(list(Kind)))
def test_what_is_read_has_the_digits_that_are_printed_and_a_count_has_no_sign(text, kind):
    token = read_token(text, kind)
    if token.status is Status.REPORTED:
        assert abs(token.value) == float("".join(char for char in text if char in "0123456789."))
        assert token.value >= 0 or kind is Kind.CHANGE


@given(st.text(max_size=40), st.sampled_from(list(Kind)))
def test_any_text_is_read_without_an_error_and_a_value_is_only_given_with_a_number(text, kind):
    token = read_token(text, kind)

    assert (token.value is not None) == (token.status in (Status.REPORTED, Status.TEXT_ZERO))
