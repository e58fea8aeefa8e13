"""Of which period a label or head of the three tables is: its figures may be another year's, or half a year's.

行政许可(2022年) in the report of 2023 is not that year's 行政许可. What is of another period is taken out of the tables
before either route looks for figures in them; the annex, whose columns are years, has its own way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import repeat
from pathlib import Path
from typing import Any

from pipelines.dates import chinese_number
from pipelines.document import Cell, Document, Grid, keep_rows, reprinted
from pipelines.text import label
from pipelines.tokens import Kind, Status, read_token
from pipelines.yaml_file import load_yaml
from pipelines.years import CHINESE_YEAR, year_of

_LONGEST = 60
_SENTENCE_END = "。"
_TO = "[-—–~至到]"
_MONTH = re.compile(rf"(\d{{1,2}})(?:月|{_TO}(?=\d{{1,2}}月))")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_DAY = re.compile(
    rf"(?<!{_TO})(?<![\d自从])(?:(?P<digits>20\d{{2}})|(?P<chinese>{CHINESE_YEAR}))年"
    rf"(?:(?P<m>\d{{1,2}})|(?P<cm>{_NUMERAL}))月(?:(?:\d{{1,2}}|{_NUMERAL})日)?(?![\d一二三四五六七八九十起前底末止]|以[前来后]|{_TO})"
)
_OCTOBER, _JANUARY = 10, 13  # of the report year and of the next, as months from the beginning of the former


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = load_yaml(Path(__file__).with_suffix(".yaml"))
    return words


@cache
def _year() -> re.Pattern[str]:
    digits, named = r"(?:19|20)\d{2}", "|".join(_words()["names"])
    behind = rf"年(?!{named})|[-—–~至到、/](?:19|20)\d{{2}}|\)(?!\d+号)|(?=[\u4e00-\u9fff])(?!年)"
    return re.compile(rf"(?<!\d)(?P<digits>{digits})(?={behind})|(?P<chinese>{CHINESE_YEAR})(?=年)")


@lru_cache(maxsize=1 << 13)
def of_another_period(text: str, report_year: int) -> bool:
    """Whether a label or head names another year than the report's, or a part of a year."""
    if not 2 < len(text) <= _LONGEST or _SENTENCE_END in text or _is_figure(text):
        return False
    plain, allowed = _without_days(_in_words(label(text), report_year), report_year), {report_year}
    for words, year in (("own_last", report_year - 1), ("own_next", report_year + 1)):
        plain, found = re.subn(_words()[words], "", plain)
        allowed |= {year} if found else set()
    years = {year_of(match) for match in _year().finditer(plain)}
    return bool(years - allowed) or any(word in plain for word in _words()["other"]) or _is_part(plain)


@lru_cache(maxsize=1 << 13)
def _in_words(text: str, report_year: int) -> str:
    """A label with the word of the form where it names the year that this means: 2022年结转申请 is 上年结转申请."""
    if len(text) > _LONGEST or "年" not in text or "20" not in text:
        return text
    wordings = [wording for wording in _words()["in_numbers"] if str(report_year + wording["year"]) in text]
    plain = label(text) if wordings else text
    for wording in wordings:
        pattern = wording["pattern"].replace("YEAR", str(report_year + wording["year"]))
        if (told := re.sub(pattern, wording["word"], plain)) != plain:
            return told
    return text


def _without_days(plain: str, report_year: int) -> str:
    """A label without the days on which the paper was filled in, if that was within a year from that October."""
    return _DAY.sub(lambda day: "" if _is_of_the_paper(day, report_year) else day[0], plain) if "月" in plain else plain


def _is_of_the_paper(day: re.Match[str], report_year: int) -> bool:
    before, behind = _words_round(day)
    if re.search(_words()["closed"], before) or day[0] == day.string:
        first = _JANUARY
    elif re.search(_words()["filled_in"], f"{before}{behind}"):
        first = _OCTOBER
    else:
        return False
    month = int(day["m"]) if day["m"] else chinese_number(day["cm"])
    return first <= (year_of(day) - report_year) * 12 + month < _OCTOBER + 12


def _words_round(day: re.Match[str]) -> tuple[str, str]:
    """What stands before and behind a day, up to the next figures; the latter with its unit in front: 月填."""
    before = re.split(r"\d", day.string[: day.start()])[-1]
    return before, day[0][-1] + re.split(r"\d", day.string[day.end() :])[0]


def _is_part(plain: str) -> bool:
    """Whether months are named that are not the whole year: 1-6月, but not 1-12月 nor 12月31日 nor (含1月补缴)."""
    months = {int(month) for month in _MONTH.findall(re.sub(_words()["with_month"], "", plain))}
    return bool(months) and (12 not in months or bool(months - {1, 12}))


@lru_cache(maxsize=1 << 13)
def _is_figure(text: str) -> bool:
    return any(read_token(text, kind).status is Status.REPORTED for kind in (Kind.CHANGE, Kind.MONEY))


def of_the_period(document: Document, report_year: int | None) -> Document:
    """The document without those rows and columns of its tables that are of another period; itself without any."""
    if report_year is None:
        return document
    blocks = [_of_the_period(block, report_year) if isinstance(block, Grid) else block for block in document.blocks]
    changed = any(ours is not block for ours, block in zip(blocks, document.blocks, strict=True))
    return replace(document, blocks=blocks) if changed else document


def labels_of_other_periods(document: Document, report_year: int | None) -> list[str]:
    """The labels and heads in the tables by which rows or columns are of another period, each once."""
    if report_year is None:
        return []
    words = (text for grid in document.grids() for text in grid.words())
    return list(dict.fromkeys([text for text in words if of_another_period(text, report_year)]))


def _of_the_period(printed: Grid, report_year: int) -> Grid:
    grid = _worded(printed, report_year)
    if not any(map(of_another_period, grid.words(), repeat(report_year))):
        return grid
    scene = _Scene(report_year, aligned=grid.aligned)
    kept = [r for r in range(len(grid.rows)) if scene.keeps(grid.own(r), grid.covering(r))]
    ours = reprinted(grid, dict.fromkeys(scene.hidden, "")) if scene.hidden else grid
    return ours if len(kept) == len(grid.rows) else keep_rows(ours, kept)


def _worded(grid: Grid, report_year: int) -> Grid:
    """The table with its labels as the form words them, so that they are found."""
    told = {text: words for text in grid.words() if (words := _in_words(text, report_year)) != text}
    cells = (cell for r in range(len(grid.rows)) for cell in grid.own(r)) if told else ()
    return reprinted(grid, {cell: told[cell.text] for cell in cells if cell.text in told}) if told else grid


@dataclass(slots=True)
class _Scene:
    """What has been read of a table: whether the heads in force are of another period, and whether figures followed.

    The label of a row speaks for that row, or for the rows it spans. A line or head without figures speaks for all
    that follow, up to the next lines or heads behind figures; one that stands beside heads of the period, for its
    ``columns``. The cells in these are ``hidden``.
    """

    report_year: int
    aligned: bool
    foreign: bool = False
    passed: bool = False
    columns: set[int] = field(default_factory=set)
    hidden: list[Cell] = field(default_factory=list)

    def keeps(self, own: list[Cell], covering: list[Cell]) -> bool:
        """Whether the next row is of the report's period."""
        others = [cell for cell in covering if of_another_period(cell.text, self.report_year)]
        figures = any(_is_figure(cell.text) for cell in own)
        if not figures and self.passed and _are_heads(own):
            self.foreign = self.passed = False
            self.columns.clear()
        if not figures and self._stand_beside_heads(others, own):
            self.columns.update(column for cell in others for column in _columns(cell))
            others = []
        if self.columns:
            self.hidden += [cell for cell in own if self.columns.issuperset(_columns(cell))]
        if figures:
            self.passed = True
            return not (self.foreign or others)
        self.foreign = self.foreign or bool(others)
        return not self.foreign

    def _stand_beside_heads(self, others: list[Cell], own: list[Cell]) -> bool:
        """Whether the heads of another period have one of the period left of them: the leftmost is a label."""
        before = [cell for cell in own if cell not in others and _is_worded(cell.text)]
        return self.aligned and bool(others and before) and before[0].column < others[0].column


def _columns(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.colspan)


def _is_worded(text: str) -> bool:
    return read_token(text, Kind.CHANGE).status is Status.TEXT


def _are_heads(own: list[Cell]) -> bool:
    worded = [cell for cell in own if _is_worded(cell.text)]
    return len(own) == 1 or len(worded) > 1
