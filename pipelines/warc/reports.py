"""The reports among the captures of an import, read, checked and stored by the stages of the crawl."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from pipelines.captures import Capture, CaptureStore
from pipelines.readers import Kind, is_monstrous, sniff
from pipelines.reading import Reading
from pipelines.stages import Archive, CapturedItem, Check, Read, Store
from pipelines.storage import StorageError
from pipelines.store import Saved
from pipelines.warc.listed import NOWHERE, Listed, address, listed_reports
from pipelines.warc.runs import ImportRun
from pipelines.warc.words import say

# In order of time, so that what was published later is stored later. What we have seen anew since is not read: it would
# take the place of what is printed there now.
TO_READ = """
SELECT id FROM capture WHERE run_id = ? AND status = 200 AND revisit_of IS NULL AND size > 0 AND NOT EXISTS (
    SELECT 1 FROM capture AS later WHERE later.url = capture.url AND later.status = 200
    AND later.received_at > capture.received_at AND later.run_id != capture.run_id
) ORDER BY received_at, id
"""
NO_REPORT = frozenset({Kind.PICTURE, Kind.EMPTY, Kind.BINARY})
PLAIN = (None, "text/plain")  # other text is style and script


@dataclass(slots=True)
class Reports:
    """Reads the reports of one run. ``saved`` counts what storing came to, ``failed`` what our reading broke on."""

    store: CaptureStore
    run: ImportRun
    saved: Counter[Saved] = field(default_factory=Counter)
    failed: int = 0
    _listed: dict[str, Listed] = field(default_factory=dict)
    _covered: set[str] = field(default_factory=set)
    _reports: set[tuple[str, str | None, int | None]] = field(default_factory=set)

    def read_all(self) -> None:
        """Read every page and then every file, for a page may be the cover of files, or hold what a file only copies.

        Raises:
            StorageError, sqlite3.Error: a database cannot be used.
        """
        pages, files = self._sorted()
        for number in pages:
            self._read_page(self.store.get(number))
        for number in files:
            capture = self.store.get(number)
            if capture.url not in self._covered:
                self._read(capture, self._listed.get(capture.url, NOWHERE))

    def _sorted(self) -> tuple[list[int], list[int]]:
        """The numbers of the captures that are pages, and of those that may be documents of another kind."""
        pages, files = [], []
        for capture, body in self._bodies():
            kind = sniff(body)
            if kind is Kind.HTML:
                pages.append(capture.id)
                if not is_monstrous(body):
                    self._learn(capture.url, body)
            elif kind not in NO_REPORT and (kind is not Kind.TEXT or capture.media_type in PLAIN):
                files.append(capture.id)
        return pages, files

    def _bodies(self) -> Iterator[tuple[Capture, bytes]]:
        for (number,) in self.store.archive.execute(TO_READ, [self.run.id]).fetchall():
            capture = self.store.get(number)
            yield capture, self.store.body(capture.sha256)

    def _learn(self, url: str, body: bytes) -> None:
        for link, said in listed_reports(url, body):
            known = self._listed.setdefault(link, said)
            if said.column and not known.column:
                self._listed[link] = said

    def _read_page(self, capture: Capture) -> None:
        """Read a page, and know its attachments by it."""
        said = self._listed.get(capture.url, NOWHERE)
        reading = self._read(capture, said)
        if reading is not None:
            title, day = said.title or reading.identity.title or "", said.date or _iso(reading.identity.published_on)
            links = [address(capture.url, attachment) for attachment in reading.attachments]
            self._attach(links, Listed(title, day, said.column), reading, listed=bool(said.title))

    def _attach(self, links: list[str], page: Listed, reading: Reading, *, listed: bool) -> None:
        """As in the crawl: of a page without figures any attachment may be the report, under what is said of the page.

        Of one that has figures only those matter that are called a report too. A page that links to several such is a
        list, unless it is ``listed`` as a report itself, and each is known by its own link.
        """
        called = {link: self._listed[link] for link in links if link in self._listed}
        for link in links:
            own = called.get(link)
            if own and (reading.observations or not listed):
                self._listed[link] = replace(own, date=own.date or page.date)
            elif reading.observations:
                self._covered.add(link)
            elif listed or not called:
                self._listed[link] = page

    def _read(self, capture: Capture, said: Listed) -> Reading | None:
        """Take a document through the stages; None, with an incident, when our own code fails on it."""
        assert capture.division_code is not None
        document = CapturedItem(
            capture_id=capture.id,
            run_id=capture.run_id,
            division_code=capture.division_code,
            url=capture.url,
            list_title=said.title,
            list_date=said.date,
            column=said.column,
        )
        try:
            for stage in (Archive, Read, Check, Store):
                stage(self.store.archive, self.store).process_item(document)
        except (sqlite3.Error, StorageError):
            raise
        except Exception as error:  # noqa: BLE001, one document must not take the others along, and this one is noted
            self.failed += 1
            sentence = say("reader_failed", detail=f"{type(error).__name__}: {error}")
            self.run.note("reader_failed", sentence, capture.url, capture.division_code)
            return None
        self._count(document, said)
        return document.reading

    def _count(self, document: CapturedItem, said: Listed) -> None:
        """Count a report; what a list calls one and is none is noted, as the crawl notes it."""
        reading = document.reading
        assert reading is not None
        tally = self.run.tally(document.division_code)
        if document.saved is not None:
            self.saved[document.saved] += 1
            report = (document.division_code, reading.identity.body_name, reading.identity.report_year)
            tally.reports += report not in self._reports  # counted once, however many documents hold it
            self._reports.add(report)
            if reading.unreadable:
                self.run.note("unreadable_format", reading.unreadable, document.url, document.division_code)
        elif said.title and reading.refusal and not reading.attachments:
            tally.refused += 1
            self.run.note("not_a_report", reading.refusal, document.url, document.division_code)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
