"""What a value cell says: its status, its number and its unit. Nothing is guessed.

A cell that is blank or marked has no value; only the rules may prove one (``pipelines.rules.inference``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from pipelines.text import tidy


class Status(StrEnum):
    """What a cell says. ``inferred_zero`` and ``derived`` are set by the rules, never by a reader."""

    REPORTED = "reported"
    BLANK = "blank"
    INFERRED_ZERO = "inferred_zero"
    DERIVED = "derived"
    NA_MARK = "na_mark"
    TEXT_ZERO = "text_zero"
    TEXT = "text"
    ABSENT = "absent"
    UNREADABLE = "unreadable"


class Kind(StrEnum):
    """What a cell should hold: a count, a signed change, or an amount of money with its printed unit."""

    COUNT = "count"
    CHANGE = "change"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Token:
    """A cell read: ``value`` is None unless a number is printed; ``unit`` is the unit printed in the cell, if any.

    ``loose`` says that it can be read, but is not printed as a figure should be: a full stop or the star of a note
    behind it, blanks in it, a dash for its minus, nothing before its point.
    """

    status: Status
    value: float | None = None
    unit: str | None = None
    loose: bool = False


_NA_MARKS = frozenset({"/", "\\", "-", "—", "——", "–", "_", "--", "---", "不涉及", "不适用", "N/A", "n/a", "∕", "―"})
_ZERO_WORDS = frozenset({"无", "没有", "暂无"})
_FULL_STOPS = "。;、"
_FOLDS_INTO_DIGITS = re.compile("[\u2474-\u249b\u3220-\u33ff\U0001f100-\U0001f10a]")  # ⑴ ⒈ ㊀ ㏠
_LEFT_OVER = re.compile(r"#[A-Z0-9/]+[!?]?|\{\{.*\}\}|\$\{.*\}|<%.*%>|NaN|null|undefined")
_SPACED = re.compile(r"\d\s+\d")
_SPLIT = re.compile(r"\d+(?:\s+\d+)+")
_LONGEST_SPLIT = 30  # characters: the 15 digits of a figure and what parts them
_GROUPED = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_COUNT_UNIT = "[人件条]?次|[件项条个宗人篇]"
_COUNTED = re.compile(rf"共?(?P<figure>\d.*?)(?:(?:{_COUNT_UNIT})|\((?:{_COUNT_UNIT})\))", re.DOTALL)
_MONEY_UNIT = "亿元|万元|千元|元|万"
_AMOUNT = re.compile(
    rf"(?P<currency>(?:人民币)?¥?)(?P<figure>.*?)(?:(?P<unit>{_MONEY_UNIT})|\((?P<within>{_MONEY_UNIT})\))?", re.DOTALL
)
_POINT_APART = re.compile(r"(?<=\d)\s+(?=\.\d)|^(?=\.\d+$)")
_SIGN = re.compile(r"(?P<word>增加?|减少?|负)[::]?|[+↑↓−-]|(?P<dash>[—–‐])")
_NEGATIVE = frozenset({"-", "减少", "减", "负", "↓", "−", "—", "–", "‐"})


@lru_cache(maxsize=1 << 14)
def read_token(text: str, kind: Kind) -> Token:
    """Read the text of a value cell as the kind of figure its place in the form asks for."""
    plain = tidy(text)
    if not plain:
        return Token(Status.BLANK)
    figure = plain.rstrip(_FULL_STOPS)
    figure = figure[:-1] if figure.endswith("*") and figure[-2:-1].isdigit() else figure
    loose = figure != plain or bool(_SPACED.search(figure))
    if _FOLDS_INTO_DIGITS.search(text) or not figure:
        return Token(Status.TEXT)
    if figure in _NA_MARKS:
        return Token(Status.NA_MARK, loose=loose)
    if figure in _ZERO_WORDS:
        return Token(Status.TEXT_ZERO, 0, loose=loose)
    token = _READERS[kind](figure)
    return replace(token, loose=True) if loose and token.value is not None else token


def is_unmistakable(text: str) -> bool:
    """True for what is no figure of its cell and yet plain to read: -3, 12.5, or what a program left: #REF!, {{n}}."""
    if _LEFT_OVER.fullmatch(tidy(text)):
        return True
    return any(token.value is not None and not token.loose for token in (read_token(text, kind) for kind in _SIGNED))


def split_digits(text: str) -> list[str]:
    """The parts of what may be one figure whose digits were printed apart, as in ``1 1 9``; none for anything else."""
    plain = tidy(text)
    return plain.split() if len(plain) <= _LONGEST_SPLIT and _SPLIT.fullmatch(plain) else []


def _count(plain: str) -> Token:
    if plain in ("零", "〇"):
        return Token(Status.REPORTED, 0)
    counted = _COUNTED.fullmatch(plain)
    number = _number(counted["figure"].strip() if counted else plain)
    if number is None or number != int(number):
        return Token(Status.TEXT)
    return Token(Status.REPORTED, int(number))


def _change(plain: str) -> Token:
    sign = _SIGN.match(plain)
    counted = _count(plain[sign.end() :].strip() if sign else plain)
    if sign is None or not counted.value:
        return counted
    value = -counted.value if (sign["word"] or sign[0]) in _NEGATIVE else counted.value
    return Token(Status.REPORTED, value, loose=bool(sign["dash"]))


def _money(plain: str) -> Token:
    if plain == "零":
        return Token(Status.REPORTED, 0)
    amount = _AMOUNT.fullmatch(plain)
    if amount is None:
        return Token(Status.TEXT)
    figure, apart = _POINT_APART.subn(lambda gap: "" if gap[0] else "0", amount["figure"].strip())
    number, unit = _number(figure), amount["unit"] or amount["within"]
    if number is None or (amount["currency"] and unit is None):  # ¥ means 元 to some, the unit of its column to others
        return Token(Status.TEXT)
    return Token(Status.REPORTED, number, {"万": "万元"}.get(unit, unit), loose=bool(apart))


def _number(plain: str) -> float | None:
    """A printed number; digits parted by anything but a thousands separator are not one."""
    if _PLAIN.fullmatch(plain):
        return _exact(plain)
    return _exact(re.sub("[, ]", "", plain)) if _GROUPED.fullmatch(plain) else None


def _exact(digits: str) -> float | None:
    """None for a run of digits too long to be a figure: glued cells must not become a number."""
    if len(digits) > 15:
        return None
    return float(digits) if "." in digits else int(digits)


_READERS: dict[Kind, Callable[[str], Token]] = {Kind.COUNT: _count, Kind.CHANGE: _change, Kind.MONEY: _money}
_SIGNED = (Kind.CHANGE, Kind.MONEY)
