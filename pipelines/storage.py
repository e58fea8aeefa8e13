"""Opening SQLite files, and saying in one sentence what is wrong with one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

BUSY_SECONDS = 5

CAUSES = {
    sqlite3.SQLITE_BUSY: "is locked by another program: wait for that program or stop it, then run again",
    sqlite3.SQLITE_LOCKED: "is locked by another program: wait for that program or stop it, then run again",
    sqlite3.SQLITE_FULL: "cannot be written because the disk is full: free some space, then run again",
    sqlite3.SQLITE_IOERR: "cannot be read or written (disk error or no space left): check the disk, then run again",
    sqlite3.SQLITE_READONLY: "cannot be written: check its permissions and those of its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check that its folder exists and may be written",
    sqlite3.SQLITE_NOTADB: "is not an SQLite database: name another file, or move this one away",
    sqlite3.SQLITE_CORRUPT: "is damaged: restore it from a copy, or move it away and let the next night make it anew",
}


class StorageError(Exception):
    """A database cannot be used; the message is one sentence that names the file and what to do."""


class WrongFile(StorageError):
    """The file named as a database is none of ours, or cannot be one: the command line names the wrong one."""


WRONG_FILE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB}


@contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Turn every SQLite error of the block into a :class:`StorageError` about ``path``."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a broken constraint is a mistake of ours, not a state of the file
    except sqlite3.DatabaseError as error:
        raise storage_error(path, error) from error


def storage_error(path: Path | str, error: sqlite3.DatabaseError) -> StorageError:
    """The sentence about the file for what SQLite said of it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    cause = CAUSES.get(code, f"cannot be used ({error}): look at the file, then run again")
    kind = WrongFile if code in WRONG_FILE else StorageError
    return kind(f"The database {path} {cause}.")


def path_of(db: Database) -> str:
    """The file of an open database; empty for one in memory."""
    return str(db.execute("PRAGMA database_list").fetchone()[2])


def connect(path: Path | str, application_id: int) -> Database:
    """Open or make one of our own databases: WAL, foreign keys on, marked with ``application_id``.

    Raises:
        StorageError: the file is locked, damaged or full; WrongFile: it is another program's, or no database.
    """
    with explained(path):
        db = Database(sqlite3.connect(path, timeout=BUSY_SECONDS))
        (found,) = db.execute("PRAGMA application_id").fetchone()
        if found != application_id:
            if db.table_names():
                db.close()
                raise WrongFile(
                    f"The database {path} was made by another program and is left alone: name another file."
                )
            db.execute(f"PRAGMA application_id = {application_id}")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
    return db
