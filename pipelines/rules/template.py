"""Soft rules about the form itself: its sections and its edition."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.asked import HYBRID
from pipelines.editions import editions
from pipelines.matching import Table
from pipelines.reading import Reading
from pipelines.rules.result import Outcome, Result, Words

_NUMERALS = "一二三四五六"
_TABLE_OF = {2: Table.DISCLOSURE, 3: Table.REQUESTS, 4: Table.DISPUTES}


def sections_in_order(reading: Reading) -> Iterator[Result]:
    """SHP-04: sections 一 to 六 are there, none of them empty; an empty one may hold a picture or an attachment.

    ``cut`` only takes a heading that follows in number, so a section out of order is a missing one.
    """
    said = {section.number: any(map(str.strip, section.paragraphs)) for section in reading.sections}
    wanting = [
        numeral
        for number, numeral in enumerate(_NUMERALS, 1)
        if not said.get(number) and not (number in said and _TABLE_OF.get(number) in reading.matches)
    ]
    outcome = Outcome.FAIL if wanting else Outcome.PASS
    yield Result("SHP-04", "report", outcome, detail=Words("、".join(wanting), ", ".join(wanting)))


def the_edition_of_its_year(reading: Reading) -> Iterator[Result]:
    """TPL-01: the form is the one in force for the report year."""
    edition, year = editions().get(reading.edition or ""), reading.identity.report_year
    if edition is None or year is None:
        yield Result("TPL-01", "report", Outcome.NOT_EVALUABLE)
        return
    first, last = edition.years
    in_force = first <= year and (last is None or year <= last)
    detail = Words(edition.title_zh, edition.title_en)
    yield Result("TPL-01", "report", Outcome.PASS if in_force else Outcome.FAIL, actual=year, detail=detail)


def one_edition(reading: Reading) -> Iterator[Result]:
    """TPL-02: the tables of a report are of one edition, and print the wordings of no other."""
    printed = {edition for hits in reading.marker_hits.values() for edition in hits} & editions().keys()
    if reading.edition is None:
        yield Result("TPL-02", "report", Outcome.NOT_EVALUABLE)
    else:
        mixed = reading.edition == HYBRID or len(printed) > 1
        yield Result("TPL-02", "report", Outcome.FAIL if mixed else Outcome.PASS)
