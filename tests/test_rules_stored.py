"""What the text tells, stored: every figure leads back to its words, and a new version replaces the old one's."""

from pathlib import Path

from sqlite_utils import Database

from pipelines.identity import Provenance
from pipelines.reading import Reading, read
from pipelines.rules import check
from pipelines.sentences import told_metrics
from pipelines.store import Source, save
from tests.archives import NINGHE, db

__all__ = ["db"]


def store(db: Database, data: bytes) -> Reading:
    reading = read(data, Provenance("http://127.0.0.1/a.html", NINGHE, "宁河区人民政府2022年政府信息公开工作年度报告"))
    check(reading)
    save(db, reading, Source("http://127.0.0.1/a.html", "a", "2026-11-23"))
    return reading


def test_every_figure_told_leads_back_to_its_words(db: Database, shared_samples: Path):
    reading = store(db, (shared_samples / "ninghe-2022.txt").read_bytes())

    rows = db.execute(
        """SELECT metric, value, words, substr(section.text, narrative.start + 1, narrative."end" - narrative.start)
           FROM narrative JOIN section USING (report_id) WHERE section.number = narrative.section"""
    ).fetchall()

    assert len(rows) == len(reading.narrative) == 13
    assert all(words == printed for _, _, words, printed in rows)
    assert ("nar_requests_received", 122, "收到依申请公开122件", "收到依申请公开122件") in rows
    assert {metric for metric, *_ in rows} <= told_metrics().keys()


def test_a_revised_text_replaces_what_was_told(db: Database, shared_samples: Path):
    page = (shared_samples / "ninghe-2022.txt").read_text(encoding="utf-8")
    store(db, page.encode())

    store(db, page.replace("公开122件", "公开121件").encode())

    told = db.execute("SELECT value FROM narrative WHERE metric = 'nar_requests_received'").fetchall()
    failed = db.execute("SELECT rule, expected, actual FROM finding WHERE outcome = 'fail'").fetchall()
    assert told == [(121,)]
    assert failed == [("NAR-01", 121, 122)]
