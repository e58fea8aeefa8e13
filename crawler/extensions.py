"""What listens to the crawl: tells a visit that its document is through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy import signals
from twisted.python.failure import Failure

from crawler.items import CapturedDocument

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


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
