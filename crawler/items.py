"""What the spider yields: a captured document that claims to be a report."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from pipelines.reading import Reading
from pipelines.store import Saved


@dataclass(slots=True, eq=False)
class CapturedDocument:
    """A page or a file that a list, or a report page, presents as a report.

    ``list_date`` is the ISO date beside its row; ``column`` the label of its list; ``parent_url`` the page that linked
    to it. ``content``, ``reading`` and ``saved`` are filled in by the stages. ``settled`` is done when the document has
    been through all of them; its result is None, or the exception that ended its way.
    """

    capture_id: int
    run_id: int
    division_code: str
    url: str
    list_title: str
    list_date: str | None
    column: str
    media_type: str | None
    parent_url: str
    settled: asyncio.Future[BaseException | None] = field(repr=False)
    content: bytes = field(default=b"", repr=False)
    reading: Reading | None = field(default=None, repr=False)
    saved: Saved | None = None
