"""The report year as titles print it: 2022年, 2022年度, bare 2022, 二〇二二年 with any kind of zero, 2O22年 too."""

from __future__ import annotations

import re

CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}
_ZEROS = "〇○◯oO"
CHINESE_DIGITS |= dict.fromkeys((*_ZEROS, "0"), "0")
CHINESE_YEAR = f"[二两][{''.join(CHINESE_DIGITS)}]{{3}}"
YEAR = re.compile(
    rf"(?<!\d)(?P<digits>(?:19|2[0{_ZEROS}])\d{{2}})(?!\d)(?P<marked>年度?(?!\d{{1,2}}月))?|(?P<chinese>{CHINESE_YEAR})(?P<too>年度?)?"
)
SEVERAL = re.compile(r"(?:19|20)\d{2}年?度?[-—–~至到、和及](?:19|20)\d{2}(?:学?年|届)")
"""Two years or more: a collection, or the year of a school."""


def year_of(match: re.Match[str]) -> int:
    """The year of a match of ``YEAR``, Chinese numerals with any kind of zero included."""
    if match["digits"]:
        return int(re.sub(f"[{_ZEROS}]", "0", match["digits"]))
    return int("2" + "".join(CHINESE_DIGITS[digit] for digit in match["chinese"][1:]))


def is_marked(match: re.Match[str]) -> bool:
    """True for a year that 年 follows."""
    return bool(match["marked"] or match["too"])
