"""The nightly clock: a night at a fixed hour in Asia/Shanghai, a missed one at start-up, a clean end on SIGTERM.

Each night is a process of its own, ``scheduler.py run``: the same way that cron goes, with the same lock.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from crawler.configuration import ROOT
from pipelines import ledger
from pipelines.clock import ZONE
from pipelines.store import open_archive

LATE_SECONDS = 6 * 3600  # a machine that slept through the hour still runs the night when it wakes


class Clock:
    """Starts nights, one at a time, and ends the one that runs when it is told to stop."""

    def __init__(self, arguments: list[str]) -> None:
        self._command = [sys.executable, str(ROOT / "scheduler.py"), "run", *arguments]
        self._night: subprocess.Popen[bytes] | None = None
        self._stopping = False

    def night(self) -> None:
        """Run one night to its end."""
        if self._stopping:
            return
        self._night = subprocess.Popen(self._command, start_new_session=True)
        status = self._night.wait()
        click.echo(f"本夜结束 The night has ended (exit status {status}).")

    def stop(self) -> None:
        """Start no more nights, and ask the one that runs to end; it can be continued later."""
        self._stopping = True
        if self._night is not None and self._night.poll() is None:
            self._night.terminate()


def keep_time(db_path: Path, hour: int, arguments: list[str]) -> None:
    """Run nights until SIGTERM or SIGINT.

    Raises:
        StorageError: the database cannot be used.
    """
    trigger = CronTrigger(hour=hour, timezone=ZONE)
    clock = Clock(arguments)
    scheduler = BackgroundScheduler(timezone=ZONE)
    options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": LATE_SECONDS}
    scheduler.add_job(clock.night, trigger, id="night", **options)
    if is_overdue(db_path, hour, datetime.now(UTC)):
        click.echo("上一夜未运行，现在补上 The last night was missed; running it now.")
        scheduler.modify_job("night", next_run_time=datetime.now(ZONE))
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    scheduler.start()
    click.echo(f"每夜 {hour}:00(北京时间)采集 A night begins at {hour}:00 Asia/Shanghai. Ctrl-C ends.")
    told_to_stop.wait()
    scheduler.pause()
    clock.stop()
    scheduler.shutdown(wait=True)


def is_overdue(db_path: Path, hour: int, now: datetime) -> bool:
    """Whether the latest hour at which a night was due has passed without a night that came to its end."""
    local = now.astimezone(ZONE)
    due = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    if due > local:
        due -= timedelta(days=1)
    db = open_archive(db_path)
    try:
        last = ledger.last_run(db, ("complete", "needs_human"))
    finally:
        db.close()
    return last is None or datetime.fromisoformat(last["started_at"]) < due
