"""Writing what we hold as WARC 1.1 (ISO 28500:2017), with warcio, so that other tools replay and validate it."""

from __future__ import annotations

import base64
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from sqlite_utils import Database
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from pipelines.captures import Capture, CaptureStore
from pipelines.reading import READER
from pipelines.storage import StorageError
from pipelines.warc.hosts import WrongPortal, check_division
from pipelines.warc.intake import DIVISION, VANTAGE

PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
ABOUT = {
    "software": f"Gongkai, reader {READER}",
    "format": "WARC File Format 1.1",
    "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "description": (
        "Bodies are kept without transfer and content coding, so the headers Transfer-Encoding and Content-Encoding "
        f"are left out and Content-Length is that of the body. {VANTAGE} names where a response was received, "
        f"{DIVISION} the six-digit code of the county to whose portal it belongs. "
        "The heads of 304 responses are left out."
    ),
}
OF_CODING = {"transfer-encoding", "content-encoding", "content-length"}

# What was chosen, and what its "not modified" refer to. A capture that one of these refers to is written in full;
# another with a body that was written before is a revisit of the first with it.
CHOSEN = """
WITH chosen AS (
    SELECT id, revisit_of FROM capture
    WHERE (:run IS NULL OR run_id = :run) AND (:division IS NULL OR division_code = :division)
      AND method NOT IN ('RENDER', 'JOIN')  -- made here from pages that are written
), told AS (
    SELECT id, revisit_of, sha256, size FROM capture
    WHERE id IN (SELECT id FROM chosen UNION SELECT revisit_of FROM chosen)
), firsts AS (
    SELECT sha256, min(id) AS id FROM told WHERE revisit_of IS NULL AND size > 0 GROUP BY sha256
), confirmed AS (SELECT revisit_of AS id FROM chosen WHERE revisit_of NOTNULL)
SELECT told.id, ifnull(told.revisit_of, iif(told.id IN confirmed, NULL, nullif(firsts.id, told.id)))
FROM told LEFT JOIN firsts USING (sha256) ORDER BY told.id
"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which captures to write: those of one run, of one division, of both, or all."""

    run: int | None = None
    division: str | None = None


@dataclass(slots=True)
class Written:
    """What was written: ``responses`` with their bodies, ``revisits``; and what was ``lost``, its body being gone."""

    responses: int = 0
    revisits: int = 0
    lost: int = 0


class Head(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """A status line and headers written in the bytes in which they came; warcio would rewrite what is not ASCII."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        """Fill in ``headers_buff``."""
        self.headers_buff = self.to_bytes(encoding="latin-1")


class Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """Digests are SHA-256 in base 32: the one by which we know a body, in the spelling that WARC tools read."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


def check_selection(db: Database, selection: Selection) -> None:
    """Raise WrongPortal for a division or a run that does not exist: nothing to write is no success."""
    if selection.division is not None:
        check_division("--division", selection.division)
    if selection.run is not None and not db.execute("SELECT 1 FROM run WHERE id = ?", [selection.run]).fetchone():
        raise WrongPortal(f"--run {selection.run} is no run of this archive; the table run lists them.")


def export(store: CaptureStore, path: Path, selection: Selection) -> Written:
    """Write captures to a file, gzip by record where its name ends in ``.gz``; a file of that name is replaced.

    Raises:
        OSError: the file cannot be written; nothing stands under its name that did not before.
        StorageError: the archive cannot be read.
    """
    written = Written()
    with _replacing(path) as file:
        writer = Writer(file, gzip=path.suffix == ".gz", warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record(path.name, ABOUT))
        query = {"run": selection.run, "division": selection.division}
        for number, original in store.archive.execute(CHOSEN, query):
            capture = store.get(number)
            if original is not None:
                writer.write_record(_revisit(writer, capture, store.get(original)))
                written.revisits += 1
            elif (body := _body(store, capture)) is None:
                written.lost += 1
            else:
                writer.write_record(_response(writer, capture, body))
                written.responses += 1
    return written


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file beside ``path`` that takes its name when it is whole, and is gone when it is not."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _body(store: CaptureStore, capture: Capture) -> bytes | None:
    try:
        return store.body(capture.sha256)
    except StorageError:
        return None


def _response(writer: Writer, capture: Capture, body: bytes) -> ArcWarcRecord:
    fields = _fields("response", capture) | {"WARC-Payload-Digest": _digest(capture)}
    return writer.create_warc_record(
        capture.url,
        "response",
        payload=BytesIO(body),
        length=len(body),
        warc_headers_dict=fields,
        http_headers=_head(capture, len(body)),
    )


def _revisit(writer: Writer, capture: Capture, original: Capture) -> ArcWarcRecord:
    not_modified = capture.revisit_of is not None
    fields = _fields("revisit", capture) | {
        "WARC-Profile": PROFILE + ("server-not-modified" if not_modified else "identical-payload-digest"),
        "WARC-Refers-To": _record_id(original),
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": _date(original),
        "WARC-Payload-Digest": _digest(original),
    }
    # The head of a 304 is left out: replay tools show what a revisit holds, and that would be an empty page.
    head = None if not_modified else _head(capture, capture.size)
    return writer.create_warc_record(capture.url, "revisit", warc_headers_dict=fields, http_headers=head)


def _fields(kind: str, capture: Capture) -> dict[str, Any]:
    return {
        "WARC-Type": kind,
        "WARC-Record-ID": _record_id(capture),
        "WARC-Date": _date(capture),
        VANTAGE: capture.vantage,
        **({DIVISION: capture.division_code} if capture.division_code else {}),
    }


def _record_id(capture: Capture) -> str:
    """The same for the same capture in every export, so that files refer to each other."""
    name = f"{capture.method} {capture.url} {capture.received_at} {capture.status} {capture.attempt} {capture.sha256}"
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, name).urn}>"


def _date(capture: Capture) -> str:
    return capture.received_at.replace("+00:00", "Z")


def _digest(capture: Capture) -> str:
    return f"sha256:{base64.b32encode(bytes.fromhex(capture.sha256)).decode()}"


def _head(capture: Capture, length: int) -> Head:
    """The response as it was received, apart from the coding of its body."""
    known = {status.value: status.phrase for status in HTTPStatus}
    headers = [(name, " ".join(value.split())) for name, value in capture.headers if name.lower() not in OF_CODING]
    headers.append(("Content-Length", str(length)))
    return Head(f"{capture.status} {known.get(capture.status, 'Unknown')}", headers, protocol="HTTP/1.1")
