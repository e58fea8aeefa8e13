"""One portal's visit, from its address to its reports, ending with exactly one outcome."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from crawler.asking import NO_SUCH_PAGE, WITHOUT_HOME_PAGE, Asker, GivenUp
from crawler.asks import Ask
from crawler.context import VisitContext
from crawler.discovery import Search
from crawler.fetching import BudgetSpent, Fetched, Fetcher, Unavailable
from crawler.hosts import belongs
from crawler.items import CapturedDocument
from crawler.lists import Lists
from crawler.menus import Menus
from crawler.outcomes import IncidentKind, VisitOutcome
from crawler.pages import Page
from crawler.platforms import platform_of
from crawler.platforms.generic import Generic
from crawler.reporting import Reporter
from crawler.scoring import page_in_folder
from crawler.ways import Lead
from pipelines.clock import utc_in
from pipelines.stages import division_of

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
    _lists: Lists = field(init=False)
    _list_failed: bool = field(init=False, default=False)
    _list_gone: bool = field(init=False, default=False)
    _menus: Menus = field(init=False)
    _kept_back: tuple[IncidentKind, str] | None = field(init=False, default=None)
    _scripted: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._home_url = self.reporter.home(self.context.portal.home_url)
        self._asker = Asker(self._home_url, self.fetcher, self.reporter)
        self._menus = Menus(self.reporter, {*self.reporter.menus, self.context.portal.list_url or ""})
        self._lists = Lists(self._asker, self.reporter, self._menus, self.context.tally)

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
        division = division_of(self.reporter.db, portal.code)
        search = Search(lambda url: belongs(url, portal), division, self.reporter.asked_lately)
        hinted = [(portal.list_url, "list_url")] if portal.list_url else []
        for url, title in sorted((*hinted, *self.known_lists), key=lambda known: search.is_of_others(known[1])):
            search.seed(url, title, in_column=True)
        for _ in self._stages(search):
            async for document in self._follow(search):
                yield document

    def _stages(self, search: Search) -> Iterator[None]:
        """Where to look, one place after the other, by what was found in those before."""
        yield
        self._note_gone()
        if self._list_failed or not search.list_found:
            search.start_over(self._home_url, "首页")
            yield
        if not (search.own_found or self._scripted or self._menus.all or self._kept_back):
            search.try_usual_paths(self._home_url)
            yield
        search.turn_to_bodies()
        for url in self.reporter.left_over():
            search.go_on(url)
        yield
        for url, number in search.left.items():
            self._asker.incomplete = True
            self.reporter.incident(IncidentKind.LINKS_LEFT, url, str(number))

    async def _follow(self, search: Search) -> AsyncIterator[CapturedDocument]:
        while lead := search.next():
            listed = lead.in_column and not page_in_folder(lead.url)
            fetched = await self._asker.ask(Ask(lead.url, of_list=listed), listed=listed, may_be_missing=lead.is_seed)
            if fetched is None:
                self._list_failed = self._list_failed or lead.is_seed
                self._list_gone = self._list_gone or lead.is_seed
                self._note_kept_back(lead, self._asker.last_failure)
                search.fail(lead)
                continue
            before, rows, page = self.context.tally.lists, self._lists.handover.given, Page(fetched.url, fetched.body)
            platform = self._platform(page)
            async for document in self._lists.documents(page, platform, lead):
                yield document
            may_be_shown = self.context.tally.lists == before and lead.in_column and platform.is_scripted(page)
            if may_be_shown and (shown := await self._shown(fetched)):
                page, platform = shown, self._platform(shown)
                async for document in self._lists.documents(page, platform, lead):
                    yield document
            holds_list = self.context.tally.lists > before
            is_news = self._lists.handover.given > rows
            search.learn(lead, page, holds_list=holds_list, is_news=is_news, more=platform.leads(page))
            if fetched.is_cut and not holds_list:
                self._list_failed = self._list_failed or lead.is_seed
                self._note_kept_back(lead, IncidentKind.TRUNCATED)
            elif not holds_list:
                self._note_nothing(lead, page, platform)

    def _platform(self, page: Page) -> Generic:
        return platform_of(page, self.context.portal.platform)

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
