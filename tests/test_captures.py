"""The archive of responses: bodies once, rows for every receipt, nothing believed without its digest."""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.captures import CaptureStore, Exchange
from pipelines.ledger import Night, open_run
from pipelines.storage import StorageError, WrongFile
from pipelines.store import open_archive

URL = "http://127.0.0.1/zfxxgknb/"
PAGE = "<p>年报".encode()
HEADERS = [("ETag", '"a1"'), ("Content-Type", "Text/HTML; charset=utf-8"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaptureStore]:
    db = open_archive(tmp_path / "archive.db")
    for _ in range(2):
        open_run(db, Night("registry.csv", None, "samples", "Gongkai/0", "1"), [])
    store = CaptureStore(db, tmp_path / "captures.db")
    yield store
    store.close()
    db.close()


def exchange(run_id: int = 1, url: str = URL, status: int = 200, attempt: int = 1) -> Exchange:
    return Exchange(run_id, None, url, status, HEADERS, "samples", attempt=attempt)


def bodies(store: CaptureStore) -> list[tuple[str, int]]:
    with sqlite3.connect(store.path) as db:
        return db.execute("SELECT sha256, size FROM body").fetchall()


def test_an_empty_archive_knows_nothing(store: CaptureStore) -> None:
    assert store.replay(1, URL) is None
    assert store.latest(URL) is None
    assert store.at(URL, "9999") is None
    assert store.holding("0" * 64) == []
    with pytest.raises(StorageError, match="has no capture 7"):
        store.get(7)
    with pytest.raises(StorageError, match="has no body 00000"):
        store.body("0" * 64)


def test_a_response_comes_back_as_it_was_received(store: CaptureStore) -> None:
    capture = store.record(exchange(), PAGE)
    assert store.get(capture.id) == capture
    assert capture.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert (capture.media_type, capture.size, capture.headers) == ("text/html", len(PAGE), HEADERS)
    assert capture.header("etag") == '"a1"'
    assert store.body(capture.sha256) == PAGE


def test_a_body_of_no_bytes_is_kept_as_well(store: CaptureStore) -> None:
    assert store.body(store.record(exchange(), b"").sha256) == b""


def test_the_same_bytes_are_kept_once(store: CaptureStore) -> None:
    first = store.record(exchange(), PAGE)
    second = store.record(exchange(run_id=2), PAGE)
    assert bodies(store) == [(first.sha256, len(PAGE))]
    assert store.holding(first.sha256) == [first, second]


def test_not_modified_is_a_row_that_confirms_an_earlier_capture(store: CaptureStore) -> None:
    first = store.record(exchange(), PAGE)
    revisit = store.record_revisit(exchange(run_id=2, status=304), first)
    assert (revisit.status, revisit.revisit_of, revisit.sha256) == (304, first.id, first.sha256)
    assert store.latest(URL) == first
    assert len(bodies(store)) == 1


def test_only_this_night_and_this_attempt_is_replayed(store: CaptureStore) -> None:
    failed = store.record(exchange(status=503), b"busy")
    served = store.record(exchange(attempt=2), PAGE)
    assert store.replay(1, URL) == failed
    assert store.replay(1, URL, attempt=2) == served
    assert store.replay(2, URL) is None


def test_a_page_is_found_by_its_date(store: CaptureStore) -> None:
    capture = store.record(exchange(), PAGE)
    assert store.at(URL, capture.received_at) == capture
    assert store.at(URL, "2000-01-01T00:00:00+00:00") is None


def test_what_was_received_long_ago_and_elsewhere_is_not_the_newest(store: CaptureStore) -> None:
    newest = store.record(exchange(), PAGE)
    imported = replace(exchange(run_id=2), received_at="2019-01-31T00:00:00+00:00")
    oldest = store.record(imported, b"before")
    assert oldest.received_at == "2019-01-31T00:00:00+00:00"
    assert store.latest(URL) == newest
    assert store.at(URL, newest.received_at) == newest
    assert store.at(URL, "2020-01-01T00:00:00+00:00") == oldest


def test_a_row_whose_body_was_lost_is_asked_for_again_and_made_whole(store: CaptureStore) -> None:
    capture = store.record(exchange(), PAGE)
    with sqlite3.connect(store.path) as db:
        db.execute("DELETE FROM body")
    assert store.replay(1, URL) is None
    assert store.latest(URL) is None
    again = store.record(exchange(), PAGE)
    assert again.id == capture.id
    assert store.body(again.sha256) == PAGE


def test_damaged_bytes_are_not_given_out(store: CaptureStore) -> None:
    capture = store.record(exchange(), PAGE)
    with sqlite3.connect(store.path) as db:
        db.execute("UPDATE body SET zstd = x'00'")
    with pytest.raises(StorageError, match="holds damaged bytes for body"):
        store.body(capture.sha256)


def test_another_programs_database_is_left_alone(store: CaptureStore, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as db:
        db.execute("CREATE TABLE diary (entry TEXT)")
    with pytest.raises(WrongFile, match="was made by another program and is left alone: name another file"):
        CaptureStore(store.archive, tmp_path / "other.db")


def test_a_file_that_is_no_database_is_refused(store: CaptureStore, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database, only words, though quite many of them" * 20)
    with pytest.raises(WrongFile, match="is not an SQLite database: name another file"):
        CaptureStore(store.archive, tmp_path / "text.db")
