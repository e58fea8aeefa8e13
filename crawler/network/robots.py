"""robots.txt, asked for once a day: what a parsable file says is obeyed; a page or a refusal in its place says nothing.

RFC 9309; where it leaves the choice, the milder one for the portal.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawler.context import current_visit
from pipelines.clock import utc_now

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.archiving import ArchivingSpider
    from pipelines.captures import Capture

ENOUGH_BYTES = 512 * 1024  # RFC 9309, section 2.5: at least 500 KiB are to be read
LONGEST_DELAY = 60.0  # seconds; a portal that asks for more asks not to be visited in one night
CACHED = timedelta(hours=24)
HAS_RULES = re.compile(rb"^(?:\xef\xbb\xbf)?\s*user-agent\s*:", re.IGNORECASE | re.MULTILINE)
WILD = re.compile(r"^((?:[^*\n]*\*){4})[^\n]*", re.MULTILINE)  # more wildcards than that take a matcher for ever


class Disallowed(IgnoreRequest):
    """robots.txt does not allow a request; the message quotes it where it says more than that."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says. ``verdict`` is ``rules``, ``html`` (a page stood in its place) or ``none``."""

    verdict: str
    parsed: Protego | None = None

    @classmethod
    def of(cls, status: int, body: bytes) -> Self:
        """Of the answer to a request for robots.txt."""
        if status >= 400:
            return cls("none")
        if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            return cls("html")
        if not HAS_RULES.search(body):
            return cls("none")
        return cls("rules", Protego.parse(WILD.sub(r"\1", body.decode("utf-8-sig", "ignore"))))

    def delay(self, agent: str) -> float:
        """The pause that it asks for, in seconds."""
        return float((self.parsed and self.parsed.crawl_delay(agent)) or 0)

    def check(self, url: str, agent: str) -> None:
        """Let a request pass, or raise Disallowed."""
        if self.parsed is None:
            return
        if not self.parsed.can_fetch(url, agent):
            raise Disallowed("robots.txt")
        if self.delay(agent) > LONGEST_DELAY:
            raise Disallowed(f"Crawl-delay: {self.delay(agent):g}")


class Robots:
    """Asks each host for its robots.txt before anything else, and keeps to it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._known: dict[str, asyncio.Future[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the engine and the stores of the crawler, once they are there."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass with the pause to keep, or raise Disallowed."""
        if request.meta.get("is_robots"):
            return
        parts = urlsplit(request.url)
        rules = await self._rules(f"{parts.scheme}://{parts.netloc}/robots.txt", parts.netloc)
        current_visit.get().robots.setdefault(parts.netloc, rules.verdict)
        request.meta["pause"] = rules.delay(self._agent)
        rules.check(request.url, self._agent)

    async def _rules(self, url: str, host: str) -> Rules:
        if host not in self._known:
            self._known[host] = asyncio.get_running_loop().create_future()
            try:
                self._known[host].set_result(await self._ask(url))
            except Exception as error:
                failed = self._known.pop(host)
                failed.set_exception(error)
                failed.exception()  # others may wait for it; if nobody does, that is no mistake
                raise
        return await self._known[host]

    async def _ask(self, url: str) -> Rules:
        """The rules that an earlier night saw today, or those of the portal.

        Where it cannot be reached, neither is what was to be asked: the failure is that of the request, which is
        retried as any is.
        """
        spider: ArchivingSpider = self._crawler.spider  # type: ignore[assignment]  # Scrapy types it as any spider
        if cached := _fresh(spider.captures.at(url, utc_now()), spider.run_id):
            return Rules.of(cached.status, spider.captures.body(cached.sha256))
        assert self._crawler.engine is not None
        request = Request(url, meta={"is_robots": True, "keep_at_most": ENOUGH_BYTES, "max_retry_times": 0})
        try:
            response = await self._crawler.engine.download_async(request)
        except IgnoreRequest:  # it leads away from the portal, or in a circle
            return Rules("none")
        return Rules.of(response.status, response.body)


def _fresh(capture: Capture | None, run_id: int) -> Capture | None:
    """The capture, if it may stand for a request: of today, and of another night, for this one replays its own."""
    oldest = (datetime.now(UTC) - CACHED).isoformat(timespec="seconds")
    says = capture and (capture.status in (200, 304) or 400 <= capture.status < 500)
    return capture if capture and says and capture.run_id != run_id and capture.received_at >= oldest else None
