"""An archive whose reports were stored by hand, and the command that reads it again."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from pipelines.__main__ import main
from pipelines.captures import CaptureStore
from pipelines.identity import Provenance
from pipelines.reading import Reading, read
from pipelines.rules import check
from pipelines.store import Source, open_archive, save
from samples import expected
from samples.portal import portals
from samples.render import render
from tests.archives import NINGHE, add_division

PORTAL = next(portal for portal in portals() if portal.code == NINGHE.code)
REPORTS = [report for report in expected.reports(PORTAL) if report.path.endswith("html")]
REPORT = next(r for r in REPORTS if r.body_kind == "district_government" and r.report_year == 2021)
TITLE = "宁河区人民政府2021年政府信息公开工作年度报告"
ID = "120117-government-2021"
PENALTIES = REPORT.printed["penalty_decisions", None]
SCAN = b"%PDF-1.7 and nothing behind it"


@dataclass
class Archive:
    """An archive whose reports were stored by hand from bodies that are kept."""

    db: Database
    captures: CaptureStore

    @property
    def files(self) -> list[str]:
        return ["--db", str(self.captures.path.with_name("archive.db")), "--captures", str(self.captures.path)]

    def add(self, path: str, kept: bytes | None = None) -> str:
        """Store a sample report as the reading of its page, or of other bytes; gives the digest of these."""
        page = render(PORTAL)[path].body
        sha256 = self.captures.contents.keep(page if kept is None else kept)
        save(self.db, reading_of(page, path), Source(f"http://x{path}", sha256, "2026-11-23"))
        return sha256

    def grown_old(self) -> None:
        """As if another reader than today's had read everything."""
        self.db.execute("UPDATE report_source SET reader = '1'")

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return self.db.execute(sql).fetchall()

    def content(self) -> list[str]:
        return [line for line in self.db.iterdump() if not line.startswith('INSERT INTO "finding"')] + sorted(
            map(str, self.rows("SELECT * FROM finding"))
        )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    db = open_archive(tmp_path / "archive.db")
    db.conn.isolation_level = None
    add_division(db)
    with closing(CaptureStore(db, tmp_path / "captures.db")) as captures:
        yield Archive(db, captures)
    db.close()


def page_of(report: expected.ExpectedReport) -> bytes:
    """The page of a sample report."""
    return render(PORTAL)[report.path].body


def reading_of(page: bytes, path: str) -> Reading:
    reading = read(page, Provenance(f"http://x{path}", NINGHE, TITLE if path == REPORT.path else ""))
    check(reading)
    return reading


def reread(archive: Archive, *options: str) -> Result:
    return CliRunner().invoke(main, ["reread", *archive.files, "--jobs", "1", *options])


def told(result: Result) -> str:
    return result.stdout.splitlines()[-1]
