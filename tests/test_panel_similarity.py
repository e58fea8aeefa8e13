"""Reports that say nearly the same: what is masked, how much must differ, and how little is compared."""

import pytest
from sqlite_utils import Database

from pipelines.panel import check_panel
from pipelines.panel.similarity import no_boilerplate
from pipelines.panel.sketches import groups, masked_text, refresh_sketches, shingles
from tests.panels import PROSE, add_report, db, of, write

__all__ = ["db"]


def test_reports_that_say_nearly_the_same_are_boilerplate(db: Database):
    """Another body, another year and other figures make no other report; other words do."""
    write(db, add_report(db, "a", 2021), f"2021年,宁河区a局收到申请12件。{PROSE}")
    write(db, add_report(db, "b", 2022), f"2022年,宁河区b局收到申请7件。{PROSE}")
    write(db, add_report(db, "c", 2022), PROSE[::-1])
    write(db, add_report(db, "d", 2022), PROSE[:300])

    assert of(db, "DUP-01") == [
        ("a-2021", "report", "fail"),
        ("b-2022", "report", "fail"),
        ("c-2022", "report", "pass"),
    ]
    [message] = db.execute("SELECT message_zh FROM finding WHERE report_id = 'b-2022'").fetchone()
    assert "a局2021年报告 (a-2021)" in message


@pytest.mark.parametrize(("changed", "outcome"), [(10, "fail"), (120, "pass")])
def test_how_much_must_differ(db: Database, changed: int, outcome: str):
    """Out of 1,500 characters, ten others leave 98 in 100 shingles alike; 120 others leave 85."""
    write(db, add_report(db, "a", 2022), PROSE)
    write(db, add_report(db, "b", 2022), PROSE[:-changed] + "乙" * changed)

    assert [outcome for *_, outcome in of(db, "DUP-01")] == [outcome, outcome]


def test_many_alike_are_each_compared_with_the_first_only(db: Database):
    for number in range(60):
        write(db, add_report(db, f"a{number:02}", 2022), PROSE)
    refresh_sketches(db)
    queries: list[str] = []
    db.conn.set_trace_callback(queries.append)

    results = list(no_boilerplate(db))

    assert {result.outcome for _, result in results} == {"fail"}
    assert sum("group_concat" in query for query in queries) == 60


def test_a_sketch_is_made_once_for_each_version(db: Database):
    write(db, add_report(db, "a", 2022), PROSE)
    check_panel(db)
    queries: list[str] = []
    db.conn.set_trace_callback(queries.append)

    refresh_sketches(db)
    assert not [query for query in queries if "group_concat" in query]

    db.table("report").update("a-2022", {"version": 2})
    refresh_sketches(db)
    assert len([query for query in queries if "group_concat" in query]) == 1


def test_the_name_of_the_body_the_year_and_the_figures_are_masked(db: Database):
    write(db, add_report(db, "民政", 2022), "2022年,宁河区民政局(宁河)收到 12 件,二〇二二年结束。", "问题3个。")

    assert masked_text(db, "民政-2022") == "年,()收到件,结束。问题个。"


def test_a_text_shorter_than_a_shingle_has_none():
    assert shingles("短") == set()
    assert len(set(groups(set()))) == 1
