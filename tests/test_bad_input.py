"""Bad input: one clear sentence, a place in the ledger, and nothing half-written."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path

import pytest
from nights import COLUMN, Answer, Office, list_page, office, small_portal

from crawler.child import Files
from crawler.configuration import Configuration
from crawler.night import Order, make_plan, run_night
from crawler.portals.overrides import Override
from crawler.portals.registry import RegistryError
from pipelines.divisions import divisions
from pipelines.storage import WrongFile
from samples import expected
from samples.fleet import Fleet, fleet

ROW = ("/zfxxgknb/202401/t20240130_100001.html", "宁河区2023年政府信息公开工作年度报告")
HUGE = 50 * 1024 * 1024


def test_a_registry_with_a_wrong_column_is_refused_and_the_refusal_kept(tmp_path: Path) -> None:
    one = office(tmp_path)
    one.registry.write_text("code,name,homepage\n120117,宁河区,http://127.0.0.1/\n", encoding="utf-8")
    done = one.run()
    sentence = f"{one.registry}, row 1: the column “home_url” is missing; the first line must be code,name,home_url."
    assert (done.returncode, done.stderr) == (2, f"{sentence}\n")
    assert one.rows("SELECT state, summary_en, summary_zh FROM run") == [
        ("refused", f"Not begun: {sentence}", f"未能开始：{sentence}")
    ]


def test_an_unknown_division_code_is_refused(tmp_path: Path) -> None:
    one = office(tmp_path, ("990101", "http://127.0.0.1/"))
    done = one.run()
    assert (done.returncode, done.stderr) == (
        2,
        f"{one.registry}, row 2: code: “990101” is not a division code; take it from crawler/portals/divisions.csv.\n",
    )
    assert one.rows("SELECT state FROM run") == [("refused",)]


def test_a_selector_that_matches_nothing_is_refused(tmp_path: Path) -> None:
    done = office(tmp_path, ("120117", "http://127.0.0.1/")).run("--portals", "44")
    assert done.returncode == 2
    assert done.stderr.startswith("--portals 44 matches no portal of the registry")


def test_real_portals_are_not_visited_without_a_contact(tmp_path: Path) -> None:
    done = office(tmp_path, ("120117", "https://portal.invalid/")).run()
    assert done.returncode == 2
    assert done.stderr.startswith("gongkai.yaml: contact is empty and the registry names hosts beyond this machine")


def test_a_host_outside_gov_cn_needs_somebody_to_vouch_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = office(tmp_path, ("120117", "http://www.example.com/")).registry
    order, configuration = (
        Order(Files(tmp_path / "a.db", tmp_path / "c.db"), registry, now=True),
        Configuration(contact="a@b.cn"),
    )
    with pytest.raises(RegistryError, match=r"The portal of 120117: “www\.example\.com” is not under \.gov\.cn"):
        make_plan(order, configuration)

    reason = Override(
        code="120117", reason="said on the phone", date=date(2026, 1, 31), extra_hosts=("www.example.com",)
    )
    monkeypatch.setattr("crawler.night.load_overrides", lambda: {"120117": reason})
    assert [portal.home_url for portal in make_plan(order, configuration).portals] == ["http://www.example.com/"]


def test_a_host_that_refuses_is_unreachable(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    one = office(tmp_path, ("120117", f"http://127.0.0.1:{port}/"))
    done = one.run()
    assert done.returncode == 1
    assert "1: The portal could not be reached from here." in done.stdout
    assert one.rows("SELECT outcome, requests FROM visit") == [("unreachable_from_here", 4)]
    assert one.rows("SELECT kind, message_en FROM incident") == [
        ("connection_refused", "The host refused the connection.")
    ]
    assert one.rows("SELECT count(*) FROM capture") == [(0,)]


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with fleet(tmp_path_factory.mktemp("fleet")) as running:
        yield running


# What a list row leads to, or the list itself, and what the ledger then says: outcome of the visit, kind, sentence.
BAD_PAGES = {
    "an empty list": (list_page(), "<p>", "list_empty", "list_empty", "The list page holds no report."),
    "0 bytes": (list_page(ROW), "", "partial", "empty_body", "The body is empty (0 bytes)."),
    "not a report": (
        list_page(ROW),
        "<p>2023年全区粮食产量",
        "complete",
        "not_a_report",
        "Not an annual report: it has neither a statutory table nor the statutory section headings.",
    ),
    "50 MB": (
        list_page(ROW),
        Answer(b"x" * HUGE),
        "partial",
        "too_large",
        "The body exceeds the size limit and was not kept.",
    ),
    "50 MB in pieces": (
        list_page(ROW),
        Answer(b"%x\r\n%b\r\n0\r\n\r\n" % (HUGE, b"x" * HUGE), headers={"Transfer-Encoding": "chunked"}),
        "partial",
        "too_large",
        "The body exceeds the size limit and was not kept.",
    ),
    "less than announced": (
        list_page(ROW),
        Answer("<p>half", headers={"Content-Length": "999", "Connection": "close"}),
        "partial",
        "truncated",
        "The body arrived incomplete.",
    ),
}


@pytest.fixture(scope="module")
def bad_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One night over portals with one fault each: none disturbs another."""
    with ExitStack() as stack:
        portals = [
            stack.enter_context(small_portal({"/": COLUMN, "/zfxxgknb/": rows, ROW[0]: page}, f"127.0.0.{number}"))
            for number, (rows, page, *_) in enumerate(BAD_PAGES.values(), start=2)
        ]
        codes = sorted(divisions())[: len(portals)]
        homes = [portal.home_url for portal in portals]
        one = office(tmp_path_factory.mktemp("bad"), *zip(codes, homes, strict=True))
        one.run()
        yield one


@pytest.mark.parametrize("fault", BAD_PAGES)
def test_a_bad_page_is_one_sentence_in_the_ledger(bad_pages: Office, fault: str) -> None:
    code = sorted(divisions())[list(BAD_PAGES).index(fault)]
    _, _, outcome, kind, sentence = BAD_PAGES[fault]
    assert bad_pages.rows("SELECT outcome FROM visit WHERE division_code = ?", code) == [(outcome,)]
    assert bad_pages.rows("SELECT kind, message_en FROM incident WHERE division_code = ?", code) == [(kind, sentence)]


def test_bad_pages_leave_no_report(bad_pages: Office) -> None:
    assert bad_pages.rows("SELECT count(*) FROM report") == [(0,)]
    assert bad_pages.rows("SELECT max(size) < 10000 FROM capture") == [(1,)]


def test_a_locked_database_is_named(tmp_path: Path) -> None:
    one = office(tmp_path, ("120117", "http://127.0.0.1/"))
    with closing(sqlite3.connect(one.db, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = one.run()
    sentence = f"The database {one.db} is locked by another program: wait for that program or stop it, then run again."
    assert (done.returncode, done.stderr) == (1, f"{sentence}\n")


def test_a_database_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    one = office(tmp_path, ("120117", "http://127.0.0.1/"))
    with closing(sqlite3.connect(one.db)) as other:
        other.execute("CREATE TABLE diary (entry TEXT)")
    before = one.db.read_bytes()
    done = one.run()
    assert done.returncode == 2
    assert done.stderr == (f"The database {one.db} was made by another program and is left alone: name another file.\n")
    assert one.db.read_bytes() == before


@pytest.mark.parametrize("name", ["db", "captures"])
def test_a_file_that_is_no_database_is_named(tmp_path: Path, name: str) -> None:
    one = office(tmp_path, ("120117", "http://127.0.0.1/"))
    path: Path = getattr(one, name)
    path.write_text("these are words and no database " * 100)
    done = one.run()
    assert (done.returncode, done.stderr) == (
        2,
        f"The database {path} is not an SQLite database: name another file, or move this one away.\n",
    )


@pytest.mark.parametrize("name", ["", ".", "/"])
def test_what_is_no_name_of_a_file_is_told(name: str) -> None:
    with pytest.raises(WrongFile, match="is no name of a file: name the database with --db"):
        run_night(Order(Files(Path(name), Path("c.db")), None), Configuration())


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    one = Office(tmp_path / "nowhere", office(tmp_path, ("120117", "http://127.0.0.1/")).registry)
    done = one.run()
    assert done.returncode == 2
    assert "check the folder given with --db" in done.stderr


@pytest.mark.parametrize("megabytes", [0.1, 1.0, 2.5])
def test_a_disk_that_fills_up_is_told_and_the_next_night_makes_good(
    portals: Fleet, tmp_path: Path, megabytes: float
) -> None:
    """No file may grow beyond the limit, which SQLite meets as it meets a full disk: a write that fails."""
    one = Office(tmp_path, portals.registry_csv)
    full = one.run(most_bytes=int(megabytes * 1_000_000))
    assert full.returncode == 1
    sentence = f"The database {one.db} cannot be read or written (disk error or no space left): check the disk,"
    assert sentence in full.stdout + full.stderr
    assert "Traceback" not in full.stdout + full.stderr
    assert one.rows("PRAGMA integrity_check") == [("ok",)]
    assert one.rows("PRAGMA foreign_key_check") == []

    one.run()

    assert one.rows("SELECT count(*) FROM report WHERE status != 'unreadable'") == [(len(expected.all_reports()),)]
    assert one.rows("SELECT count(*) FROM visit WHERE outcome IS NULL") == [(0,)]
