"""Which edition a report uses, and which figures it is therefore asked for."""

from __future__ import annotations

from functools import cache, lru_cache

from pipelines.editions import Edition, annexes, editions
from pipelines.matching import Key, Matches, Table, TableMatch
from pipelines.vocabulary import APPLICANTS, MONEY, metrics

HYBRID = "hybrid"


def edition_of(matches: Matches) -> str:
    """The edition of the tables found, which must not be none.

    Form table 2 decides; without it, what stands under (六)其他处理 in form table 3. An annex decides when it is alone.
    """
    if matches.keys() == {Table.ANNEX}:
        return matches[Table.ANNEX].edition
    by_disclosure = matches[Table.DISCLOSURE].edition if Table.DISCLOSURE in matches else ""
    by_requests = matches[Table.REQUESTS].edition if Table.REQUESTS in matches else ""
    if by_disclosure and by_requests and by_disclosure != by_requests:
        return HYBRID
    return by_disclosure or by_requests or "t2019"


def form_of(edition: str | None) -> Edition:
    """The edition of the three tables whose labels and rows apply; the newest for a hybrid and for what has none."""
    return editions().get(edition or "") or next(iter(editions().values()))


def asked_for(edition: str, matches: Matches) -> tuple[Key, ...]:
    """Every figure the form asks for, in the order of the form.

    Each table is asked for what its own edition has. Where a publisher printed one row in place of several, that row is
    asked for, and those beside it that are printed too; a table that mixes two editions, and a local annex, are asked
    for what they print.
    """
    annex = _annex(matches[Table.ANNEX]) if Table.ANNEX in matches else ()
    if edition in annexes():
        return _keys((), (), annex)
    form = form_of(edition)
    disclosure = _disclosure(form, matches.get(Table.DISCLOSURE))
    return _keys(disclosure, _requests(form, matches.get(Table.REQUESTS)), (*form.dispute_metrics, *annex))


@lru_cache(maxsize=1 << 6)
def _keys(disclosure: tuple[str, ...], requests: tuple[str, ...], others: tuple[str, ...]) -> tuple[Key, ...]:
    """The keys of rows of form table 3, between those of other metrics; kept, because nearly all reports ask alike."""
    return (
        *((metric, None) for metric in disclosure),
        *((metric, applicant) for metric in requests for applicant in APPLICANTS),
        *((metric, None) for metric in others),
    )


def _disclosure(form: Edition, matched: TableMatch | None) -> tuple[str, ...]:
    if matched is None or not matched.cells:
        return form.disclosure_metrics
    if matched.edition in editions():
        return editions()[matched.edition].disclosure_metrics
    printed = _printed(matched)
    rows = (row for each in editions().values() for block in each.disclosure for row in block.rows)
    asked = [metric for row in rows for metric in row.metrics if metric in printed or row.metrics[0] in printed]
    return tuple(dict.fromkeys(asked))


def _requests(form: Edition, matched: TableMatch | None) -> tuple[str, ...]:
    """The rows of form table 3. Of those that may stand in place of others, the report says which it has."""
    cells = matched.cells if matched else {}
    printed = [metric for metric, keys in _either(form.id).items() if not cells.keys().isdisjoint(keys)]
    return _rows(form.id, frozenset(printed))


@cache
def _either(form_id: str) -> dict[str, list[Key]]:
    """The rows that may stand in place of others, and those others, each with its cells."""
    rows = {name for row in form_of(form_id).requests if row.instead_of for name in (row.metric, *row.instead_of)}
    return {metric: [(metric, applicant) for applicant in APPLICANTS] for metric in rows}


@cache
def _rows(form_id: str, printed: frozenset[str]) -> tuple[str, ...]:
    """The rows of a form of which, where there is a choice, these are printed."""
    form = form_of(form_id).requests
    replaced = {name for row in form if row.metric in printed for name in row.instead_of} - printed
    rows = [row for row in form if not row.instead_of or row.metric in printed]
    return tuple([row.metric for row in rows if row.metric not in replaced])


def _annex(matched: TableMatch) -> tuple[str, ...]:
    form = annexes()[matched.edition]
    printed = _printed(matched)
    return tuple(metric for metric in form.metric_names if form.complete or metric in printed)


def _printed(matched: TableMatch) -> set[str]:
    """The metrics that a table has a row for, readable or not."""
    return {metric for metric, _ in matched.cells} | {misfit.subject for misfit in matched.misfits}


def unit_asked(metric: str, form: Edition) -> str | None:
    """The unit that the form asks for a figure in; None for the amount that it leaves in any unit (procurement)."""
    return form.units.get(metric) if metric in MONEY else metrics()[metric].unit
