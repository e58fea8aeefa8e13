"""What is said when a page cannot be shown: a sentence to the visitor; a traceback of our own mistakes to the log."""

from __future__ import annotations

import logging
import sqlite3
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError

TEMPLATE = "error.html"
OURS = str(Path(__file__).parents[1])
WRONG_QUERY = (sqlite3.ProgrammingError, sqlite3.Warning)
MALFORMED = (*WRONG_QUERY, ValueError, TypeError, LookupError, AttributeError, AssertionError)
"""What Datasette breaks on, in place of saying so, where a key or a condition in an address is not as it expects."""

log = logging.getLogger(__name__)


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]]:
    """Answer with our error page, or with JSON where JSON was asked for. Replaces Datasette's own handler."""

    async def answer() -> Any:
        status, error = _explain(exception)
        if status >= 500:
            log.error("%s failed", request.path, exc_info=exception)
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": error, "status": status, "title": None}, status=status)
        context = {"status": status, "error": error, "title": getattr(exception, "title", None)}
        return Response.html(await datasette.render_template(TEMPLATE, context, request=request), status=status)

    return answer


def _explain(exception: Exception) -> tuple[int, str]:
    """The HTTP status and what Datasette says. It calls a wrong question a mistake of its own: that is a 400."""
    if isinstance(exception, DatasetteError):
        return (400 if exception.status >= 500 else exception.status), str(exception.message)
    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0])
    if isinstance(exception, MALFORMED) and not _is_ours(exception):
        return 400, "网址中的条件不合格式，请更正。A condition in this address is not as it must be: correct it."
    return 500, "The site made a mistake."


def _is_ours(exception: Exception) -> bool:
    """Whether code or a template of ours took part in a failure."""
    return any(frame.filename.startswith(OURS) for frame in traceback.extract_tb(exception.__traceback__))
