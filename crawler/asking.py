"""Asking a portal for its pages with patience that ends: what fails is noted, and a portal that fails is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from crawler.asks import Ask
from crawler.fetching import UNREACHABLE, Fetched, Fetcher, Unavailable
from crawler.hosts import twins
from crawler.outcomes import IncidentKind, VisitOutcome
from crawler.pages import Page
from crawler.reporting import Reporter
from pipelines.text import squeeze

PATIENCE = 3  # addresses in a row that cannot be reached, or are refused, before the visit is given up
IN_VAIN = UNREACHABLE | {IncidentKind.DECLINED}
WITHOUT_HOME_PAGE = {
    IncidentKind.NOT_FOUND: VisitOutcome.GONE,
    IncidentKind.DECLINED: VisitOutcome.DECLINES_PROGRAMS,
    IncidentKind.ROBOTS_DISALLOW: VisitOutcome.ROBOTS_DISALLOW,
    IncidentKind.EMPTY_BODY: VisitOutcome.NO_LIST_FOUND,
    IncidentKind.TOO_LARGE: VisitOutcome.NO_LIST_FOUND,
    IncidentKind.OFFSITE: VisitOutcome.GONE,
}
NO_SUCH_PAGE = frozenset({IncidentKind.NOT_FOUND, IncidentKind.EMPTY_BODY, IncidentKind.OFFSITE})
TELLING = frozenset({IncidentKind.DECLINED, IncidentKind.OFFSITE})
"""Kinds of failure whose detail belongs into the outcome: who declines, and where the portal has moved to."""
ANYWHERE = frozenset(UNREACHABLE | {IncidentKind.REDIRECT_LOOP})
AT_HOME = ANYWHERE | {IncidentKind.NOT_FOUND, IncidentKind.EMPTY_BODY, IncidentKind.HTTP_ERROR}
"""Kinds of failure that another scheme, or ``www``, may cure: of any address, and of the home page."""


class GivenUp(Exception):
    """The portal stopped answering, or declines programs: nothing more is asked of it tonight."""

    def __init__(self, outcome: VisitOutcome, detail: str = "", *, for_the_day: bool = False) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.detail = detail
        self.for_the_day = for_the_day or outcome is VisitOutcome.DECLINES_PROGRAMS


@dataclass(slots=True)
class Asker:
    """Asks for one portal's pages. ``incomplete`` tells whether anything that is listed could not be had.

    ``last_failure`` is why the last address that gave nothing did so.
    """

    home_url: str
    fetcher: Fetcher
    reporter: Reporter
    incomplete: bool = False
    last_failure: IncidentKind | None = None
    _in_vain: int = 0
    _answers_at: dict[str, str] = field(default_factory=dict)  # scheme and host that failed → those that answer

    async def ask(self, ask: Ask, *, listed: bool = True, may_be_missing: bool = False) -> Fetched | None:
        """The answer to a request; None, noted as an incident, when there is none.

        ``listed`` says that the visit lacks something without it; ``may_be_missing``, that it does not when the
        portal has no such page.

        Raises:
            GivenUp: there is no point in asking this portal for anything more.
            BudgetSpent, StorageError: see :meth:`Fetcher.get`.
        """
        is_home = ask.url == self.home_url
        try:
            fetched = await self._get(self._where_it_answers(ask), AT_HOME if is_home else ANYWHERE)
        except Unavailable as failure:
            lacking = listed and not (may_be_missing and failure.kind is IncidentKind.NOT_FOUND)
            self.incomplete = self.incomplete or lacking
            self._note(failure, is_home=is_home)
            return None
        self._in_vain = 0
        if fetched.is_cut:
            self.incomplete = self.incomplete or listed
            self.reporter.incident(IncidentKind.TRUNCATED, ask.url)
        return fetched

    async def _get(self, ask: Ask, elsewhere: frozenset[IncidentKind]) -> Fetched:
        """The answer, from under the other scheme or from the host's twin where it fails here; each is tried once."""
        try:
            return await self.fetcher.get(ask)
        except Unavailable as failure:
            here = origin_of(ask.url)
            if failure.kind not in elsewhere or here in self._answers_at or failure.ends:
                raise
            self._answers_at[here] = here
            for twin in twins(ask.url, answered=failure.kind not in UNREACHABLE):
                try:
                    fetched = await self.fetcher.get(replace(ask, url=twin), retries=False)
                except Unavailable as other:
                    if other.ends:
                        raise other from failure
                    continue
                self._answers_at[here] = origin_of(twin)
                return fetched
            raise

    def _where_it_answers(self, ask: Ask) -> Ask:
        here = origin_of(ask.url)
        there = self._answers_at.get(here, here)
        return ask if there == here else replace(ask, url=there + ask.url.removeprefix(here))

    def is_missing(self, fetched: Fetched, label: str) -> bool:
        """Whether a page says only by its title, which is that of the home page, that there is no such page.

        Portals that call all of their pages alike still show on an article what it is called.
        """
        page, home = Page(fetched.url, fetched.body), self.fetcher.archived(self.home_url)
        title = Page(self.home_url, home).title if home else ""
        return bool(title) and page.title == title and squeeze(label) not in squeeze(page.text)

    def _note(self, failure: Unavailable, *, is_home: bool) -> None:
        self.reporter.incident(failure.kind, failure.url, failure.detail)
        self.last_failure = failure.kind
        self._in_vain = self._in_vain + 1 if failure.kind in IN_VAIN else 0
        if failure.ends:
            raise GivenUp(failure.ends, failure.detail, for_the_day=True) from failure
        if is_home or self._in_vain >= PATIENCE:
            outcome = WITHOUT_HOME_PAGE.get(failure.kind, VisitOutcome.UNREACHABLE_FROM_HERE)
            raise GivenUp(outcome, failure.detail if failure.kind in TELLING else "") from failure


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, as it writes them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
