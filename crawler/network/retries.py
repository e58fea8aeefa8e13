"""Asking again, later and later, where a failure may pass; and waiting as long as a portal asks to be waited for."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.network.handler import CUT, TlsFailure
from pipelines.captures import Capture

LONGEST_WAIT = 300.0  # seconds; a portal that asks for more is left alone for the day
ASKS_TO_WAIT = (429, 503)
STUB_BYTES = 1500
OF_A_PAGE = (b"<title", b"<meta", b"<script", b"frame", b"{")


class Retries(RetryMiddleware):
    """Retries what fails for the moment: no connection, server errors, a body cut short, a page without a byte.

    A stub in the place of a list is asked for once more.

    The wait doubles with every attempt, from twice the pause on. Who says "too many" is asked again only when he said
    after how long.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._pause = settings.getfloat("GONGKAI_PAUSE")

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Give the response, or after a while the request once more."""
        asked_to_wait = wait_of(response)
        if asked_to_wait is not None and asked_to_wait > LONGEST_WAIT:
            return response
        if (
            asked_to_wait is None
            and response.status not in self.retry_http_codes
            and not _is_lacking(request, response)
        ):
            return response
        again = self._retry(request, f"HTTP {response.status}")
        if again is None:
            return response
        if "replayed" not in response.flags:
            await self._wait(again, asked_to_wait or 0.0)
        return again

    async def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        """Give the request once more after a while, where that may help."""
        if isinstance(exception, TlsFailure):
            return None
        again = super().process_exception(request, exception)
        if isinstance(again, Request):
            await self._wait(again, 0.0)
        return again

    async def _wait(self, request: Request, at_least: float) -> None:
        pause = max(self._pause, request.meta.get("pause", 0.0))
        await asyncio.sleep(max(at_least, pause * 2 ** request.meta["retry_times"]))


def wait_of(response: Response) -> float | None:
    """The seconds after which a busy portal wants to be asked again (RFC 9110, section 10.2.3); None if it says none.

    A moment of the past is 0, one that nobody can read is as good as none.
    """
    said = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if response.status not in ASKS_TO_WAIT or not said:
        return None
    if said.isdecimal():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    return max((moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)


def _is_lacking(request: Request, response: Response) -> bool:
    if CUT in response.flags or (response.status == 200 and not response.body):
        return True
    before: Capture | None = request.meta.get("before")
    is_first = "of_list" in request.meta and not request.meta.get("retry_times")
    return is_first and response.status == 200 and is_stub(response.body, before.size if before else 0)


def is_stub(body: bytes, before: int) -> bool:
    """Whether a page without a link is no page at all, or not even half of what it was, in bytes, when it last came.

    A list may well be short because it is empty; it still has its head.
    """
    small = body.lower() if len(body) <= STUB_BYTES else b"<a"
    return b"<a" not in small and (before > 2 * len(body) or not any(mark in small for mark in OF_A_PAGE))
