"""TIM-01 to TIM-04: was the report published by the statutory date, and can its date be trusted to tell?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from pipelines.deadlines import deadline_of, deadlines, due_on
from pipelines.reading import Reading
from pipelines.rules.figures import kind_of
from pipelines.rules.limits import limits
from pipelines.rules.result import Outcome, Result, Words
from pipelines.text import squeeze

_NO_PUBLICATION = ("url", "written")
_MIDNIGHT = re.compile(r"(?:发布|公开)(?:时间|日期):20\d{2}\D\d{1,2}\D\d{1,2}日?0?0:00")


def published_in_time(reading: Reading) -> Iterator[Result]:
    """TIM-01 to TIM-04 for one report.

    A date that only the address gives is left to the panel, which knows whether many reports share it. The date of
    writing tells nothing of when a report was published.
    """
    identity, kind = reading.identity, kind_of(reading)
    doubtful = _moved(reading)
    yield Result("TIM-04", "report", Outcome.NOT_EVALUABLE if doubtful else Outcome.PASS)
    if identity.report_year is None or kind == "unknown":
        yield from (Result(entry.rule, "report", Outcome.NOT_EVALUABLE) for entry in deadlines())
        return
    usable = identity.published_source not in _NO_PUBLICATION and not doubtful
    yield from timeliness(kind, identity.report_year, identity.published_on if usable else None)


@lru_cache(maxsize=1 << 10)
def timeliness(kind: str, report_year: int, published_on: date | None) -> tuple[Result, ...]:
    """TIM-01 to TIM-03: the one that holds for the body and year, evaluated where there is a date; the others not."""
    holding, due = deadline_of(kind, report_year).rule, due_on(kind, report_year)
    rules = (entry.rule for entry in deadlines())
    return tuple(
        _in_time(rule, due, published_on) if rule == holding else Result(rule, "report", Outcome.NOT_APPLICABLE)
        for rule in rules
    )


def _in_time(rule: str, due: date, published_on: date | None) -> Result:
    if published_on is None:
        return Result(rule, "report", Outcome.NOT_EVALUABLE)
    late = max(0, (published_on - due).days)
    words = Words(f"{due} 到期，{published_on} 发布", f"due {due}, published {published_on}")
    return Result(rule, "report", Outcome.FAIL if late else Outcome.PASS, 0, late, words)


def _moved(reading: Reading) -> bool:
    """True when the page prints its date with 00:00 and the address has one far from it: one of a move."""
    dates = reading.identity.dates
    if "page" not in dates or "url" not in dates or not reading.sections:
        return False
    apart = abs((dates["page"] - dates["url"]).days) > limits().migrated_days
    return apart and bool(_MIDNIGHT.search(squeeze(reading.sections[0].text)))
