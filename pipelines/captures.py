"""What was received: every response once, its body by digest, read back by address, date or digest.

Bodies lie in ``captures.db``, zstd-compressed under the SHA-256 of their bytes; the ``capture`` rows that say where and
when each was received lie in ``archive.db``. A body is written before its row, so a row never points at nothing it
could not fetch again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from pipelines.clock import utc_now
from pipelines.contents import Contents
from pipelines.storage import StorageError, explained, path_of

# On conflict: the row survived a power cut that its body did not, and the address has been asked again.
INSERT_CAPTURE = """
INSERT INTO capture (run_id, division_code, url, method, payload, attempt, status, headers, media_type, sha256, size,
                     revisit_of, vantage, received_at, tls, cut)
VALUES (:run_id, :division_code, :url, :method, :payload, :attempt, :status, :headers, :media_type, :sha256, :size,
        :revisit_of, :vantage, :received_at, :tls, :cut)
ON CONFLICT (run_id, method, url, payload, attempt) DO UPDATE SET
    status = excluded.status, headers = excluded.headers, media_type = excluded.media_type, sha256 = excluded.sha256,
    size = excluded.size, revisit_of = excluded.revisit_of, received_at = excluded.received_at,
    tls = excluded.tls, cut = excluded.cut
RETURNING id
"""

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answered request: who asked, for what, in which night, and what came back apart from the body.

    ``attempt`` counts from 1 within the night; ``headers`` keep their order and repetitions. ``received_at`` is as
    ``utc_now`` writes moments; None is now. ``payload`` is the SHA-256 of what the request sent along, empty without.
    ``tls`` is the profile by which the host's encryption was judged; ``cut`` says that the body broke off.
    """

    run_id: int
    division_code: str | None
    url: str
    status: int
    headers: Headers
    vantage: str
    method: str = "GET"
    attempt: int = 1
    received_at: str | None = None
    payload: str = ""
    tls: str | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Capture:
    """One row of ``capture``. ``size`` is in bytes; ``received_at`` is UTC; the body is fetched by ``sha256``."""

    id: int
    run_id: int
    division_code: str | None
    url: str
    method: str
    payload: str
    attempt: int
    status: int
    headers: Headers
    media_type: str | None
    sha256: str
    size: int
    revisit_of: int | None
    vantage: str
    received_at: str
    tls: str | None
    cut: bool

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Self:
        """The capture of a database row, its headers decoded."""
        headers = [(name, value) for name, value in json.loads(row["headers"])]
        return cls(**{**row, "headers": headers, "cut": bool(row["cut"])})

    def header(self, name: str) -> str | None:
        """The first value of a header, its name compared without case (RFC 9110 §5.1)."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class CaptureStore:
    """The archive of responses, over an open ``archive.db`` and the file ``captures.db``.

    Raises:
        StorageError: from any method, when one of the two files cannot be used.
    """

    def __init__(self, archive: Database, captures_path: Path | str) -> None:
        self.archive = archive
        self.path = captures_path
        self._archive_path = path_of(archive)
        self.contents = Contents(captures_path)

    def close(self) -> None:
        """Close ``captures.db``; ``archive.db`` belongs to the caller."""
        self.contents.close()

    def record(self, exchange: Exchange, body: bytes) -> Capture:
        """Keep a response: its body once for ever, and a row that it was received now."""
        return self._insert(exchange, self.contents.keep(body), len(body), None)

    def record_revisit(self, exchange: Exchange, confirmed: Capture) -> Capture:
        """Keep a "not modified" (RFC 9110 §15.4.5): a row that confirms an earlier capture, and no body."""
        return self._insert(exchange, confirmed.sha256, confirmed.size, confirmed.id)

    def body(self, sha256: str) -> bytes:
        """The bytes with this digest, checked against it.

        Raises:
            StorageError: there is no such body, or what is stored is not what was received.
        """
        return self.contents.body(sha256)

    def has_body(self, sha256: str) -> bool:
        """Whether a body with this digest is stored."""
        return self.contents.has(sha256)

    def get(self, capture_id: int) -> Capture:
        """The capture with this number; StorageError when there is none."""
        found = self._first("id = ?", [capture_id])
        if found is None:
            raise StorageError(f"The archive has no capture {capture_id}.")
        return found

    def replay(self, run_id: int, url: str, method: str = "GET", attempt: int = 1, payload: str = "") -> Capture | None:
        """What this very night already received for a request, if its body is still there."""
        where = "run_id = ? AND url = ? AND method = ? AND attempt = ? AND payload = ?"
        return self._whole(self._first(where, [run_id, url, method, attempt, payload]))

    def latest(self, url: str) -> Capture | None:
        """The newest full answer (status 200) for an address: what a conditional request refers to."""
        return self._whole(self._first("url = ? AND method = 'GET' AND status = 200 AND NOT cut", [url]))

    def before(self, url: str, run_id: int) -> Capture | None:
        """The newest full answer for an address of an earlier night; its body may be lost."""
        return self._first("url = ? AND method = 'GET' AND status = 200 AND NOT cut AND run_id < ?", [url, run_id])

    def at(self, url: str, moment: str) -> Capture | None:
        """The newest capture of an address received at or before ``moment`` (UTC, as ``utc_now`` writes it)."""
        return self._first("url = ? AND received_at <= ?", [url, moment])

    def holding(self, sha256: str) -> list[Capture]:
        """Every capture of one body, oldest first."""
        return self._select("sha256 = ? ORDER BY id", [sha256])

    def _whole(self, capture: Capture | None) -> Capture | None:
        return capture if capture and self.has_body(capture.sha256) else None

    def _first(self, where: str, values: list[Any]) -> Capture | None:
        return next(iter(self._select(f"{where} ORDER BY received_at DESC, id DESC LIMIT 1", values)), None)

    def _select(self, where: str, values: list[Any]) -> list[Capture]:
        with explained(self._archive_path):
            rows = self.archive.query(f"SELECT * FROM capture WHERE {where}", values)  # noqa: S608, our own clauses
            return [Capture.from_row(row) for row in rows]

    def _insert(self, exchange: Exchange, sha256: str, size: int, revisit_of: int | None) -> Capture:
        declared = next((value for name, value in exchange.headers if name.lower() == "content-type"), "")
        row = {
            "run_id": exchange.run_id,
            "division_code": exchange.division_code,
            "url": exchange.url,
            "method": exchange.method,
            "payload": exchange.payload,
            "attempt": exchange.attempt,
            "status": exchange.status,
            "headers": json.dumps(list(exchange.headers), ensure_ascii=False),
            "media_type": declared.partition(";")[0].strip().lower() or None,
            "sha256": sha256,
            "size": size,
            "revisit_of": revisit_of,
            "vantage": exchange.vantage,
            "received_at": exchange.received_at or utc_now(),
            "tls": exchange.tls,
            "cut": exchange.cut,
        }
        with explained(self._archive_path), self.archive.atomic():
            ((number,),) = self.archive.execute(INSERT_CAPTURE, row).fetchall()
        return Capture.from_row({"id": number, **row})
