"""Reading a stranger's WARC file: forward, bounded, and to the byte where it breaks off."""

import gzip
import tracemalloc
from pathlib import Path

import pytest
from warcs import Warc, as_wget_does

from pipelines.warc.files import BrokenOff, NotWarc, records
from pipelines.warc.hosts import Hosts

START = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
RECORD = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: "


def kinds(path: Path) -> list[str]:
    """The kinds of all records before the file ends or breaks off."""
    found = []
    try:
        for record in records(path):
            record.pass_over()
            found.append(record.kind)
    except (BrokenOff, NotWarc) as error:
        found.append(type(error).__name__)
    return found


def test_an_empty_file_is_no_warc_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.warc"
    path.write_bytes(b"")
    assert kinds(path) == ["NotWarc"]


def test_folded_fields_odd_case_and_other_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.warc"
    path.write_bytes(b"WARC/0.18\nwarc-type: RESPONSE\nX: a\n b\nContent-Length: 2\n\nhi\n\n\n\n" + START)
    first, second = records(path)
    assert (first.kind, first.fields["x"], first.length) == ("response", "a b", 2)
    assert second.kind == "warcinfo"


@pytest.mark.parametrize("packed", [True, False])
def test_wherever_it_is_cut_the_whole_records_before_are_given(tmp_path: Path, *, packed: bool) -> None:
    path = as_wget_does(tmp_path / "whole.warc.gz")
    data = path.read_bytes() if packed else gzip.decompress(path.read_bytes())
    whole = ["warcinfo", "request", "response", "metadata", "resource"]
    cut = tmp_path / "cut.warc"
    counts = []
    for size in range(2, len(data), len(data) // 60):
        cut.write_bytes(data[:size])
        found = kinds(cut)
        ending = found.pop() if found[-1] in ("BrokenOff", "NotWarc") else None
        assert found == whole[: len(found)]
        assert ending is not None or found
        counts.append(len(found))
    assert counts == sorted(counts)
    assert counts[-1] >= 4


@pytest.mark.parametrize(
    "after",
    [
        b"no record\r\n",
        b"\r\n" * 10_000 + START,
        b"WARC/1.0\r\nContent-Length: many\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\nX: " + b"y" * 200_000 + b"\r\nContent-Length: 0\r\n\r\n",
        b"WARC/1.0\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
        RECORD + b"9" * 30 + b"\r\n\r\nshort",
    ],
)
def test_damage_ends_the_reading_and_keeps_what_came_before(tmp_path: Path, after: bytes) -> None:
    path = tmp_path / "damaged.warc"
    path.write_bytes(START + after)
    assert kinds(path) == ["warcinfo", "BrokenOff"]
    path.write_bytes(gzip.compress(START) + gzip.compress(after))
    assert kinds(path) == ["warcinfo", "BrokenOff"]


def test_a_changed_byte_in_a_packed_record_is_damage(tmp_path: Path) -> None:
    path = as_wget_does(tmp_path / "flipped.warc.gz")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    assert kinds(path) == ["warcinfo", "request", "BrokenOff"]


def test_a_record_of_a_gigabyte_passes_in_little_memory(tmp_path: Path) -> None:
    path, size = tmp_path / "huge.warc", 1 << 30
    with path.open("wb") as file:
        file.write(START + RECORD + b"%d\r\n\r\n" % size)
        file.seek(size, 1)
        file.write(b"\r\n\r\n" + START)
    tracemalloc.start()
    found = kinds(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == ["warcinfo", "response", "warcinfo"]
    assert peak < 8 << 20


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://www.minhou.gov.cn/zwgk/", "1"),
        ("http://minhou.gov.cn:80/", "1"),
        ("http://xxgk.minhou.gov.cn/a.html", "1"),
        ("http://minhou.gov.cn:8080/", None),
        ("http://a.b.fuzhou.gov.cn/", "2"),
        ("http://www.fuzhou.gov.cn/", None),
        ("http://shared.fuzhou.gov.cn/x/index.html", "4"),
        ("http://shared.fuzhou.gov.cn/y/1.html", "5"),
        ("http://shared.fuzhou.gov.cn/z/1.html", None),
        ("http://127.0.0.1:8001/a", "6"),
        ("http://127.0.0.1:8002/a", None),
        ("http://evilminhou.gov.cn/", None),
        ("http://minhou.gov.cn.example.com/", None),
        ("dns:minhou.gov.cn", None),
        ("http://[bad", None),
    ],
)
def test_an_address_belongs_to_at_most_one_division(url: str, code: str | None) -> None:
    hosts = Hosts()
    for known, home in [
        ("1", "http://www.minhou.gov.cn/"),
        ("2", "http://b.fuzhou.gov.cn/"),
        ("3", "http://c.fuzhou.gov.cn/"),
        ("4", "http://shared.fuzhou.gov.cn/x/"),
        ("5", "http://shared.fuzhou.gov.cn/y/index.html"),
        ("6", "http://127.0.0.1:8001/"),
    ]:
        hosts.add(known, home)
    assert hosts.division_of(url) == code


def test_warcs_of_both_versions_are_read(tmp_path: Path) -> None:
    for version in ("1.0", "1.1"):
        warc = Warc(tmp_path / f"{version}.warc", version, gz=False)
        warc.response()
        assert kinds(warc.save()) == ["warcinfo", "response"]
