"""The receipts of a night, and what earlier ones tell of how a host is encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.context import current_visit
from crawler.network.handler import Sent
from crawler.network.tls import TlsProfile
from pipelines.receipts import Receipt, known_profile, record_request

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.archiving import ArchivingSpider


class Receipts:
    """Notes every request that goes over the network, and tells it how its host is known to be encrypted."""

    def __init__(self, spider: ArchivingSpider, pause: float) -> None:
        self._spider = spider
        self._pause = pause
        self._known: dict[str, str | None] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the stores from the spider."""
        return cls(crawler.spider, crawler.settings.getfloat("GONGKAI_PAUSE"))  # type: ignore[arg-type]  # any spider

    def process_request(self, request: Request) -> None:
        """Note what earlier nights found out about the host."""
        host = urlsplit(request.url).hostname or ""
        if host not in self._known:
            self._known[host] = known_profile(self._spider.db, host)
        request.meta["tls"] = TlsProfile(self._known[host] or TlsProfile.MODERN)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note a request that was answered over the network."""
        if "replayed" not in response.flags:
            self._note(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note a request that was not."""
        self._note(request)

    def _note(self, request: Request) -> None:
        sent: Sent | None = request.meta.get("sent")
        if sent is None:
            return
        receipt = Receipt(
            self._spider.run_id,
            current_visit.get().portal.code,
            sent.host,
            " ".join(sent.addresses),
            sent.tls,
            sent.size,
            max(self._pause, request.meta.get("pause", 0.0)),
            sent.gap,
        )
        record_request(self._spider.db, receipt)
