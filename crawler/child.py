"""The crawl as a child process: Scrapy's reactor cannot start twice, and a crawl that dies must not take us along."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from crawler.configuration import ROOT, Configuration


@dataclass(frozen=True, slots=True)
class Files:
    """The files of an installation: both databases, and where the log of a night goes."""

    db: Path
    captures: Path

    def log(self, run_id: int) -> Path:
        """The log of one night, beside the database."""
        return self.db.with_name(f"{self.db.name}-night-{run_id}.log")


def start_crawl(run_id: int, files: Files, configuration: Configuration, lock: int) -> subprocess.Popen[bytes]:
    """Start the crawl of a run.

    It gets a session of its own, so that a Ctrl-C in the terminal reaches only us and we decide how it stops.
    """
    settings = {
        "GONGKAI_DB": files.db.resolve(),
        "GONGKAI_CAPTURES": files.captures.resolve(),
        "GONGKAI_RUN": run_id,
        "GONGKAI_PORTALS_IN_PARALLEL": configuration.portals_in_parallel,
        "GONGKAI_REQUESTS_PER_PORTAL": configuration.requests_per_portal,
        "DOWNLOAD_DELAY": configuration.pause,
        "DOWNLOAD_TIMEOUT": configuration.timeout,
        "DOWNLOAD_MAXSIZE": configuration.max_body,
        "USER_AGENT": configuration.user_agent,
        "LOG_FILE": files.log(run_id).resolve(),
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    with files.log(run_id).open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", "annual_reports", *options],
            cwd=ROOT,
            env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[lock],
        )
