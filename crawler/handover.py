"""Handing documents over to the stages, one at a time, and counting what became of each."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.asking import Asker
from crawler.asks import Ask
from crawler.attachments import VIEWERS, shown_files
from crawler.continuations import continuations, joined
from crawler.fetching import Fetched
from crawler.items import CapturedDocument
from crawler.links import Link, join
from crawler.outcomes import IncidentKind
from crawler.pages import Page
from crawler.rows import COLLECTION, is_report_row
from crawler.secondlook import SecondLooks, Whose
from pipelines.ledger import Tally
from pipelines.reading import Reading
from pipelines.storage import StorageError, path_of, storage_error
from pipelines.titles import looks_like_report_title, may_be_a_copy

HOME_TITLE = "HTTP 200, 首页的标题 the title of the home page"


@dataclass(slots=True)
class Handover:
    """Fetches what list rows lead to and yields it as documents; each address of a visit once."""

    asker: Asker
    tally: Tally
    _handed_over: set[str] = field(default_factory=set)
    _gave: set[str] = field(default_factory=set)  # addresses of rows that led to a report
    _looks: SecondLooks = field(init=False)
    _reports: set[Whose] = field(default_factory=set)  # counted once, however many hold one

    def __post_init__(self) -> None:
        self._looks = self.asker.reporter.looks()

    @property
    def given(self) -> int:
        """How many different addresses were handed over."""
        return len(self._handed_over)

    def is_new(self, row: Link) -> bool:
        """Whether no list has led to this address so far."""
        return row.url not in self._handed_over

    async def documents(self, row: Link, column: str) -> AsyncIterator[CapturedDocument]:
        """What a row leads to, and those of its attachments that may hold the figures, or hold them again."""
        if row.url in self._handed_over:
            return
        self._handed_over.add(row.url)
        if known := self._looks.whose(row):
            self._found(known)
            self._gave.add(row.url)
            return
        fetched = await self.asker.ask(Ask(row.url))
        fetched = await self._whole(fetched) if fetched else None
        if fetched is None or fetched.is_cut:  # half a table reads like a whole one
            return
        document = self._captured(row, column, fetched)
        yield document
        problem = await document.settled
        attachments, is_refused = _attachments(document.reading, row, fetched), _is_refused(document)
        if problem is None and is_refused and not attachments and self.asker.is_missing(fetched, row.label):
            self.asker.incomplete = True
            self.asker.reporter.incident(IncidentKind.NOT_FOUND, document.url, HOME_TITLE)
            return
        inside = attachments or (_collected(fetched) if is_refused and COLLECTION.search(row.label) else [])
        self._count(document, problem, is_cover=bool(inside))
        for link in inside:
            async for inner in self.documents(link, column):
                yield inner
        self._note_given(row, inside, is_refused=is_refused)

    def _note_given(self, row: Link, inside: list[Link], *, is_refused: bool) -> None:
        """Note whether a row led to a report, here or inside; the visit lacks one that offers files and none is it."""
        if not is_refused or any(link.url in self._gave for link in inside):
            self._gave.add(row.url)
        elif inside and looks_like_report_title(row.label):
            self.asker.incomplete = True

    async def _whole(self, fetched: Fetched) -> Fetched | None:
        """An article with the pages on which it goes on, archived as one; None where one of them is not to be had."""
        rest: list[bytes] = []
        for url in continuations(fetched.url, fetched.body):
            part = await self.asker.ask(Ask(url))
            if part is None or part.is_cut:
                return None
            rest.append(part.body)
        if not rest:
            return fetched
        return self.asker.fetcher.derived(fetched, joined(fetched.body, rest), "JOIN")

    def _captured(self, row: Link, column: str, fetched: Fetched) -> CapturedDocument:
        return CapturedDocument(
            capture_id=fetched.capture.id,
            run_id=fetched.capture.run_id,
            division_code=self.asker.reporter.code,
            url=fetched.url,
            list_title=row.label,
            list_date=row.date,
            column=column,
            settled=asyncio.get_running_loop().create_future(),
        )

    def _count(self, document: CapturedDocument, problem: BaseException | None, *, is_cover: bool) -> None:
        """Count a document that was stored or refused; the cover of a file is neither a report nor a mistake."""
        reading = document.reading
        if problem is not None or reading is None:
            self._note_failure(document.url, problem)
        elif reading.refusal is None:
            self._found((reading.identity.body_name, reading.identity.report_year))
            if reading.unreadable is not None:
                self.asker.reporter.said(IncidentKind.UNREADABLE_FORMAT, document.url, reading.unreadable)
        elif not is_cover:
            self.tally.refused += 1
            self.asker.reporter.said(IncidentKind.NOT_A_REPORT, document.url, reading.refusal)

    def _found(self, whose: Whose) -> None:
        self._reports.add(whose)
        self.tally.reports = len(self._reports)

    def _note_failure(self, url: str, problem: BaseException | None) -> None:
        """A document that our reading fails on is an incident; a database that cannot be written ends the visit."""
        if isinstance(problem, sqlite3.OperationalError):
            raise storage_error(path_of(self.asker.reporter.db), problem) from problem
        if isinstance(problem, StorageError):
            raise problem
        self.asker.incomplete = True
        self.asker.reporter.incident(IncidentKind.READER_FAILED, url, f"{type(problem).__name__}: {problem}")


def _is_refused(document: CapturedDocument) -> bool:
    return document.reading is not None and document.reading.refusal is not None


def _attachments(reading: Reading | None, row: Link, fetched: Fetched) -> list[Link]:
    """Every attachment of a page without figures; of one that has them, those that may hold them again."""
    if reading is None:
        return []
    urls = [url for address in reading.attachments if (url := join(fetched.url, address))]
    if not reading.observations:
        frames = _frames(fetched) if reading.refusal and not urls else []
        every = dict.fromkeys((*urls, *shown_files(fetched.url, fetched.body), *frames))
        return [Link(url, row.label, row.date) for url in every]
    if not urls:
        return []
    labels = {link.url: link.label for link in Page(fetched.url, fetched.body).links}
    copies = [(url, label) for url in urls if may_be_a_copy(label := labels.get(url, ""))]
    return [Link(url, label if looks_like_report_title(label) else row.label, row.date) for url, label in copies]


def _collected(fetched: Fetched) -> list[Link]:
    """The reports that a page lists which is none: many portals collect those of a year's departments in one."""
    links = Page(fetched.url, fetched.body).links if fetched.body.lstrip()[:1] == b"<" else []
    return [link for link in links if is_report_row(link)]


def _frames(fetched: Fetched) -> list[str]:
    """The pages of the same host that a page without a report of its own shows inside."""
    host = urlsplit(fetched.url).netloc
    links = Page(fetched.url, fetched.body).links if b"<iframe" in fetched.body.lower() else []
    frames = [link.url for link in links if link.is_frame and not VIEWERS.search(link.url)]  # whose file is shown
    return [url for url in frames if urlsplit(url).netloc == host]
