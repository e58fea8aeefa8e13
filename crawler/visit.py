"""One portal's visit, from its address to its reports, ending with exactly one outcome."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.context import VisitContext
from crawler.discovery import Lead, Search
from crawler.fetching import UNREACHABLE, BudgetSpent, Fetched, Fetcher, Unavailable
from crawler.hosts import belongs
from crawler.items import CapturedDocument
from crawler.outcomes import IncidentKind, VisitOutcome
from crawler.pages import Link, Page
from crawler.platforms import platform_of
from pipelines.storage import StorageError, path_of, storage_error

if TYPE_CHECKING:
    from crawler.reporting import Reporter

PATIENCE = 3  # addresses in a row that cannot be reached before the visit is given up
ENTRY_OUTCOMES = {
    IncidentKind.NOT_FOUND: VisitOutcome.GONE,
    IncidentKind.DECLINED: VisitOutcome.DECLINES_PROGRAMS,
    IncidentKind.ROBOTS_DISALLOW: VisitOutcome.ROBOTS_DISALLOW,
    IncidentKind.EMPTY_BODY: VisitOutcome.NO_LIST_FOUND,
}


class GivenUp(Exception):
    """The portal stopped answering, or declines programs: nothing more is asked of it tonight."""

    def __init__(self, outcome: VisitOutcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@dataclass(slots=True)
class Visit:
    """The visit of one portal. Iterate over :meth:`documents`, then read :attr:`outcome`."""

    context: VisitContext
    fetcher: Fetcher
    reporter: Reporter
    known_lists: list[tuple[str, str]]
    """Address and title of the lists found on earlier nights; they are tried before the home page."""
    outcome: VisitOutcome = VisitOutcome.CRASHED
    _handed_over: set[str] = field(default_factory=set)
    _in_a_row: int = 0
    _incomplete: bool = False
    _list_failed: bool = False
    _empty_columns: list[str] = field(default_factory=list)

    async def documents(self) -> AsyncIterator[CapturedDocument]:
        """Every document that a list presents as a report, one at a time.

        The consumer must see to it that ``settled`` of each is resolved: the visit waits for it.
        """
        try:
            async for document in self._search():
                yield document
        except BudgetSpent:
            self.outcome = VisitOutcome.BUDGET_SPENT
        except GivenUp as end:
            self.outcome = VisitOutcome.PARTIAL if self.context.tally.lists else end.outcome
        else:
            self.outcome = self._conclusion()

    def _conclusion(self) -> VisitOutcome:
        if self.context.tally.lists:
            return VisitOutcome.PARTIAL if self._incomplete else VisitOutcome.COMPLETE
        for url in self._empty_columns:
            self.reporter.incident(IncidentKind.LIST_EMPTY, url)
        return VisitOutcome.LIST_EMPTY if self._empty_columns else VisitOutcome.NO_LIST_FOUND

    async def _search(self) -> AsyncIterator[CapturedDocument]:
        """From the lists already known; from the home page when there are none or one of them has failed."""
        portal = self.context.portal
        search = Search(lambda url: belongs(url, portal))
        hinted = [(portal.list_url, "list_url")] if portal.list_url else []
        for url, title in (*hinted, *self.known_lists):
            search.seed(url, title, in_column=True)
        async for document in self._follow(search):
            yield document
        if self._list_failed or not search.list_found:
            search.start_over(portal.home_url, "首页")
            async for document in self._follow(search):
                yield document

    async def _follow(self, search: Search) -> AsyncIterator[CapturedDocument]:
        while lead := search.next():
            entry = lead.url == self.context.portal.home_url
            fetched = await self._ask(lead.url, entry=entry, listed=lead.in_column)
            if fetched is None:
                self._list_failed = self._list_failed or lead.is_seed
                search.fail()
                continue
            page = Page(fetched.url, fetched.body)
            platform = platform_of(page, self.context.portal.platform)
            rows = platform.rows(page)
            holds_list = bool(rows) and (lead.in_column or len(rows) > 1)
            search.learn(lead, page, holds_list=holds_list)
            if holds_list:
                self._note_list(lead, page, platform.missing_rows(page))
            elif lead.in_column:
                self._note_empty(lead, page)
            async for document in self._rows(rows, lead, page):
                yield document
            if holds_list:
                async for document in self._further_pages(page, rows, lead):
                    yield document

    def _note_list(self, lead: Lead, page: Page, missing: int) -> None:
        self.context.tally.lists += 1
        self.reporter.list_found(page.url, lead.label or page.title, lead.source)
        if missing:
            self._incomplete = True
            self.reporter.incident(IncidentKind.LIST_CUT, page.url, str(missing))

    def _note_empty(self, lead: Lead, page: Page) -> None:
        """A column without rows may only lead on to others; a list that was known to be one should have some."""
        self._empty_columns.append(page.url)
        if lead.is_seed:
            self._incomplete = self._list_failed = True
            self.reporter.incident(IncidentKind.LIST_EMPTY, page.url)

    async def _further_pages(self, first: Page, rows: list[Link], lead: Lead) -> AsyncIterator[CapturedDocument]:
        """The pages after the first, up to the first one that brings no new row: stubs and copies end a list."""
        platform = platform_of(first, self.context.portal.platform)
        seen = {row.url for row in rows}
        for url in platform.further_pages(first):
            fetched = await self._ask(url)
            if fetched is None:
                return
            page = Page(fetched.url, fetched.body)
            fresh = [row for row in platform.rows(page) if row.url not in seen]
            if not fresh:
                return
            self.context.tally.lists += 1
            seen.update(row.url for row in fresh)
            async for document in self._rows(fresh, lead, page):
                yield document

    async def _rows(self, rows: list[Link], lead: Lead, page: Page) -> AsyncIterator[CapturedDocument]:
        for row in rows:
            if row.url in self._handed_over:
                continue
            self._handed_over.add(row.url)
            async for document in self._document(row, lead.label, page.url):
                yield document

    async def _document(self, row: Link, column: str, parent_url: str) -> AsyncIterator[CapturedDocument]:
        """What a row leads to, and its attachments when the report itself is in one of them."""
        fetched = await self._ask(row.url)
        if fetched is None:
            return
        document = self._captured(row, column, parent_url, fetched)
        yield document
        await self._settle(document)
        reading = document.reading
        if reading is None or not (reading.unreadable or reading.refusal):
            return
        for address in reading.attachments:
            attachment = Link(urljoin(fetched.url, address), row.label, row.date)
            if attachment.url not in self._handed_over:
                self._handed_over.add(attachment.url)
                async for inner in self._document(attachment, column, fetched.url):
                    yield inner

    def _captured(self, row: Link, column: str, parent_url: str, fetched: Fetched) -> CapturedDocument:
        return CapturedDocument(
            capture_id=fetched.capture.id,
            run_id=fetched.capture.run_id,
            division_code=self.context.portal.code,
            url=fetched.url,
            list_title=row.label,
            list_date=row.date,
            column=column,
            media_type=fetched.capture.media_type,
            parent_url=parent_url,
            settled=asyncio.get_running_loop().create_future(),
        )

    async def _settle(self, document: CapturedDocument) -> None:
        """Wait until the document is stored or refused, and count it."""
        problem = await document.settled
        reading = document.reading
        if problem is not None:
            self._note_failure(document.url, problem)
        elif reading is not None and reading.refusal is not None:
            if not reading.attachments:  # the cover of an attachment is neither a report nor a mistake
                self.context.tally.refused += 1
                self.reporter.said(IncidentKind.NOT_A_REPORT, document.url, reading.refusal)
        else:
            self.context.tally.reports += 1
            if reading is not None and reading.unreadable is not None:
                self.reporter.said(IncidentKind.UNREADABLE_FORMAT, document.url, reading.unreadable)

    def _note_failure(self, url: str, problem: BaseException) -> None:
        """A document that our reading fails on is an incident; a database that cannot be written ends the visit."""
        if isinstance(problem, sqlite3.OperationalError):
            raise storage_error(path_of(self.reporter.db), problem) from problem
        if isinstance(problem, StorageError):
            raise problem
        self._incomplete = True
        self.reporter.incident(IncidentKind.READER_FAILED, url, f"{type(problem).__name__}: {problem}")

    async def _ask(self, url: str, *, entry: bool = False, listed: bool = True) -> Fetched | None:
        """The page at an address; None, noted as an incident, when there is none.

        ``entry`` marks the home page, without which there is no visit; ``listed`` what the visit would lack.

        Raises:
            GivenUp: there is no point in asking this portal for anything more.
        """
        try:
            fetched = await self.fetcher.get(url)
        except Unavailable as failure:
            self._incomplete = self._incomplete or listed
            self.reporter.incident(failure.kind, failure.url, failure.detail)
            self._in_a_row = self._in_a_row + 1 if failure.kind in UNREACHABLE else 0
            if failure.wall:
                raise GivenUp(VisitOutcome.DECLINES_PROGRAMS) from failure
            if entry or self._in_a_row >= PATIENCE:
                raise GivenUp(ENTRY_OUTCOMES.get(failure.kind, VisitOutcome.UNREACHABLE)) from failure
            return None
        self._in_a_row = 0
        return fetched
