"""Scrapy's way to the network: one request, in its turn, to an address that may be asked.

Scrapy's own handlers judge encryption alike for all hosts and follow names without a look at where they lead.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import h11
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.network.exchange import Answer, Call, TooMuch, exchange
from crawler.network.names import Names
from crawler.network.tls import TlsProfile, context_of, weaker
from crawler.network.turns import Turns, lanes_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

CUT = "cut"
"""The flag of a response whose body broke off: it holds what had come until then."""


class TlsFailure(DownloadFailedError):
    """No profile of encryption was good enough for this host."""


NO_ANSWER = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
"""All that a request can come to instead of an answer, apart from being refused by ourselves."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request was on the network, for the receipts: put into ``meta["sent"]`` of the request.

    ``gap`` is in seconds since the request before, in any of its lanes; None for the first.
    """

    host: str
    addresses: tuple[str, ...]
    tls: TlsProfile | None
    gap: float | None
    size: int = 0


class PortalHandler(BaseDownloadHandler):
    """Sends requests for ``http`` and ``https``.

    Of a request it reads, in ``meta``: ``download_timeout`` in seconds, ``tls`` (the profile that its host is known to
    need), ``pause`` in seconds, and ``keep_at_most`` in bytes (the rest of such a body is not waited for).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pause = crawler.settings.getfloat("GONGKAI_PAUSE")
        self._largest = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._names = Names()
        self._turns = Turns()
        self._tls: dict[str, TlsProfile] = {}

    @classmethod
    @cache
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The one handler of a crawl: Scrapy would make one a scheme, and turns hold whatever the scheme."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Send a request, with weaker encryption where its host fails at the strict one.

        Raises:
            CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError, DownloadFailedError,
            TlsFailure: there is no answer.
            DownloadCancelledError: the body is larger than allowed.
            PrivateAddress: the host leads into our own network.
        """
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        addresses = await self._names.addresses(host)
        pause = max(self._pause, request.meta.get("pause", 0.0))
        known = request.meta.get("tls", TlsProfile.MODERN)
        while True:
            profile = self._tls.setdefault(host, known) if parts.scheme == "https" else None
            async with self._turns.turn(lanes_of(host, addresses), pause) as gap:
                request.meta["sent"] = Sent(host, addresses, profile, gap)
                try:
                    return await self._sent(request, addresses, profile)
                except ssl.SSLError as error:
                    next_profile = weaker(profile, error) if profile else None
                    if next_profile is None:
                        raise TlsFailure(_reason(error)) from error
                    self._tls[host] = next_profile

    async def _sent(self, request: Request, addresses: tuple[str, ...], profile: TlsProfile | None) -> Response:
        """The answer of the first address that takes the connection; failures in Scrapy's terms, but for encryption."""
        call = Call(
            request.method,
            request.url,
            [(name, value) for name, values in request.headers.items() for value in values],
            request.body,
            addresses,
            context_of(profile) if profile else None,
            self._largest,
            request.meta.get("keep_at_most"),
        )
        try:
            answer = await exchange(call, request.meta["download_timeout"])
        except TooMuch as error:
            raise DownloadCancelledError(str(error)) from error
        except TimeoutError as error:
            raise DownloadTimeoutError(request.url) from error
        except ConnectionRefusedError as error:
            raise DownloadConnectionRefusedError(_reason(error)) from error
        except ssl.SSLError:
            raise
        except (OSError, h11.ProtocolError, ValueError) as error:
            raise DownloadFailedError(_reason(error)) from error
        request.meta["sent"] = replace(request.meta["sent"], size=len(answer.body))
        return _response(request, answer)


def _response(request: Request, answer: Answer) -> Response:
    headers = Headers()
    for name, value in answer.headers:
        headers.appendlist(name, value)
    body = bytes(answer.body)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
    return kind(request.url, status=answer.status, headers=headers, body=body, flags=[CUT] if answer.is_cut else [])


def _reason(error: BaseException) -> str:
    """What an error says of itself, in one line."""
    return " ".join(str(error).split())[:300] or type(error).__name__
