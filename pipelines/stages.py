"""The four stages of a document, as Scrapy item pipelines: archive, read, check, store.

Each is a thin wrapper round a plain function. The first takes the document from the archive and from nowhere else, so
that what the others see is what can be read again at any time.
"""

from __future__ import annotations

from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Self

from sqlite_utils import Database

from pipelines.bodies import Division
from pipelines.captures import CaptureStore
from pipelines.clock import day_of
from pipelines.identity import Provenance
from pipelines.readers import is_read_here
from pipelines.reading import Reading, read
from pipelines.rules import check
from pipelines.stale import catch_up
from pipelines.store import Regression, Saved, Source, report_of, save


@dataclass(slots=True, kw_only=True, eq=False)
class CapturedItem:
    """A captured document on its way: where it is in the archive, and what its list said of it.

    ``list_date`` is the ISO date beside its row; ``column`` the label of its list. ``content``,
    ``received_on``, ``reading`` and ``saved`` are filled in by the stages.
    """

    capture_id: int
    run_id: int
    division_code: str
    url: str
    list_title: str = ""
    list_date: str | None = None
    column: str = ""
    content: bytes = field(default=b"", repr=False)
    received_on: date | None = None
    reading: Reading | None = field(default=None, repr=False)
    saved: Saved | None = None


class Stage:
    """A stage of one crawl; it uses the stores that the spider opened."""

    def __init__(self, db: Database, captures: CaptureStore) -> None:
        self.db = db
        self.captures = captures

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Take the open stores from the crawl's spider."""
        return cls(crawler.spider.db, crawler.spider.captures)


class Archive(Stage):
    """Take the document from the archive."""

    def process_item(self, item: CapturedItem) -> CapturedItem:
        """Fill in the content and the day it came; raises ``StorageError`` when the archive does not hold it."""
        capture = self.captures.get(item.capture_id)
        item.content, item.received_on = self.captures.body(capture.sha256), day_of(capture.received_at)
        return item


class Read(Stage):
    """Read the document."""

    def process_item(self, item: CapturedItem) -> CapturedItem:
        """Fill in ``item.reading``."""
        item.reading = read(item.content, _provenance(self.db, item))
        item.content = b""
        return item


class ReadMeanwhile(Stage):
    """Read the document in a crawl, which goes on while a thread waits for what another process reads."""

    def __init__(self, db: Database, captures: CaptureStore) -> None:
        super().__init__(db, captures)
        self.thread = ThreadPoolExecutor(1)

    async def process_item(self, item: CapturedItem) -> CapturedItem:
        """Fill in ``item.reading``."""
        content, item.content = item.content, b""
        provenance = _provenance(self.db, item)
        if is_read_here(content):
            item.reading = read(content, provenance)
        else:
            item.reading = await get_running_loop().run_in_executor(self.thread, read, content, provenance)
        return item

    def close_spider(self) -> None:
        """Begin to read nothing more."""
        self.thread.shutdown(cancel_futures=True)


class Check(Stage):
    """Check the figures."""

    def process_item(self, item: CapturedItem) -> CapturedItem:
        """Complete ``item.reading`` with its findings and proofs."""
        if item.reading is not None:
            check(item.reading)
        return item


class Store(Stage):
    """Store the report; a document that is not one passes through with its refusal."""

    def process_item(self, item: CapturedItem) -> CapturedItem:
        """Fill in ``item.saved`` for a report; raises ``Regression`` when our reader may have lost what is stored."""
        if item.reading is not None and item.reading.refusal is None:
            capture = self.captures.get(item.capture_id)
            source = Source(item.url, capture.sha256, capture.received_at[:10], capture.id, item.run_id)
            with suppress(Regression):  # whether that loses anything is for the saving to say
                catch_up(self.db, self.captures.contents, report_of(item.reading)[1])
            item.saved = save(self.db, item.reading, source)
        return item


def _provenance(db: Database, item: CapturedItem) -> Provenance:
    return Provenance(
        url=item.url,
        division=division_of(db, item.division_code),
        list_title=item.list_title,
        list_date=item.list_date or "",
        column=item.column,
        received_on=item.received_on,
    )


def division_of(db: Database, code: str) -> Division:
    """The division with this code; raises ``LookupError`` when there is none."""
    return _division(db, code)


@cache
def _division(db: Database, code: str) -> Division:
    row = next(db.query("SELECT * FROM division WHERE code = ?", [code]), None)
    if row is None:
        raise LookupError(f"no division has the code {code}")
    return Division(code, row["name"], row["province"], row["prefecture"] or "")
