"""The addresses of our own pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response

from publish.pages import bodies, nights, report, search, start

Gather = Callable[..., dict[str, Any] | None]
View = Callable[[Any, Any], Awaitable[Any]]


@hookimpl
def register_routes() -> list[tuple[str, View]]:
    """One address a page; what stands in it is handed to the page's ``gather`` function."""
    return [
        (r"/$", _page("start.html", start.gather)),
        (r"/search$", _search),
        (r"/report/(?P<report_id>[^/]+)$", _page("report.html", report.gather)),
        (r"/body/(?P<body_id>[^/]+)$", _page("body.html", bodies.gather_body)),
        (r"/division/(?P<code>[^/]+)$", _page("division.html", bodies.gather_division)),
        (r"/night$", _page("nights.html", nights.gather_nights)),
        (r"/night/(?P<run_id>\d{1,18})$", _page("night.html", nights.gather_night)),
    ]


def _page(template: str, gather: Gather) -> View:
    async def view(datasette: Any, request: Any) -> Any:
        named = {name: unquote(value) for name, value in request.url_vars.items()}
        return await _show(datasette, request, template, lambda archive: gather(archive, **named))

    return view


async def _search(datasette: Any, request: Any) -> Any:
    words = request.args.get("q") or ""
    return await _show(datasette, request, "search.html", lambda archive: search.gather(archive, words))


async def _show(
    datasette: Any, request: Any, template: str, gather: Callable[[sqlite3.Connection], dict[str, Any] | None]
) -> Any:
    context = await datasette.get_database("archive").execute_fn(gather)
    if context is None:
        raise NotFound(request.path)
    return Response.html(await datasette.render_template(template, context, request=request))
