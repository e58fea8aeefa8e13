"""Asking a portal for its pages with patience that ends: what fails is noted, and a portal that fails is left alone."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.asks import Ask
from crawler.fetching import UNREACHABLE, Fetched, Fetcher, Unavailable
from crawler.outcomes import IncidentKind, VisitOutcome
from crawler.reporting import Reporter

PATIENCE = 3  # addresses in a row that cannot be reached before the visit is given up
WITHOUT_HOME_PAGE = {
    IncidentKind.NOT_FOUND: VisitOutcome.GONE,
    IncidentKind.DECLINED: VisitOutcome.DECLINES_PROGRAMS,
    IncidentKind.ROBOTS_DISALLOW: VisitOutcome.ROBOTS_DISALLOW,
    IncidentKind.EMPTY_BODY: VisitOutcome.NO_LIST_FOUND,
    IncidentKind.OFFSITE: VisitOutcome.GONE,
}
TELLING = frozenset({IncidentKind.DECLINED, IncidentKind.OFFSITE})
"""Kinds of failure whose detail belongs into the outcome: who declines, and where the portal has moved to."""


class GivenUp(Exception):
    """The portal stopped answering, or declines programs: nothing more is asked of it tonight."""

    def __init__(self, outcome: VisitOutcome, detail: str = "") -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.detail = detail


@dataclass(slots=True)
class Asker:
    """Asks for one portal's pages. ``incomplete`` tells whether anything that is listed could not be had."""

    home_url: str
    fetcher: Fetcher
    reporter: Reporter
    incomplete: bool = False
    _unreachable_in_a_row: int = 0

    async def ask(self, ask: Ask, *, listed: bool = True, may_be_missing: bool = False) -> Fetched | None:
        """The answer to a request; None, noted as an incident, when there is none.

        ``listed`` says that the visit lacks something without it; ``may_be_missing``, that it does not when the
        portal has no such page.

        Raises:
            GivenUp: there is no point in asking this portal for anything more.
            BudgetSpent, StorageError: see :meth:`Fetcher.get`.
        """
        try:
            fetched = await self.fetcher.get(ask)
        except Unavailable as failure:
            lacking = listed and not (may_be_missing and failure.kind is IncidentKind.NOT_FOUND)
            self.incomplete = self.incomplete or lacking
            self._note(failure)
            return None
        self._unreachable_in_a_row = 0
        return fetched

    def _note(self, failure: Unavailable) -> None:
        self.reporter.incident(failure.kind, failure.url, failure.detail)
        self._unreachable_in_a_row = self._unreachable_in_a_row + 1 if failure.kind in UNREACHABLE else 0
        if failure.wall:
            raise GivenUp(VisitOutcome.DECLINES_PROGRAMS, failure.detail) from failure
        if failure.url == self.home_url or self._unreachable_in_a_row >= PATIENCE:
            outcome = WITHOUT_HOME_PAGE.get(failure.kind, VisitOutcome.UNREACHABLE)
            raise GivenUp(outcome, failure.detail if failure.kind in TELLING else "") from failure
