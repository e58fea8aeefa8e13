"""The date that a list prints beside a row, in every notation seen on real portals."""

from __future__ import annotations

import re
from typing import NamedTuple

YEAR, MONTH, DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
NOTATIONS = [
    re.compile(rf"{YEAR}\s*[-./年]\s*{MONTH}\s*[-./月]\s*{DAY}"),  # 2023-01-19 · 2023.1.19 · 2023/1/19 · 2023年1月19日
    re.compile(rf"(?<!\d){DAY}\s+{YEAR}\s*[-./年]\s*{MONTH}(?!\d)"),  # the day in an element of its own, in front
    re.compile(rf"{YEAR}\s*[-./年]\s*{MONTH}\s*月?\s+{DAY}(?!\d)"),  # and behind
    re.compile(rf"(?<!\d){YEAR}\s+{MONTH}\s*[-./]\s*{DAY}(?!\d)"),  # the year in an element of its own, in front
    re.compile(rf"(?<![\d./-]){MONTH}\s*[-./]\s*{DAY}\s+{YEAR}(?!\d)"),  # and behind
]
LONGEST_SCRIPT = 300  # characters; a script that does no more than write a date is short


class RowDate(NamedTuple):
    """``found`` says that something like a date is printed; ``date`` is its ISO form, None where it is no real day."""

    found: bool
    date: str | None


def row_date(text: str) -> RowDate:
    """The first date with a year in a text. A day and a month alone, as in 01-19, are no date."""
    for notation in NOTATIONS:
        match = notation.search(text)
        if match:
            year, month, day = (int(match[part]) for part in ("year", "month", "day"))
            real = 1 <= month <= 12 and 1 <= day <= 31
            return RowDate(found=True, date=f"{year:04}-{month:02}-{day:02}" if real else None)
    return RowDate(found=False, date=None)


def scripted_date(script: str) -> str | None:
    """The date that a short script in a row would write, as in ``document.write("2023-01-19".substr(0, 10))``."""
    return row_date(script).date if len(script) <= LONGEST_SCRIPT else None
