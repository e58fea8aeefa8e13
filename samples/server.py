"""A real HTTP/1.1 server for one portal, on a loopback address only."""

import time
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from samples.render import Page


class Request(NamedTuple):
    """One line of the request log."""

    time: float
    host: str
    path: str
    status: int


class PortTakenError(OSError):
    """The port of a sample portal is in use; raised when the server is made."""


@dataclass
class Site:
    """What a server serves. A test may replace a page between two nights: `site.pages[path] = page(…)`."""

    pages: dict[str, Page]
    missing: Page


class PortalServer(ThreadingHTTPServer):
    """Serves one site on one loopback address; port 0 takes a free port.

    Raises ValueError for an address that is not loopback and PortTakenError when the port is in use.
    """

    daemon_threads = True
    block_on_close = False  # a client that keeps its connection open must not hold up the end

    def __init__(self, address: str, port: int, site: Site, log: list[Request]) -> None:
        if not ip_address(address).is_loopback:
            raise ValueError(f"Sample portals are served on loopback only, not on {address}; use 127.x.x.x.")
        self.site = site
        self.log = log
        self.address = address
        try:
            super().__init__((address, port), _Handler)
        except OSError as error:
            raise PortTakenError(
                f"The sample portal cannot be served on {address}:{port} ({error.strerror}); "
                "end the program that uses this port, or serve with `--ports free`."
            ) from error

    @property
    def url(self) -> str:
        """The address of the portal's home page."""
        return f"http://{self.address}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: PortalServer
    protocol_version = "HTTP/1.1"
    server_version = "sample-portal"
    sys_version = ""
    timeout = 30
    wbufsize = -1  # headers and body leave in one packet; two would wait for each other on a kept connection
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        path = urlsplit(self.path).path
        page = self.server.site.pages.get(path)
        if page is None:
            status, page = HTTPStatus.NOT_FOUND, self.server.site.missing
        else:
            status = HTTPStatus.NOT_MODIFIED if _unchanged(page, self.headers) else HTTPStatus.OK
        host = f"{self.server.address}:{self.server.server_port}"
        self.server.log.append(Request(time.time(), host, self.path, status))
        self._send(status, page, with_body=with_body and status != HTTPStatus.NOT_MODIFIED)

    def _send(self, status: HTTPStatus, page: Page, *, with_body: bool) -> None:
        self.send_response(status)
        if status != HTTPStatus.NOT_FOUND:
            self.send_header("ETag", page.etag)
            self.send_header("Last-Modified", page.last_modified)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(page.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Print nothing: the request log is `PortalServer.log`."""


def _unchanged(page: Page, headers: Message) -> bool:
    """Whether the client's copy is still right (RFC 9110, 13.2.2: an entity tag outweighs a date)."""
    if tags := headers.get("If-None-Match"):
        return page.etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    if since := headers.get("If-Modified-Since"):
        try:
            return parsedate_to_datetime(page.last_modified) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False  # a date that cannot be read, or has no zone, is ignored (RFC 9110, 13.1.3)
    return False
