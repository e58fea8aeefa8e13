"""What goes over the wire: what a client asks, what a portal replies, and what a portal is to the server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Ask:
    """One request. `target` is the path with its query as it came; the names of `headers` are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    moment: float = 0.0
    """When it came, on a clock that only goes forward."""
    night: int = 1
    """Which night the simulator is told it is: a portal may look different on the second."""
    origin: str = ""
    """Scheme, address and port under which the portal was asked, for links that name their host."""

    @property
    def path(self) -> str:
        """The path without its query, undone of its escapes."""
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        """The fields of the query; of a field that comes twice, the last."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """The fields of a posted form."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    @property
    def fields(self) -> dict[str, str]:
        """Query and form together, for programs that take either."""
        return {**self.query, **self.form}


@dataclass(frozen=True)
class Reply:
    """One answer.

    `wait` is in seconds, before the first byte. `declared` is a Content-Length that is not that of the body: the
    connection then ends with the body. After the body, `more` streams further bytes, and `hangs` waits until the
    client goes away.
    """

    body: bytes = b""
    status: int = 200
    media_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0
    declared: int | None = None
    more: Callable[[], Iterator[bytes]] | None = None
    hangs: bool = False
    tagged: bool = False
    """Whether the answer carries an entity tag, so that a client may ask for it conditionally."""

    @property
    def tag(self) -> str:
        """The entity tag: it follows from the bytes."""
        return f'"{hashlib.sha1(self.body, usedforsecurity=False).hexdigest()[:20]}"'

    def but(self, **changes: object) -> Reply:
        """The same reply with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # the fields are checked where they are read


class Site(Protocol):
    """A portal, as the server sees it."""

    def answer(self, ask: Ask) -> Reply:
        """Answer one request."""


Handler = Callable[[Ask], Reply]


def html(text: str, status: int = 200) -> Reply:
    """A page in UTF-8 that can be asked for conditionally."""
    return Reply(text.encode(), status, tagged=status == 200)


def redirect(location: str, status: int = 302, **headers: str) -> Reply:
    """A redirect; `headers` with underscores for hyphens."""
    more = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Reply(b"", status, headers=(("Location", location), *more))


@dataclass
class Pages:
    """A site that is nothing but some pages by path; the rest is 404."""

    pages: Mapping[str, Handler]
    missing: Reply = field(default_factory=lambda: html("<html><title>404</title><p>页面不存在</p></html>", 404))

    def answer(self, ask: Ask) -> Reply:
        """The page of this target, or else of its path."""
        handler = self.pages.get(ask.target) or self.pages.get(ask.path)
        return handler(ask) if handler else self.missing
