"""Which portal's visit a request belongs to.

A context variable and not request metadata: Scrapy asks for robots.txt by itself, and those requests and the
redirects they meet must keep to the same portal as the ones we make.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from time import monotonic

from crawler.portals.registry import Portal
from pipelines.ledger import Tally


@dataclass(slots=True)
class VisitContext:
    """The portal being visited and what its visit has counted so far."""

    portal: Portal
    tally: Tally = field(default_factory=Tally)
    captures: set[int] = field(default_factory=set)
    robots: dict[str, str] = field(default_factory=dict)  # what robots.txt said, by host and port
    began: float = field(default_factory=monotonic)

    @property
    def robots_verdict(self) -> str | None:
        """What the first host that was asked said."""
        return next(iter(self.robots.values()), None)

    def count_capture(self, capture_id: int) -> None:
        """Count an answered request, once: the same page may be looked at again within the night."""
        if capture_id not in self.captures:
            self.captures.add(capture_id)
            self.tally.requests += 1

    def count_failure(self) -> None:
        """Count a request that brought no answer."""
        self.tally.requests += 1


current_visit: ContextVar[VisitContext] = ContextVar("current_visit")
