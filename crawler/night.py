"""One night, from the registry to the closed ledger; what ``scheduler.py run`` does."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from crawler.child import Files, start_crawl, wait_for
from crawler.configuration import Configuration, ConfigurationError
from crawler.hosts import is_private, origin, registrable
from crawler.outcomes import VisitOutcome, ending
from crawler.portals.found import found_portals, note_portal
from crawler.portals.overrides import Override, corrected, load_overrides, own_registry
from crawler.portals.registry import Portal, RegistryError, load_registry, select
from crawler.progress import Progress
from crawler.summary import Summary, conclude
from pipelines import ledger
from pipelines.captures import CaptureStore
from pipelines.clock import today
from pipelines.divisions import fill_divisions
from pipelines.lock import archive_lock
from pipelines.obligations import recompute
from pipelines.panel import check_panel
from pipelines.reading import READER
from pipelines.storage import WrongFile, explained
from pipelines.store import open_archive


@dataclass(frozen=True, slots=True)
class Order:
    """What the operator asked for on the command line. ``now``: also while offices are open."""

    files: Files
    registry: Path | None
    selectors: tuple[str, ...] = ()
    now: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The portals of a night, what the ledger calls it, and when it is to be stopped."""

    portals: list[Portal]
    night: ledger.Night
    until: datetime | None = None


def run_night(order: Order, configuration: Configuration) -> Summary:
    """Run one night and close it.

    Raises:
        RegistryError: the registry or a selector is wrong; the refusal is in the ledger.
        ConfigurationError: the night would meet other people's hosts without a contact; in the ledger as well.
        StorageError: a database cannot be used.
        ArchiveBusy: another night, or a reading again, is at work.
    """
    with archive_lock(order.files.db, "A night") as lock, explained(order.files.db):
        db = open_archive(order.files.db)
        try:
            plan = _plan_or_refuse(db, order, configuration)
            run_id = _open(db, plan)
            stopped = _crawl(db, run_id, order.files, configuration, lock, plan.until)
            return _close(db, run_id, order.files, stopped=stopped)
        finally:
            db.close()


def _plan_or_refuse(db: Database, order: Order, configuration: Configuration) -> Plan:
    try:
        CaptureStore(db, order.files.captures).close()
        return make_plan(order, configuration, found_portals(db))
    except (RegistryError, ConfigurationError, WrongFile) as error:
        night = _night(str(order.registry or ""), order, configuration.vantage, configuration)
        ledger.refuse_run(db, night, f"未能开始：{error}", f"Not begun: {error}")
        raise


def make_plan(order: Order, configuration: Configuration, found: Iterable[Portal] = ()) -> Plan:
    """Read the registry and choose the portals; nothing is asked of anybody yet.

    Without a registry, those are the portals that a search has ``found`` and those of ``portals.yaml``.

    Raises:
        RegistryError, ConfigurationError: see :func:`run_night`.
    """
    overrides = load_overrides()
    registry = load_registry(order.registry) if order.registry else own_registry(overrides, found)
    portals = select(corrected(registry.portals, overrides), order.selectors)
    at_home = all(is_private(origin(portal.home_url)[0]) for portal in portals)
    if not at_home:
        configuration.require_contact()
    _refuse_strangers(portals, overrides)
    until = None if at_home or order.now else configuration.night_ends(datetime.now(UTC))
    vantage = "samples" if at_home else configuration.vantage
    return Plan(portals, _night(registry.label, order, vantage, configuration), until)


def _refuse_strangers(portals: Iterable[Portal], overrides: Mapping[str, Override]) -> None:
    """Refuse hosts outside .gov.cn that nobody has vouched for: copies of portals are common, and so are lost names."""
    for portal in portals:
        override = overrides.get(portal.code)
        vouched = (override.home_url, override.list_url) if override else ()
        for url in filter(None, (portal.home_url, portal.list_url)):
            host = origin(url)[0]
            if not registrable(host) and not is_private(host) and url not in vouched and host not in portal.extra_hosts:
                raise RegistryError(
                    f"The portal of {portal.code}: “{host}” is not under .gov.cn; if it is the portal's own host, "
                    "give it in crawler/portals/portals.yaml with the reason."
                )


def _night(registry: str, order: Order, vantage: str, configuration: Configuration) -> ledger.Night:
    selection = " ".join(sorted(order.selectors)) or None
    return ledger.Night(registry, selection, vantage, configuration.user_agent, READER)


def _open(db: Database, plan: Plan) -> int:
    """Continue the night that died, or open a new one."""
    fill_divisions(db)
    with db.atomic():
        for portal in plan.portals:
            note_portal(db, portal)
    run_id = ledger.resumable_run(db, plan.night)
    if run_id is None:
        ledger.abandon_unfinished(db, ending(VisitOutcome.INTERRUPTED))
        run_id = ledger.open_run(db, plan.night, (portal.code for portal in plan.portals))
    else:
        ledger.continue_run(db, run_id, [VisitOutcome.STORAGE_FAILED])
    return run_id


def _crawl(
    db: Database, run_id: int, files: Files, configuration: Configuration, lock: int, until: datetime | None
) -> bool:
    """Run the crawl process to its end; True when we were asked to stop before it had come to it."""
    number = ledger.begin_process(db, run_id, os.getpid())
    with Progress(db, run_id) as progress:
        child = start_crawl(run_id, files, configuration, lock)
        asked = wait_for(child, progress.update, progress.interval, until)
    unfinished = bool(ledger.open_portals(db, run_id))
    stopped = asked and unfinished
    ledger.end_process(db, run_id, number, "stopped" if stopped else "died" if unfinished else "finished")
    return stopped


def _close(db: Database, run_id: int, files: Files, *, stopped: bool) -> Summary:
    """Judge the night by what the ledger says of it, never by how the process exited."""
    ledger.count_open_visits(db, run_id)
    check_panel(db)
    recompute(db, today())
    summary = conclude(db, run_id, files.log(run_id), stopped=stopped)
    ledger.close_run(db, run_id, summary.state, summary.zh, summary.en)
    return summary
