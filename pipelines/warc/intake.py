"""Taking the responses of a WARC file into the archive: each once, decoded, with its own date and vantage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pipelines.captures import Capture, CaptureStore, Exchange
from pipelines.divisions import divisions
from pipelines.warc.files import Record
from pipelines.warc.hosts import Hosts, enter_portals, host_of
from pipelines.warc.messages import Message, Unusable, agrees, message_of
from pipelines.warc.runs import ImportRun
from pipelines.warc.words import say

DIVISION = "WARC-Gongkai-Division"
VANTAGE = "WARC-Gongkai-Vantage"
# What a revisit record may refer to: the records of a command by their ids and by the digests of their payloads.
SEEN = "CREATE TEMP TABLE IF NOT EXISTS warc_seen (key TEXT PRIMARY KEY, capture_id INTEGER NOT NULL) STRICT"
HELD = "SELECT id FROM capture WHERE url = ? AND received_at = ? AND sha256 = ? AND status = ? ORDER BY id LIMIT 1"
REFERRED = "SELECT id FROM capture WHERE url = ? AND received_at = ? AND revisit_of IS NULL ORDER BY id LIMIT 1"
BODIES = """
SELECT max(id), sha256 FROM capture WHERE url = ? AND revisit_of IS NULL AND size > 0
GROUP BY sha256 ORDER BY max(received_at) DESC LIMIT 20
"""
ATTEMPT = "SELECT ifnull(max(attempt), 0) + 1 FROM capture WHERE run_id = ? AND url = ? AND method = 'GET'"


@dataclass(slots=True)
class Taken:
    """What became of the records: ``new`` captures, ``held`` already, ``lost``, ``foreign`` ones by host."""

    new: int = 0
    held: int = 0
    lost: int = 0
    foreign: Counter[str] = field(default_factory=Counter)


class Intake:
    """Takes records in, one after the other, for one run. A revisit may refer to any file of the same command.

    Args:
        store: where captures go.
        run: the run of this file.
        hosts: whose address an address is.
        division: the code of the division that every address belongs to, if the operator named one.
    """

    def __init__(self, store: CaptureStore, run: ImportRun, hosts: Hosts, division: str | None) -> None:
        self.taken = Taken()
        self._store = store
        self._db = store.archive
        self._run = run
        self._hosts = hosts
        self._division = division
        self._codes = {code for (code,) in self._db.execute("SELECT division_code FROM portal").fetchall()}
        self._db.execute(SEEN)

    def take(self, record: Record) -> None:
        """Keep a response, or the confirmation of one; other records are passed over.

        Raises:
            BrokenOff: the file ends within the record.
            StorageError: it could not be stored.
        """
        if record.kind not in ("response", "revisit") or not host_of(record.url):
            return
        code = self._division_of(record)
        if code is None:
            self.taken.foreign[host_of(record.url)] += 1
            return
        try:
            self._keep(record, code)
        except Unusable as error:
            self.taken.lost += 1
            self._run.note(error.kind, error.sentence, record.url, code)

    def _division_of(self, record: Record) -> str | None:
        if self._division:
            self._enter(self._division, record.url)
            return self._division
        said = record.fields.get(DIVISION.lower())
        return said if said in self._codes else self._hosts.division_of(record.url)

    def _enter(self, code: str, url: str) -> None:
        """A division that the operator named has its portal where its first response came from, unless we know it."""
        if code not in self._codes:
            home = "{0.scheme}://{0.netloc}/".format(urlsplit(url))
            name = divisions()[code]["name"]
            row = {"division_code": code, "name": name, "home_url": home, "evidence": f"WARC file {self._run.file}"}
            enter_portals(self._db, [row])
            self._codes.add(code)

    def _keep(self, record: Record, code: str) -> None:
        received_at = record.moment("warc-date")
        if received_at is None:
            raise Unusable("unreadable_format", say("no_date"))
        if record.kind == "response":
            message = message_of(record)
            capture_id = self._received(record, code, received_at, message)
        else:
            capture_id = self._revisited(record, code, received_at)
        self._remember(record, capture_id)

    def _received(self, record: Record, code: str, received_at: str, message: Message) -> int:
        sha256 = self._store.contents.keep(message.body)
        held = self._first(HELD, record.url, received_at, sha256, message.status)
        if held is not None:
            self.taken.held += 1
            return held
        self.taken.new += 1
        return self._store.record(self._exchange(record, code, received_at, message), message.body).id

    def _revisited(self, record: Record, code: str, received_at: str) -> int:
        """What was not modified confirms a capture (WARC 1.1, section 6.7.3); the same bytes again are one (6.7.2)."""
        original = self._original(record)
        if original is None:
            raise Unusable("truncated", say("no_original"))
        head = message_of(record) if record.length else None
        if not record.fields.get("warc-profile", "").endswith("/server-not-modified"):
            status, headers = (head.status, head.headers) if head else (original.status, list(original.headers))
            return self._received(
                record, code, received_at, Message(status, headers, self._store.body(original.sha256))
            )
        held = self._first(HELD, record.url, received_at, original.sha256, 304)
        if held is not None:
            self.taken.held += 1
            return held
        self.taken.new += 1
        not_modified = Message(304, head.headers if head else [], b"")
        return self._store.record_revisit(self._exchange(record, code, received_at, not_modified), original).id

    def _exchange(self, record: Record, code: str, received_at: str, message: Message) -> Exchange:
        run_id = self._run.opened()
        self._run.tally(code)
        return Exchange(
            run_id=run_id,
            division_code=code,
            url=record.url,
            status=message.status,
            headers=message.headers,
            vantage=self._run.night.vantage,
            attempt=self._first(ATTEMPT, run_id, record.url) or 1,
            received_at=received_at,
        )

    def _original(self, record: Record) -> Capture | None:
        """The capture that a revisit refers to: by record, by address and date, or by digest; of this file or ours."""
        fields = record.fields
        seen = "SELECT capture_id FROM warc_seen WHERE key = ?"
        url = fields.get("warc-refers-to-target-uri", "").strip("<>") or record.url
        number = (
            self._first(seen, fields.get("warc-refers-to", ""))
            or self._first(REFERRED, url, record.moment("warc-refers-to-date"))
            or self._first(seen, fields.get("warc-payload-digest", "").lower())
            or self._with_payload(url, fields.get("warc-payload-digest", ""))
        )
        if number is None:
            return None
        found = self._store.get(number)
        original = found if found.revisit_of is None else self._store.get(found.revisit_of)
        return original if self._store.has_body(original.sha256) else None

    def _with_payload(self, url: str, digest: str) -> int | None:
        """The newest capture of an address whose body has this digest; wget names a record of another file by id."""
        bodies = self._db.execute(BODIES, [url]).fetchall()
        kept = ((number, sha256) for number, sha256 in bodies if self._store.has_body(sha256))
        return next((number for number, sha256 in kept if agrees(self._store.body(sha256), digest)), None)

    def _remember(self, record: Record, capture_id: int) -> None:
        keys = (record.fields.get("warc-record-id"), record.fields.get("warc-payload-digest", "").lower())
        for key in filter(None, keys):
            self._db.execute("INSERT OR REPLACE INTO warc_seen VALUES (?, ?)", [key, capture_id])

    def _first(self, query: str, *values: object) -> int | None:
        row = self._db.execute(query, list(values)).fetchone()
        return None if row is None else int(row[0])
