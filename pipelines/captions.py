"""Of which year a table is: a page may show last year's beside this year's, or instead of it.

The line above a table says so (2021年…情况表, 上年度), or the title of another year's report that follows on the same
page. What is of another year is taken out of the document before anything looks for figures in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from pipelines.document import Block, Document, Grid, Paragraph, keep_rows
from pipelines.text import label
from pipelines.titles import parse_title
from pipelines.yaml_file import load_yaml
from pipelines.years import year_of

_LONGEST = 60
_NEAR = 8  # paragraphs between the title of a report and its first heading
_CAPTION_ROWS = 3  # rows of a table that may be its caption
_YEAR = re.compile(
    r"(?:(?P<digits>(?:19|20)\d{2})|(?P<chinese>二[〇○oO0零一二三四五六七八九]{3}))"
    r"(?:年(?!版|\d+月)|(?=[-—–~至、/](?:19|20)\d{2}))"
)
_BARE = re.compile(r"\([^()]*年度?\)|[^()]*年度")
_BRACKETS = re.compile(r"\([^()]*\)$")
_HEADING = re.compile(r"[一二三四五六七八九]、")
_SENTENCE_END = "。"


@cache
def _words() -> dict[str, tuple[str, ...]]:
    words = load_yaml(Path(__file__).with_suffix(".yaml"))
    return {name: tuple(each) for name, each in words.items()}


@lru_cache(maxsize=1 << 13)
def captioned_year(text: str, report_year: int) -> int | None:
    """The year that a line gives to what stands below it; None when it is no caption or names several years."""
    if len(text) > _LONGEST or _SENTENCE_END in text:
        return None
    plain = label(text)
    years = {year_of(match) for match in _YEAR.finditer(plain)}
    if not years:
        years = _relative(plain, report_year)
    elif not (_BARE.fullmatch(plain) or _BRACKETS.sub("", plain).endswith(_words()["ends"]) or parse_title(text)):
        return None
    return years.pop() if len(years) == 1 else None


def _relative(plain: str, report_year: int) -> set[int]:
    if not _BRACKETS.sub("", plain).endswith(_words()["ends"]) and not plain.startswith("("):
        return set()
    if any(word in plain for word in _words()["last_year"]):
        return {report_year - 1}
    return {report_year} if any(word in plain for word in _words()["this_year"]) else set()


def of_the_year(document: Document, report_year: int | None) -> tuple[Document, list[str]]:
    """The document without what is of another year, and the captions of the tables that were left out."""
    if report_year is None:
        return document, []
    scene = _Scene(report_year, _second_reports(document.blocks))
    kept = [part for place, block in enumerate(document.blocks) for part in scene.keep(place, block)]
    left_out = list(dict.fromkeys(scene.left_out))
    return (replace(document, blocks=kept), left_out) if left_out else (document, [])


def _second_reports(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of titles that open another report on the same page: sections come before and begin anew behind."""
    lines = [(place, block.text) for place, block in enumerate(blocks) if isinstance(block, Paragraph)]
    firsts = [number for number, (_, text) in enumerate(lines) if label(text).startswith("一、")]
    behind = {number for first in firsts[1:] for number in range(max(first - _NEAR, firsts[0]), first)}
    return frozenset(lines[number][0] for number in behind if parse_title(lines[number][1]))


@dataclass(slots=True)
class _Scene:
    """What has been read so far of a document: the year that the last caption gave, and how long it holds.

    A caption holds up to the next heading or, when its table is past, the next sentence. The title of a second report
    holds up to the next title.
    """

    report_year: int
    second_reports: frozenset[int]
    left_out: list[str] = field(default_factory=list)
    year: int | None = None
    caption: str = ""
    lasting: bool = False
    passed: bool = False

    def keep(self, place: int, block: Block) -> Iterator[Block]:
        """The block, or those rows of it that are not of another year."""
        if isinstance(block, Grid):
            yield from self._rows(block)
            return
        self._line(block.text, second_report=place in self.second_reports)
        if not self._foreign():
            yield block
        elif block.text.isdigit():  # a table whose cells are lines
            self.left_out.append(self.caption)

    def _line(self, text: str, *, second_report: bool = False) -> None:
        year = captioned_year(text, self.report_year)
        if year is not None and (second_report or not self.lasting or parse_title(text)):
            titled = parse_title(text) is not None
            self.year, self.caption, self.lasting, self.passed = year, text, second_report, titled
        elif (
            self.year is not None
            and not self.lasting
            and (_HEADING.match(label(text)) or (self.passed and _SENTENCE_END in text))
        ):
            self.year = None

    def _rows(self, grid: Grid) -> Iterator[Grid]:
        """The parts of a table between the captions that are rows of it; a table without such rows as a whole."""
        captions = self._captions(grid)
        borders = [0, *(r for r in captions if r), len(grid.rows)]
        parts: list[tuple[int, int]] = []
        for first, end in pairwise(borders):
            for r in range(first, min(first + _CAPTION_ROWS, end)):
                if caption := captions.get(r):
                    self._line(caption)
            if self._foreign():
                self.left_out.append(self.caption)
            else:
                parts.append((first, end))
        self.passed = True
        yield from [grid] if len(parts) == len(borders) - 1 else (keep_rows(grid, range(*part)) for part in parts)

    def _captions(self, grid: Grid) -> dict[int, str]:
        """The rows that print nothing but a caption with a year, and what they print."""
        known = {text for text in grid.words() if text and captioned_year(text, self.report_year) is not None}
        if not known:
            return {}
        rows = ({cell.text for cell in row if cell is not None and cell.text} for row in grid.rows)
        return {r: texts.pop() for r, texts in enumerate(rows) if len(texts) == 1 and texts <= known}

    def _foreign(self) -> bool:
        return self.year is not None and self.year != self.report_year
