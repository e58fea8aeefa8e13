"""A simulated country on loopback, and how the ledger of a night compares with what is there."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from pipelines.divisions import divisions
from samples.fleet import write_registry
from samples.simulator.country import Place, country
from samples.simulator.portal import Row
from samples.simulator.server import Asked, Simulator, running

ZONE = "功能区"
REPORTS = "SELECT division_code, url, report_year, body.name FROM report JOIN body ON body.id = body_id"
OUTCOMES = "SELECT division_code, outcome FROM visit WHERE run_id = (SELECT max(id) FROM run)"
NEW_BODIES = "SELECT sum(new_bodies) FROM visit WHERE run_id = (SELECT max(id) FROM run)"


@dataclass(frozen=True)
class Country:
    """A country that is being served, and the registry that names its portals."""

    places: Sequence[Place]
    simulator: Simulator
    registry: Path

    def asked(self) -> list[Asked]:
        """The requests since the last call, which are then forgotten."""
        asked, self.simulator.log = self.simulator.log, []
        return asked or []


@dataclass(frozen=True)
class Census:
    """One night beside what is there.

    `besides` are the requests a portal besides those for reports, for portals that serve programs; `for_reports`
    those for reports.
    """

    wanted: int
    found: int
    wrong: list[str] = field(default_factory=list)
    """Reports that are not there, or are another body's or year's, in words."""
    outcomes: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """How often a family's visit ended otherwise than is right: family, right outcome, outcome."""
    missing: dict[str, int] = field(default_factory=dict)
    """How many reports each family lacks."""
    besides: list[int] = field(default_factory=list)
    for_reports: int = 0
    new_bodies: int = 0

    @property
    def median_besides(self) -> float:
        """The median of :attr:`besides`."""
        return median(self.besides or [0])


@contextmanager
def served(folder: Path, portals: int, seed: int) -> Iterator[Country]:
    """Serve a country until the context ends; its registry is written to `folder/registry.csv`."""
    current = [one for one in divisions().values() if one["status"] == "current" and one["level"] != ZONE]
    places = country([(one["code"], one["name"]) for one in current], portals, seed)
    sites = {place.address: site for place in places if (site := place.site())}
    with running(Simulator(sites)) as simulator:
        registry = folder / "registry.csv"
        write_registry(registry, [(place.code, place.name, simulator.url(place.address)) for place in places])
        yield Country(places, simulator, registry)


def census(country: Country, db: Path) -> Census:
    """Compare the last night of a ledger with the country, from what was asked since the last comparison.

    Raises ValueError when the night was cut short.
    """
    with closing(sqlite3.connect(db)) as ledger:
        kept = {(code, _path(url)): (year, name) for code, url, year, name in ledger.execute(REPORTS)}
        outcomes = dict(ledger.execute(OUTCOMES))
        if None in outcomes.values():
            raise ValueError(f"The last night of {db} did not come to its end; its log beside the database says why.")
        ((new_bodies,),) = ledger.execute(NEW_BODIES)
    there = {(place.code, path): report for place in country.places for path, report in place.reports.items()}
    lost = Counter(place.family for place in country.places for path in place.reports if (place.code, path) not in kept)
    articles = {(place.address, row.url) for place in country.places for row in _rows(place)}
    asked = Counter((one.address, (one.address, one.target) in articles) for one in country.asked())
    return Census(
        wanted=len(there),
        found=sum(kept.get(key) == report for key, report in there.items()),
        wrong=[f"{key[0]} {key[1]}: {is_} for {there.get(key)}" for key, is_ in kept.items() if there.get(key) != is_],
        outcomes=Counter(
            (place.family, place.outcome, outcomes.get(place.code, "none"))
            for place in country.places
            if outcomes.get(place.code) != place.outcome
        ),
        missing=lost,
        besides=[asked[place.address, False] for place in country.places if place.reports],
        for_reports=sum(number for (_, is_report), number in asked.items() if is_report),
        new_bodies=new_bodies or 0,
    )


def _rows(place: Place) -> Iterator[Row]:
    return (row for column in place.portal.columns for row in column.rows)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
