"""How single values are shown in Datasette's tables: links to our pages, safe links outward, codes in words."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from datasette import hookimpl
from markupsafe import Markup

from publish import words

_REFERENCES = {
    "report_id": "/report/",
    "body_id": "/body/",
    "division_code": "/division/",
    "run_id": "/night/",
    "rule": "/archive/rule/",
    "capture_id": "/-/capture/",
    "revisit_of": "/-/capture/",
}
_INSIDE = Markup('<a href="{}">{}</a>')
_OUTSIDE = Markup('<a href="{}" rel="nofollow noopener noreferrer">{}</a>')


@hookimpl
def render_cell(value: Any, column: str, table: str | None) -> Markup | None:
    """The value as it is shown, or None to leave it to Datasette. ``table`` is None for a query."""
    label = value.get("label") if isinstance(value, dict) else value
    key = value.get("value") if isinstance(value, dict) else value
    if key is None:
        return None
    if column in _REFERENCES:
        return _INSIDE.format(_REFERENCES[column] + quote(str(key), safe=""), label)
    if isinstance(key, float):
        return Markup("{}").format(words.number(key))
    if isinstance(key, str) and is_link(key):
        return _OUTSIDE.format(key, key)
    return _in_words(table, column, key)


def is_link(text: str) -> bool:
    """Whether a text is an address a reader may follow: http or https, with a host and nothing else in it."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(c.isspace() for c in text)


def _in_words(table: str | None, column: str, code: object) -> Markup | None:
    tables = (table,) if table else ("finding", "obligation", "report", "requests")
    return next((shown for name in tables if (shown := words.coded(name, column, code))), None)
