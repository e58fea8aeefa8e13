"""What happens to every request and response: kept to the portal, archived before anything reads it, replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.asks import Ask
from crawler.context import current_visit
from crawler.hosts import belongs
from crawler.network.handler import CUT
from pipelines.captures import Capture, Exchange

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.archiving import ArchivingSpider

CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


class OffsiteRequest(IgnoreRequest):
    """A request outside the portal being visited, made by a link, a redirect or a robots.txt."""


class AllowedHosts:
    """Refuses every request that does not belong to the portal being visited."""

    def process_request(self, request: Request) -> None:
        """Let the request pass, or raise OffsiteRequest."""
        request.meta.pop("sent", None)  # a retry or a redirect brings along that of the request before
        if not belongs(request.url, current_visit.get().portal):
            raise OffsiteRequest(request.url)


class Archive:
    """Stores every response before anything else sees it.

    - A request that this night already had answered is answered from the archive: that is how a night that was
      killed continues without asking twice.
    - A page known from an earlier night is asked for conditionally (RFC 9110 §13); "not modified" is recorded and
      answered with the archived body.
    """

    def __init__(self, spider: ArchivingSpider) -> None:
        self.spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the stores from the spider."""
        return cls(crawler.spider)  # type: ignore[arg-type]  # Scrapy types it as any spider

    def process_request(self, request: Request) -> Response | None:
        """Answer from the archive, or add the conditions under which the portal need not send the body again."""
        store = self.spider.captures
        if request.meta.get("of_list"):
            request.meta["before"] = store.before(request.url, self.spider.run_id)
        capture = store.replay(self.spider.run_id, request.url, request.method, _attempt(request), _payload(request))
        if capture is not None:
            return self._archived(request, capture, capture, "replayed")
        known = store.latest(request.url) if request.method == "GET" else None
        request.meta["confirms"] = known
        for validator, condition in CONDITIONS.items():
            request.headers.pop(condition, None)  # a redirect brings along those of the address it came from
            value = known.header(validator) if known else None
            if value:
                request.headers[condition] = value
        return None

    def process_response(self, request: Request, response: Response) -> Response:
        """Record a response that came over the network."""
        if "replayed" in response.flags:
            return response
        exchange = self._exchange(request, response)
        known: Capture | None = request.meta.get("confirms")
        if response.status == 304 and known is not None:
            capture = self.spider.captures.record_revisit(exchange, known)
            return self._archived(request, capture, known, "revisit")
        capture = self.spider.captures.record(exchange, response.body)
        self._note(request, capture)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a request that went out and brought no answer."""
        if "sent" in request.meta:
            current_visit.get().count_failure()

    def _archived(self, request: Request, capture: Capture, content: Capture, flag: str) -> Response:
        """The response that ``capture`` recorded, with the body and headers of ``content``."""
        if capture.revisit_of is not None:
            content = self.spider.captures.get(capture.revisit_of)
        self._note(request, capture)
        body = self.spider.captures.body(content.sha256)
        headers = Headers()
        for name, value in content.headers:
            headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
        flags = [flag, CUT] if content.cut else [flag]
        return kind(request.url, status=content.status, headers=headers, body=body, request=request, flags=flags)

    def _note(self, request: Request, capture: Capture) -> None:
        request.meta["capture"] = capture
        current_visit.get().count_capture(capture.id)

    def _exchange(self, request: Request, response: Response) -> Exchange:
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        return Exchange(
            run_id=self.spider.run_id,
            division_code=current_visit.get().portal.code or None,  # a search does not know yet whose page it is
            url=request.url,
            status=response.status,
            headers=headers,
            vantage=self.spider.vantage,
            method=request.method,
            attempt=_attempt(request),
            payload=_payload(request),
            tls=request.meta["sent"].tls if "sent" in request.meta else None,
            cut=CUT in response.flags,
        )


def _payload(request: Request) -> str:
    return Ask(request.url, request.method, request.body).payload


def _attempt(request: Request) -> int:
    """How often this address is asked for now: retried, or sent back to after it set a cookie."""
    sent_back = request.meta.get("redirect_urls", []).count(request.url)
    return int(request.meta.get("retry_times", 0)) + int(sent_back) + 1
