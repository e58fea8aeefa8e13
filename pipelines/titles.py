"""The grammar of report titles: is this the title of an annual report, and which body and year does it name?

The variants are those of real titles: the year in front, in the middle, behind in brackets, in Chinese numerals or left
out; 年度 twice; 工作 or 年度 left out; 人民政府 run together with 政府信息公开; numbers and marks in front, the name of
the site behind, the end cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from pipelines.bodies import body_kind
from pipelines.text import squeeze
from pipelines.titlenames import is_body, is_part_of_a_government, whose, with_its_place
from pipelines.yaml_file import load_yaml
from pipelines.years import SEVERAL, YEAR, is_marked, year_of

_Y = "\ue003"  # stands where a year was, so that a title may have its year anywhere
_KIND = rf"信息公开{_Y}?(?:工作)?{_Y}?(?:情况)?的?{_Y}?"
_NOUN = re.compile(
    rf"(?:政府|政务)?{_KIND}(?:年度|年)?(?:工作)?(?:情况)?的?{_Y}?(?:年度)?(?:工作)?(?:报告|年报)"
    rf"|(?:政府|政务)?{_KIND}(?:(?<={_Y})|年)(?:度?报?|度工?)(?P<cut>\.{{2,}}$)"
)
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_DATE = re.compile(r"[(\[【]?20\d{2}(?:[-/.年]\d{1,2}[-/.月]\d{1,2}日?|年\d{1,2}月)[)\]】]?")
_MAY_BE = re.compile("公.*(?:[报報…]|\\.\\.)", re.DOTALL)
_SEPARATOR = re.compile(r"([_|>›»/\\]+|[-—–]+)")
_DASHES = "-—–"
_JOINING = ("和", "及", "与", "暨", "、")
_LONGEST = 600  # characters that are looked at: a line may be the whole of a page
_PUNCTUATION = re.compile(r"[,。;:!?]")


@dataclass(frozen=True, slots=True)
class Title:
    """A report title read: ``body`` is the name it prints or empty, ``year`` the year it prints or None.

    ``cut`` is True where a list has cut the end off, so that it may be something else.
    """

    text: str
    body: str
    year: int | None
    cut: bool = False

    @property
    def says_whose(self) -> bool:
        """True when it names a body or a year, and so is more than the name of a column."""
        return bool(self.body or self.year)


@dataclass(frozen=True)
class _Part:
    """What stands between two separators: as printed, with its years masked, and the noun in that, if it is there."""

    printed: str
    masked: str
    noun: re.Match[str] | None
    joined: str  # a body that a dash joins to its front
    apart: str  # what a dash joins to its end, if nothing follows

    @cached_property
    def before(self) -> str:
        assert self.noun is not None
        return self.masked[: self.noun.start()]

    @cached_property
    def behind(self) -> str:
        """What follows the noun, without a body in brackets."""
        assert self.noun is not None
        return _BRACKETED.sub(lambda found: "" if is_body(found[1]) else found[0], self.masked[self.noun.end() :])

    @cached_property
    def year(self) -> int | None:
        """The year nearest in front of the noun, else in or behind it; one that 年 follows before a bare number."""
        assert self.noun is not None
        years, first = list(YEAR.finditer(self.printed)), self.before.count(_Y)
        ranked = sorted([*reversed(years[:first]), *years[first:]], key=lambda match: not is_marked(match))
        return year_of(ranked[0]) if ranked else None

    @cached_property
    def body(self) -> str:
        """The name in front of the noun; without one, that in brackets, or the one that a dash joins to it.

        Behind the name of a place or of its government, brackets and dashes name the department or town.
        """
        name = self._in_front
        bracketed = [found[1] for found in _BRACKETED.finditer(self.masked) if is_body(found[1])]
        if not name:
            return next(iter(bracketed), self.joined)
        if body_kind(name) != "district_government":
            return name
        parts = (found for found in (*bracketed, self.joined, self.apart) if is_part_of_a_government(found))
        return next((with_its_place(part, name) for part in parts), name)

    @property
    def _in_front(self) -> str:
        name = whose(_PUNCTUATION.split(_BRACKETED.sub("", self.before).replace(_Y, ""))[-1])
        if name.endswith("人民") and self.masked[len(self.before) :].startswith("政府"):
            return name + "政府"  # 宁河镇人民政府信息公开… prints 政府 once for twice
        if name.endswith(_JOINING):  # 某局政务公开和政府信息公开…
            return next((name[:end] for end in range(len(name), 1, -1) if is_body(name[:end])), "")
        return name


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = load_yaml(Path(__file__).parent / "titles.yaml")
    return words


@cache
def _furniture() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[int, str]]:
    """Patterns of what stands before and behind a title and of traditional characters, and their simplified ones."""
    prefix = re.sub(r"\s", "", _words()["prefix"])
    simplified = {ord(pair[0]): pair[1] for pair in _words()["simplified"].split()}
    traditional = re.compile(f"[{''.join(map(chr, simplified))}]")
    return re.compile(f"^(?:{prefix})"), re.compile(f"(?:{_words()['suffix']})$"), traditional, simplified


def looks_like_report_title(title: str) -> bool:
    """True for the title of an annual report, False for its look-alikes (explanations, statistics, other reports)."""
    parsed = parse_title(title)
    return parsed is not None and not parsed.cut


def may_be_a_copy(label: str) -> bool:
    """True for the label of a file beside a report that may hold the same report: its title, 附件下载, 全文.pdf."""
    return looks_like_report_title(label) or bool(re.fullmatch(_words()["copy"], squeeze(label), re.IGNORECASE))


def is_column_name(title: str) -> bool:
    """True for a heading that names the column a page stands in and says nothing of the page."""
    return squeeze(title) in _words()["columns"]


def look_alike_word(title: str) -> str | None:
    """The word that tells that a title is only about a report, or that of another document."""
    plain = _plain(title)
    if several := SEVERAL.search(plain):
        return several[0]
    part = _part_of_the_report(plain)
    return _other_document(plain) if part is None else _about(plain, part)


def is_about_a_report(title: str) -> bool:
    """True for a title with 政府信息公开…报告 in it that is still not that of a report: its explanation, its form."""
    plain = _plain(title)
    part = _part_of_the_report(plain)
    return part is not None and _about(plain, part) is not None


def _about(plain: str, part: _Part) -> str | None:
    """The word by which a title with the noun in it is still not that of a report."""
    around = _first_of("in_front", part.before) or _first_of("behind", part.behind)
    return around or _first_of("anywhere", plain)


@lru_cache(maxsize=1 << 10)  # each line of a page is asked about several times
def parse_title(title: str) -> Title | None:
    """Read a title; None when it is not that of an annual report."""
    if not _MAY_BE.search(title, 0, _LONGEST):  # most lines are no titles, and are told from them fast
        return None
    plain = _plain(title)
    part = _part_of_the_report(plain)
    if part is None or part.noun is None or SEVERAL.search(plain) or _about(plain, part) is not None:
        return None
    elsewhere = (year_of(match) for match in YEAR.finditer(plain) if is_marked(match))
    return Title(part.printed, part.body, part.year or next(elsewhere, None), bool(part.noun["cut"]))


def _part_of_the_report(plain: str) -> _Part | None:
    """The part with the noun that names a body or a year, else the first with the noun at all: 政府信息公开年报-…."""
    if "信息公开" not in plain:
        return None
    parts = [part for part in _parts(plain) if part.noun is not None]
    return next((part for part in parts if part.body or part.year), next(iter(parts), None))


def _parts(plain: str) -> Iterator[_Part]:
    pieces = _SEPARATOR.split(plain)
    for number in range(0, len(pieces), 2):
        joined = pieces[number - 2] if number and pieces[number - 1][0] in _DASHES else ""
        apart = pieces[-1] if number == len(pieces) - 3 and pieces[-2][0] in _DASHES else ""
        masked = YEAR.sub(_Y, pieces[number])
        yield _Part(pieces[number], masked, _NOUN.search(masked), joined if is_body(joined) else "", apart)


def _plain(title: str) -> str:
    """A title without the furniture of lists and file names, in simplified characters."""
    prefix, suffix, traditional, simplified = _furniture()
    plain = _DATE.sub("", squeeze(title[:_LONGEST]).replace(_Y, ""))
    if traditional.search(plain):
        plain = plain.translate(simplified)
    while (shorter := suffix.sub("", prefix.sub("", plain))) != plain:
        plain = shorter
    return _without_the_circular(plain) if "关于" in plain else plain


def _without_the_circular(plain: str) -> str:
    for circular in _words()["circulars"]:
        plain = re.sub(circular["pattern"], circular["report"], plain)
    return plain


def _other_document(plain: str) -> str | None:
    return next((found[0] for word in _words()["other_documents"] if (found := re.search(word, plain))), None)


def _first_of(words: str, text: str) -> str | None:
    return next((word for word in _words()[words] if word in text), None)
