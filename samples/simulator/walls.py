"""What stands before portals and turns programs away, or asks them for patience."""

from __future__ import annotations

from dataclasses import dataclass, field

from samples.simulator.wire import Ask, Reply, Site, redirect

RUISHU = """<!DOCTYPE html><html><head><meta charset="utf-8"><meta id="d9XtqQdXKyvQ" content="%s" r="m">
<script type="text/javascript" r="m">$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=54119;$_ts.cd="%s";</script>
<script type="text/javascript" charset="iso-8859-1" src="/4QbVtADbnLVIc/c.FxJzG50F.dfe1675.js" r="m"></script>
</head><body></body></html>"""
JSL_FIRST = "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_');location.href=location.pathname</script>"
JSL_PUZZLE = """<script>go({"bts":["1732.5|0|AbC","xYz%3D"],"chars":"abcdefgh",
"ct":"5f2a","ha":"md5","tn":"__jsl_clearance_s"})</script>"""


def _cookies(ask: Ask) -> dict[str, str]:
    pairs = (pair.strip().partition("=") for pair in ask.headers.get("cookie", "").split(";"))
    return {name: value for name, _, value in pairs if name}


@dataclass
class Ruishu:
    """412 for whatever is asked: only a real browser comes further."""

    site: Site

    def answer(self, ask: Ask) -> Reply:
        """Always the same."""
        page = RUISHU % ("x" * 600, "q" * 2000)
        return Reply(page.encode(), 412, headers=(("Set-Cookie", "jdXc1a9S=60Qv3; Path=/; HttpOnly"),))


@dataclass
class Jiasule:
    """521 until a script has been run: first a cookie, then a puzzle, then the site."""

    site: Site

    def answer(self, ask: Ask) -> Reply:
        """What the two cookies allow."""
        cookies = _cookies(ask)
        if "__jsluid_s" not in cookies:
            return Reply(
                JSL_FIRST.encode(), 521, headers=(("Set-Cookie", "__jsluid_s=9f1c; max-age=31536000; path=/"),)
            )
        if cookies.get("__jsl_clearance_s") != "1732.5|0|solved":
            return Reply(JSL_PUZZLE.encode(), 521)
        return self.site.answer(ask)


@dataclass
class CookieWall:
    """302 to the same address, once for each client that keeps cookies and for ever for those that do not."""

    site: Site

    def answer(self, ask: Ask) -> Reply:
        """The site, for who shows the cookie."""
        if _cookies(ask).get("CT6T") == "7a1b":
            return self.site.answer(ask)
        return redirect(ask.target, Set_Cookie="CT6T=7a1b; path=/")


@dataclass
class Refuses:
    """One status and a few bytes for whatever is asked."""

    site: Site
    status: int = 403

    def answer(self, ask: Ask) -> Reply:
        """Always the same."""
        return Reply(b"<html><body>Request denied</body></html>", self.status)


@dataclass
class Hurried:
    """403 for who asks faster than once in `seconds`, and for the rest of the night."""

    site: Site
    seconds: float = 0.9
    _last: float = 0.0
    _blocked: int = 0

    def answer(self, ask: Ask) -> Reply:
        """The site, for who takes their time."""
        too_fast = ask.moment - self._last < self.seconds
        self._last = ask.moment
        if too_fast:
            self._blocked = ask.night
        return Reply(b"<p>Forbidden", 403) if self._blocked == ask.night else self.site.answer(ask)


@dataclass
class Robots:
    """A site with a robots.txt of its own."""

    site: Site
    text: str
    media_type: str = "text/plain"
    status: int = 200

    def answer(self, ask: Ask) -> Reply:
        """The site and its robots.txt."""
        if ask.path == "/robots.txt":
            return Reply(self.text.encode(), self.status, self.media_type)
        return self.site.answer(ask)


@dataclass
class Fickle:
    """Answers that differ: of three requests for a page one is an error, one an empty page, one the page."""

    site: Site
    _count: dict[str, int] = field(default_factory=dict)

    def answer(self, ask: Ask) -> Reply:
        """By turns."""
        turn = self._count[ask.target] = self._count.get(ask.target, 0) + 1
        if turn % 3 == 1:
            return Reply(b"", 503)
        return self.site.answer(ask) if turn % 3 == 2 else Reply(b"")
