"""Headers that keep a browser inside the site: no scripts, no outside hosts, no guessing of types."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from datasette import hookimpl

from publish.plugins.guard import App, Receive, Scope, Send

# Not one page has a script; frames are for archived pages, which bring a stricter policy of their own.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
SECURITY = {
    b"content-security-policy": POLICY.encode(),
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
    b"x-dns-prefetch-control": b"off",
    b"cross-origin-opener-policy": b"same-origin",
}


@hookimpl(trylast=True)  # the last wrapper is the outermost: refusals of the others get these headers too
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Add every security header that a response does not set itself."""

    def wrap(app: App) -> App:
        async def secured(scope: Scope, receive: Receive, send: Send) -> None:
            async def send_secured(message: MutableMapping[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": _with_security(message.get("headers", []))}
                await send(message)

            await app(scope, receive, send_secured)

        return secured

    return wrap


def _with_security(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    present = {name.lower() for name, _ in headers}
    return [*headers, *((name, value) for name, value in SECURITY.items() if name not in present)]
