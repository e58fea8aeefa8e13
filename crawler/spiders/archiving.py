"""What every spider of ours shares: the stores that the run named, which the middlewares write into."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Self

import scrapy
from scrapy import signals
from sqlite_utils import Database

from crawler.browser import Chromium, is_installed
from crawler.context import VisitContext
from crawler.fetching import Fetcher
from crawler.rendering import RenderingFetcher
from pipelines.captures import CaptureStore
from pipelines.store import open_archive

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class ArchivingSpider(scrapy.Spider):
    """A spider whose every response is kept.

    Settings: ``GONGKAI_DB``, ``GONGKAI_CAPTURES``, ``GONGKAI_RUN`` and the two limits of ``gongkai.yaml``.
    """

    run_id: int
    vantage: str
    at_once: int
    budget: int
    db: Database
    captures: CaptureStore
    chromium: Chromium | None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Open the stores that the run named."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        spider.run_id = settings.getint("GONGKAI_RUN")
        spider.at_once = settings.getint("GONGKAI_PORTALS_IN_PARALLEL")
        spider.budget = settings.getint("GONGKAI_REQUESTS_PER_PORTAL")
        spider.db = open_archive(settings["GONGKAI_DB"])
        spider.captures = CaptureStore(spider.db, settings["GONGKAI_CAPTURES"])
        spider.vantage = str(spider.db.table("run").get(spider.run_id)["vantage"])
        crawler.signals.connect(spider.captures.close, signal=signals.spider_closed)
        spider.chromium = Chromium(settings["USER_AGENT"]) if is_installed() else None
        if spider.chromium:
            crawler.signals.connect(spider.chromium.stop, signal=signals.spider_closed)
        return spider

    def fetcher(self, context: VisitContext, budget: int | None = None) -> Fetcher:
        """A way to ask for the pages of one portal, at most ``budget`` of them."""
        assert self.crawler.engine is not None
        seconds = 60 * self.crawler.settings.getfloat("GONGKAI_MINUTES_PER_PORTAL", inf)
        limits = (self.budget if budget is None else budget, seconds)
        if self.chromium:
            return RenderingFetcher(self.chromium, self.crawler.engine, context, *limits)
        return Fetcher(self.crawler.engine, context, *limits)
