"""Looking again at the portals that are registered: which are still what they were, and what has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from crawler.configuration import Configuration
from crawler.portals.found import Found, entry
from crawler.portals.navigation import twin_key
from crawler.portals.search import Ended, SearchOrder, close, crawl, open_check, opened, permitted
from crawler.portals.survey import Survey, selected
from pipelines.clock import today


@dataclass(frozen=True, slots=True)
class Change:
    """A registered portal that no longer proves itself: why not, and the address that does in its place, if any."""

    code: str
    home_url: str
    zh: str
    en: str
    instead: str | None = None


@dataclass(slots=True)
class Checked:
    """What a check came to. ``taken_over`` are the changes that were written because the operator said so."""

    ended: Ended
    changes: list[Change] = field(default_factory=list)
    taken_over: list[Change] = field(default_factory=list)


def verify_portals(order: SearchOrder, configuration: Configuration, *, accept: bool) -> Checked:
    """Look at every registered portal again; only with ``accept`` is an address replaced by the one that proves itself.

    Raises:
        ConfigurationError: see :func:`crawler.portals.search.permitted`.
        StorageError, ArchiveBusy: a database cannot be used.
    """
    with opened(order.files) as (db, lock):
        homes = [
            (row["division_code"], row["home_url"])
            for row in db.table("portal").rows_where(order_by="division_code")
            if selected(row["division_code"], order.selectors)
        ]
        until = permitted([url for _, url in homes], order, configuration)
        run_id = open_check(db, order, homes, configuration)
        checked = Checked(Ended(crawl(db, run_id, order, configuration, lock, until)))
        _compare(db, homes, checked, accept=accept)
        close(db, run_id, checked.ended)
        return checked


def _compare(db: Database, homes: list[tuple[str, str]], checked: Checked, *, accept: bool) -> None:
    proven = Survey(db).accepted()
    for code, home_url in homes:
        row = next(db.table("portal_candidate").rows_where("place_code = ? AND url = ?", [code, home_url]))
        if row["state"] == "open":
            continue  # the check was cut short before it
        if row["state"] == "accepted":
            _confirm(db, code, row, checked.ended.found)
            continue
        instead = proven.get(code)
        change = Change(code, home_url, row["reason_zh"], row["reason_en"], instead["url"] if instead else None)
        checked.changes.append(change)
        if accept and instead is not None and twin_key(instead["url"]) != twin_key(home_url):
            db.table("portal").update(code, entry(instead, before=home_url))
            checked.taken_over.append(change)


def _confirm(db: Database, code: str, row: dict[str, Any], found: Found) -> None:
    changes = {"checked_on": today().isoformat(), "confidence": row["confidence"]}
    db.table("portal").update(code, changes)
    found.confirmed.append(code)
