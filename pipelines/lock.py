"""One writer of an archive at a time, be it a night or a reading again: an advisory lock beside the database.

The crawl process inherits the lock, so that it stays held while that process lives even if its parent was killed.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipelines.storage import WrongFile

TRIES, MOMENT = 4, 0.02  # seconds


class ArchiveBusy(Exception):
    """Another process holds the lock; the message is one sentence."""


@contextmanager
def archive_lock(db_path: Path, work: str) -> Iterator[int]:
    """Hold ``<db>.lock``; gives the file descriptor to hand to a child. ``work`` tells others what we do.

    Raises:
        ArchiveBusy: another process is at work on this database.
        WrongFile: the lock file cannot be made.
    """
    if not db_path.name:
        raise WrongFile(f"“{db_path}” is no name of a file: name the database with --db.")
    path = db_path.with_name(f"{db_path.name}.lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WrongFile(f"{path} cannot be made ({error.strerror}): check the folder given with --db.") from error
    try:
        _take(descriptor)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{work} is already running (pid {os.getpid()})".encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def is_at_work(db_path: Path, pid: int) -> bool:
    """Whether the process that took the lock under this number, or a child of it, still holds it.

    True as well where there is no lock file, and so no telling: an archive may have been carried here.
    """
    try:
        descriptor = os.open(db_path.with_name(f"{db_path.name}.lock"), os.O_RDONLY)
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return f"(pid {pid})" in os.pread(descriptor, 100, 0).decode()
    finally:
        os.close(descriptor)
    return False


def _take(descriptor: int) -> None:
    for _ in range(TRIES):  # whoever looks whether the lock is free holds it for a moment
        with suppress(BlockingIOError):
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        time.sleep(MOMENT)
    holder = os.pread(descriptor, 100, 0).decode() or "Another program is at work on this database"
    raise ArchiveBusy(f"{holder}: wait until it has ended.")
