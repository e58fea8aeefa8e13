"""What the spider yields: a captured document that claims to be a report."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from pipelines.stages import CapturedItem


@dataclass(slots=True, kw_only=True, eq=False)
class CapturedDocument(CapturedItem):
    """A page or a file that a list, or a report page, presents as a report.

    ``settled`` is done when the document has been through all stages; its result is None, or the exception that ended
    its way.
    """

    settled: asyncio.Future[BaseException | None] = field(repr=False)
