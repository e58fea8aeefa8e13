"""Rows that number their columns, and numbers too long to be any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.numbers import numbers_columns
from pipelines.tokens import split_digits

LONG = "1" * 5_000  # Python refuses to make a number of so many digits


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], False),
        (["栏次", "1", "2", "3", "4", "5"], True),
        (["１", "２", "３", "４", "５"], True),
        (["栏次*", "1*", "2*", "3*", "4*", "5*"], True),
        (["1", "2", "3", "4"], False),
        (["1", "2", "3", "5", "6"], False),
        ([LONG, "1", "2", "3", "4", "5"], True),
        ([LONG] * 5, False),
    ],
)
def test_a_row_that_numbers_its_columns(texts: list[str], expected: bool):
    assert numbers_columns(texts) is expected


@pytest.mark.parametrize(("text", "parts"), [("", []), ("119", []), ("1 1 9", ["1", "1", "9"]), (f"{LONG} 1", [])])
def test_the_parts_of_a_split_figure(text: str, parts: list[str]):
    assert split_digits(text) == parts


@given(st.lists(st.text("0123456789 ", max_size=6_000), max_size=8))
def test_digits_in_any_number_are_no_error(texts: list[str]):
    numbers_columns(texts)
    assert all(len("".join(split_digits(text))) <= 30 for text in texts)
