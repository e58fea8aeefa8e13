"""The spider of a night: visits every portal that has no outcome yet, several at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator

from crawler.context import VisitContext, current_visit
from crawler.items import CapturedDocument
from crawler.merging import merged
from crawler.outcomes import IncidentKind, VisitOutcome
from crawler.portals.overrides import load_overrides
from crawler.portals.registry import Portal
from crawler.reporting import Reporter
from crawler.spiders.archiving import ArchivingSpider
from crawler.visit import Visit
from pipelines import ledger, memory
from pipelines.storage import StorageError


class AnnualReports(ArchivingSpider):
    """Yields every document that a portal presents as its annual report on open government information."""

    name = "annual_reports"

    async def start(self) -> AsyncIterator[CapturedDocument]:
        """Visit the portals."""
        memory.keep()
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
        days = self.crawler.settings.getint("GONGKAI_SECOND_LOOK")
        reporter = Reporter(self.db, self.run_id, portal.code, days)
        visit = Visit(context, self.fetcher(context), reporter, reporter.begin())
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
        robots = "disallow" if visit.outcome is VisitOutcome.ROBOTS_DISALLOW else context.robots_verdict
        reporter.end(visit.outcome, context.tally, visit.detail, robots=robots, again_at=visit.again_at)
