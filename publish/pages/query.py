"""Reading rows for a page."""

from __future__ import annotations

import sqlite3
from typing import Any

Row = dict[str, Any]


def rows(archive: sqlite3.Connection, sql: str, **values: object) -> list[Row]:
    """All rows of a query as dictionaries."""
    cursor = archive.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def first(archive: sqlite3.Connection, sql: str, **values: object) -> Row | None:
    """The first row of a query, or None."""
    return next(iter(rows(archive, sql, **values)), None)
