"""One request of a visit: the page it brings, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy import Request, exceptions
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from crawler.asks import Ask
from crawler.context import VisitContext
from crawler.middlewares import OffsiteRequest
from crawler.outcomes import IncidentKind
from crawler.refusals import says_missing, wall_of
from crawler.shells import CookieWall
from pipelines.captures import Capture

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine

FAILURES: list[tuple[type[Exception], IncidentKind]] = [
    (OffsiteRequest, IncidentKind.OFFSITE),
    (exceptions.DownloadConnectionRefusedError, IncidentKind.CONNECTION_REFUSED),
    (exceptions.CannotResolveHostError, IncidentKind.DNS_FAILURE),
    (exceptions.DownloadTimeoutError, IncidentKind.TIMEOUT),
    (exceptions.DownloadCancelledError, IncidentKind.TOO_LARGE),
    (exceptions.ResponseDataLossError, IncidentKind.TRUNCATED),
    (ConnectError, IncidentKind.CONNECTION_FAILED),
    (ConnectionLost, IncidentKind.CONNECTION_FAILED),
    (ConnectionDone, IncidentKind.CONNECTION_FAILED),
]
IGNORED = {  # Scrapy's own words
    "Forbidden by robots.txt": IncidentKind.ROBOTS_DISALLOW,
    "max redirections reached": IncidentKind.REDIRECT_LOOP,
    "exceeded DOWNLOAD_MAXSIZE": IncidentKind.TOO_LARGE,
}
UNREACHABLE = {
    IncidentKind.CONNECTION_REFUSED,
    IncidentKind.CONNECTION_FAILED,
    IncidentKind.TIMEOUT,
    IncidentKind.DNS_FAILURE,
    IncidentKind.TLS_FAILURE,
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was received and archived; ``url`` is where redirects led."""

    url: str
    body: bytes
    capture: Capture


class Unavailable(Exception):
    """An address gave nothing to read; ``wall`` says that the whole site will not."""

    def __init__(self, kind: IncidentKind, url: str, detail: str = "", *, wall: bool = False) -> None:
        super().__init__(f"{kind}: {url} {detail}")
        self.kind = kind
        self.url = url
        self.detail = detail
        self.wall = wall


class BudgetSpent(Exception):
    """The visit has sent as many requests as one portal may receive in a night."""


class Fetcher:
    """Asks for the addresses of one visit, one after the other, through all of Scrapy's downloader middlewares."""

    def __init__(self, engine: ExecutionEngine, context: VisitContext, budget: int) -> None:
        self._engine = engine
        self._context = context
        self._budget = budget

    async def get(self, ask: Ask) -> Fetched:
        """The answer to a request.

        Raises:
            Unavailable: there is none to be had, with the reason.
            BudgetSpent: the portal has been asked often enough.
            StorageError: the response could not be archived.
        """
        if self._context.tally.requests >= self._budget:
            raise BudgetSpent
        url = ask.url
        request = Request(url, method=ask.method, body=ask.body, headers=dict(ask.headers), dont_filter=True)
        try:
            response = await self._engine.download_async(request)
        except exceptions.IgnoreRequest as error:
            wall = isinstance(error, CookieWall)
            raise Unavailable(_ignored(error), url, str(error), wall=wall) from error
        except exceptions.DownloadFailedError as error:
            raise Unavailable(_failed(error), url, _told(error)) from error
        except tuple(kind for kind, _ in FAILURES) as error:
            raise Unavailable(next(name for kind, name in FAILURES if isinstance(error, kind)), url) from error
        return _checked(response, url)


def _checked(response: Response, asked: str) -> Fetched:
    """The response, if it is a page at all."""
    status = response.status
    if wall := wall_of(response):
        raise Unavailable(IncidentKind.DECLINED, asked, wall.note, wall=wall.whole_site)
    if status in (404, 410):
        raise Unavailable(IncidentKind.NOT_FOUND, asked, f"HTTP {status}")
    if not 200 <= status < 300:
        raise Unavailable(IncidentKind.HTTP_ERROR, asked, f"HTTP {status}")
    if not response.body:
        raise Unavailable(IncidentKind.EMPTY_BODY, asked)
    if words := says_missing(response.body):
        raise Unavailable(IncidentKind.NOT_FOUND, asked, f"HTTP {status}, “{words}”")
    return Fetched(response.url, response.body, response.meta["capture"])


def _ignored(error: exceptions.IgnoreRequest) -> IncidentKind:
    if isinstance(error, OffsiteRequest):
        return IncidentKind.OFFSITE
    if isinstance(error, CookieWall):
        return IncidentKind.DECLINED
    return next((kind for words, kind in IGNORED.items() if words in str(error)), IncidentKind.HTTP_ERROR)


def _told(error: Exception) -> str:
    """What a failed download says of itself, unless it is only the name of a Python object."""
    said = str(error)
    return "对方未作答复即断开 closed without an answer" if "object" in said or "Failure" in said else said


def _failed(error: Exception) -> IncidentKind:
    words = f"{error!r} {error.__cause__!r}"
    return IncidentKind.TLS_FAILURE if "SSL" in words or "TLS" in words else IncidentKind.CONNECTION_FAILED
