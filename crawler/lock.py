"""One night at a time: an advisory lock beside the database.

The crawl process inherits the lock, so that it stays held while that process lives even if its parent was killed.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.storage import WrongFile


class NightRunning(Exception):
    """Another night holds the lock; the message is one sentence."""


@contextmanager
def night_lock(db_path: Path) -> Iterator[int]:
    """Hold ``<db>.lock``; gives the file descriptor to hand to the child.

    Raises:
        NightRunning: another night is at work on this database.
        WrongFile: the lock file cannot be made.
    """
    path = db_path.with_name(f"{db_path.name}.lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WrongFile(f"{path} cannot be made ({error.strerror}): check the folder given with --db.") from error
    try:
        _take(descriptor)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 20, 0).decode() or "unknown"
        raise NightRunning(f"A night is already running (pid {holder}): wait until it has ended.") from error
