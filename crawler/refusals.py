"""Answers that are no pages: walls, named by who built them, and pages that say they are missing with status 200.

A wall is recognised, recorded and left alone; nothing here, or anywhere, tries to get past one.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from scrapy.http import Response

from pipelines.readers.encoding import decode
from pipelines.yaml_file import load_yaml

NOTHING = re.compile(r"(?!)")
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>|\s+", re.DOTALL | re.IGNORECASE)
CHALLENGE_BYTES = 8192
TITLE_BYTES = 16384
SMALL_PAGE_BYTES = 6000
FEW_WORDS = 200  # characters


class Vendor(BaseModel):
    """How the walls of one maker are recognised."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    challenge: re.Pattern[str] = NOTHING
    cookies: str | None = None
    statuses: frozenset[int] = frozenset()


class Refusals(BaseModel):
    """All of ``refusals.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    declining: frozenset[int]
    whole_site: frozenset[int]
    vendors: tuple[Vendor, ...]
    cookie_wall: str
    missing: re.Pattern[str]


@cache
def refusals() -> Refusals:
    """The contents of ``refusals.yaml``."""
    return Refusals.model_validate(load_yaml(Path(__file__).with_name("refusals.yaml")))


class Wall(BaseModel):
    """A refusal: what came and from whom, and whether the whole site is behind it."""

    model_config = ConfigDict(frozen=True)

    note: str
    whole_site: bool


def wall_of(response: Response) -> Wall | None:
    """The wall that an answer is; None for any other answer."""
    head = _head(response.body, CHALLENGE_BYTES)
    challenge = next((vendor for vendor in refusals().vendors if vendor.challenge.search(head)), None)
    status = response.status
    if challenge is None and status not in refusals().declining:
        return None
    whole_site = challenge is not None or status in refusals().whole_site
    return Wall(note=f"HTTP {status}, {_maker(challenge, response)}", whole_site=whole_site)


def _maker(challenge: Vendor | None, response: Response) -> str:
    cookies = b" ".join(response.headers.getlist("Set-Cookie")).decode("latin-1")
    vendors = refusals().vendors
    by_cookie = next((vendor for vendor in vendors if vendor.cookies and vendor.cookies in cookies), None)
    by_status = next((vendor for vendor in vendors if response.status in vendor.statuses), vendors[-1])
    return (challenge or by_cookie or by_status).name


def says_missing(body: bytes) -> str | None:
    """The words by which a page says that there is none; None for a page that does not."""
    source = _head(body, TITLE_BYTES) if body.lstrip()[:1] == b"<" else ""
    title = TITLE.search(source)
    words = MARKUP.sub(" ", source).strip() if len(body) <= SMALL_PAGE_BYTES else ""
    places = (title[1].strip() if title else "", words if len(words) <= FEW_WORDS else "")
    found = (refusals().missing.search(place) for place in places)
    return next((match[0].strip() for match in found if match), None)


def _head(body: bytes, size: int) -> str:
    """The beginning of a body as text, not cut through the middle of a character."""
    return decode(body if len(body) <= size else body[:size].rstrip(bytes(range(0x80, 0x100)))).text
