"""Chinese full-text search in Datasette: the index holds one character a token, so a word is a phrase of characters."""

from __future__ import annotations

import re
import sqlite3

from datasette import hookimpl

from pipelines.fulltext import spaced

NO_WORD = re.compile(r'["\0]')  # what ends a phrase of FTS5, and what ends the whole expression for SQLite


@hookimpl(trylast=True)  # Datasette registers its own function of this name first; the last registration counts
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Replace Datasette's ``escape_fts`` on this connection."""
    conn.create_function("escape_fts", 1, phrases, deterministic=True)


def phrases(query: str) -> str:
    """A search as typed, as an FTS5 expression: every word a quoted phrase, all of them required."""
    return " ".join(f'"{spaced(word)}"' for word in NO_WORD.sub(" ", query).split()) or '""'
