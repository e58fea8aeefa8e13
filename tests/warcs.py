"""WARC files as other tools make them, and the commands that exchange them."""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.__main__ import main
from samples import expected
from samples.portal import portals
from samples.render import render

CODE = "120117"
HOME = "http://www.tjnh.gov.cn/"
URL = f"{HOME}zwgk/202303/t20230301_6124724.html"
DATE = "2023-03-02T04:05:06Z"
RECEIVED = "2023-03-02T04:05:06+00:00"
PORTAL = portals()[0]
REPORT = expected.reports(PORTAL)[0]
PAGE = render(PORTAL)[REPORT.path].body
HTML = [("Content-Type", "text/html; charset=utf-8")]
CAPTURES = "SELECT url, status, sha256, vantage, division_code, received_at FROM capture ORDER BY id"
OURS = (URL, 200, hashlib.sha256(PAGE).hexdigest(), "tianjin", CODE, RECEIVED)
OTHER = f"{HOME}zwgk/other.html"

Fields = dict[str, str]


@dataclass
class Warc:
    """One WARC file being written with warcio; ``gz`` and ``version`` as the tool imitated has them."""

    path: Path
    version: str = "1.0"
    gz: bool = True

    def __post_init__(self) -> None:
        self._file = BytesIO()
        self._writer = WARCWriter(self._file, gzip=self.gz, warc_version=self.version)
        self._writer.write_record(self._writer.create_warcinfo_record(self.path.name, {"software": "Wget/1.21.3"}))

    def add(self, kind: str, payload: bytes = b"", head: StatusAndHeaders | None = None, **fields: Any) -> None:
        """Add a record; fields are named with underscores."""
        said = {"WARC-Target-URI": URL, "WARC-Date": DATE} | {k.replace("_", "-"): v for k, v in fields.items()}
        url = said.pop("WARC-Target-URI")
        record = self._writer.create_warc_record(
            url, kind, payload=BytesIO(payload), length=len(payload), warc_headers_dict=said, http_headers=head
        )
        self._writer.write_record(record)

    def response(
        self, body: bytes = PAGE, headers: Iterable[tuple[str, str]] = HTML, status: str = "200 OK", **fields: Any
    ) -> None:
        """Add a response whose payload is written as it is given."""
        self.add("response", body, StatusAndHeaders(status, list(headers), protocol="HTTP/1.1"), **fields)

    def raw(self, text: bytes) -> None:
        """Add bytes of our own."""
        self._file.write(gzip.compress(text) if self.gz else text)

    def save(self) -> Path:
        """Write the file."""
        self.path.write_bytes(self._file.getvalue())
        return self.path


def as_wget_does(path: Path) -> Path:
    """One fetch as wget records it: request, response in gzipped chunks, metadata, and its log as a resource."""
    warc = Warc(path)
    request = StatusAndHeaders("/zwgk/202303/t20230301_6124724.html HTTP/1.1", [("Host", "www.tjnh.gov.cn")], "GET")
    warc.add("request", b"", request, WARC_Target_URI=f"<{URL}>")
    coded = [*HTML, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"), ("ETag", '"a1"')]
    warc.response(chunked(gzip.compress(PAGE)), coded, WARC_Target_URI=f"<{URL}>", WARC_IP_Address="192.0.2.1")
    warc.add("metadata", b"via: \r\n", WARC_Target_URI="metadata://gnu.org/software/wget/warc/wget_arguments.txt")
    warc.add("resource", b"--2023-03-02--", WARC_Target_URI="metadata://gnu.org/software/wget/warc/wget.log")
    return warc.save()


def chunked(data: bytes, size: int = 1000) -> bytes:
    """The body in chunks, as HTTP/1.1 sends it (RFC 9112, section 7.1)."""
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@dataclass
class Desk:
    """Two databases in a folder, and the commands on them."""

    folder: Path

    @property
    def databases(self) -> list[str]:
        return ["--db", str(self.folder / "archive.db"), "--captures", str(self.folder / "captures.db")]

    def take(self, *files: Path, options: Iterable[str] = ("--division", CODE)) -> Result:
        """Import files."""
        command = ["warc", "import", *map(str, files), "--vantage", "tianjin", *options]
        return CliRunner().invoke(main, [*command, *self.databases], catch_exceptions=False)

    def give(self, file: Path, *options: str) -> Result:
        """Export to a file."""
        command = ["warc", "export", str(file), *options, *self.databases]
        return CliRunner().invoke(main, command, catch_exceptions=False)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "archive.db")) as db:
            return db.execute(query, values).fetchall()


def desk(folder: Path) -> Desk:
    folder.mkdir(exist_ok=True)
    return Desk(folder)


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return desk(tmp_path / "office")
