"""Reading the archive again: what differs is our change, what does not is untouched, what is lost is an error."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from nights import ROOT, wait_until
from rereading import ID, NINGHE, PENALTIES, REPORT, REPORTS, SCAN, Archive, archive, page_of, reread, told

from pipelines.__main__ import main
from pipelines.clock import today
from pipelines.identity import Provenance
from pipelines.lock import archive_lock
from pipelines.migrations import migrations
from pipelines.reading import READER, Reading, read
from pipelines.storage import connect
from pipelines.store import APPLICATION_ID, Source, save

__all__ = ["archive"]


def test_an_archive_without_reports_has_nothing_to_read_again(archive: Archive):
    result = reread(archive)

    assert result.exit_code == 0
    assert told(result).startswith(f"Read 0 reports again with reader {READER}: 0 are read otherwise,")


def test_what_today_s_reader_has_read_is_not_read_again(archive: Archive):
    archive.add(REPORT.path, kept=SCAN)

    assert told(reread(archive)).startswith("Read 0 reports again")


@pytest.mark.parametrize("option", ["--jobs=1", "--all"])
def test_where_nothing_differs_only_the_reader_is_noted(archive: Archive, option: str):
    for report in REPORTS:
        archive.add(report.path)
    reread(archive)
    before = archive.content()
    if option != "--all":
        archive.grown_old()

    result = reread(archive, option)

    assert f"{len(REPORTS)} are as they were" in told(result)
    assert archive.content() == before


def test_a_figure_that_is_read_otherwise_is_our_change(archive: Archive):
    sha256 = archive.add(REPORT.path)
    archive.db.execute("UPDATE disclosure SET penalty_decisions = 7")
    archive.grown_old()

    result = reread(archive)

    assert (result.exit_code, "1 are read otherwise" in told(result)) == (0, True)
    assert archive.rows("SELECT penalty_decisions FROM disclosure") == [(int(PENALTIES),)]
    assert archive.rows("SELECT metric, applicant, old, new, cause, version, seen_on FROM revision") == [
        ("penalty_decisions", None, "7", PENALTIES, "reader changed", 2, today().isoformat())
    ]
    assert archive.rows("SELECT version, cause, sha256, reader FROM report_version") == [
        (1, "first seen", sha256, READER),
        (2, "reader changed", sha256, READER),
    ]
    assert archive.rows("SELECT date FROM report_date WHERE source = 'first_seen'") == [("2026-11-23",)]


def test_the_same_print_read_otherwise_says_how_it_was_read(archive: Archive):
    archive.add(REPORT.path)
    archive.db.execute("UPDATE disclosure SET penalty_decisions = NULL")
    archive.db.table("cell").insert(
        {"report_id": ID, "metric": "penalty_decisions", "status": "text", "raw": PENALTIES}
    )
    archive.grown_old()

    reread(archive)

    assert archive.rows("SELECT old, new FROM revision") == [(f"{PENALTIES} (text)", f"{PENALTIES} ({PENALTIES} 件)")]


def test_a_rule_that_judges_otherwise_is_told_apart_from_a_figure(archive: Archive):
    archive.add(REPORT.path)
    archive.db.execute("UPDATE finding SET outcome = 'fail' WHERE rule = 'T4-REV'")
    archive.grown_old()

    result = reread(archive)

    assert "1 are only judged otherwise" in told(result)
    assert archive.rows("SELECT outcome FROM finding WHERE rule = 'T4-REV'") == [("pass",)]
    assert archive.rows("SELECT cause FROM report_version") == [("first seen",), ("rule changed",)]
    assert archive.rows("SELECT * FROM revision") == []


def test_a_proof_that_is_made_otherwise_is_a_rule_s(archive: Archive):
    archive.add(next(report.path for report in REPORTS if report.values["granted", "total"] is None))
    archive.db.execute("UPDATE cell SET status = 'blank', proven_value = NULL WHERE proven_value IS NOT NULL")
    archive.grown_old()

    assert "1 are only judged otherwise" in told(reread(archive))


def test_other_words_for_the_same_verdict_make_no_version(archive: Archive):
    archive.add(REPORT.path)
    archive.db.execute("UPDATE finding SET message_en = 'as it was worded once'")
    archive.grown_old()

    result = reread(archive)

    assert "1 are as they were" in told(result)
    assert archive.rows("SELECT count(*) FROM finding WHERE message_en = 'as it was worded once'") == [(0,)]
    assert archive.rows("SELECT cause FROM report_version") == [("first seen",)]


@pytest.mark.parametrize(
    ("kept", "reason"),
    [
        (SCAN, "could be read before and no longer can"),
        ("<h1>宁河区2021年国民经济和社会发展统计公报</h1>".encode(), "Not an annual report"),
        (page_of(REPORTS[0]), f"is now read as the report of {REPORTS[0].body_name} for 2022"),
    ],
    ids=["unreadable", "refused", "another report"],
)
def test_a_report_that_can_no_longer_be_read_is_an_error_and_stays_as_it_is(archive: Archive, kept: bytes, reason: str):
    archive.add(REPORT.path, kept=kept)
    archive.add(REPORTS[3].path)
    reread(archive)
    before = archive.content()
    archive.db.execute("UPDATE report_source SET reader = '1' WHERE report_id = ?", [ID])

    result = reread(archive)

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert f"{ID} (http://x{REPORT.path})" in result.stderr
    assert reason in result.stderr
    assert "1 can no longer be read" in told(result)
    archive.db.execute("UPDATE report_source SET reader = ?", [READER])
    assert archive.content() == before


def test_a_body_that_was_lost_is_an_error_that_names_the_file(archive: Archive):
    sha256 = archive.add(REPORT.path)
    with closing(connect(archive.captures.path, 0x474B4350)) as bodies:
        bodies.execute("DELETE FROM body")
        bodies.conn.commit()
    archive.grown_old()

    result = reread(archive)

    assert result.exit_code == 1
    assert f"captures.db has no body {sha256}" in result.stderr


def test_our_own_mistake_over_one_report_is_told_and_the_others_are_read(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
):
    for report in REPORTS[:3]:
        archive.add(report.path)
    archive.grown_old()

    def fragile(data: bytes, provenance: Provenance) -> Reading:
        if provenance.url.endswith(REPORT.path):
            os._exit(9)
        return read(data, provenance)

    monkeypatch.setattr("pipelines.stale.read", fragile)

    result = reread(archive, "--jobs", "2")

    assert result.exit_code == 1
    assert result.stderr == f"{ID} (http://x{REPORT.path}) cannot be read again: the process that read it died\n"
    assert archive.rows("SELECT report_id FROM report_source WHERE reader = '1'") == [(ID,)]


def test_what_the_list_said_is_used_again(archive: Archive):
    page = b"%PDF-1.7"
    listed = Provenance("http://x/P0.pdf", NINGHE, "宁河区民政局2022年政府信息公开工作年度报告", "2023-01-11", "年报")
    sha256 = archive.captures.contents.keep(page)
    save(archive.db, read(page, listed), Source(listed.url, sha256, "2026-11-23"))
    reread(archive)
    before = archive.content()
    archive.grown_old()

    result = reread(archive)

    assert "1 are as they were" in told(result)
    assert archive.content() == before


def test_a_night_at_work_is_not_disturbed(archive: Archive):
    with archive_lock(archive.captures.path.with_name("archive.db"), "A night"):
        result = reread(archive)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"A night is already running (pid {os.getpid()}): wait until it has ended.\n"


def test_a_database_that_is_not_there_is_named_and_not_made(tmp_path: Path):
    files = ["--db", str(tmp_path / "archive.db"), "--captures", str(tmp_path / "captures.db")]

    result = CliRunner().invoke(main, ["reread", *files])

    assert result.exit_code == 2
    assert "archive.db: name it with --db" in result.stderr
    assert list(tmp_path.iterdir()) == []


def command(archive: Archive, *options: str) -> list[str]:
    return [sys.executable, "-m", "pipelines", "reread", *archive.files, *options]


def test_the_command_itself_changes_nothing_when_nothing_changed(archive: Archive):
    for report in REPORTS:
        archive.add(report.path)
    reread(archive)
    before = archive.content()

    done = subprocess.run(command(archive, "--all"), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert f"Read {len(REPORTS)} reports again" in done.stdout
    assert archive.content() == before


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_one_that_was_cut_off_goes_on(archive: Archive, stop: signal.Signals):
    for report in REPORTS:
        archive.add(report.path)
    archive.db.execute("UPDATE report SET title = 'as it was read once'")
    process = subprocess.Popen(command(archive, "--all", "--jobs", "2"), cwd=ROOT, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: archive.rows("SELECT 1 FROM report_version WHERE version = 2"), "a report was read again")
    process.send_signal(stop)
    _, said = process.communicate(timeout=20)

    result = reread(archive)

    assert "Traceback" not in said
    assert result.exit_code == 0
    assert archive.rows("SELECT DISTINCT reader FROM report_source") == [(READER,)]
    assert archive.rows("SELECT cause, count(*) FROM report_version GROUP BY cause") == [
        ("first seen", len(REPORTS)),
        ("reader changed", len(REPORTS)),
    ]


def test_an_archive_from_before_this_keeps_what_it_knew_of_the_lists(tmp_path: Path):
    db = connect(tmp_path / "old.db", APPLICATION_ID)
    migrations.apply(db, stop_before="0006_reread")
    db.execute("PRAGMA foreign_keys = OFF")
    report = {"id": "r", "body_id": "b", "report_year": 2022, "title": "年报", "url": "u", "status": "read"}
    db.table("report").insert({**report, "sha256": "a", "fingerprint": "f", "version": 1})
    version = {"report_id": "r", "version": 1, "url": "u", "sha256": "a", "cause": "first seen"}
    db.table("report_version").insert({**version, "reader": "1", "read_at": "2026-11-23T00:00:00+00:00"})
    db.table("report_date").insert({"report_id": "r", "source": "list", "date": "2023-01-11"})
    db.table("report_source").insert({"report_id": "r", "url": "u", "sha256": "a", "role": "current"})

    migrations.apply(db)

    sources = db.execute("SELECT list_name, list_title, list_date, reader FROM report_source").fetchall()
    assert sources == [("", "年报", "2023-01-11", "1")]
    db.close()
