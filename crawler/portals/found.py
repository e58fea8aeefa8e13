"""Taking what the search has found into the table ``portal``, and saying what it could not settle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from crawler.portals.navigation import twin_key
from crawler.portals.places import Place, inside, places
from crawler.portals.registry import Portal
from crawler.portals.survey import Survey, selected
from pipelines.clock import today


@dataclass(slots=True)
class Found:
    """What a search has found, as codes of divisions.

    ``differing`` are those for which the table names another address than the one that proves itself: both are given.
    """

    new: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    differing: dict[str, tuple[str, str]] = field(default_factory=dict)


def fill_portals(db: Database) -> Found:
    """Write every division's proven portal into ``portal``; an address that stands there already is never replaced."""
    found, table = Found(), db.table("portal")
    for code, row in Survey(db).accepted().items():
        if row["level"] != "county":
            continue
        known = next(table.rows_where("division_code = ?", [code]), None)
        if known is None:
            table.insert(entry(row))
            found.new.append(code)
        elif twin_key(known["home_url"]) == twin_key(row["url"]):
            table.update(code, {"confidence": row["confidence"], "checked_on": row["seen_on"]})
            found.confirmed.append(code)
        else:
            found.differing[code] = (known["home_url"], row["url"])
    return found


def found_portals(db: Database) -> list[Portal]:
    """The portals that a search has found, for a night to visit."""
    names = ("name", "home_url", "list_url", "platform", "evidence")
    rows = db.table("portal").rows_where("confidence NOTNULL", order_by="division_code")
    return [Portal(code=row["division_code"], **{name: row[name] for name in names}) for row in rows]


def note_portal(db: Database, portal: Portal) -> None:
    """Write a portal that a night visits; the proof of another address does not hold for this one."""
    table = db.table("portal")
    row = portal.model_dump(exclude={"code", "extra_hosts"})
    known = next(table.rows_where("division_code = ?", [portal.code]), {})
    if any(known.get(name) != value for name, value in row.items()):
        is_same = bool(known) and twin_key(known["home_url"]) == twin_key(portal.home_url)
        proof = {} if is_same else {"confidence": None, "checked_on": None}
        noted = {"division_code": portal.code, **row, **proof, "noted_on": today().isoformat()}
        table.upsert(noted, pk="division_code")


def entry(row: dict[str, Any], before: str = "") -> dict[str, Any]:
    """The row of ``portal`` for an accepted candidate; ``before`` is the address that it takes the place of."""
    how = f"link “{row['label']}” on {row['linked_from']}" if row["linked_from"] else "looked at by hand"
    instead = f"; instead of {before}" if before else ""
    return {
        "division_code": row["place_code"],
        "name": places()[row["place_code"]].name,
        "home_url": row["url"],
        "evidence": f"found by search: {how}; {row['reason_en']}{instead}",
        "noted_on": today().isoformat(),
        "confidence": row["confidence"],
        "checked_on": row["seen_on"],
    }


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A place without a portal that proves itself, and why in both languages."""

    place: Place
    zh: str
    en: str


def unsettled(db: Database, selectors: tuple[str, ...]) -> Iterator[Unsettled]:
    """What the search could not settle; the places below a province or a city that is not settled are only counted."""
    settled = {code for (code,) in db.execute("SELECT place_code FROM portal_candidate WHERE state = 'accepted'")}
    settled |= {code for (code,) in db.execute("SELECT division_code FROM portal WHERE confidence NOTNULL")}
    for place in sorted(places().values(), key=lambda place: place.code):
        if place.code in settled or not selected(place.code, selectors):
            continue
        if any(above not in settled for above in place.above) and not _rows(db, place):
            continue
        below = sum(1 for under in inside(place.code) if under.level == "county" and under.code not in settled)
        zh, en = _why(db, place)
        also_zh, also_en = (f"（其下 {below} 个县级区划未能查找）", f" ({below} counties in it)") if below else ("", "")
        yield Unsettled(place, f"{zh}{also_zh}", f"{en}{also_en}")


def _why(db: Database, place: Place) -> tuple[str, str]:
    rows = _rows(db, place)
    if not rows:
        return "上级网站上没有指向它的链接", "no portal above links to it"
    zh = "；".join(f"{row['url']} {row['reason_zh'] or '尚未查看'}" for row in rows)
    return zh, "; ".join(f"{row['url']} {row['reason_en'] or 'not looked at yet'}" for row in rows)


def _rows(db: Database, place: Place) -> list[dict[str, Any]]:
    return list(db.table("portal_candidate").rows_where("place_code = ?", [place.code], order_by="url"))
