"""ID-04: the running text speaks of the report year, and of no other year as if it were that one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipelines.reading import Reading
from pipelines.rules.result import Outcome, Result, Words
from pipelines.text import squeeze

_GENERAL = frozenset({1})
_SECTIONS = frozenset({1, 6})  # section 5 rightly speaks of the shortcomings of earlier years
_LONGEST = 20_000  # characters of a paragraph that are looked at
_SUBJECT = re.compile(r"(?:^|[。;)])(?:\d[.、])?(?:在)?(20\d{2})年(?:度|全年|,|全[区县市]|我[区县市局镇街办委])")
"""A year that opens a sentence as its subject; 2021年12月, 2021年以来 and 2021年底 are points in time and are not."""

_BEGINS = re.compile(
    r"(?:^|[。;)])(?:\d[.、])?(?:在)?(20\d{2})年(?!以[来后前]|[底末初版修]|\d{1,2}[月-]|[-—–~至到和、])"
)
"""A year that opens a sentence, whatever it says of it."""


def no_other_year(reading: Reading) -> Iterator[Result]:
    """ID-04: no sentence has another year for its subject; plans for the next year are benign."""
    year = reading.identity.report_year
    if year is None or not any(section.number in _SECTIONS for section in reading.sections):
        yield Result("ID-04", "report", Outcome.NOT_EVALUABLE)
        return
    others = sorted(years_of_the_text(reading) - {year})
    words = ", ".join(map(str, others))
    yield Result("ID-04", "report", Outcome.FAIL if others else Outcome.PASS, year, detail=Words(words, words))


def years_of_the_text(reading: Reading) -> set[int]:
    """The years that sentences of the running text have for their subject, without the one after the report year."""
    year = reading.identity.report_year
    return {found for found in _years(reading, _SUBJECT, _SECTIONS) if found - 1 != year}


def years_spoken_of_most(reading: Reading) -> set[int]:
    """The years that open most sentences of the general part, several if they open as many."""
    counted = Counter(_years(reading, _BEGINS, _GENERAL))
    return {year for year, count in counted.items() if count == max(counted.values())}


def _years(reading: Reading, pattern: re.Pattern[str], sections: frozenset[int]) -> Iterator[int]:
    return (
        int(match[1])
        for section in reading.sections
        if section.number in sections
        for paragraph in section.paragraphs
        if "20" in (plain := squeeze(paragraph[:_LONGEST]))  # found much faster than the pattern
        for match in pattern.finditer(plain)
    )
