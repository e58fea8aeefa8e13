"""What listens to the crawl: tells a visit that its document is through, and keeps to a portal's Crawl-delay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.robotstxt import RobotParser
from twisted.python.failure import Failure

from crawler.items import CapturedDocument

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

LONGEST_CRAWL_DELAY = 30.0  # seconds; a portal that asks for more would not be done by morning


class Settling:
    """Resolves ``CapturedDocument.settled`` when the document has been stored, refused, or has failed."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the three ways in which a document's way can end."""
        extension = cls()
        crawler.signals.connect(extension.scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.dropped, signal=signals.item_dropped)
        crawler.signals.connect(extension.failed, signal=signals.item_error)
        return extension

    def scraped(self, item: CapturedDocument) -> None:
        """It passed every stage."""
        item.settled.set_result(None)

    def dropped(self, item: CapturedDocument, exception: Exception) -> None:
        """A stage refused it."""
        item.settled.set_result(exception)

    def failed(self, item: CapturedDocument, failure: Failure) -> None:
        """A stage raised something else."""
        item.settled.set_result(failure.value)


class CrawlDelay:
    """Keeps the pause that a portal's robots.txt asks for where it is longer than our own."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for parsed robots files."""
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Lengthen the pause of the host whose rules were just read; slots are made anew after an idle minute."""
        delay = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"])
        if not delay or self.crawler.engine is None:
            return
        downloader = self.crawler.engine.downloader
        host = downloader.get_slot_key(request)
        pause = max(self.crawler.settings.getfloat("DOWNLOAD_DELAY"), min(delay, LONGEST_CRAWL_DELAY))
        downloader.per_slot_settings[host] = {"delay": pause}
        if host in downloader.slots:
            downloader.slots[host].delay = pause
