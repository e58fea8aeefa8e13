"""Portals whose pages hold nothing themselves, or are not where they were."""

from __future__ import annotations

from dataclasses import dataclass

from samples.simulator.wire import Ask, Reply, Site, html, redirect

SPA = """<!DOCTYPE html><html><head><title>{title}</title></head>
<body><div id="app"></div><script src="/static/js/app.3f2a.js"></script></body></html>"""


@dataclass
class Framed:
    """A page that is only a frame round another."""

    site: Site
    path: str
    inside: str

    def answer(self, ask: Ask) -> Reply:
        """The frame; inside it, what would stand in its place."""
        if ask.path == self.path:
            frame = f'<iframe src="{self.inside}" width="100%" frameborder="0"></iframe>'
            return html(f"<html><head><title>政府信息公开</title></head><body>{frame}</body></html>")
        return self.site.answer(Ask(**{**vars(ask), "target": self.path}) if ask.path == self.inside else ask)


@dataclass
class Application:
    """An empty shell for every page: a browser runs the application that fills it."""

    site: Site
    title: str

    def answer(self, ask: Ask) -> Reply:
        """The shell, or the script."""
        if ask.path.endswith(".js"):
            return Reply(b"/* the application */", media_type="application/javascript")
        return html(SPA.format(title=self.title)) if ask.path != "/robots.txt" else html("", 404)


@dataclass
class Refreshing:
    """A home page that only leads on, twice: by a meta tag and by a script."""

    site: Site
    home: str = "/html/"

    def answer(self, ask: Ask) -> Reply:
        """One hop further."""
        if ask.path == "/":
            return html('<meta http-equiv="refresh" content="0;url=/index.shtml">')
        if ask.path == "/index.shtml":
            return html(f'<script>window.location.href="{self.home}"</script>')
        return self.site.answer(Ask(**{**vars(ask), "target": "/"}) if ask.path == self.home else ask)


@dataclass
class Circle:
    """Two pages that lead to each other for ever."""

    site: Site

    def answer(self, ask: Ask) -> Reply:
        """The other page."""
        other = "/index.html" if ask.path == "/" else "/"
        if ask.path in ("/", "/index.html"):
            return html(f'<meta http-equiv="refresh" content="0;url={other}">')
        return self.site.answer(ask)


@dataclass
class SoftMissing:
    """Some addresses answer 200 with a page that bears the title of the home page and says that nothing is there."""

    site: Site
    title: str
    paths: tuple[str, ...]

    def answer(self, ask: Ask) -> Reply:
        """The page, or the soft refusal."""
        if ask.path not in self.paths:
            return self.site.answer(ask)
        return html(f"<html><head><title>{self.title}</title></head><body><p>{'样例' * 400}</p></body></html>")


@dataclass
class Moved:
    """From the second night on, everything under `old` is under `new`, and the old addresses lead home."""

    site: Site
    old: str
    new: str

    def answer(self, ask: Ask) -> Reply:
        """The page, wherever it is tonight."""
        if ask.night == 1:
            return self.site.answer(ask)
        if ask.target.startswith(self.old):
            return redirect("/")
        before = ask.target.replace(self.new, self.old, 1)
        reply = self.site.answer(Ask(**{**vars(ask), "target": before}))
        return reply.but(body=reply.body.replace(self.old.encode(), self.new.encode()))
