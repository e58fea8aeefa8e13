"""Portals that would keep a program busy for ever, or choke it: by accident or on purpose, the effect is the same."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from samples.simulator.wire import Ask, Reply, Site, html, redirect

MEGABYTE = 1024 * 1024
ANNUAL = "政府信息公开年报"


@dataclass
class Calendar:
    """The site, with a calendar whose every month links the next and the one before, under a promising label."""

    site: Site

    def answer(self, ask: Ask) -> Reply:
        """A month, or a page of the site with a link to the calendar."""
        if ask.path.startswith("/rili/"):
            month = int(ask.path.rstrip("/").rpartition("/")[2])
            links = "".join(f'<a href="/rili/{other}/">{ANNUAL}（第{other}月）</a>' for other in (month + 1, month - 1))
            return html(f"<html><title>日历</title><p>第{month}月</p>{links}</html>")
        return _with(self.site.answer(ask), f'<a href="/rili/24300/">{ANNUAL}日历</a>') if ask.path == "/" else (
            self.site.answer(ask)
        )  # fmt: skip


@dataclass
class ManyLinks:
    """The site, with a hundred thousand links on its home page."""

    site: Site
    number: int = 100_000

    def answer(self, ask: Ask) -> Reply:
        """The page."""
        reply = self.site.answer(ask)
        if ask.path != "/":
            return reply
        return _with(reply, "".join(f'<a href="/zwyw/{at}.html">要闻{at}</a>' for at in range(self.number)))


@dataclass
class Chain:
    """A path that leads from host to host; none of them is the portal's own."""

    site: Site
    path: str

    def answer(self, ask: Ask) -> Reply:
        """The first step of the chain."""
        if ask.path != self.path:
            return self.site.answer(ask)
        return redirect("http://127.99.99.1:9/one?next=http://127.99.99.2:9/two", status=301)


@dataclass
class NextIsItself:
    """A list whose next page is itself, under ever new addresses."""

    site: Site
    path: str

    def answer(self, ask: Ask) -> Reply:
        """The first page, whatever page is asked for."""
        if ask.path != self.path:
            return self.site.answer(ask)
        page = int(ask.query.get("page", "1"))
        pager = f'<div class="page">第{page}页 / 共9999页 <a href="{self.path}?page={page + 1}">下一页</a></div>'
        return _with(self.site.answer(Ask(**{**vars(ask), "target": self.path})), pager)


@dataclass
class Sitemaps:
    """A map of the site that leads to further maps for ever, named in robots.txt and on the home page."""

    site: Site

    def answer(self, ask: Ask) -> Reply:
        """A map, or a page of the site."""
        if ask.path == "/robots.txt":
            text = f"User-agent: *\nAllow: /\nSitemap: {ask.origin}/sitemap-0.xml\n"
            return Reply(text.encode(), media_type="text/plain")
        if ask.path.startswith("/sitemap"):
            return _map(int(ask.path.rpartition("-")[2].partition(".")[0]), ask.path.endswith(".xml"))
        reply = self.site.answer(ask)
        return _with(reply, '<a href="/sitemap-0.html">网站地图</a>') if ask.path == "/" else reply


@dataclass
class Bomb:
    """A path whose few bytes of gzip are gigabytes of nothing."""

    site: Site
    path: str

    def answer(self, ask: Ask) -> Reply:
        """The bomb, or the site."""
        if ask.path != self.path:
            return self.site.answer(ask)
        return Reply(_bomb(1024), headers=(("Content-Encoding", "gzip"),))


@dataclass
class Huge:
    """A path that streams a file of two gigabytes."""

    site: Site
    path: str
    megabytes: int = 2048
    media_type: str = "application/pdf"

    def answer(self, ask: Ask) -> Reply:
        """The file, or the site."""
        if ask.path != self.path:
            return self.site.answer(ask)
        return Reply(media_type=self.media_type, declared=self.megabytes * MEGABYTE, more=self._pieces)

    def _pieces(self) -> Iterator[bytes]:
        piece = b"User-agent: none\nDisallow:\n".ljust(MEGABYTE, b"#")
        return (piece for _ in range(self.megabytes))


@dataclass
class LongHeader:
    """A path with a header of a megabyte."""

    site: Site
    path: str

    def answer(self, ask: Ask) -> Reply:
        """The page with its header."""
        reply = self.site.answer(ask)
        return reply.but(headers=(*reply.headers, ("X-Trace", "t" * MEGABYTE))) if ask.path == self.path else reply


@dataclass
class Hangs:
    """A path whose body stops in the middle, on a connection that stays open."""

    site: Site
    path: str

    def answer(self, ask: Ask) -> Reply:
        """Half of the page."""
        reply = self.site.answer(ask)
        if ask.path != self.path:
            return reply
        half = reply.body[: len(reply.body) // 2]
        return reply.but(body=half, declared=len(reply.body), hangs=True, tagged=False)


@dataclass
class BadAddresses:
    """A home page with links that are no text in UTF-8, no addresses at all, or endless."""

    site: Site

    def answer(self, ask: Ask) -> Reply:
        """The page with those links in front."""
        reply = self.site.answer(ask)
        if ask.path != "/":
            return reply
        odd = [
            b"/%ff%fe%80/",
            b"/\xff\xfe\x80/",
            b"http://[::1/",
            b"http://:99999/",
            b"/" + b"a" * 100_000,
            b"http:///",
        ]
        links = b"".join(b'<a href="' + address + b'">' + ANNUAL.encode() + b"</a>" for address in odd)
        return reply.but(body=reply.body.replace(b"</body>", links + b"</body>"))


def _with(reply: Reply, text: str) -> Reply:
    return reply.but(body=reply.body.replace(b"</body>", f"{text}</body>".encode()))


def _map(number: int, is_xml: bool) -> Reply:
    numbers = range(number * 50 + 1, number * 50 + 51)
    if is_xml:
        items = "".join(f"<sitemap><loc>/sitemap-{at}.xml</loc></sitemap>" for at in numbers)
        return Reply(f"<sitemapindex>{items}</sitemapindex>".encode(), media_type="application/xml")
    return html("".join(f'<a href="/sitemap-{at}.html">政府信息公开地图{at}</a>' for at in numbers))


@cache
def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    piece = b" " * MEGABYTE
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()
