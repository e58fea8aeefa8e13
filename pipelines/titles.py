"""The grammar of report titles: is this the title of an annual report, and which body and year does it name?

The variants are those of real titles: the year in front, in the middle, behind in brackets, in Chinese numerals or left
out; 年度 twice; 工作 or 年度 left out; 人民政府 run together with 政府信息公开.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pipelines.text import squeeze

_NOUN = re.compile(
    r"(?P<owner>政府|政务)?信息公开(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?的?(?:年度)?(?:报告|年报)"
)
_YEAR = re.compile(r"(?P<digits>(?:19|20)\d{2})(?:年度|年)?|(?P<chinese>[二两][〇○oO0零一二三四五六七八九]{3})年度?")
_BRACKETED = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_EDGES = "()[]【】〔〕《》“”\"'、,,::.-—_|·的"
_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | dict.fromkeys(
    "〇○oO0", "0"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A report title read: ``body`` is the name it prints or empty, ``year`` the year it prints or None."""

    text: str
    body: str
    year: int | None


@cache
def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "titles.yaml").read_text(encoding="utf-8"))
    return words


def looks_like_report_title(title: str) -> bool:
    """True for the title of an annual report, False for its look-alikes (explanations, statistics, other reports)."""
    return parse_title(title) is not None


def look_alike_word(title: str) -> str | None:
    """The word that tells that a title is only about a report, or that of another document."""
    plain = squeeze(title)
    noun = _NOUN.search(plain)
    if noun is None:
        return _first_of("other_documents", plain)
    return _first_of("in_front", plain[: noun.start()]) or _first_of("behind", plain[noun.end() :])


def _first_of(words: str, text: str) -> str | None:
    return next((word for word in _words()[words] if word in text), None)


def parse_title(title: str) -> Title | None:
    """Read a title; None when it is not that of an annual report."""
    plain = squeeze(title)
    noun = _NOUN.search(plain)
    if noun is None or look_alike_word(title) is not None:
        return None
    year = _YEAR.search(plain)
    return Title(plain, _body(plain, noun), year_of(year) if year else None)


def year_of(match: re.Match[str]) -> int:
    """The year of a match of the year pattern, Chinese numerals with any kind of zero included."""
    if match["digits"]:
        return int(match["digits"])
    return int("2" + "".join(_CHINESE_DIGITS[digit] for digit in match["chinese"][1:]))


def _body(plain: str, noun: re.Match[str]) -> str:
    before = _BRACKETED.sub("", _YEAR.sub("", plain[: noun.start()]))
    for word in _words()["not_a_body"]:
        before = before.removeprefix(word).removesuffix(word)
    before = before.strip(_EDGES)
    if before.endswith("人民") and noun["owner"] == "政府":
        return before + "政府"  # 宁河镇人民政府信息公开… prints 政府 once for twice
    return before
