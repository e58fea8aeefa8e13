"""One request of a visit: the page it brings, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, cast
from urllib.parse import urldefrag

from scrapy import Request, exceptions
from scrapy.http import Response

from crawler.asks import Ask
from crawler.context import VisitContext
from crawler.middlewares import OffsiteRequest
from crawler.network.decoding import TooLarge
from crawler.network.handler import CUT, NO_ANSWER, TlsFailure
from crawler.network.names import PrivateAddress
from crawler.network.retries import LONGEST_WAIT, wait_of
from crawler.network.robots import Disallowed
from crawler.outcomes import IncidentKind, VisitOutcome
from crawler.refusals import says_missing, wall_of
from crawler.shells import CookieWall
from pipelines.captures import Capture, Exchange

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine

    from crawler.spiders.archiving import ArchivingSpider

FAILURES: list[tuple[type[Exception], IncidentKind]] = [  # the first that fits
    (exceptions.CannotResolveHostError, IncidentKind.DNS_FAILURE),
    (exceptions.DownloadConnectionRefusedError, IncidentKind.CONNECTION_REFUSED),
    (exceptions.DownloadTimeoutError, IncidentKind.TIMEOUT),
    (exceptions.DownloadCancelledError, IncidentKind.TOO_LARGE),
    (TlsFailure, IncidentKind.TLS_FAILURE),
    (exceptions.DownloadFailedError, IncidentKind.CONNECTION_FAILED),
    (TooLarge, IncidentKind.TOO_LARGE),
    (OffsiteRequest, IncidentKind.OFFSITE),
    (PrivateAddress, IncidentKind.DNS_FAILURE),  # the resolver's doing as a rule: no sign that a portal has moved
    (Disallowed, IncidentKind.ROBOTS_DISALLOW),
    (CookieWall, IncidentKind.DECLINED),
    (exceptions.IgnoreRequest, IncidentKind.REDIRECT_LOOP),  # the one thing that is left for Scrapy to ignore
]
ENDS = (b"</html>", b"%%eof")  # of a page and of a PDF file
TAIL_BYTES = 1024
UNREACHABLE = {
    IncidentKind.CONNECTION_REFUSED,
    IncidentKind.CONNECTION_FAILED,
    IncidentKind.TIMEOUT,
    IncidentKind.DNS_FAILURE,
    IncidentKind.TLS_FAILURE,
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was received and archived; ``url`` is where redirects led; ``is_cut``: its end is missing."""

    url: str
    body: bytes
    capture: Capture
    is_cut: bool = False


class Unavailable(Exception):
    """An address gave nothing to read; ``ends`` is the outcome of the visit where the whole site will not."""

    def __init__(self, kind: IncidentKind, url: str, detail: str = "", *, ends: VisitOutcome | None = None) -> None:
        super().__init__(f"{kind}: {url} {detail}")
        self.kind = kind
        self.url = url
        self.detail = detail
        self.ends = ends


class BudgetSpent(Exception):
    """The visit has sent as many requests, or lasted as long, as one portal may take of a night."""


class Fetcher:
    """Asks for the addresses of one visit, one after the other, through all of Scrapy's downloader middlewares."""

    def __init__(self, engine: ExecutionEngine, context: VisitContext, budget: int, seconds: float = inf) -> None:
        self._engine = engine
        self._context = context
        self._budget = budget
        self._seconds = seconds

    @property
    def spider(self) -> ArchivingSpider:
        """The spider that asks, with its run and its stores."""
        return cast("ArchivingSpider", self._engine.spider)

    async def get(self, ask: Ask, *, retries: bool = True) -> Fetched:
        """The page that a request brings.

        Raises:
            Unavailable: there is none to be had, with the reason.
            BudgetSpent, StorageError: see :meth:`response`.
        """
        return _checked(await self.response(ask, retries=retries), ask.url)

    def derived(self, fetched: Fetched, body: bytes, method: str) -> Fetched:
        """Archive a page that was made from a received one, under a method of its own, and give it in its place."""
        spider, code = self.spider, self._context.portal.code or None
        headers = [("Content-Type", "text/html; charset=utf-8"), ("X-Derived-From", fetched.capture.sha256)]
        exchange = Exchange(spider.run_id, code, fetched.url, 200, headers, spider.vantage, method=method)
        return Fetched(fetched.url, body, spider.captures.record(exchange, body))

    async def rendered(self, fetched: Fetched) -> Fetched | None:
        """What the scripts of a page make of it; None, for there is no browser here."""
        return None

    async def response(self, ask: Ask, *, retries: bool = True) -> Response:
        """The answer to a request, whatever it is.

        Raises:
            Unavailable: there is none.
            BudgetSpent: the portal has been asked often enough.
            StorageError: the response could not be archived.
        """
        lasted = monotonic() - self._context.began
        if self._context.tally.requests >= self._budget or lasted > self._seconds:
            raise BudgetSpent
        url = urldefrag(ask.url).url
        meta = ({} if retries else {"max_retry_times": 0}) | ({"of_list": True} if ask.of_list else {})
        request = Request(url, method=ask.method, body=ask.body, headers=dict(ask.headers), meta=meta, dont_filter=True)
        try:
            return await self._engine.download_async(request)
        except (exceptions.IgnoreRequest, *NO_ANSWER) as error:
            kind = next(kind for failure, kind in FAILURES if isinstance(error, failure))
            ends = VisitOutcome.DECLINES_PROGRAMS if isinstance(error, CookieWall) else None
            raise Unavailable(kind, url, str(error), ends=ends) from error

    def archived(self, url: str) -> bytes | None:
        """The last full answer to an address, of whichever night; None where there is none."""
        store = self.spider.captures
        known = store.latest(url)
        return store.body(known.sha256) if known else None


def _checked(response: Response, asked: str) -> Fetched:
    """The response, if it is a page at all."""
    status = response.status
    if wall := wall_of(response):
        ends = VisitOutcome.DECLINES_PROGRAMS if wall.whole_site else None
        raise Unavailable(IncidentKind.DECLINED, asked, wall.note, ends=ends)
    if (wait := wait_of(response)) and wait > LONGEST_WAIT:
        detail = f"HTTP {status}, Retry-After: {wait:.0f} s"
        raise Unavailable(IncidentKind.HTTP_ERROR, asked, detail, ends=VisitOutcome.UNREACHABLE_FROM_HERE)
    if status in (404, 410):
        raise Unavailable(IncidentKind.NOT_FOUND, asked, f"HTTP {status}")
    if not 200 <= status < 300:
        raise Unavailable(IncidentKind.HTTP_ERROR, asked, f"HTTP {status}")
    if not response.body:
        raise Unavailable(IncidentKind.EMPTY_BODY, asked)
    if words := says_missing(response.body):
        raise Unavailable(IncidentKind.NOT_FOUND, asked, f"HTTP {status}, “{words}”")
    is_cut = CUT in response.flags and not shows_its_end(response.body)
    return Fetched(response.url, response.body, response.meta["capture"], is_cut)


def shows_its_end(body: bytes) -> bool:
    """Whether a body that broke off had come to its end all the same: only the announced length was wrong."""
    return body[-TAIL_BYTES:].rstrip().lower().endswith(ENDS)
