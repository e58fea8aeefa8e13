"""Rules about the shape of the tables: did every row and cell of the form come out of the page, as a figure?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipelines.editions import Edition, annexes, prose
from pipelines.matching import Key, Table
from pipelines.reading import Observation, Reading
from pipelines.rules.messages import names_of, phrase
from pipelines.rules.result import Outcome, Result, Words, cell_subject
from pipelines.tokens import Kind, Status, is_unmistakable, read_token
from pipelines.vocabulary import APPLICANTS, metrics

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NAMED = 5  # labels
_FORM_TABLES = {Table.DISCLOSURE: "2", Table.REQUESTS: "3", Table.DISPUTES: "4", Table.ANNEX: "annex"}


def cells_a_row(reading: Reading) -> Iterator[Result]:
    """SHP-01: every row that was found has the cells the form asks for; a table that was not found has none."""
    for table in _asked(reading):
        matched = reading.matches.get(table)
        if matched is None:
            yield Result("SHP-01", table, Outcome.FAIL, _size(reading, table), 0, detail=_why_absent(reading, table))
        elif matched.misfits:
            for misfit in {misfit.subject: misfit for misfit in matched.misfits}.values():
                yield Result("SHP-01", misfit.subject, Outcome.FAIL, misfit.expected, misfit.found)
        elif table is not Table.REQUESTS and len(matched.cells) != _size(reading, table):
            found = len(matched.cells)
            yield Result("SHP-01", table, Outcome.FAIL, _size(reading, table), found, detail=_left_out(reading))
        else:
            yield Result("SHP-01", table, Outcome.PASS, len(matched.cells), len(matched.cells))


def _why_absent(reading: Reading, table: Table) -> Words | None:
    if table in reading.routes.unheaded and not reading.other_periods:
        return phrase("without_heads", Words("", ""))
    return _left_out(reading)


def _left_out(reading: Reading) -> Words | None:
    """What was left out of the tables for its period, since it may be what is missing."""
    labels = reading.other_periods[:_NAMED]
    return phrase("other_periods", Words("、".join(labels), "; ".join(labels))) if labels else None


def _asked(reading: Reading) -> list[Table]:
    """The tables that the edition of the report has, and an annex where one is added to them."""
    statutory = [] if reading.edition in {*annexes(), prose().id} else [*_FORM_TABLES][:3]
    return [*statutory, *(table for table in reading.matches if table is Table.ANNEX)]


def _size(reading: Reading, table: Table) -> int:
    """How many cells of a table the report is asked for; of one that is not there, how many the form has."""
    if table in reading.matches:
        return len([key for key in _cells_of(table) if key in reading.observations])
    form: Edition = reading.form
    sizes = {
        Table.DISCLOSURE: len(form.disclosure_metrics),
        Table.REQUESTS: len(form.request_rows) * len(form.applicants),
        Table.DISPUTES: len(form.dispute_metrics),
    }
    return sizes[table]


@cache
def _cells_of(table: Table) -> frozenset[Key]:
    """Every cell that one table may have, whatever the edition."""
    names = [name for name, metric in metrics().items() if metric.form_table == _FORM_TABLES[table]]
    return frozenset((name, who) for name in names for who in (APPLICANTS if table is Table.REQUESTS else (None,)))


def rows_once(reading: Reading) -> Iterator[Result]:
    """SHP-02: every row of the form is found exactly once in each table that is there."""
    unfound = dict.fromkeys([key[0] for key in reading.odd if reading.observations[key].status is Status.ABSENT])
    for table, matched in reading.matches.items():
        asked = [metric for metric in unfound if metrics()[metric].form_table == _FORM_TABLES[table]]
        present = {metric for metric, _ in matched.cells} if asked else ()
        absent = [metric for metric in asked if metric not in present]
        if absent or matched.repeated:
            yield Result("SHP-02", table, Outcome.FAIL, detail=_detail(absent, matched.repeated))
        else:
            yield Result("SHP-02", table, Outcome.PASS)


def _detail(absent: list[str], repeated: list[str]) -> Words:
    parts = [
        phrase(kind, names_of(rows)) for kind, rows in (("missing_rows", absent), ("repeated_rows", repeated)) if rows
    ]
    return Words("、".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def well_formed_numbers(reading: Reading) -> Iterator[Result]:
    """SHP-03: what is printed where a number belongs is a number of the right kind.

    It is laid to the publisher only where it is plain to read; anything else may be ours, and waits for review.
    """
    faulty = [key for key in reading.odd if _is_faulty(reading.observations[key])]
    for key in faulty:
        observation = reading.observations[key]
        printed = Words(observation.raw, observation.raw)
        cells = (key,) if is_unmistakable(observation.raw) else ()
        yield Result("SHP-03", cell_subject(key), Outcome.FAIL, detail=printed, cells=cells)
    if not faulty:
        yield Result("SHP-03", "report", Outcome.PASS)


def _is_faulty(observation: Observation) -> bool:
    """What is no number of this kind, words left to SHP-05; or a negative one where only a change may be negative."""
    if observation.status is Status.TEXT:
        return not _CHINESE.search(observation.raw) or any(map(str.isdigit, observation.raw))
    negative = observation.value is not None and observation.value < 0
    return negative and metrics()[observation.metric].kind is not Kind.CHANGE


def no_words_for_figures(reading: Reading) -> Iterator[Result]:
    """SHP-05: no cell for a figure holds words or signs other than the figure, its unit or a known word for none."""
    wordy = [key for key in reading.odd if _is_wordy(reading.observations[key])]
    for key in wordy:
        printed = reading.observations[key].raw
        yield Result("SHP-05", cell_subject(key), Outcome.FAIL, detail=Words(printed, printed))
    if not wordy:
        yield Result("SHP-05", "report", Outcome.PASS)


def _is_wordy(observation: Observation) -> bool:
    """Words; or a figure that was read although it is not printed as one figure should be."""
    if observation.status is Status.TEXT:
        return bool(_CHINESE.search(observation.raw))
    if observation.raw.isdigit() or not observation.raw:
        return False
    token = read_token(observation.raw, metrics()[observation.metric].kind)
    return token.loose or (token.status is Status.TEXT and observation.status is Status.REPORTED)


def one_document(reading: Reading) -> Iterator[Result]:
    """PKG-01: a package holds one report; which of several is meant, a human must say."""
    others = reading.others
    outcome = Outcome.NOT_APPLICABLE if others is None else Outcome.FAIL if others else Outcome.PASS
    names = others or []
    yield Result("PKG-01", "report", outcome, detail=Words("、".join(names), ", ".join(names)))
