"""A number as the number format of its cell shows it (ECMA-376 part 1, 18.8.31), for XLSX and XLS alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from pipelines.readers.marks import doubtful

GENERAL = "General"
UNKNOWN = "[?]0"  # for a number whose format the file does not have
EPOCH = date(1899, 12, 30)  # day 0 for every day since March 1900
_SECTIONS = re.compile(r'((?:"[^"]*"|\[[^\]]*\]|[\\!_*].|[^;])*)(?:;|$)', re.DOTALL)
_PARTS = re.compile(
    r"""(?P<general>General|G/通用格式)
    |   "(?P<quoted>[^"]*)" | [\\!](?P<escaped>.)
    |   (?P<blank>_.) | (?P<fill>\*.)
    |   \[(?:\$(?P<sign>[^\]-]*)(?:-[^\]]*)?|(?P<bracket>[^\]]*))\]
    |   (?P<figure>[#0?,]*[#0?](?:[#0?,]*)(?:\.[#0?]*)?,*|\.[#0?]+,*)
    |   (?P<percent>%) | (?P<text>@) | (?P<letter>[A-Za-z]) | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_COLOUR = re.compile(r"(?:color ?\d+|black|blue|cyan|green|magenta|red|yellow|[黑蓝青绿红黄]色?|洋红)", re.IGNORECASE)
_DATE = frozenset("ymdhsYMDHS")
_MOST = 1e15  # the programs keep fifteen digits


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a format: what stands round the figure, and how the figure is written."""

    before: str = ""
    figure: str = ""
    behind: str = ""
    percents: int = 0
    is_date: bool = False
    is_clear: bool = True


def shown_number(number: float, code: str, epoch: date = EPOCH) -> str:
    """A number in a format of the program's; where the format is none of the plain ones, the number between marks."""
    if not abs(number) < _MOST:  # or none at all
        return doubtful(str(number))
    if code == GENERAL:
        return _general(number)
    sections = _sections(code)
    place = 2 if number == 0 and len(sections) > 2 else 1 if number < 0 and len(sections) > 1 else 0
    section = sections[place]
    if section.is_date:
        return doubtful(_day(number, epoch))
    if not section.is_clear:
        return doubtful(_general(number))
    figure = _figure(abs(number), section) if section.figure else ""
    minus = "-" if number < 0 and place == 0 and figure.strip("0.") else ""
    return (minus + section.before + figure + section.behind).strip()


def shown_text(text: str, code: str) -> str:
    """A text in a format: nothing where its fourth section is empty, and with the words that the format adds."""
    if code in (GENERAL, "@"):
        return text
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) <= 3 and section.figure != "@":
        return text
    if section.figure not in ("@", ""):
        return text
    return f"{section.before}{text if section.figure else ''}{section.behind}"


@lru_cache(maxsize=1 << 10)
def _sections(code: str) -> tuple[_Section, ...]:
    found = [match[1] for match in _SECTIONS.finditer(code)]
    if len(found) > 1 and not code.endswith(";"):
        found.pop()  # what matches behind the last section
    return tuple(map(_section, found if code else [GENERAL]))


def _section(code: str) -> _Section:
    words = ["", ""]
    figure, percents, is_date, is_clear = "", 0, False, True
    for part in _PARTS.finditer(code):
        kind, said = str(part.lastgroup), part[0]
        if kind in ("general", "figure", "text"):
            is_clear = is_clear and not figure  # digits on both sides of a word, as in 0!.0
            figure = GENERAL if kind == "general" else said
        elif kind == "letter":
            is_date = is_date or said in _DATE
            is_clear = False
        elif kind == "bracket":
            is_clear = is_clear and _COLOUR.fullmatch(said[1:-1]) is not None
        elif kind == "percent":
            percents += 1
            words[bool(figure)] += said
        elif kind == "blank":
            words[bool(figure)] += " "
        elif kind != "fill":
            words[bool(figure)] += part[kind]
    return _Section(words[0], figure, words[1], percents, is_date, is_clear)


def _figure(number: float, section: _Section) -> str:
    if section.figure == "@" or (section.figure == GENERAL and not section.percents):
        return _general(number)
    body = section.figure.rstrip(",")
    whole, _, fraction = ("0" if section.figure == GENERAL else body).partition(".")
    scaled = Decimal(f"{number:.15g}").scaleb(2 * section.percents - 3 * (len(section.figure) - len(body)))
    rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    digits, _, decimals = f"{rounded:f}".partition(".")
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    kept = decimals.rstrip("0").ljust(fraction.rstrip("#?").count("0"), "0")
    if "," in whole:
        digits = f"{int(digits or 0):,}" if digits else digits
    return f"{digits}.{kept}" if "." in body else digits


def _general(number: float) -> str:
    """A number without a format, in fifteen digits: 12 for 12.0, 0.3 for 0.1 + 0.2."""
    if number.is_integer():
        return str(int(number))
    plain = f"{Decimal(f'{number:.15g}'):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _day(number: float, epoch: date) -> str:
    try:
        return (epoch + timedelta(days=int(number))).isoformat()
    except OverflowError:
        return _general(number)
