"""Each report beside that of the year before, by the same body: stocks, units, jumps, carry-overs and reviews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from pipelines.panel.findings import Found
from pipelines.rules.limits import limits
from pipelines.rules.result import Outcome, Result
from pipelines.vocabulary import APPLICANTS

Row = dict[str, Any]

STOCKS = ("regulations", "normative_documents")
DECISIONS = ("licensing_decisions", "other_service_decisions", "penalty_decisions", "coercion_decisions")
_FIELDS = (
    *(f"{stock}_{part}" for stock in STOCKS for part in ("issued", "repealed", "in_force")),
    *DECISIONS,
    "fees_collected",
    "fees_collected_unit",
)


def _proven(alias: str, applicant: str) -> str:
    """A figure of form table 3 as printed, else as the identities prove it."""
    return f"""ifnull({alias}.{applicant}, (SELECT proven_value FROM cell WHERE cell.report_id = {alias}.report_id
        AND cell.metric = {alias}.outcome AND ifnull(cell.applicant, '') = '{applicant}'))"""  # noqa: S608


def _disclosure(alias: str, prefix: str) -> str:
    return ", ".join(f"{alias}.{field} AS {prefix}{field}" for field in _FIELDS)


def _carried(alias: str, prefix: str) -> str:
    return ", ".join(f"{_proven(alias, who)} AS {prefix}{who}" for who in APPLICANTS)


_PAIRS = f"""
SELECT report.id, {_disclosure("d", "")}, {_disclosure("b", "before_")},
    {_carried("came", "in_")}, {_carried("went", "out_")},
    {_proven("handled", "total")} AS handled, {_proven("handled_before", "total")} AS handled_before,
    disputes.total AS reviews
FROM report
JOIN report AS earlier ON earlier.body_id = report.body_id AND earlier.report_year = report.report_year - 1
LEFT JOIN disclosure AS d ON d.report_id = report.id
LEFT JOIN disclosure AS b ON b.report_id = earlier.id
LEFT JOIN requests AS came ON came.report_id = report.id AND came.outcome = 'requests_carried_in'
LEFT JOIN requests AS went ON went.report_id = earlier.id AND went.outcome = 'requests_carried_out'
LEFT JOIN requests AS handled ON handled.report_id = report.id AND handled.outcome = 'requests_handled'
LEFT JOIN requests AS handled_before
    ON handled_before.report_id = earlier.id AND handled_before.outcome = 'requests_handled'
LEFT JOIN disputes ON disputes.report_id = report.id AND disputes.proceeding = 'review'
"""  # noqa: S608, our own names


def follow_on(db: Database) -> Iterator[Found]:
    """T2-01, T2-04, T2-10, T3-XY and T4-LOAD for every report that has a predecessor."""
    for row in db.query(_PAIRS):
        for rule in (
            stocks_follow_on,
            fees_keep_their_unit,
            decisions_move_steadily,
            carried_over,
            reviews_below_answers,
        ):
            for result in rule(row):
                yield row["id"], result


def stocks_follow_on(row: Row) -> Iterator[Result]:
    """T2-01: in force is last year's plus issued less repealed; expiry and clean-ups are benign."""
    for stock in STOCKS:
        before, issued, repealed, in_force = (
            row[f"{name}"]
            for name in (f"before_{stock}_in_force", f"{stock}_issued", f"{stock}_repealed", f"{stock}_in_force")
        )
        if before is not None and issued is not None and repealed is not None and in_force is not None:
            expected = before + issued - repealed
            outcome = Outcome.PASS if expected == in_force else Outcome.FAIL
            yield Result("T2-01", f"{stock}_in_force", outcome, expected, in_force)


def fees_keep_their_unit(row: Row) -> Iterator[Result]:
    """T2-04: fees about ten thousand times last year's, or the reverse."""
    before, now = _in_wan(row, "before_"), _in_wan(row, "")
    if before and now:
        least, most = limits().fee_ratio
        slipped = least <= max(now / before, before / now) <= most
        yield Result("T2-04", "fees_collected", Outcome.FAIL if slipped else Outcome.PASS, before, now)


def _in_wan(row: Row, prefix: str) -> float | None:
    fees: float | None = row[f"{prefix}fees_collected"]
    return fees / 10_000 if fees and row[f"{prefix}fees_collected_unit"] == "元" else fees


def decisions_move_steadily(row: Row) -> Iterator[Result]:
    """T2-10: decisions more than five times or less than a fifth of last year's, where that is not a small number."""
    compared = [
        (metric, row[f"before_{metric}"], row[metric])
        for metric in DECISIONS
        if row[metric] is not None and (row[f"before_{metric}"] or 0) >= limits().decisions_base
    ]
    least, most = limits().decisions_ratio
    jumps = [(metric, before, now) for metric, before, now in compared if not least <= now / before <= most]
    for metric, before, now in jumps:
        yield Result("T2-10", metric, Outcome.FAIL, before, now)
    if compared and not jumps:
        yield Result("T2-10", "disclosure", Outcome.PASS)


def carried_over(row: Row) -> Iterator[Result]:
    """T3-XY: carried in is what was carried out the year before.

    Where the totals agree and the kinds of applicant do not, somebody was only coded otherwise.
    """
    pairs = {who: (row[f"out_{who}"], row[f"in_{who}"]) for who in APPLICANTS}
    known = {who: pair for who, pair in pairs.items() if None not in pair}
    broken = {who: pair for who, pair in known.items() if pair[0] != pair[1]}
    if not known:
        return
    if not broken or ("total" in known and "total" not in broken):
        yield Result("T3-XY", "requests_carried_in", Outcome.PASS)
        return
    for who, (went, came) in broken.items():
        yield Result("T3-XY", f"requests_carried_in:{who}", Outcome.FAIL, went, came)


def reviews_below_answers(row: Row) -> Iterator[Result]:
    """T4-LOAD: reviews are not more than the requests handled this year and last; whole districts may be exceptions."""
    handled, before, reviews = row["handled"], row["handled_before"], row["reviews"]
    if handled is not None and before is not None and reviews is not None:
        outcome = Outcome.FAIL if reviews > handled + before else Outcome.PASS
        yield Result("T4-LOAD", "review_total", outcome, handled + before, reviews)
