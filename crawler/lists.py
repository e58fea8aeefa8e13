"""The lists of one portal: what may be the first page of one is walked through, and its rows are handed over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from crawler.asking import Asker
from crawler.attachments import shown_files
from crawler.handover import Handover
from crawler.items import CapturedDocument
from crawler.links import Link
from crawler.menus import Menus
from crawler.outcomes import IncidentKind
from crawler.pages import Page
from crawler.platforms.generic import Generic
from crawler.reporting import Reporter
from crawler.rows import shows_a_report
from crawler.walk import Walk
from crawler.ways import Lead
from pipelines.ledger import Tally
from pipelines.titles import look_alike_word
from pipelines.years import YEAR


@dataclass(slots=True)
class Lists:
    """Finds the reports of a page, and remembers the lists that hold some; ``tally`` counts their pages."""

    asker: Asker
    reporter: Reporter
    menus: Menus
    tally: Tally
    handover: Handover = field(init=False)

    def __post_init__(self) -> None:
        self.handover = Handover(self.asker, self.tally)

    async def documents(self, page: Page, platform: Generic, lead: Lead) -> AsyncIterator[CapturedDocument]:
        """The reports that a page lists, or is the first page of a list of."""
        rows = platform.rows(page, in_column=lead.in_column)
        is_list = lead.in_column or len(rows) > 1
        before = self.tally.lists
        async for document in self._list(page, platform, lead) if is_list else self._rows(rows, lead):
            yield document
        if lead.in_column and self.tally.lists == before and (shows_a_report(page) or _shows_a_file(page, lead)):
            async for document in self._report_itself(page, lead):
                yield document

    async def _report_itself(self, page: Page, lead: Lead) -> AsyncIterator[CapturedDocument]:
        """A column that is no list and shows the report, one address a year or a body: such a page is a list of one."""
        self.tally.lists += 1
        self._remember(page.url, lead)
        async for document in self._rows([Link(page.url, lead.label)], lead):
            yield document

    async def _list(self, page: Page, platform: Generic, lead: Lead) -> AsyncIterator[CapturedDocument]:
        """All pages of a list, or of what may be one whose rows a further request brings."""
        walk, first, pages = Walk(platform, in_column=lead.in_column), page, 0
        while True:
            fresh = walk.take(page)
            if lead.through and not any(map(self.handover.is_new, fresh)):
                fresh = []  # the page of a body that shows nothing but another's list
            if fresh and not pages:
                self._note_list(first, platform, lead)
            pages += bool(fresh)
            self.tally.lists += bool(fresh)
            for row in walk.passed_over(page):
                word = look_alike_word(row.label) or ""
                self.reporter.incident(IncidentKind.ROW_PASSED_OVER, row.url, f"“{row.label}”: {word}")
            async for document in self._rows(fresh, lead):
                yield document
            following = await self._following_page(walk)
            if following is None:
                break
            page = following
        if pages and walk.missing_pages:
            self._note_cut(IncidentKind.PAGES_MISSING, first.url, walk.missing_pages)

    async def _following_page(self, walk: Walk) -> Page | None:
        """The next page of a list that there is; a missing page before it is something the visit lacks."""
        passed_over = False
        while ask := walk.next():
            fetched = await self.asker.ask(ask, may_be_missing=walk.may_be_missing)
            if fetched is not None:
                self.asker.incomplete = self.asker.incomplete or passed_over
                return Page(fetched.url, fetched.body, ask)
            passed_over = True
        return None

    def _note_list(self, first: Page, platform: Generic, lead: Lead) -> None:
        self._remember(first.url, lead, first.title)
        if missing := platform.missing_rows(first):
            self._note_cut(IncidentKind.LIST_CUT, first.url, missing)

    def _note_cut(self, kind: IncidentKind, url: str, missing: int) -> None:
        self.asker.incomplete = True
        self.reporter.incident(kind, url, str(missing))

    def _remember(self, url: str, lead: Lead, title: str = "") -> None:
        self.reporter.list_found(url, lead.column or title, lead.evidence)
        self.menus.found(url, lead)

    async def _rows(self, rows: list[Link], lead: Lead) -> AsyncIterator[CapturedDocument]:
        for row in rows:
            self.reporter.row_found(row.url)
            async for document in self.handover.documents(row, lead.column):
                yield document


def _shows_a_file(page: Page, lead: Lead) -> bool:
    """Whether the column of one year has nothing but a file in a viewer."""
    return bool(YEAR.search(lead.label) and shown_files(page.url, page.source.encode()))
