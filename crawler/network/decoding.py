"""Undoing gzip and deflate as portals really send them: unasked, falsely announced, cut short, or without end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from crawler.network.handler import CUT
from pipelines.inflating import GZIP, WINDOWS, inflated

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

ACCEPTED = "gzip, deflate"
IS_GZIP_FILE = re.compile(r"\.(?:gz|tgz|svgz)$|gzip", re.IGNORECASE)
MOST_CODINGS = 3


class TooLarge(IgnoreRequest):
    """A body that would grow beyond the largest size when decoded."""


class Decoding:
    """Gives bodies without their coding. A body that is not coded as announced is given as it came."""

    def __init__(self, largest: int) -> None:
        self._largest = largest

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the limit from the settings."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say what we can undo."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """Undo the codings of a response that came over the network."""
        codings = _codings(response)
        if not codings or "replayed" in response.flags or not response.body:
            return response
        body, flags = response.body, list(response.flags)
        for coding in reversed(codings):
            decoded = inflated(body, coding, request.meta.get("keep_at_most") or self._largest)
            if decoded is None:
                break
            body, is_whole = decoded
            if len(body) > self._largest:
                raise TooLarge(f"{request.url} grows beyond {self._largest} bytes")
            flags += [CUT] if not is_whole and CUT not in flags else []
        headers = response.headers.copy()
        headers.pop("Content-Encoding", None)
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return kind(response.url, status=response.status, headers=headers, body=body, flags=flags)


def _codings(response: Response) -> list[str]:
    """The codings to undo, in the order in which they were put on; gzip also where nobody has announced it."""
    announced = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1").lower().split(",")
    known = [coding.strip() for coding in announced if coding.strip() in WINDOWS]
    media_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
    is_gzip_file = IS_GZIP_FILE.search(response.url) or IS_GZIP_FILE.search(media_type)
    return known[-MOST_CODINGS:] or (["gzip"] if response.body.startswith(GZIP) and not is_gzip_file else [])
