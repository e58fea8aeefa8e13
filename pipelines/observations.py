"""The view ``observation``: every figure of the statutory tables in long form, made from the list of metrics."""

from __future__ import annotations

from sqlite_utils import Database

from pipelines.vocabulary import APPLICANTS, MONEY, PROCEEDINGS, RESULTS, metrics

_JOIN = "LEFT JOIN cell AS c ON c.report_id = t.report_id AND c.metric = {metric} AND ifnull(c.applicant, '') = '{who}'"
_SELECT = (
    "SELECT t.report_id, {metric} AS metric, {applicant} AS applicant, t.{column} AS value, "
    "ifnull(c.status, 'reported') AS status, {unit} AS unit, ifnull(t.{column}, c.proven_value) AS value_or_zero "
    "FROM {table} AS t "
)


def ensure_observation_view(db: Database) -> None:
    """Make the view, or make it anew when the list of metrics has changed."""
    sql = f"CREATE VIEW observation AS {observation_sql()}"
    row = db.execute("SELECT sql FROM sqlite_master WHERE type = 'view' AND name = 'observation'").fetchone()
    if row is None or row[0] != sql:
        with db.atomic():
            db.execute("DROP VIEW IF EXISTS observation")
            db.execute(sql)


def observation_sql() -> str:
    """One branch a column of the three tables and the annex: a filter on ``report_id`` reaches every branch's index."""
    branches = [_disclosure(metric) for metric, entry in metrics().items() if entry.form_table == "2"]
    branches += [_requests(applicant) for applicant in APPLICANTS]
    branches += [_disputes(proceeding, result) for proceeding in PROCEEDINGS for result in RESULTS]
    branches.append(_annex())
    return "\nUNION ALL ".join(branches)


def _branch(table: str, column: str, metric: str, applicant: str = "", unit: str = "'件'") -> str:
    who = f"'{applicant}'" if applicant else "NULL"
    select = _SELECT.format(table=table, column=column, metric=metric, applicant=who, unit=unit)
    return select + _JOIN.format(metric=metric, who=applicant)


def _disclosure(metric: str) -> str:
    """A form without the row has neither a number nor a cell; only then there is no observation."""
    unit = f"t.{metric}_unit" if metric in MONEY else f"'{metrics()[metric].unit}'"
    return _branch("disclosure", metric, f"'{metric}'", unit=unit) + f" WHERE t.{metric} NOTNULL OR c.status NOTNULL"


def _requests(applicant: str) -> str:
    return _branch("requests", applicant, "t.outcome", applicant)


def _disputes(proceeding: str, result: str) -> str:
    return _branch("disputes", result, f"'{proceeding}_{result}'") + f" WHERE t.proceeding = '{proceeding}'"


def _annex() -> str:
    unit = "ifnull(t.unit, (SELECT unit FROM metric WHERE metric.metric = t.metric))"
    return _branch("annex", "value", "t.metric", unit=unit)
