"""One module a family of content-management systems that asks or answers in its own way; all others are data."""

from __future__ import annotations

from crawler.pages import Page
from crawler.platforms.family import families
from crawler.platforms.generic import Generic
from crawler.platforms.trs import Trs

WITH_WAYS_OF_THEIR_OWN: dict[str, type[Generic]] = {"trs": Trs}
PLATFORMS: tuple[Generic, ...] = (
    Generic(),
    *(WITH_WAYS_OF_THEIR_OWN.get(family.name, Generic)(family) for family in families()),
)


def platform_of(page: Page, hint: str | None = None) -> Generic:
    """The adapter for a page: the one the registry names, else the one with the best evidence."""
    named = next((platform for platform in PLATFORMS if platform.name == hint), None)
    return named or max(PLATFORMS, key=lambda platform: platform.evidence(page))
