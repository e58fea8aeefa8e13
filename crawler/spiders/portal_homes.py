"""The spider of the search for portals: looks at home pages, level by level, and goes on from provinces and cities."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler

from crawler.asks import Ask
from crawler.context import VisitContext, current_visit
from crawler.fetching import UNREACHABLE, BudgetSpent, Fetched, Fetcher, Unavailable
from crawler.hosts import origin, twins
from crawler.merging import merged
from crawler.outcomes import IncidentKind, incident
from crawler.pages import Page
from crawler.portals.navigation import Candidate, candidates, home_of, lead_pages
from crawler.portals.proof import Claims, claims_of, judge, refused_host, verdict
from crawler.portals.registry import Portal
from crawler.portals.survey import BY_HAND, Looked, Survey
from crawler.spiders.archiving import ArchivingSpider
from pipelines.storage import StorageError

NOTHING: tuple[Any, ...] = ()  # Scrapy and the merging want generators, and there is nothing to yield
MOST_REQUESTS = 12  # for one home page, the pages that list others, and the redirects of all


class PortalHomes(ArchivingSpider):
    """Looks at every candidate of the survey; yields nothing, for what it finds is in the database.

    Settings: those of every spider, and ``GONGKAI_PRIVATE``, which lets addresses of our own network be candidates.
    """

    name = "portal_homes"
    private: bool
    survey: Survey

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Open the stores and the survey."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.private = crawler.settings.getbool("GONGKAI_PRIVATE")
        spider.survey = Survey(spider.db)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Look at all open candidates; those of a level are open when the level above is done."""
        while batch := self.survey.open():
            async for nothing in merged((self._settle(group) for group in _by_host(batch)), self.at_once):
                yield nothing

    async def _settle(self, candidates_of_host: list[Candidate]) -> AsyncIterator[Any]:
        """Look at the candidates on one host, one after the other: the second place asks the archive."""
        for candidate in candidates_of_host:
            self.survey.note(candidate, await self._look_safely(candidate))
        for nothing in NOTHING:
            yield nothing

    async def _look_safely(self, candidate: Candidate) -> Looked:
        """Look at a candidate. Whatever goes wrong is the reason why it is not settled."""
        try:
            return await self._look(candidate)
        except StorageError:
            raise
        except Exception as error:
            self.logger.exception("%s ended with an error of ours", candidate.url)
            return _nothing_seen(candidate.url, IncidentKind.CRASHED, f"{type(error).__name__}: {error}")

    async def _look(self, candidate: Candidate) -> Looked:
        claims = Claims(urlsplit(candidate.url).netloc)
        if refused_host(claims, private=self.private):
            return Looked(judge(candidate.place, claims, private=self.private), claims)
        portal = Portal.model_construct(code="", name=candidate.place.name, home_url=candidate.url)
        context = VisitContext(portal)
        current_visit.set(context)
        fetcher = self.fetcher(context, MOST_REQUESTS)
        try:
            fetched = await _home_page(fetcher, candidate.url)
        except Unavailable as failure:
            return self._elsewhere(candidate, failure)
        return await self._judge(candidate, fetched, fetcher)

    async def _judge(self, candidate: Candidate, fetched: Fetched, fetcher: Fetcher) -> Looked:
        home = Page(fetched.url, fetched.body)
        claims = claims_of(home)
        linked = candidate.linked_from != BY_HAND
        found = judge(candidate.place, claims, linked=linked, private=self.private)
        if found.state != "accepted" or candidate.place.level == "county":
            return Looked(found, claims)
        further = candidates(home, candidate.place)
        for url in lead_pages(home):
            try:
                lead = await fetcher.get(Ask(url))
            except (Unavailable, BudgetSpent) as failure:
                self.logger.info("%s was passed over: %s", url, failure)
                continue
            further += candidates(Page(lead.url, lead.body), candidate.place)
        return Looked(found, claims, tuple(further))

    def _elsewhere(self, candidate: Candidate, failure: Unavailable) -> Looked:
        """A home page that leads to another site makes that a candidate; any other failure leaves the place open."""
        target = failure.detail
        if failure.kind is not IncidentKind.OFFSITE or not target.startswith(("http://", "https://")):
            return _nothing_seen(failure.url, failure.kind, failure.detail)
        onward = Candidate(candidate.place, home_of(target), candidate.label, candidate.linked_from)
        return Looked(verdict("moved", target=onward.url), Claims(urlsplit(candidate.url).netloc), (onward,))


async def _home_page(fetcher: Fetcher, url: str) -> Fetched:
    """A home page, under the other scheme or with or without ``www`` where it cannot be reached as it is linked."""
    try:
        return await fetcher.get(Ask(url))
    except Unavailable as failure:
        for twin in twins(url, answered=False) if failure.kind in UNREACHABLE else ():
            with suppress(Unavailable):
                return await fetcher.get(Ask(twin))
        raise


def _by_host(batch: list[Candidate]) -> list[list[Candidate]]:
    """The candidates of each host together, in the order in which they come."""
    hosts: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in batch:
        hosts.setdefault(origin(candidate.url), []).append(candidate)
    return list(hosts.values())


def _nothing_seen(url: str, kind: IncidentKind, detail: str) -> Looked:
    said = incident(kind, url, None, detail)
    words = {"words_zh": said.message_zh, "words_en": said.message_en}
    return Looked(verdict("unreachable", **words), Claims(urlsplit(url).netloc))
