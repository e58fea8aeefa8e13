"""Rules about printed units, and about tables that are of another year: what was refused, and what was converted."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.reading import Observation, Reading
from pipelines.rules.result import Outcome, Result, Words, cell_subject


def no_other_years_tables(reading: Reading) -> Iterator[Result]:
    """SHP-08: no table on the page is headed as another year's; those that are were left out."""
    captions = "、".join(reading.other_years)
    yield Result("SHP-08", "report", Outcome.FAIL if captions else Outcome.PASS, detail=Words(captions, captions))


def units_fit(reading: Reading) -> Iterator[Result]:
    """SHP-09: every printed unit measures what its figure does, one by one; where it does not, there is no value."""
    refused = [o for o in _with_another_unit(reading) if o.value is None]
    for observation in refused:
        yield _result("SHP-09", observation)
    if not refused:
        yield Result("SHP-09", "report", Outcome.PASS)


def units_converted(reading: Reading) -> Iterator[Result]:
    """SHP-10: every figure is printed in the unit of its metric; one that is not was converted, and is named."""
    converted = [o for o in _with_another_unit(reading) if o.value is not None]
    for observation in converted:
        yield _result("SHP-10", observation)
    if not converted:
        yield Result("SHP-10", "report", Outcome.PASS)


def _with_another_unit(reading: Reading) -> list[Observation]:
    return [reading.observations[key] for key in reading.odd if reading.observations[key].printed_unit]


def _result(rule: str, observation: Observation) -> Result:
    """What is printed, with the unit printed for it unless the cell itself ends with that; and its value."""
    unit = observation.printed_unit or ""
    text = observation.raw if observation.raw.endswith(unit) else f"{observation.raw}{unit}"
    subject = cell_subject((observation.metric, observation.applicant))
    return Result(rule, subject, Outcome.FAIL, actual=observation.value, detail=Words(text, text))
