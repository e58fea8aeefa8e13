"""Fetching with a browser at hand: a page that only scripts fill in is followed by what they made of it.

Both are archived: the page as it was received, and what the browser showed, as a capture of the method ``RENDER``.
"""

from __future__ import annotations

import asyncio
import contextvars
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from scrapy.http import Response

from crawler.asks import Ask
from crawler.browser import Chromium, Loaded, RenderFailed, Wanted
from crawler.context import VisitContext
from crawler.fetching import BudgetSpent, Fetched, Fetcher, Unavailable
from crawler.outcomes import IncidentKind, VisitOutcome, incident
from crawler.pages import Page
from crawler.refusals import wall_of
from pipelines import ledger
from pipelines.storage import StorageError

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine

METHOD = "RENDER"
MOST_LOADS = 60  # requests of one page; those behind them are not answered
SECONDS = 60.0  # for a page to come to rest, and for each of its requests the pause
OURS = {"cookie", "user-agent", "host", "connection", "content-length", "accept-encoding", "accept-language", "origin"}
NOT_PASSED_ON = {"content-encoding", "content-length", "transfer-encoding", "set-cookie", "connection"}


class RenderingFetcher(Fetcher):
    """A fetcher that has the empty shells of applications filled in by their scripts."""

    def __init__(
        self, chromium: Chromium, engine: ExecutionEngine, context: VisitContext, budget: int, seconds: float = inf
    ) -> None:
        super().__init__(engine, context, budget, seconds)
        self._chromium = chromium

    async def get(self, ask: Ask, *, retries: bool = True) -> Fetched:
        """The page that a request brings; of an application's shell, what its scripts make of it."""
        fragment = urldefrag(ask.url).fragment
        raw = await super().get(ask, retries=retries)
        shown = replace(raw, url=f"{raw.url}#{fragment}") if fragment else raw
        if ask.method != "GET" or not Page(raw.url, raw.body).is_application:
            return shown
        return await self.rendered(shown) or shown

    async def rendered(self, fetched: Fetched) -> Fetched | None:
        """What the scripts of a page make of it; None, noted as an incident, where they come to no end.

        Raises:
            Unavailable: a script met a wall, and the whole site is behind it.
            BudgetSpent, StorageError: see :meth:`Fetcher.response`.
        """
        captures, run_id = self.spider.captures, self.spider.run_id
        known = captures.replay(run_id, fetched.url, METHOD)
        if known is not None:
            return Fetched(fetched.url, captures.body(known.sha256), known)
        pause = self.spider.settings.getfloat("GONGKAI_PAUSE")
        loader = _Loader(self)
        try:
            rendered = await self._chromium.render(fetched.url, loader.load, SECONDS + MOST_LOADS * pause)
        except RenderFailed as failure:
            self._note(fetched.url, str(failure))
            rendered = None
        if loader.problem:
            raise loader.problem
        return None if rendered is None else self.derived(fetched, rendered.html.encode(), METHOD)

    def _note(self, url: str, detail: str) -> None:
        code = self._context.portal.code or None
        ledger.record_incident(
            self.spider.db, self.spider.run_id, incident(IncidentKind.RENDER_FAILED, url, code, detail)
        )


class _Loader:
    """Answers the requests of one page through the crawl, one at a time. ``problem`` is what ends the visit."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._visit = contextvars.copy_context()  # Playwright calls back from tasks that know of no visit
        self._turn = asyncio.Lock()
        self._loads = 0
        self.problem: Exception | None = None

    async def load(self, wanted: Wanted) -> Loaded | None:
        """The answer to a request; None when it is not to be had, and always after a problem."""
        async with self._turn:
            self._loads += 1
            if self.problem or self._loads > MOST_LOADS:
                return None
            ask = Ask(urldefrag(wanted.url).url, wanted.method, wanted.body, _theirs(wanted))
            try:
                response = await asyncio.create_task(self._fetcher.response(ask), context=self._visit)
            except Unavailable as failure:
                self.problem = failure if failure.ends else None
                return None
            except (BudgetSpent, StorageError) as problem:
                self.problem = problem
                return None
            return self._passed_on(ask.url, response)

    def _passed_on(self, url: str, response: Response) -> Loaded | None:
        """The answer as the page may see it. A wall ends the visit: no script gets to work on its puzzle."""
        if wall := wall_of(response):
            if wall.whole_site:
                ends = VisitOutcome.DECLINES_PROGRAMS
                self.problem = Unavailable(IncidentKind.DECLINED, url, wall.note, ends=ends)
            return None
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, values in response.headers.items()
            for value in values
        }
        passed_on = {name: value for name, value in headers.items() if name not in NOT_PASSED_ON}
        return Loaded(response.status, passed_on, response.body)


def _theirs(wanted: Wanted) -> tuple[tuple[str, str], ...]:
    """The headers that a script has set, without those that are ours or that only a browser may send."""
    return tuple(
        (name, value) for name, value in wanted.headers.items() if not name.startswith("sec-") and name not in OURS
    )
