"""What the first sentence of a report says of it: whose it is and of which year. The patterns are ``opening.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pipelines.bodies import body_kind
from pipelines.text import squeeze
from pipelines.titles import parse_title
from pipelines.yaml_file import load_yaml
from pipelines.years import YEAR, is_marked, year_of

_LINES = 60  # the page's navigation, the title and the first sentences of the report
_CUE = re.compile("现将|现公布|现发布|编制|撰写|形成|信息公开.{0,12}(?:报告|年报)|报告[是由]|年报[是由]")
_LONGEST = 600  # characters of a paragraph that are looked at


class Opening(NamedTuple):
    """The body and the year of the sentence, None where it does not name them."""

    body: str | None = None
    year: int | None = None


def opening(lines: Iterable[str]) -> Opening:
    """Read the sentence in which a report introduces itself: 现将某局2022年度政府信息公开工作年度报告公布如下."""
    bodies: list[str] = []
    years: list[int] = []
    for sentence in _sentences(lines):
        bodies += [name for pattern in _patterns("bodies") for name in _bodies(pattern, sentence)]
        years += [year for pattern in _patterns("years") for year in _years(pattern, sentence)]
    return Opening(next(iter(bodies), None), next(iter(years), None))


def _sentences(lines: Iterable[str]) -> Iterator[str]:
    for line in islice(lines, _LINES):
        if "报" in line:
            sentences = squeeze(line[:_LONGEST]).split("。")
            yield from (sentence for sentence in sentences if _CUE.search(sentence))


def _bodies(pattern: re.Pattern[str], sentence: str) -> Iterator[str]:
    for match in pattern.finditer(sentence):
        title = parse_title(match["body"])
        name = title.body if title else match["body"]
        if body_kind(name) != "unknown":
            yield name


def _years(pattern: re.Pattern[str], sentence: str) -> Iterator[int]:
    for match in pattern.finditer(sentence):
        yield from (year_of(year) for year in YEAR.finditer(match["year"]) if is_marked(year))


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    words = load_yaml(Path(__file__).with_suffix(".yaml"))
    return tuple(re.compile(pattern) for pattern in words[kind])
