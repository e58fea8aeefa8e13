"""Archived pages: what a portal sent, shown without running anything of it."""

from __future__ import annotations

import sqlite3
from asyncio import get_running_loop
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response
from sqlite_utils import Database

from pipelines.captures import Capture, CaptureStore
from pipelines.outlining import Outlined, Sight, Wanted, outline
from pipelines.readers.encoding import decode
from pipelines.storage import StorageError
from publish.pages.query import first
from publish.sought import Sought, sought

# The page's own inline styles are harmless; scripts, forms, frames, requests and navigation are all shut off.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
TEXT = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
"""Media types that are shown, and as what; everything else is offered for download."""

View = Callable[[Any, Any], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture with its body, or with the reason why there is none; and the figure sought in it, if one is."""

    capture: Capture
    sought: Sought | None
    body: bytes | None
    reason: str = ""

    @property
    def anchor(self) -> str:
        """The id of the outlined cell; no page can hold its own digest, and so no other element has that id."""
        return f"figure-{self.capture.sha256[:16]}"

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
    outlined = await _outlined(kept)
    context = {"kept": kept, "sought": kept.sought, "sight": outlined and outlined.sight}
    return Response.html(await datasette.render_template("capture.html", context, request=request))


async def _body(datasette: Any, request: Any) -> Any:
    kept = await _find(datasette, request)
    if kept.body is None:
        raise NotFound(request.path)
    headers = {"content-security-policy": SANDBOX}
    if kept.shown_as:
        outlined = await _outlined(kept)
        text = outlined.page if outlined and outlined.page else decode(kept.body).text
        return Response(text.encode(), headers=headers, content_type=f"{kept.shown_as}; charset=utf-8")
    name = quote(unquote(PurePosixPath(urlsplit(kept.capture.url).path).name) or "document")
    headers["content-disposition"] = f"attachment; filename*=UTF-8''{name}"
    return Response(kept.body, headers=headers, content_type="application/octet-stream")


async def _outlined(kept: Kept) -> Outlined | None:
    """The page with the figure that is sought; None when none is, or there is no page.

    A thread that no query needs waits for the process that reads.
    """
    figure = kept.sought
    if figure is None or not kept.body:
        return None
    if kept.shown_as != "text/html":
        return Outlined(Sight.NO_PAGE)
    wanted = Wanted(figure.year, figure.key, figure.printed, kept.anchor)
    return await get_running_loop().run_in_executor(None, outline, kept.body, wanted)


async def _find(datasette: Any, request: Any) -> Kept:
    number = int(request.url_vars["number"])
    asked = {name: request.args.get(name) for name in request.args}
    kept: Kept | None = await datasette.get_database("archive").execute_fn(
        lambda archive: _read(archive, datasette.captures_path, number, asked)
    )
    if kept is None:
        raise NotFound(request.path)
    return kept


def _read(archive: sqlite3.Connection, captures: Path, number: int, asked: Mapping[str, str]) -> Kept | None:
    row = first(archive, "SELECT * FROM capture WHERE id = :id", id=number)
    figure = sought(archive, number, asked) if "metric" in asked else None
    if row is None or ("metric" in asked and figure is None):
        return None
    capture = Capture.from_row(row)
    if not captures.exists():
        return Kept(capture, figure, None, f"There is no {captures.name} beside the archive.")
    store = CaptureStore(Database(archive), captures)
    try:
        return Kept(capture, figure, store.body(capture.sha256))
    except StorageError as error:
        return Kept(capture, figure, None, str(error))
    finally:
        store.close()
