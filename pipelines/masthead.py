"""What is printed round a report about itself: labelled dates and the body that issued it, in lines or in a table.

Above the text many pages have an index table (索引号, 发布机构, 发文日期 …); it is read as lines of label and value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.bodies import body_kind
from pipelines.dates import DATE, WEEKDAY_BEHIND, calendar_date, dense, parse_date, without_gaps
from pipelines.document import Document, Grid, Paragraph
from pipelines.text import squeeze, tidy
from pipelines.titles import parse_title
from pipelines.yaml_file import load_yaml

_HEAD_ROWS = 12
_HEADER_ROWS = 3  # fewer than any table of the form has
_SHORTEST_CLEAR = 3  # characters of a label that no other word runs into
_LONGEST_LINE = 200  # characters of a line that are looked at
_SECTION = re.compile(r"[一二三四五六]、")
_BELOW_TITLE = 5  # lines
_REACH = 40  # characters behind a label that are looked at
_CLOSED = r"[\])】]?[:]?"
_ON = re.compile(rf"{_CLOSED}[\[(【]?(?:{DATE})(?!{WEEKDAY_BEHIND})", re.IGNORECASE)
_NAME = re.compile(rf"{_CLOSED}[\[(【]?([\u4e00-\u9fff()]{{2,40}})")


@dataclass(frozen=True, slots=True)
class Masthead:
    """``dates`` by source (``meta``, ``page``, ``written``); ``issuers``: names of bodies, the best label's first."""

    dates: dict[str, date] = field(default_factory=dict)
    issuers: tuple[str, ...] = ()


class _Line(NamedTuple):
    """A line with its spaces and without, and the next one as it is printed."""

    spaced: str
    dense: str
    following: str


class _Label(NamedTuple):
    """Labels of one rank. ``spaced`` ones are looked for in text with its spaces, since words may run into them."""

    pattern: re.Pattern[str]
    spaced: bool


def masthead(document: Document, title: str = "") -> Masthead:
    """Read what is printed above the first section; labelled dates below it count only where none is above.

    Below it the label begins its line: there are the titles of other documents, with their dates behind them.
    A date without a label counts only below the ``title`` of the report.
    """
    lines = list(_lines(document))
    above = next((place for place, line in enumerate(lines) if _SECTION.match(line)), len(lines))
    head, below = _telling(lines[:above]), _telling(lines[above:], "telling_below")
    found = {"meta": _meta_date(document)}
    for source, labels in _date_labels().items():
        found[source] = _labelled_date(head, labels) or _labelled_date(below, labels[:1], leading=True)
    found["page"] = found["page"] or _bare_date(lines[:above], title)
    return Masthead({source: day for source, day in found.items() if day}, tuple(dict.fromkeys(_issuers(head))))


def _meta_date(document: Document) -> date | None:
    dates = (parse_date(document.meta.get(name)) for name in _words()["meta_dates"])
    return next((found for found in dates if found), None)


def _lines(document: Document) -> Iterator[str]:
    above = True
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above = above and not _SECTION.match(block.text)
            yield block.text
        elif _is_index(block) or (above and _is_header(block)):
            yield from _index_lines(block)


def _is_index(grid: Grid) -> bool:
    """True for a table with two labels of the index table, and no more rows than one has."""
    if len(grid.rows) > _HEAD_ROWS:
        return False
    labels = {text for text in grid.texts() if squeeze(text).strip("[]【】:").startswith(_index_labels())}
    return len([cell for row in range(len(grid.rows)) for cell in grid.own(row) if cell.text in labels]) > 1


def _is_header(grid: Grid) -> bool:
    """True for the line of date, source and visits above a text where it is a table: one cell begins with the date."""
    if len(grid.rows) > _HEADER_ROWS:
        return False
    lines = _telling(list(_index_lines(grid)))
    return any(_labelled_date(lines, labels, leading=True) for labels in _date_labels().values() if lines)


def _index_lines(grid: Grid) -> Iterator[str]:
    """Each label with its value, whether they share a cell or stand side by side."""
    for row in range(len(grid.rows)):
        texts = [tidy(cell.text) for cell in grid.own(row)]
        yield from (f"{label} {value}" for label, value in zip(texts, [*texts, ""][1:], strict=False))


def _labelled_date(lines: Sequence[_Line], labels: Sequence[_Label], *, leading: bool = False) -> date | None:
    """The date behind the best label that has one; of ``leading`` ones, behind those that begin their line."""
    values = (value for label in labels for value in _behind(label, lines, leading=leading))
    dates = (calendar_date(match) for value in values if (match := _ON.match(dense(value))))
    return next((found for found in dates if found), None)


def _bare_date(lines: Sequence[str], title: str) -> date | None:
    """The date in a line right below the title with nothing else but the page's own furniture: no label, no weekday."""
    below = [
        dense(line[:_LONGEST_LINE])
        for place, above in enumerate(lines)
        if (found := parse_title(above)) and title.endswith(found.text)
        for line in lines[place + 1 : place + 1 + _BELOW_TITLE]
    ]
    matches = (match for line in below if (match := _bare().fullmatch(line)))
    ours = (match for match in matches if not match["issuer"] or body_kind(match["issuer"]) != "unknown")
    return next((day for match in ours if (day := calendar_date(match))), None)


def _issuers(lines: Sequence[_Line]) -> Iterator[str]:
    """The names of bodies behind the labels of the issuer."""
    for label in _labels("issuers"):
        for value in _behind(label, lines):
            if match := _NAME.match(value.replace(": ", ":").lstrip()):
                name = re.split(_words()["issuer_ends"], match[1])[0]
                if body_kind(name) != "unknown":
                    yield name


def _behind(label: _Label, lines: Sequence[_Line], *, leading: bool = False) -> Iterator[str]:
    """What stands behind a label, each time it is printed; that of a label that ends its line is in the next.

    In front of ``leading`` ones there may be the source or the editor.
    """
    for line in lines:
        text = line.spaced if label.spaced else line.dense
        for match in label.pattern.finditer(text):
            if leading and not _in_front().fullmatch(text, 0, match.start()):
                continue
            value = text[match.end() : match.end() + _REACH]
            yield value if value.strip(" :])】") else f"{value} {tidy(line.following[:_REACH])}"


def _telling(lines: Sequence[str], words: str = "telling") -> list[_Line]:
    """The lines that may have a label in them, since most have none."""
    cue = _cue(words)
    return [
        _Line(spaced := tidy(line[:_LONGEST_LINE]), without_gaps(spaced), following)
        for line, following in zip(lines, [*lines[1:], ""], strict=False)
        if cue.search(squeeze(line), 0, _LONGEST_LINE)
    ]


@cache
def _cue(words: str) -> re.Pattern[str]:
    return re.compile(_words()[words])


@cache
def _index_labels() -> tuple[str, ...]:
    return tuple(_words()["index"])


@cache
def _labels(kind: str) -> tuple[_Label, ...]:
    return tuple(_label(group) for group in _words()[kind])


@cache
def _date_labels() -> dict[str, tuple[_Label, ...]]:
    return {source: tuple(map(_label, groups)) for source, groups in _words()["dates"].items()}


def _label(group: str) -> _Label:
    """更新时间 is not 时间, and Update is not Date: short labels and English ones must begin a word."""
    spaced = group.isascii() or len(min(group.split("|"), key=len)) < _SHORTEST_CLEAR
    pattern = group if spaced else squeeze(group)
    return _Label(re.compile(rf"(?<![\u4e00-\u9fffA-Za-z])(?:{pattern})" if spaced else pattern, re.IGNORECASE), spaced)


@cache
def _in_front() -> re.Pattern[str]:
    return re.compile(rf"(?:\s?{_words()['in_front_of_dates']}){{0,3}}\s?[\[【(]?")


@cache
def _bare() -> re.Pattern[str]:
    """A date with what stands beside it; in 年, 月 and 日 alone it may be that of the document."""
    beside = rf"(?:{_words()['beside_dates']}).*"
    clock = r"(?:\s?\d{1,2}:\d{2}(?::\d{2})?)"
    return re.compile(
        rf"(?P<in_front>(?:{_words()['in_front_of_dates']}){{0,3}})(?:{DATE})(?:{clock}?(?P<issuer>[\u4e00-\u9fff]{{2,20}}?)?{beside}|{clock}|(?<=[-/]\d)|(?<=[-/]\d\d))",
        re.IGNORECASE,
    )


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = load_yaml(Path(__file__).with_suffix(".yaml"))
    return words
