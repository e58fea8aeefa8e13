"""One portal's visit, from its address to its reports, ending with exactly one outcome."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

from crawler.asking import NO_SUCH_PAGE, WITHOUT_HOME_PAGE, Asker, GivenUp
from crawler.asks import Ask
from crawler.context import VisitContext
from crawler.discovery import Lead, Search
from crawler.fetching import BudgetSpent, Fetched, Fetcher, Unavailable
from crawler.handover import Handover
from crawler.hosts import belongs
from crawler.items import CapturedDocument
from crawler.links import Link
from crawler.menus import Menus
from crawler.outcomes import IncidentKind, VisitOutcome
from crawler.pages import Page
from crawler.platforms import platform_of
from crawler.platforms.generic import Generic
from crawler.reporting import Reporter
from crawler.rows import shows_a_report
from crawler.scoring import page_in_folder
from crawler.walk import Walk
from pipelines.clock import utc_in
from pipelines.titles import look_alike_word

REST = timedelta(hours=18)  # for the day, and not for the next night


@dataclass(slots=True)
class Visit:
    """The visit of one portal. Iterate over :meth:`documents`, then read :attr:`outcome` and its :attr:`detail`.

    :attr:`again_at` is the moment (UTC) until which a portal that declined is left alone.
    ``known_lists`` are address and title of the lists found on earlier nights: they are tried before the home page.
    """

    context: VisitContext
    fetcher: Fetcher
    reporter: Reporter
    known_lists: list[tuple[str, str]]
    outcome: VisitOutcome = VisitOutcome.CRASHED
    detail: str = ""
    again_at: str | None = None
    _home_url: str = field(init=False)
    _asker: Asker = field(init=False)
    _handover: Handover = field(init=False)
    _list_failed: bool = field(init=False, default=False)
    _list_gone: bool = field(init=False, default=False)
    _menus: Menus = field(init=False)
    _kept_back: tuple[IncidentKind, str] | None = field(init=False, default=None)
    _scripted: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._home_url = self.reporter.home(self.context.portal.home_url)
        self._asker = Asker(self._home_url, self.fetcher, self.reporter)
        self._handover = Handover(self._asker, self.context.tally)
        self._menus = Menus(self.reporter, {*self.reporter.menus, self.context.portal.list_url or ""})

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
            self.detail = end.detail
            asked = self.context.tally.requests > 0  # who was left alone has not declined anew
            self.again_at = utc_in(REST) if end.for_the_day and asked else None
        else:
            self.outcome = self._conclusion()

    def _conclusion(self) -> VisitOutcome:
        if self.context.tally.lists:
            lacks = self._asker.incomplete or (self._list_gone and not self.reporter.has_moved)
            return VisitOutcome.PARTIAL if lacks else VisitOutcome.COMPLETE
        if self._scripted:
            return VisitOutcome.NEEDS_BROWSER
        if self._kept_back and not self._menus.all:
            failure, self.detail = self._kept_back
            return WITHOUT_HOME_PAGE.get(failure, VisitOutcome.UNREACHABLE_FROM_HERE)
        for menu in self._menus.all:
            self.reporter.incident(IncidentKind.LIST_EMPTY, menu.url)
        return VisitOutcome.LIST_EMPTY if self._menus.all else VisitOutcome.NO_LIST_FOUND

    async def _search(self) -> AsyncIterator[CapturedDocument]:
        """From the lists already known; from the home page when there are none or one of them has failed."""
        if resting := self.reporter.rests():
            raise GivenUp(resting[0], f"{resting[1]} 前不再访问 not asked again before")
        portal = self.context.portal
        search = Search(lambda url: belongs(url, portal))
        hinted = [(portal.list_url, "list_url")] if portal.list_url else []
        for url, title in (*hinted, *self.known_lists):
            search.seed(url, title, in_column=True)
        async for document in self._follow(search):
            yield document
        self._note_gone()
        if self._list_failed or not search.list_found:
            search.start_over(self._home_url, "首页")
            async for document in self._follow(search):
                yield document
        if not (search.list_found or self._scripted or self._menus.all or self._kept_back):
            search.try_usual_paths(self._home_url)
            async for document in self._follow(search):
                yield document

    async def _follow(self, search: Search) -> AsyncIterator[CapturedDocument]:
        while lead := search.next():
            listed = lead.in_column and not page_in_folder(lead.url)
            fetched = await self._asker.ask(Ask(lead.url), listed=listed, may_be_missing=lead.is_seed)
            if fetched is None:
                self._list_failed = self._list_failed or lead.is_seed
                self._list_gone = self._list_gone or lead.is_seed
                self._note_kept_back(lead, self._asker.last_failure)
                search.fail(lead)
                continue
            before, page = self.context.tally.lists, Page(fetched.url, fetched.body)
            platform = self._platform(page)
            async for document in self._look_through(page, platform, lead):
                yield document
            may_be_shown = self.context.tally.lists == before and lead.in_column and platform.is_scripted(page)
            if may_be_shown and (shown := await self._shown(fetched)):
                page, platform = shown, self._platform(shown)
                async for document in self._look_through(page, platform, lead):
                    yield document
            holds_list = self.context.tally.lists > before
            search.learn(lead, page, holds_list=holds_list, more=platform.leads(page))
            if fetched.is_cut and not holds_list:
                self._list_failed = self._list_failed or lead.is_seed
                self._note_kept_back(lead, IncidentKind.TRUNCATED)
            elif not holds_list:
                self._note_nothing(lead, page, platform)

    def _platform(self, page: Page) -> Generic:
        return platform_of(page, self.context.portal.platform)

    async def _look_through(self, page: Page, platform: Generic, lead: Lead) -> AsyncIterator[CapturedDocument]:
        """The reports that a page lists, or is the first page of a list of."""
        rows = platform.rows(page, in_column=lead.in_column)
        is_list = lead.in_column or len(rows) > 1
        before = self.context.tally.lists
        async for document in self._list(page, platform, lead) if is_list else self._rows(page, rows, lead):
            yield document
        if lead.in_column and self.context.tally.lists == before and shows_a_report(page):
            async for document in self._report_itself(page, lead):
                yield document

    async def _report_itself(self, page: Page, lead: Lead) -> AsyncIterator[CapturedDocument]:
        """A column that is no list and shows the report, one address a year or a body: such a page is a list of one."""
        self.context.tally.lists += 1
        self._remember(page.url, lead)
        async for document in self._rows(page, [Link(page.url, lead.label)], lead):
            yield document

    async def _shown(self, fetched: Fetched) -> Page | None:
        """A column whose rows only a script fills in, as a browser shows it; None where there is none."""
        try:
            rendered = await self.fetcher.rendered(fetched)
        except Unavailable as wall:
            self.reporter.incident(wall.kind, wall.url, wall.detail)
            raise GivenUp(wall.ends or VisitOutcome.DECLINES_PROGRAMS, wall.detail) from wall
        return Page(rendered.url, rendered.body) if rendered else None

    def _note_nothing(self, lead: Lead, page: Page, platform: Generic) -> None:
        """A page without reports: one that a script fills in is told apart from one that is empty."""
        needs_script = page.is_application or (lead.in_column and platform.is_scripted(page))
        if needs_script and not platform.leads(page):
            self._scripted = True
            self._list_failed = self._list_failed or lead.is_seed
            self._asker.incomplete = self._asker.incomplete or lead.in_column
            self.reporter.incident(IncidentKind.NEEDS_BROWSER, page.url)
        elif lead.in_column:
            self._menus.note(lead, page, platform.leads(page))

    def _note_kept_back(self, lead: Lead, failure: IncidentKind | None) -> None:
        """A column that there is and that cannot be had: without any other, this is how the visit ends."""
        if lead.in_column and failure and failure not in NO_SUCH_PAGE:
            self._kept_back = self._kept_back or (failure, lead.url)

    def _note_gone(self) -> None:
        """A list that was known to be one should have rows."""
        for url in self._menus.gone():
            self._list_failed = self._list_gone = True
            self.reporter.incident(IncidentKind.LIST_EMPTY, url)  # which may have led home

    async def _list(self, page: Page, platform: Generic, lead: Lead) -> AsyncIterator[CapturedDocument]:
        """All pages of a list, or of what may be one whose rows a further request brings."""
        walk, first, pages = Walk(platform, in_column=lead.in_column), page, 0
        while True:
            fresh = walk.take(page)
            if fresh and not pages:
                self._note_list(first, platform, lead)
            pages += bool(fresh)
            self.context.tally.lists += bool(fresh)
            for row in walk.passed_over(page):
                word = look_alike_word(row.label) or ""
                self.reporter.incident(IncidentKind.ROW_PASSED_OVER, row.url, f"“{row.label}”: {word}")
            async for document in self._rows(page, fresh, lead):
                yield document
            following = await self._following_page(walk)
            if following is None:
                return
            page = following

    async def _following_page(self, walk: Walk) -> Page | None:
        """The next page of a list that there is; a missing page before it is something the visit lacks."""
        passed_over = False
        while ask := walk.next():
            fetched = await self._asker.ask(ask, may_be_missing=walk.may_be_missing)
            if fetched is not None:
                self._asker.incomplete = self._asker.incomplete or passed_over
                return Page(fetched.url, fetched.body, ask)
            passed_over = True
        return None

    def _note_list(self, first: Page, platform: Generic, lead: Lead) -> None:
        self._remember(first.url, lead, first.title)
        if missing := platform.missing_rows(first):
            self._asker.incomplete = True
            self.reporter.incident(IncidentKind.LIST_CUT, first.url, str(missing))

    def _remember(self, url: str, lead: Lead, title: str = "") -> None:
        self.reporter.list_found(url, lead.label or title, lead.evidence)
        self._menus.found(url, lead)

    async def _rows(self, page: Page, rows: list[Link], lead: Lead) -> AsyncIterator[CapturedDocument]:
        for row in rows:
            self.reporter.row_found(row.url)
            async for document in self._handover.documents(row, lead.label):
                yield document
