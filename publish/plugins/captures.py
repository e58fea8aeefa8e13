"""Archived pages: what a portal sent, shown without running anything of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response
from sqlite_utils import Database

from pipelines.captures import Capture, CaptureStore
from pipelines.readers.encoding import decode
from pipelines.storage import StorageError
from publish.pages.query import first

# The page's own inline styles are harmless; scripts, forms, frames, requests and navigation are all shut off.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
TEXT = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
"""Media types that are shown, and as what; everything else is offered for download."""

View = Callable[[Any, Any], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture with its body, or with the reason why there is none."""

    capture: Capture
    body: bytes | None
    reason: str = ""

    @property
    def shown_as(self) -> str | None:
        """The media type it is shown as; None for what is offered for download."""
        return TEXT.get(self.capture.media_type or "")


@hookimpl
def register_routes() -> list[tuple[str, View]]:
    """The page about a capture, and the captured bytes themselves."""
    return [(r"/-/capture/(?P<number>\d{1,18})$", _about), (r"/-/capture/(?P<number>\d{1,18})/body$", _body)]


async def _about(datasette: Any, request: Any) -> Any:
    kept = await _find(datasette, request)
    return Response.html(await datasette.render_template("capture.html", {"kept": kept}, request=request))


async def _body(datasette: Any, request: Any) -> Any:
    kept = await _find(datasette, request)
    if kept.body is None:
        raise NotFound(request.path)
    headers = {"content-security-policy": SANDBOX}
    if kept.shown_as:
        text = decode(kept.body).text.encode()
        return Response(text, headers=headers, content_type=f"{kept.shown_as}; charset=utf-8")
    name = quote(unquote(PurePosixPath(urlsplit(kept.capture.url).path).name) or "document")
    headers["content-disposition"] = f"attachment; filename*=UTF-8''{name}"
    return Response(kept.body, headers=headers, content_type="application/octet-stream")


async def _find(datasette: Any, request: Any) -> Kept:
    number = int(request.url_vars["number"])
    kept: Kept | None = await datasette.get_database("archive").execute_fn(
        lambda archive: _read(archive, datasette.captures_path, number)
    )
    if kept is None:
        raise NotFound(request.path)
    return kept


def _read(archive: sqlite3.Connection, captures: Path, number: int) -> Kept | None:
    row = first(archive, "SELECT * FROM capture WHERE id = :id", id=number)
    if row is None:
        return None
    capture = Capture.from_row(row)
    if not captures.exists():
        return Kept(capture, None, f"There is no {captures.name} beside the archive.")
    store = CaptureStore(Database(archive), captures)
    try:
        return Kept(capture, store.body(capture.sha256))
    except StorageError as error:
        return Kept(capture, None, str(error))
    finally:
        store.close()
