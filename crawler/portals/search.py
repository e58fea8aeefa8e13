"""One search for portals, or one check of those that are known: from the seeds to what could not be settled."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import click
from sqlite_utils import Database

from crawler.child import Files, start_crawl, wait_for
from crawler.configuration import Configuration
from crawler.hosts import is_private, origin
from crawler.portals.found import Found, fill_portals
from crawler.portals.survey import Survey
from pipelines import ledger
from pipelines.captures import CaptureStore
from pipelines.divisions import fill_divisions
from pipelines.lock import archive_lock
from pipelines.reading import READER
from pipelines.storage import explained
from pipelines.store import open_archive

INTERVAL = 1.0  # seconds between two looks at how far the search is
PROGRESS = "SELECT count(*), ifnull(sum(state != 'open'), 0) FROM portal_candidate"


@dataclass(frozen=True, slots=True)
class SearchOrder:
    """What the operator asked for: where to write, and which provinces, cities or counties, by leading digits."""

    files: Files
    selectors: tuple[str, ...] = ()
    private: bool = False
    now: bool = False
    """Also while offices are open."""


@dataclass(slots=True)
class Ended:
    """How a search ended: whether all candidates were looked at, what it found, and the requests it took."""

    is_whole: bool
    found: Found = field(default_factory=Found)
    requests: int = 0


def find_portals(order: SearchOrder, seeds: list[tuple[str, str]], configuration: Configuration) -> Ended:
    """Search from the seeds (place and home page), or go on with a search that was cut short.

    Raises:
        ConfigurationError: see :func:`permitted`.
        StorageError, ArchiveBusy: a database cannot be used.
    """
    until = permitted([url for _, url in seeds], order, configuration)
    with opened(order.files) as (db, lock):
        night = _run(order, "portals find", configuration)
        run_id = ledger.resumable_run(db, night)
        if run_id is None:
            run_id = ledger.open_run(db, night, [])
            Survey(db).begin(seeds, order.selectors)
        else:
            ledger.continue_run(db, run_id, [])
        is_whole = crawl(db, run_id, order, configuration, lock, until)
        found = fill_portals(db)
        return close(db, run_id, Ended(is_whole, found))


@contextmanager
def opened(files: Files) -> Iterator[tuple[Database, int]]:
    """Both databases, and the lock by which nobody else writes to them meanwhile."""
    with archive_lock(files.db, "A search for portals") as lock, explained(files.db):
        db = open_archive(files.db)
        try:
            CaptureStore(db, files.captures).close()
            fill_divisions(db)
            yield db, lock
        finally:
            db.close()


def open_check(db: Database, order: SearchOrder, homes: Iterable[tuple[str, str]], configuration: Configuration) -> int:
    """Open a run that looks once more at these home pages, or go on with one that was cut short."""
    night = _run(order, "portals verify", configuration)
    run_id = ledger.resumable_run(db, night)
    if run_id is not None:
        ledger.continue_run(db, run_id, [])
        return run_id
    run_id = ledger.open_run(db, night, [])
    Survey(db).begin_again(homes)
    return run_id


def permitted(urls: list[str], order: SearchOrder, configuration: Configuration) -> datetime | None:
    """When a search over these hosts is to stop, because offices open; None where that does not matter.

    Raises:
        ConfigurationError: there are other people's hosts among them, and no contact is set, or offices are open.
    """
    if all(is_private(origin(url)[0]) for url in urls):
        return None
    configuration.require_contact()
    return None if order.now else configuration.night_ends(datetime.now(UTC))


def crawl(
    db: Database, run_id: int, order: SearchOrder, configuration: Configuration, lock: int, until: datetime | None
) -> bool:
    """Look at all open candidates; False when the crawl ended, or was stopped, before it had come to the end."""
    number = ledger.begin_process(db, run_id, os.getpid())
    child = start_crawl(
        run_id, order.files, configuration, lock, "portal_homes", {"GONGKAI_PRIVATE": int(order.private)}
    )
    shown: list[tuple[int, int]] = []

    def look() -> None:
        total, done = db.execute(PROGRESS).fetchone()
        if not shown or shown[-1] != (total, done):
            shown.append((total, done))
            click.echo(f"已查看 {done}/{total} 个网址 Looked at {done} of {total} addresses")

    asked = wait_for(child, look, INTERVAL, until)
    look()
    is_whole = not Survey(db).open()
    ledger.end_process(db, run_id, number, "finished" if is_whole else "stopped" if asked else "died")
    return is_whole


def _run(order: SearchOrder, what: str, configuration: Configuration) -> ledger.Night:
    selection = " ".join(sorted(order.selectors)) or None
    return ledger.Night(what, selection, configuration.vantage, configuration.user_agent, READER, kind="search")


def close(db: Database, run_id: int, ended: Ended) -> Ended:
    """Give the run its state and its summary; only a search that was cut short can be gone on with."""
    (ended.requests,) = db.execute("SELECT count(*) FROM capture WHERE run_id = ?", [run_id]).fetchone()
    found = ended.found
    zh = f"查找门户网站：新登记 {len(found.new)} 个，确认 {len(found.confirmed)} 个，请求 {ended.requests} 次。"
    en = f"A search for portals: {len(found.new)} new, {len(found.confirmed)} confirmed, {ended.requests} requests."
    ledger.close_run(db, run_id, "complete" if ended.is_whole else "interrupted", zh, en)
    return ended
