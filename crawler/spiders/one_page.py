"""The spider that asks for one page and keeps it: how a portal looks before anything is known of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from crawler.asks import Ask
from crawler.context import VisitContext, current_visit
from crawler.fetching import BudgetSpent, Unavailable
from crawler.outcomes import IncidentKind, incident
from crawler.portals.registry import Portal
from crawler.spiders.archiving import ArchivingSpider
from pipelines import ledger

NOTHING: tuple[Any, ...] = ()  # Scrapy wants a generator, and there is nothing to yield
MOST_REQUESTS = 12  # with robots.txt, redirects and attempts


class OnePage(ArchivingSpider):
    """Asks for the address in ``GONGKAI_URL``; what it meets instead of a page is an incident of the run."""

    name = "one_page"

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the page."""
        url = str(self.settings["GONGKAI_URL"])
        context = VisitContext(Portal.model_construct(code="", name="", home_url=url))
        current_visit.set(context)
        try:
            await self.fetcher(context, MOST_REQUESTS).get(Ask(url))
        except Unavailable as failure:
            self._note(failure.kind, failure.url, failure.detail)
        except BudgetSpent:
            self._note(IncidentKind.REDIRECT_LOOP, url)
        for nothing in NOTHING:
            yield nothing

    def _note(self, kind: IncidentKind, url: str, detail: str = "") -> None:
        ledger.record_incident(self.db, self.run_id, incident(kind, url, None, detail))
