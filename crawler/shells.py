"""Pages that only send the browser on: meta refresh, a script that sets ``location``, a cookie and the same address.

They are followed as redirects are, so that each hop is archived, kept to the portal and asked of robots.txt.
"""

from __future__ import annotations

import re

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.utils.response import get_meta_refresh

from crawler.addresses import absolute
from crawler.links import join
from crawler.refusals import refusals, wall_of
from pipelines.readers.encoding import decode

MOST_HOPS = 3
SHELL_BYTES = 2048
HEAD_BYTES = 8192
FEW_LINKS = 3
COMMENT = re.compile(r"""/\*.*?\*/|(?<![:\w"'])//[^\n]*""", re.DOTALL)
SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
GOES_TO = re.compile(
    r"""\blocation(?:\.href)?\s*=\s*["']([^"'\s]+)["'](?!\s*\+)|\blocation\.(?:replace|assign)\(\s*["']([^"'\s]+)["']"""
)
FOR_PHONES = re.compile(r"/(?:m|wap|mobile|3g|phone|app)(?:/|\.|$)|//(?:m|wap|3g)\.", re.IGNORECASE)


class CookieWall(IgnoreRequest):
    """The host sends its cookie again and again with the same address: it wants a browser."""


class ShellPages(MetaRefreshMiddleware):
    """Follows shells for at most ``MOST_HOPS`` hops. One that comes back to where it was is a loop.

    A page that refreshes itself is no shell, and neither is a wall.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Give the page, or the request for the page that it sends the browser to."""
        if response.status != 200 or not isinstance(response, HtmlResponse):
            return response
        target = self._target(response)
        if not target or target == request.url or wall_of(response):
            return response
        hops = request.meta.get("shell_hops", 0) + 1
        if hops > MOST_HOPS or target in request.meta.get("redirect_urls", []):
            raise IgnoreRequest("max redirections reached")
        onward = self._redirect_request_using_get(request, response, target)
        onward.meta["shell_hops"] = hops
        return self._redirect(onward, request, "shell")

    def _target(self, response: HtmlResponse) -> str:
        """The address that a page sends the browser to; empty where it sends it nowhere."""
        head = HtmlResponse(
            response.url, headers=response.headers, body=response.body[:HEAD_BYTES]
        )  # not to decode it all
        try:
            interval, url = get_meta_refresh(head, ignore_tags=self._ignore_tags)
        except ValueError:  # not an address at all
            return ""
        if url and interval is not None and interval < self._maxdelay:
            return join(response.url, url)
        return script_target(response.url, response.body)


def script_target(url: str, body: bytes) -> str:
    """Where the script of an all but empty page sends the browser; a way meant for telephones is left out."""
    if len(body) > SHELL_BYTES or body.lower().count(b"<a ") > FEW_LINKS:
        return ""
    scripts = COMMENT.sub(" ", " ".join(SCRIPT.findall(decode(body).text)))
    targets = [set_to or replaced for set_to, replaced in GOES_TO.findall(scripts)]
    return join(url, next((target for target in targets if not FOR_PHONES.search(target)), ""))


class Redirects(RedirectMiddleware):
    """Follows redirects. One that leads to no address is an answer like any other, and a cookie wall is named."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Give the response, or the request for the address that it redirects to.

        Raises:
            CookieWall, IgnoreRequest: it redirects in a circle.
        """
        try:
            _refuse_cookie_wall(request, response)
            return super().process_response(request, response)
        except ValueError:  # such as a port that is no number
            return response


def _refuse_cookie_wall(request: Request, response: Response) -> None:
    """Notice a redirect to the same address with a cookie that was already sent back once."""
    again = request.url in request.meta.get("redirect_urls", [])
    location = (response.headers.get("Location") or b"").decode("latin-1")
    to_itself = 300 <= response.status < 400 and absolute(request.url, location) == request.url
    if again and to_itself and "Set-Cookie" in response.headers:
        raise CookieWall(f"HTTP {response.status}, {refusals().cookie_wall}")
