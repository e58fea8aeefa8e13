"""Captures made elsewhere: what another tool recorded is kept, decoded, dated, attributed and read like our own."""

import gzip
import hashlib
import zlib
from pathlib import Path

import brotli
import pytest
from warcs import (
    CAPTURES,
    CODE,
    DATE,
    HOME,
    HTML,
    OTHER,
    OURS,
    PAGE,
    REPORT,
    URL,
    Desk,
    Warc,
    as_wget_does,
    chunked,
    office,
)

from pipelines.captures import CaptureStore
from pipelines.ledger import Night
from pipelines.reading import READER
from pipelines.store import open_archive
from pipelines.warc.files import records
from pipelines.warc.hosts import known_hosts
from pipelines.warc.importing import Origin, prepare
from pipelines.warc.intake import Intake
from pipelines.warc.messages import LARGEST_BODY
from pipelines.warc.runs import ImportRun

__all__ = ["office"]

COUNTED = ("run", "visit", "incident", "capture", "portal", "report", "report_version", "report_source", "finding")


def counts(office: Desk) -> dict[str, int]:
    return {table: office.rows(f"SELECT count(*) FROM {table}")[0][0] for table in COUNTED}


def test_a_file_without_responses_adds_nothing(office: Desk, tmp_path: Path) -> None:
    result = office.take(Warc(tmp_path / "empty.warc.gz").save())

    assert result.exit_code == 0
    assert result.stdout.endswith(" empty.warc.gz: 0 responses are new, 0 were here already.\n")
    assert set(counts(office).values()) == {0}


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"\n" * 100_000, b"x" * 1_000_000, gzip.compress(b"<html>", mtime=0)]
)
def test_what_is_no_warc_file_is_refused_and_the_next_one_taken(office: Desk, tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "page.warc"
    other.write_bytes(content)

    result = office.take(tmp_path / "nowhere.warc", other, as_wget_does(tmp_path / "good.warc.gz"))

    assert result.exit_code == 2
    assert "nowhere.warc cannot be read (No such file or directory): check the path" in result.stderr
    assert office.rows("SELECT state FROM run ORDER BY id")[-1] == ("complete",)
    assert office.rows(CAPTURES) == [OURS]


def test_a_fetch_of_wget_is_kept_decoded_and_its_report_read(office: Desk, tmp_path: Path) -> None:
    result = office.take(as_wget_does(tmp_path / "wget.warc.gz"))

    assert result.exit_code == 0, result.output
    assert office.rows(CAPTURES) == [OURS]
    assert office.rows("SELECT headers FROM capture") == [
        ('[["Content-Type", "text/html; charset=utf-8"], ["ETag", "\\"a1\\""]]',)
    ]
    assert office.rows("SELECT report_year, edition, url FROM report") == [(REPORT.report_year, REPORT.edition, URL)]
    figures = office.rows("SELECT metric, applicant, value FROM observation")
    assert {(metric, who): value for metric, who, value in figures} == REPORT.values
    assert office.rows("SELECT state, vantage, user_agent, portals FROM run") == [("complete", "tianjin", None, 1)]
    assert office.rows("SELECT division_code, outcome, requests, reports, new_bodies FROM visit") == [
        (CODE, "partial", 1, 1, 1)
    ]
    assert office.rows("SELECT name, home_url, evidence FROM portal") == [("宁河区", HOME, "WARC file wget.warc.gz")]
    assert office.rows("SELECT DISTINCT reason FROM obligation WHERE state = 'missing'") == [("partial",)]


def test_a_second_import_adds_nothing(office: Desk, tmp_path: Path) -> None:
    office.take(as_wget_does(tmp_path / "wget.warc.gz"))
    before = counts(office)

    result = office.take(tmp_path / "wget.warc.gz")

    assert result.exit_code == 0
    assert "0 responses are new, 1 were here already." in result.stdout
    assert counts(office) == before


def test_an_import_that_was_killed_goes_on_in_its_run(office: Desk, tmp_path: Path) -> None:
    path = as_wget_does(tmp_path / "wget.warc.gz")
    db = open_archive(office.folder / "archive.db")
    prepare(db, Origin("tianjin", CODE))
    store = CaptureStore(db, office.folder / "captures.db")
    label = f"{path.name} sha256:{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}"
    intake = Intake(store, ImportRun(db, path.name, Night(label, CODE, "tianjin", None, READER)), known_hosts(db), CODE)
    for record in records(path):
        intake.take(record)
    store.close()
    db.close()

    result = office.take(path)

    assert result.exit_code == 0
    assert office.rows("SELECT id, state FROM run") == [(1, "complete")]
    assert office.rows("SELECT outcome, reports FROM visit") == [("partial", 1)]
    assert office.rows("SELECT count(*) FROM report") == [(1,)]


DEFLATER = zlib.compressobj(wbits=-15)
CODED = {
    "plain": (PAGE, {}),
    "gzip": (gzip.compress(PAGE), {"Content-Encoding": "gzip"}),
    "deflate": (zlib.compress(PAGE), {"Content-Encoding": "deflate"}),
    "bare deflate": (DEFLATER.compress(PAGE) + DEFLATER.flush(), {"Content-Encoding": "deflate"}),
    "brotli": (brotli.compress(PAGE), {"Content-Encoding": "br"}),
    "chunks": (chunked(PAGE, 7), {"Transfer-Encoding": "Chunked"}),
    "both": (chunked(gzip.compress(PAGE)), {"transfer-encoding": "chunked", "content-encoding": "GZIP"}),
    "decoded by the recorder": (
        PAGE,
        {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip", "Content-Length": "9"},
    ),
    "brotli decoded by the recorder": (PAGE, {"Content-Encoding": "br", "Content-Length": "9"}),
    "an unknown word": (PAGE, {"Content-Encoding": "utf-8"}),
}


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("name", CODED)
def test_every_coding_of_a_body_is_undone(office: Desk, tmp_path: Path, name: str, version: str) -> None:
    payload, headers = CODED[name]
    warc = Warc(tmp_path / "coded.warc", version, gz=version == "1.0")
    warc.response(payload, [*HTML, *headers.items()])

    assert office.take(warc.save()).exit_code == 0
    assert office.rows(CAPTURES) == [OURS]


BOMB = bytes(LARGEST_BODY + 1)
PACKED = gzip.compress(PAGE)
UNUSABLE = {
    "gzip bomb": ("too_large", gzip.compress(BOMB), {"Content-Encoding": "gzip"}, {}),
    "nested bomb": ("too_large", gzip.compress(gzip.compress(BOMB)), {"Content-Encoding": "gzip, gzip"}, {}),
    "brotli bomb": ("too_large", brotli.compress(BOMB, quality=1), {"Content-Encoding": "br"}, {}),
    "large": ("too_large", BOMB, {}, {}),
    "half a gzip": ("truncated", PACKED[:-100], {"Content-Encoding": "gzip"}, {}),
    "broken gzip": ("truncated", PACKED[:30] + b"\0" * 99 + PACKED[129:], {"Content-Encoding": "gzip"}, {}),
    "no last chunk": ("truncated", chunked(PAGE)[:-5], {"Transfer-Encoding": "chunked"}, {}),
    "half a chunk": ("truncated", chunked(PAGE)[:1500], {"Transfer-Encoding": "chunked"}, {}),
    "short": ("truncated", PAGE, {"Content-Length": str(len(PAGE) + 1)}, {}),
    "cut by the recorder": ("truncated", PAGE, {}, {"WARC_Truncated": "disconnect"}),
    "wrong digest": ("truncated", PAGE, {}, {"WARC_Block_Digest": f"sha1:{'A' * 32}"}),
    "segment": ("unreadable_format", PAGE, {}, {"WARC_Segment_Number": "1"}),
    "no date": ("unreadable_format", PAGE, {}, {"WARC_Date": "yesterday"}),
    "zstd": ("unreadable_format", PAGE, {"Content-Encoding": "zstd"}, {}),
    "endless head": ("unreadable_format", PAGE, {"X": "y" * 1_000_000}, {}),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_response_that_is_not_whole_or_too_large_is_noted_and_the_next_kept(
    office: Desk, tmp_path: Path, name: str
) -> None:
    kind, payload, headers, fields = UNUSABLE[name]
    warc = Warc(tmp_path / "damaged.warc.gz")
    warc.response(payload, [*HTML, *headers.items()], **{"WARC_Target_URI": OTHER, **fields})
    warc.response()

    result = office.take(warc.save())

    assert result.exit_code == 1
    assert "1 records could not be used" in result.stdout
    assert office.rows(CAPTURES) == [OURS]
    assert office.rows("SELECT kind, url, division_code FROM incident") == [(kind, OTHER, CODE)]
    assert office.rows("SELECT state FROM run") == [("needs_human",)]


def test_what_a_file_without_anything_usable_has_lost_is_in_the_ledger(office: Desk, tmp_path: Path) -> None:
    warc = Warc(tmp_path / "lost.warc.gz")
    warc.response(PAGE[:-1], [*HTML, ("Content-Length", str(len(PAGE)))])

    result = office.take(warc.save())

    assert (result.exit_code, "the table incident says why" in result.stdout) == (1, True)
    assert office.rows("SELECT kind, url FROM incident") == [("truncated", URL)]
    assert office.rows("SELECT kind, state, portals FROM run") == [("import", "needs_human", 0)]


def test_a_block_that_is_no_http_is_noted(office: Desk, tmp_path: Path) -> None:
    warc = Warc(tmp_path / "gopher.warc")
    warc.raw(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
        + OTHER.encode()
        + b"\r\nWARC-Date: "
        + DATE.encode()
        + b"\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"
    )
    warc.response()

    office.take(warc.save())

    assert office.rows("SELECT kind, url FROM incident") == [("unreadable_format", OTHER)]


def test_a_file_that_breaks_off_gives_what_is_whole_and_says_what_is_lost(office: Desk, tmp_path: Path) -> None:
    path = as_wget_does(tmp_path / "cut.warc.gz")
    path.write_bytes(path.read_bytes()[:-20])

    result = office.take(path)

    assert result.exit_code == 1
    assert "breaks off or is damaged in record 5" in result.stdout
    assert office.rows(CAPTURES) == [OURS]
    assert office.rows("SELECT kind, url, division_code FROM incident") == [("truncated", "cut.warc.gz", None)]
    before = counts(office)
    assert office.take(path).exit_code == 1
    assert counts(office) == before


def test_the_host_decides_whose_a_response_is_and_strangers_are_not_kept(office: Desk, tmp_path: Path) -> None:
    registry = tmp_path / "registry.csv"
    registry.write_text(f"code,name,home_url\n{CODE},宁河区,{HOME}\n", encoding="utf-8")
    warc = Warc(tmp_path / "mixed.warc.gz")
    warc.response()
    warc.response(b"ad", WARC_Target_URI="https://cdn.example.com/ad.js")
    warc.response(b"ad", WARC_Target_URI="https://cdn.example.com/ad2.js")

    stranger = office.take(warc.save(), options=())
    known = office.take(warc.path, options=("--registry", str(registry)))

    assert stranger.exit_code == 1
    assert "Not one response belongs to a portal we know: name it with --registry or --division." in stranger.stdout
    assert known.exit_code == 0
    assert "2 responses of 1 other hosts belong to no portal we know" in known.stdout
    assert office.rows(CAPTURES) == [OURS]
    assert office.rows("SELECT kind, url FROM incident") == [("offsite", "cdn.example.com")]


@pytest.mark.parametrize(
    ("registry", "said"),
    [
        (None, "cannot be read (No such file or directory)"),
        ("name,home_url\n", "row 1: the first line must hold code,name,home_url"),
        ("code,name,home_url\n990101,x,http://x/\n", "row 2: code “990101” is no division"),
        (f"code,name,home_url\n{CODE},x,ftp://x/\n", "row 2: home_url “ftp://x/” is not a web address"),
        (f"code,name,home_url\n{CODE}\n", "row 2: home_url “” is not a web address"),
    ],
)
def test_a_wrong_registry_is_refused_in_one_sentence(
    office: Desk, tmp_path: Path, registry: str | None, said: str
) -> None:
    path = tmp_path / "registry.csv"
    if registry is not None:
        path.write_text(registry, encoding="utf-8")

    result = office.take(as_wget_does(tmp_path / "wget.warc.gz"), options=("--registry", str(path)))

    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert said in result.stderr
    assert counts(office)["capture"] == 0


def test_a_wrong_division_is_refused(office: Desk, tmp_path: Path) -> None:
    result = office.take(as_wget_does(tmp_path / "wget.warc.gz"), options=("--division", "990101"))

    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith("--division “990101” is no division")


def test_where_a_file_was_made_has_to_be_said(office: Desk, tmp_path: Path) -> None:
    result = office.take(as_wget_does(tmp_path / "wget.warc.gz"), options=("--division", CODE, "--vantage", " "))

    assert (result.exit_code, result.stderr) == (2, "--vantage is empty: name the place where the files were made.\n")


def test_a_page_of_the_past_does_not_take_the_place_of_a_newer_one(office: Desk, tmp_path: Path) -> None:
    office.take(as_wget_does(tmp_path / "new.warc.gz"))
    past = Warc(tmp_path / "old.warc.gz")
    past.response(PAGE.replace("日常".encode(), "平常".encode()), WARC_Date="2023-03-01T00:00:00Z")

    assert office.take(past.save()).exit_code == 0

    assert office.rows("SELECT count(*) FROM capture") == [(2,)]
    assert office.rows("SELECT version, sha256 FROM report") == [(1, OURS[2])]


def test_what_the_list_says_is_known_whatever_the_order(office: Desk, tmp_path: Path) -> None:
    title = "宁河区司法局2022年政府信息公开工作年度报告"
    scan = f"{HOME}zwgk/P020230301.pdf"
    warc = Warc(tmp_path / "scan.warc.gz")
    warc.response(b"%PDF-1.4 nothing to be read", [("Content-Type", "application/pdf")], WARC_Target_URI=scan)
    row = f'<ul><li><a href="P020230301.pdf#a" title="{title}">宁河区司法局2022年…</a><i>2023-01-19</i></li></ul>'
    warc.response(f"<html>{row}".encode(), WARC_Target_URI=f"{HOME}zwgk/")

    office.take(warc.save())

    assert office.rows("SELECT title, published_on, status, url FROM report") == [
        (title, "2023-01-19", "unreadable", scan)
    ]
    assert office.rows("SELECT kind, url FROM incident") == [("unreadable_format", scan)]
