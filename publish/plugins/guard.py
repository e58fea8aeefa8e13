"""Refuses addresses that would lead out of the site or into its machinery."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import NotFound

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LONGEST_VALUE = 10_000_000
"""Bytes; the longest text we store is a section of a report."""

# What Datasette tells about itself: file paths, threads, settings, and sign-in pages that nobody here can use.
_MACHINERY = (
    "actor|allow-debug|auth-token|config|databases|logout|messages|metadata|patterns|permissions|plugins|settings"
    "|threads|versions"
)


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Answer 400 to a path with a backslash, which Datasette 0.65 may redirect to and browsers read as a host."""

    def wrap(app: App) -> App:
        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and "\\" in scope["path"]:
                await _refuse(send)
            else:
                await app(scope, receive, send)

        return guarded

    return wrap


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Bound the values a query may build: the time limit does not reach into a single function call."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)


@hookimpl
def register_routes() -> list[tuple[str, Callable[[], None]]]:
    """Put "no such page" in front of Datasette's own introspection."""
    return [(rf"/-/(?:{_MACHINERY})(?:\.json)?$", _no_such_page)]


def _no_such_page() -> None:
    raise NotFound("/-/")


async def _refuse(send: Send) -> None:
    body = "网址中不能有反斜杠。\nAn address here has no backslash.\n".encode()
    content_type = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": 400, "headers": [content_type]})
    await send({"type": "http.response.body", "body": body})
