"""The crawl as a child process: Scrapy's reactor cannot start twice, and a crawl that dies must not take us along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from crawler.configuration import ROOT, Configuration

GRACE_SECONDS = 5  # for a crawl that was asked to stop, to end its open requests; it is safe to kill at any moment


@dataclass(frozen=True, slots=True)
class Files:
    """The files of an installation: both databases, and where the log of a night goes."""

    db: Path
    captures: Path

    def log(self, run_id: int) -> Path:
        """The log of one night, beside the database."""
        return self.db.with_name(f"{self.db.name}-night-{run_id}.log")


def start_crawl(
    run_id: int,
    files: Files,
    configuration: Configuration,
    lock: int,
    spider: str = "annual_reports",
    more: Mapping[str, object] | None = None,
) -> subprocess.Popen[bytes]:
    """Start the crawl of a run; ``more`` are settings that its spider knows.

    It gets a session of its own, so that a Ctrl-C in the terminal reaches only us and we decide how it stops.
    """
    settings = {
        "GONGKAI_DB": files.db.resolve(),
        "GONGKAI_CAPTURES": files.captures.resolve(),
        "GONGKAI_RUN": run_id,
        "GONGKAI_PORTALS_IN_PARALLEL": configuration.portals_in_parallel,
        "GONGKAI_REQUESTS_PER_PORTAL": configuration.requests_per_portal,
        "GONGKAI_MINUTES_PER_PORTAL": configuration.minutes_per_portal,
        "GONGKAI_PAUSE": configuration.pause,
        "GONGKAI_SECOND_LOOK": configuration.second_look,
        "DOWNLOAD_TIMEOUT": configuration.timeout,
        "DOWNLOAD_MAXSIZE": configuration.max_body,
        "USER_AGENT": configuration.user_agent,
        "LOG_FILE": files.log(run_id).resolve(),
        **(more or {}),
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    with files.log(run_id).open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", spider, *options],
            cwd=ROOT,
            env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[lock],
        )


@dataclass(slots=True)
class _Asked:
    """Whether somebody asked us to stop."""

    is_set: bool = False


def wait_for(
    child: subprocess.Popen[bytes], look: Callable[[], None], interval: float, until: datetime | None = None
) -> bool:
    """Wait until the crawl has ended, with a look at it every ``interval`` seconds; True when it was asked to stop.

    At the moment ``until`` it is asked to.
    """
    with _stopping(child) as asked:
        while child.poll() is None:
            look()
            if until and datetime.now(UTC) >= until and not asked.is_set:
                signal.raise_signal(signal.SIGTERM)
            try:
                child.wait(timeout=interval)
            except subprocess.TimeoutExpired:
                continue
    return asked.is_set


@contextmanager
def _stopping(child: subprocess.Popen[bytes]) -> Iterator[_Asked]:
    """While this lasts, SIGINT and SIGTERM ask the crawl to end; it gets a while, then it is killed."""
    asked = _Asked()

    def stop(signum: int, frame: FrameType | None) -> None:
        if not asked.is_set:
            asked.is_set = True
            child.terminate()
            signal.alarm(GRACE_SECONDS)

    def kill(signum: int, frame: FrameType | None) -> None:
        child.kill()

    handlers = {signal.SIGINT: stop, signal.SIGTERM: stop, signal.SIGALRM: kill}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield asked
    finally:
        signal.alarm(0)
        for number, handler in before.items():
            signal.signal(number, handler)
