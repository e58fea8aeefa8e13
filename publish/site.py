"""Puts the site together: Datasette over the archive, our settings, templates, stylesheet and plugins."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from pipelines.yaml_file import load_yaml
from publish.plugins import captures, cells, errors, guard, headers, pages, search, words

HERE = Path(__file__).parent
DATABASE = "archive"
"""The archive's name in every address, whatever its file is called."""

PLUGINS = (guard, headers, errors, search, words, cells, captures, pages)
REPLACED = "datasette.handle_exception"
"""Of Datasette's own plugins: it prints every variable of every visitor's typing error."""


class NoArchiveError(Exception):
    """There is no archive to show; the message is one sentence that says what to do."""


def build(archive: Path, captured: Path) -> Datasette:
    """The site over ``archive`` (archive.db) and ``captured`` (captures.db, which may be missing).

    Both are read while a night writes: the archive is opened mutable, because an immutable opening ignores the
    write-ahead log.

    Raises:
        NoArchiveError: ``archive`` is missing or is not an archive.
    """
    _check(archive)
    for plugin in PLUGINS:
        if not pm.is_registered(plugin):
            pm.register(plugin)
    if pm.has_plugin(REPLACED):
        pm.unregister(name=REPLACED)
    site = Datasette(
        [],
        metadata=load_yaml(HERE / "metadata.yaml"),
        settings=json.loads((HERE / "settings.json").read_text(encoding="utf-8")),
        template_dir=str(HERE / "templates"),
        static_mounts=[("static", str(HERE / "static"))],
    )
    site.remove_database("_memory")
    site.add_database(Database(site, path=str(archive), is_mutable=True), name=DATABASE)
    site.captures_path = captured
    return site


def _check(archive: Path) -> None:
    if not archive.exists():
        raise NoArchiveError(f"There is no {archive} yet: run `make night` first, or name another file with --db.")
    try:
        connection = sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro", uri=True)
        try:
            found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('report', 'run')").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise NoArchiveError(f"{archive} cannot be read ({error}): name an archive with --db.") from error
    if found != (2,):
        raise NoArchiveError(f"{archive} is not an archive made by Gongkai: run `make night`, or name one with --db.")
