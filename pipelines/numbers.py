"""Numbers as they are printed: whole ones are whole, and money is reckoned in decimals."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from pipelines.text import squeeze

_SHORTEST_NUMBERING = 5  # fewer numbers may follow one another by chance
_MOST_DIGITS = 3  # of the number of a column; Python makes no number of thousands of digits


def whole(value: float | None) -> float | None:
    """The same number, as an ``int`` where it is one: 10.0 and 10 are printed alike. None stays None."""
    return int(value) if value is not None and value == int(value) else value


def times(value: float, factor: Decimal) -> float:
    """``value`` times ``factor``, reckoned in the decimals that ``value`` was printed with.

    Exact for every figure that a cell can hold (at most 15 digits); a binary product of 0.1 and 3 would not be 0.3.
    """
    product = Decimal(repr(value)) * factor
    return int(product) if product == product.to_integral_value() else float(product)


def numbers_columns(texts: Iterable[str]) -> bool:
    """True for texts of a row that numbers its columns, 1 2 3 …, starred or not; its label, 栏次, does not count."""
    plain = [squeeze(text).removesuffix("*") for text in texts]
    numbers = [int(text) for text in plain if text.isdecimal() and len(text) <= _MOST_DIGITS]
    return len(numbers) >= _SHORTEST_NUMBERING and all(one + 1 == other for one, other in pairwise(numbers))
