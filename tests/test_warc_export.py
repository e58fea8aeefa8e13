"""What we hold, written for other tools: every digest holds, and an import of it gives the same archive."""

import gzip
import hashlib
import random
import subprocess
import sys
import tracemalloc
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from nights import ROOT, Answer, Office, environment, office, small_portal
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcs import CODE, DATE, HTML, PAGE, URL, Desk, Warc, as_wget_does, desk

from pipelines.captures import CaptureStore, Exchange
from pipelines.ledger import Night, open_run
from pipelines.store import open_archive
from pipelines.warc.export import Selection, export
from samples.fleet import fleet

SAME = {
    "captures": "SELECT url, status, sha256, size, division_code, received_at, revisit_of FROM capture ORDER BY id",
    "reports": "SELECT id, title, published_on, url, edition, status, sha256, fingerprint FROM report ORDER BY id",
    "figures": "SELECT report_id, metric, applicant, value, status FROM observation ORDER BY 1, 2, 3",
    "findings": "SELECT report_id, rule, subject, outcome, fault FROM finding ORDER BY 1, 2, 3, 4",
    "documents": "SELECT report_id, url, sha256, role FROM report_source ORDER BY 1, 2",
    "sections": "SELECT report_id, number, heading, text FROM section ORDER BY 1, 2",
}


@pytest.fixture
def ours(tmp_path: Path) -> Desk:
    return desk(tmp_path / "ours")


def seen(path: Path) -> list[dict[str, str]]:
    """The named fields of every record, as warcio reads them, and the HTTP head as ``http``."""
    with path.open("rb") as file:
        return [
            {**dict(record.rec_headers.headers), "http": str(record.http_headers or "")}
            for record in ArchiveIterator(file)
        ]


def has_sound_digests(path: Path) -> bool:
    return Checker(SimpleNamespace(inputs=[str(path)], verbose=True)).process_all() == 0


def test_an_archive_without_captures_is_a_file_with_its_description_alone(ours: Desk, tmp_path: Path) -> None:
    ours.take(Warc(tmp_path / "empty.warc.gz").save())
    path = tmp_path / "nothing.warc.gz"

    result = ours.give(path)

    assert result.exit_code == 0
    assert "0 responses and 0 revisits were written." in result.stdout
    assert [record["WARC-Type"] for record in seen(path)] == ["warcinfo"]
    assert desk(tmp_path / "theirs").take(path).exit_code == 0


def test_without_a_database_nothing_is_made(ours: Desk, tmp_path: Path) -> None:
    result = ours.give(tmp_path / "x.warc.gz")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "archive.db does not exist" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["ours"]


@pytest.mark.parametrize(("option", "said"), [("--run", "--run 99 is no run"), ("--division", "“99” is no division")])
def test_what_does_not_exist_cannot_be_chosen(ours: Desk, tmp_path: Path, option: str, said: str) -> None:
    ours.take(as_wget_does(tmp_path / "theirs.warc.gz"))

    result = ours.give(tmp_path / "x.warc.gz", option, "99")

    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert said in result.stderr
    assert not (tmp_path / "x.warc.gz").exists()


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Path]:
    """Two nights over the sample portals, the second of them answered with "not modified"; and their registry."""
    folder = tmp_path_factory.mktemp("nights")
    with fleet(folder) as running:
        night = Office(folder, running.registry_csv)
        for _ in range(2):
            assert night.run().returncode == 0
    return night, folder / "registry.csv"


@pytest.mark.parametrize("name", ["all.warc.gz", "all.warc"])
def test_two_nights_go_round(two_nights: tuple[Office, Path], tmp_path: Path, name: str) -> None:
    night, registry = two_nights
    path, theirs = tmp_path / name, desk(tmp_path / "theirs")

    assert Desk(night.folder).give(path).exit_code == 0
    result = theirs.take(path, options=("--registry", str(registry)))

    assert result.exit_code == 0, result.output
    assert has_sound_digests(path)
    for what, query in SAME.items():
        assert theirs.rows(query) == night.rows(query), what
    assert theirs.rows("SELECT DISTINCT vantage FROM capture") == [("tianjin",)]


def test_a_night_without_news_is_written_with_what_it_confirms(two_nights: tuple[Office, Path], tmp_path: Path) -> None:
    night, registry = two_nights
    path, theirs = tmp_path / "second.warc.gz", desk(tmp_path / "theirs")

    assert Desk(night.folder).give(path, "--run", "2").exit_code == 0
    assert theirs.take(path, options=("--registry", str(registry))).exit_code == 0

    revisits = [record for record in seen(path) if record["WARC-Type"] == "revisit"]
    responses = {record["WARC-Record-ID"]: record for record in seen(path) if record["WARC-Type"] == "response"}
    not_modified = [record for record in revisits if record["WARC-Profile"].endswith("/server-not-modified")]
    assert len(not_modified) == night.rows("SELECT count(revisit_of) FROM capture WHERE run_id = 2")[0][0]
    assert all(record["WARC-Refers-To-Target-URI"] == record["WARC-Target-URI"] for record in not_modified)
    for record in revisits:
        original = responses[record["WARC-Refers-To"]]
        assert record["WARC-Refers-To-Target-URI"] == original["WARC-Target-URI"]
        assert record["WARC-Refers-To-Date"] == original["WARC-Date"]
        assert record["WARC-Payload-Digest"] == original["WARC-Payload-Digest"]
    assert theirs.rows(SAME["figures"]) == night.rows(SAME["figures"])


def test_one_division_alone_can_be_written(two_nights: tuple[Office, Path], tmp_path: Path) -> None:
    night, _ = two_nights
    path = tmp_path / "one.warc.gz"

    Desk(night.folder).give(path, "--division", CODE)

    written = seen(path)[1:]
    assert len(written) == night.rows("SELECT count(*) FROM capture WHERE division_code = ?", CODE)[0][0]
    assert {record["WARC-Gongkai-Division"] for record in written} == {CODE}


def test_a_response_is_written_with_the_headers_that_fit_its_body(tmp_path: Path) -> None:
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip", "X-Name": "年".encode("gbk").decode("latin-1")}
    with small_portal({"/": Answer(gzip.compress(PAGE), headers=headers)}) as portal:
        night = office(tmp_path / "night", (CODE, portal.home_url))
        night.run()
    path = tmp_path / "one.warc"

    Desk(night.folder).give(path)

    home = next(record for record in seen(path)[1:] if record["WARC-Target-URI"] == portal.home_url)
    [(received_at,)] = night.rows("SELECT received_at FROM capture WHERE url = ?", portal.home_url)
    assert home["WARC-Date"] == received_at.replace("+00:00", "Z")
    assert home["WARC-Gongkai-Vantage"] == "samples"
    assert "Content-Encoding" not in home["http"]
    assert home["http"].count("Content-Length") == 1
    assert f"Content-Length: {len(PAGE)}\r\n" in home["http"]
    assert b"X-Name: \xc4\xea\r\n" in path.read_bytes()


def test_the_same_bytes_again_are_a_revisit(ours: Desk, tmp_path: Path) -> None:
    warc = Warc(tmp_path / "twice.warc.gz")
    warc.response()
    warc.response(WARC_Date="2023-04-02T00:00:00Z")
    warc.response(b"", HTML, "404 Not Found", WARC_Target_URI=f"{URL}/a")
    warc.response(b"", HTML, "404 Not Found", WARC_Target_URI=f"{URL}/b")
    ours.take(warc.save())
    path, theirs = tmp_path / "ours.warc.gz", desk(tmp_path / "theirs")

    ours.give(path)
    theirs.take(path)

    types = [(record["WARC-Type"], record.get("WARC-Refers-To-Date")) for record in seen(path)[1:]]
    assert types == [("response", None), ("revisit", DATE), ("response", None), ("response", None)]
    assert seen(path)[2]["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert has_sound_digests(path)
    assert theirs.rows(SAME["captures"]) == ours.rows(SAME["captures"])


def test_a_body_that_was_lost_is_left_out_and_comes_back_by_an_import(ours: Desk, tmp_path: Path) -> None:
    warc = Warc(tmp_path / "page.warc.gz")
    warc.response()
    ours.take(warc.save())
    (ours.folder / "captures.db").unlink()
    for rest in ours.folder.glob("captures.db-*"):
        rest.unlink()
    open_archive(ours.folder / "archive.db").close()
    ours.take(Warc(tmp_path / "empty.warc.gz").save())

    result = ours.give(tmp_path / "lost.warc.gz")

    assert result.exit_code == 1
    assert "1 responses were left out because their bodies are lost" in result.stdout
    assert "1 were here already" in ours.take(warc.path).stdout
    assert ours.give(tmp_path / "found.warc.gz").exit_code == 0


def test_a_failed_export_leaves_what_was_there(tmp_path: Path) -> None:
    one = desk(tmp_path / "one")
    warc = Warc(tmp_path / "large.warc")
    warc.response(random.Random(1).randbytes(300_000))
    one.take(warc.save())
    path = tmp_path / "out.warc.gz"
    path.write_bytes(b"before")
    command = [sys.executable, "-m", "pipelines", "warc", "export", str(path), *one.databases]

    ended = subprocess.run(
        ["prlimit", "--fsize=100000", *command],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "out.warc.gz cannot be written (File too large)" in ended.stderr
    assert path.read_bytes() == b"before"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["large.warc", "one", "out.warc.gz"]


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db")) as db:
        run_id = open_run(db, Night(None, None, "here", None, "1"), [])
        with closing(CaptureStore(db, tmp_path / "captures.db")) as store:
            for number in range(20):
                body = hashlib.shake_256(bytes([number])).digest(1_000_000)
                store.record(Exchange(run_id, None, f"http://x/{number}", 200, [], "here"), body)
            tracemalloc.start()
            written = export(store, tmp_path / "out.warc.gz", Selection())
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
    assert written.responses == 20
    assert peak < 8_000_000
