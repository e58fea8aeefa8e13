"""The spider of a night: visits every portal that has no outcome yet, several at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Self

import scrapy
from scrapy import signals
from sqlite_utils import Database

from crawler.context import VisitContext, current_visit
from crawler.fetching import Fetcher
from crawler.items import CapturedDocument
from crawler.merging import merged
from crawler.outcomes import IncidentKind, VisitOutcome
from crawler.portals.overrides import load_overrides
from crawler.portals.registry import Portal
from crawler.reporting import Reporter
from crawler.visit import Visit
from pipelines import ledger
from pipelines.captures import CaptureStore
from pipelines.storage import StorageError
from pipelines.store import open_archive

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class AnnualReports(scrapy.Spider):
    """Yields every document that a portal presents as its annual report on open government information.

    Settings: ``GONGKAI_DB``, ``GONGKAI_CAPTURES``, ``GONGKAI_RUN`` and the two limits of ``gongkai.yaml``.
    """

    name = "annual_reports"
    run_id: int
    vantage: str
    at_once: int
    budget: int
    db: Database
    captures: CaptureStore

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Open the stores that the night named."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        spider.run_id = settings.getint("GONGKAI_RUN")
        spider.at_once = settings.getint("GONGKAI_PORTALS_IN_PARALLEL")
        spider.budget = settings.getint("GONGKAI_REQUESTS_PER_PORTAL")
        spider.db = open_archive(settings["GONGKAI_DB"])
        spider.captures = CaptureStore(spider.db, settings["GONGKAI_CAPTURES"])
        spider.vantage = str(spider.db.table("run").get(spider.run_id)["vantage"])
        crawler.signals.connect(spider.captures.close, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[CapturedDocument]:
        """Visit the portals."""
        overrides = load_overrides()
        portals = [
            Portal(
                code=row["division_code"],
                name=row["name"],
                home_url=row["home_url"],
                list_url=row["list_url"],
                platform=row["platform"],
                extra_hosts=overrides[row["division_code"]].extra_hosts if row["division_code"] in overrides else (),
            )
            for row in ledger.open_portals(self.db, self.run_id)
        ]
        async for document in merged((self.visit(portal) for portal in portals), self.at_once):
            yield document

    async def visit(self, portal: Portal) -> AsyncIterator[CapturedDocument]:
        """Visit one portal. Whatever goes wrong ends this visit, with an outcome, and no other."""
        context = VisitContext(portal)
        current_visit.set(context)
        reporter = Reporter(self.db, self.run_id, portal.code)
        assert self.crawler.engine is not None
        fetcher = Fetcher(self.crawler.engine, context, self.budget)
        visit = Visit(context, fetcher, reporter, reporter.begin())
        try:
            async for document in visit.documents():
                yield document
        except StorageError as error:
            visit.outcome = VisitOutcome.STORAGE_FAILED
            self.logger.error("The visit of %s ended: %s", portal.code, error)
            reporter.incident(IncidentKind.STORAGE_FAILED, "", str(error))
        except Exception as error:
            visit.outcome = VisitOutcome.CRASHED
            self.logger.exception("The visit of %s ended with an error of ours", portal.code)
            reporter.incident(IncidentKind.CRASHED, "", f"{type(error).__name__}: {error}")
        reporter.end(visit.outcome, context.tally, visit.detail)
