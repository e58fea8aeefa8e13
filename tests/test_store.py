"""Storing reports in a real database: what is new, the same, revised, elsewhere; all of it or nothing."""

import sqlite3
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from pipelines.deadlines import due_on
from pipelines.editions.synthetic import annex_layout, synthetic
from pipelines.identity import Provenance
from pipelines.obligations import recompute
from pipelines.reading import Reading, read
from pipelines.rules import check
from pipelines.storage import StorageError
from pipelines.store import Saved, Source, open_archive, save
from samples import expected
from samples.portal import portals
from samples.render import render
from tests import annexes
from tests.archives import NINGHE, db

__all__ = ["db"]

PORTAL = next(portal for portal in portals() if portal.code == NINGHE.code)
REPORT = next(r for r in expected.reports(PORTAL) if r.body_kind == "district_government" and r.report_year == 2021)
URL = f"http://127.0.0.11:8011{REPORT.path}"
PAGE = render(PORTAL)[REPORT.path].body
PENALTIES = REPORT.printed["penalty_decisions", None]


def reading_of(page: bytes, url: str = URL) -> Reading:
    reading = read(page, Provenance(url, NINGHE))
    check(reading)
    return reading


def store(db: Database, page: bytes, url: str = URL, sha256: str = "a") -> Saved:
    return save(db, reading_of(page, url), Source(url, sha256, "2026-11-23"))


def changed(page: bytes) -> bytes:
    """The page with another number of penalties."""
    return page.replace(f">{PENALTIES}<".encode(), b">4202<")


def rows(db: Database, table: str) -> list[dict[str, object]]:
    return list(db.table(table).rows)


def figures(db: Database) -> dict[tuple[str, str | None], object]:
    return {(m, a): v for m, a, v in db.execute("SELECT metric, applicant, value FROM observation").fetchall()}


def test_a_new_archive_has_its_dictionary_and_no_reports(db: Database):
    assert rows(db, "report") == []
    assert figures(db) == {}
    assert db.table("metric").count > 100
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert {row[5] for row in db.execute("PRAGMA table_list").fetchall() if row[1] == "report"} == {1}


def test_a_report_is_stored_with_every_figure(db: Database):
    assert store(db, PAGE) is Saved.NEW

    [report] = rows(db, "report")
    assert (report["id"], report["edition"], report["status"]) == ("120117-government-2021", "t2021", "read")
    assert (report["published_on"], report["url"]) == (REPORT.published_on.isoformat(), URL)
    assert figures(db) == REPORT.values
    assert rows(db, "revision") == []
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_same_document_again_changes_nothing(db: Database):
    store(db, PAGE)
    before = list(db.iterdump())

    assert store(db, PAGE) is Saved.UNCHANGED
    assert store(db, PAGE.replace(b"</body>", b"<p>2026</p></body>"), sha256="b") is Saved.UNCHANGED

    assert list(db.iterdump()) == before


def test_a_revised_figure_makes_a_version_and_says_what_changed(db: Database):
    store(db, PAGE)

    assert store(db, changed(PAGE), sha256="b") is Saved.REVISED

    assert figures(db)["penalty_decisions", None] == 4202
    [revision] = rows(db, "revision")
    assert (revision["metric"], revision["old"], revision["new"]) == ("penalty_decisions", PENALTIES, "4202")
    assert revision["cause"] == "source revised"
    assert [(v["version"], v["sha256"]) for v in rows(db, "report_version")] == [(1, "a"), (2, "b")]


def test_the_same_report_at_another_address_is_one_report(db: Database):
    store(db, PAGE)

    assert store(db, PAGE, url="http://127.0.0.11:8011/other.html") is Saved.UNCHANGED

    assert db.table("report").count == 1
    assert [source["role"] for source in rows(db, "report_source")] == ["current", "same figures"]


def test_other_figures_of_the_same_date_elsewhere_do_not_replace_the_current_ones(db: Database):
    store(db, PAGE)

    assert store(db, changed(PAGE), url="http://127.0.0.11:8011/other.html") is Saved.OTHER_SOURCE

    assert figures(db)["penalty_decisions", None] == REPORT.values["penalty_decisions", None]
    assert [source["role"] for source in rows(db, "report_source")] == ["current", "other figures"]


def test_a_page_replaces_an_attachment_that_could_not_be_read(db: Database):
    pdf = read(
        b"%PDF-1.7", Provenance("http://x/P0.pdf", NINGHE, "宁河区人民政府2021年政府信息公开工作年度报告", "2022-03-01")
    )
    save(db, pdf, Source("http://x/P0.pdf", "p", "2026-11-23"))
    assert [row["status"] for row in rows(db, "report")] == ["unreadable"]

    assert store(db, PAGE) is Saved.REVISED

    assert [row["status"] for row in rows(db, "report")] == ["read"]
    assert [version["cause"] for version in rows(db, "report_version")] == ["first seen", "better source"]
    assert figures(db) == REPORT.values


def test_a_failure_in_the_middle_leaves_nothing_behind(db: Database):
    db.execute("CREATE TRIGGER full BEFORE INSERT ON finding BEGIN SELECT raise(ABORT, 'disk full'); END")

    with pytest.raises(sqlite3.IntegrityError):
        store(db, PAGE)

    assert {table: db.table(table).count for table in ("body", "report", "requests", "section", "report_version")} == {
        "body": 0,
        "report": 0,
        "requests": 0,
        "section": 0,
        "report_version": 0,
    }


def test_what_is_not_a_report_cannot_be_stored(db: Database):
    with pytest.raises(ValueError, match="only a report"):
        save(db, reading_of(b"<p>nothing</p>"), Source(URL, "a", "2026-11-23"))


def test_words_of_two_characters_are_found_after_a_revision_too(db: Database):
    store(db, PAGE)
    store(db, changed(PAGE), sha256="b")

    hits = db.execute("SELECT count(*) FROM section_fts WHERE section_fts MATCH '\"复 议\"'").fetchone()
    told = db.execute("SELECT count(*) FROM section WHERE heading || text LIKE '%复议%'").fetchone()

    assert hits == told
    assert hits > (0,)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path):
    path = tmp_path / "other.db"
    Database(path).table("recipes").insert({"name": "soup"})

    with pytest.raises(StorageError, match=r"other\.db was made by another program"):
        open_archive(path)


def test_a_file_that_is_no_database_is_named(tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, and longer than a page header would be " * 4, encoding="utf-8")

    with pytest.raises(StorageError, match=r"notes\.txt is not an SQLite database"):
        open_archive(path)


def test_statutory_dates():
    assert due_on("bureau", 2022) == date(2023, 1, 31)
    assert due_on("district_government", 2022) == date(2023, 3, 31)
    assert due_on("bureau", 2017) == date(2018, 3, 31)


def test_obligations_of_an_archive_without_reports_are_none(db: Database):
    recompute(db, date(2026, 11, 23))

    assert rows(db, "obligation") == []


def test_every_year_since_the_first_report_is_accounted_for(db: Database):
    store(db, PAGE)

    recompute(db, date(2026, 2, 10))

    grid = [(row["report_year"], row["due_on"], row["state"]) for row in rows(db, "obligation")]
    assert grid == [
        (2021, "2022-03-31", "published"),
        (2022, "2023-03-31", "missing"),
        (2023, "2024-03-31", "missing"),
        (2024, "2025-03-31", "missing"),
        (2025, "2026-03-31", "not_due"),
    ]


def test_an_annex_gives_its_figures_to_the_report_in_words_it_belongs_to(db: Database):
    title = "宁河区民政局2016年政府信息公开年度报告"
    told = (
        "一、概述",
        "根据《政府信息公开条例》编制。",
        "二、主动公开",
        "主动公开568条。",
        "三、依申请公开",
        "没有收到依申请公开的申请。",
        "行政复议为0。",
    )
    words = f"<h1>{title}</h1>" + "".join(f"<p>{line}</p>" for line in told)
    figures_2016 = synthetic("s2014", Random(1))
    annex = annexes.page(annex_layout("s2014", figures_2016), title=title)

    assert store(db, words.encode(), url=f"{URL}/words") is Saved.NEW
    assert (rows(db, "report")[0]["edition"], figures(db)) == ("free", {})
    text = rows(db, "section")
    assert store(db, annex, url=f"{URL}/annex", sha256="b") is Saved.REVISED
    assert store(db, words.encode(), url=f"{URL}/words") is Saved.OTHER_SOURCE

    assert rows(db, "report")[0]["edition"] == "s2014"
    assert figures(db) == {key: float(value) for key, value in figures_2016.items()}
    assert [(row["heading"], row["text"]) for row in rows(db, "section")] == [(r["heading"], r["text"]) for r in text]
    assert {row["url"][-5:]: row["role"] for row in rows(db, "report_source")} == {
        "words": "superseded",
        "annex": "current",
    }
