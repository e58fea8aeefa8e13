"""One module a family of content-management systems: how its lists page and what its rows look like."""

from __future__ import annotations

from crawler.pages import Page
from crawler.platforms.generic import Generic
from crawler.platforms.trs import Trs

PLATFORMS: tuple[Generic, ...] = (Trs(), Generic())


def platform_of(page: Page, hint: str | None = None) -> Generic:
    """The adapter for a page: the one the registry names, else the first that recognises the page."""
    named = [platform for platform in PLATFORMS if platform.name == hint]
    return next(platform for platform in (*named, *PLATFORMS) if platform in named or platform.recognises(page))
