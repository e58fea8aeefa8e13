"""Reports whose list has moved: cited where they stand today, with nothing else changed."""

import pytest
from sqlite_utils import Database

from pipelines.identity import Provenance
from pipelines.moves import follow_moves
from pipelines.reading import read
from pipelines.rules import check
from pipelines.store import Source, save
from samples import expected
from samples.portal import portals
from samples.render import render
from tests.archives import NINGHE, db

__all__ = ["db"]

PORTAL = next(portal for portal in portals() if portal.code == NINGHE.code)
REPORT = next(r for r in expected.reports(PORTAL) if r.body_kind == "district_government" and r.report_year == 2021)
OLD, NEW, THIRD = (f"http://127.0.0.11:8011/{folder}/2021.html" for folder in ("old", "new", "third"))


def store(db: Database, url: str) -> None:
    reading = read(render(PORTAL)[REPORT.path].body, Provenance(url, NINGHE))
    check(reading)
    save(db, reading, Source(url, f"digest of {url}", "2026-11-23"))


def sources(db: Database) -> dict[str, str]:
    return {row["url"]: row["role"] for row in db.table("report_source").rows}


def test_an_archive_without_reports_has_none_that_moved(db: Database):
    assert follow_moves(db, NINGHE.code, {NEW}) == 0


def test_a_report_moves_to_where_its_figures_are_listed_now(db: Database):
    store(db, OLD)
    store(db, NEW)

    assert follow_moves(db, NINGHE.code, {NEW}) == 1

    assert [(r["url"], r["sha256"], r["version"]) for r in db.table("report").rows] == [(NEW, f"digest of {NEW}", 1)]
    assert sources(db) == {OLD: "superseded", NEW: "current"}


def test_of_two_new_places_the_first_found_counts(db: Database):
    for url in (OLD, THIRD, NEW):
        store(db, url)

    follow_moves(db, NINGHE.code, {NEW, THIRD})

    assert sources(db) == {OLD: "superseded", THIRD: "current", NEW: "same figures"}


@pytest.mark.parametrize(("code", "listed"), [(NINGHE.code, {OLD, NEW}), (NINGHE.code, set()), ("320813", {NEW})])
def test_a_report_stays_where_it_is_listed_or_has_no_other_place(db: Database, code: str, listed: set[str]):
    store(db, OLD)
    store(db, NEW)

    assert follow_moves(db, code, listed) == 0

    assert sources(db) == {OLD: "current", NEW: "same figures"}
