"""What goes wrong on the way: charsets and codings that lie, slowness, bodies that break off."""

from __future__ import annotations

import codecs
import gzip
from dataclasses import dataclass, field

from samples.simulator.wire import Ask, Reply, Site


def _is_page(reply: Reply) -> bool:
    return reply.media_type.startswith("text/html") and bool(reply.body)


@dataclass
class CharsetLiar:
    """The header says ISO-8859-1, the page says gb2312, the bytes are GB18030; `marked` ones are UTF-8 with a BOM."""

    site: Site
    marked: tuple[str, ...] = ()

    def answer(self, ask: Ask) -> Reply:
        """The page, encoded otherwise than it says."""
        reply = self.site.answer(ask)
        if not _is_page(reply):
            return reply
        text = reply.body.decode().replace("charset=utf-8", "charset=gb2312")
        marked = ask.path in self.marked
        body = codecs.BOM_UTF8 + text.encode() if marked else text.encode("gb18030")
        return reply.but(body=body, media_type="text/html; charset=ISO-8859-1")


@dataclass
class GzipLiar:
    """Gzip for everybody, asked for or not; on some paths only said, on some cut in the middle."""

    site: Site
    only_said: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()

    def answer(self, ask: Ask) -> Reply:
        """The page, coded otherwise than it should be."""
        reply = self.site.answer(ask)
        body = reply.body if ask.path in self.only_said else gzip.compress(reply.body, mtime=0)
        if ask.path in self.cut:
            body = body[: len(body) // 2]
        return reply.but(body=body, headers=(*reply.headers, ("Content-Encoding", "gzip")), tagged=False)


@dataclass
class Slow:
    """Some paths take their time, once each."""

    site: Site
    paths: tuple[str, ...]
    seconds: float = 25.0
    _waited: set[str] = field(default_factory=set)

    def answer(self, ask: Ask) -> Reply:
        """The page, late."""
        reply = self.site.answer(ask)
        if ask.path not in self.paths or ask.path in self._waited:
            return reply
        self._waited.add(ask.path)
        return reply.but(wait=self.seconds)


@dataclass
class Stub:
    """A path that answers 200 with a stub, as some portals do beyond the end of a list."""

    site: Site
    path: str
    size: int = 350

    def answer(self, ask: Ask) -> Reply:
        """The stub, or the site."""
        if ask.path != self.path:
            return self.site.answer(ask)
        return Reply(f"<html><body><!--{'-' * self.size}--></body></html>".encode())
