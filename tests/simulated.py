"""Nights over simulated portals: what the ledger holds after each, by scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from nights import Office, office

from samples.simulator import tls
from samples.simulator.scenario import Scenario
from samples.simulator.server import Simulator, running

REPORTS = """SELECT url, title, published_on, report_year, body.name FROM report JOIN body ON body.id = body_id
             WHERE body.division_code = ?"""
LONGEST_NIGHT = 240  # seconds: one portal hangs until the crawl gives up on it
Golden = tuple[str, str, str, int, str]


@dataclass
class Simulated:
    """An office and the simulated portals of its registry, with what each night left behind."""

    office: Office
    simulator: Simulator
    addresses: dict[str, str]
    """The loopback address of each scenario, by its number."""
    reports: dict[tuple[str, int], list[Golden]] = field(default_factory=dict)
    asked: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def night(self, scenarios: Sequence[Scenario], number: int, *options: str) -> None:
        """Run one night and note what it leaves."""
        self.simulator.night = number
        before = {one.number: len(self.simulator.asked(self.addresses[one.number])) for one in scenarios}
        done = self.office.run(*options, seconds=LONGEST_NIGHT)
        self.said.append(done.stdout + done.stderr)
        for one in scenarios:
            rows = self.office.rows(REPORTS, one.code)
            self.reports[one.number, number] = sorted((_path(url), *rest) for url, *rest in rows)
            asked = self.simulator.asked(self.addresses[one.number])
            self.asked[one.number, number] = asked[before[one.number] :]

    def outcome(self, scenario: Scenario, night: int) -> object:
        """How the visit of a portal ended."""
        query = "SELECT outcome FROM visit WHERE division_code = ? AND run_id = ?"
        return self.office.rows(query, scenario.code, night)[0][0]

    def incidents(self, scenario: Scenario, night: int) -> list[tuple[str, str]]:
        """What went wrong at a portal, as kind and path."""
        query = "SELECT kind, url FROM incident WHERE division_code = ? AND run_id = ?"
        return sorted((kind, _path(url)) for kind, url in self.office.rows(query, scenario.code, night))


@contextmanager
def simulated(folder: Path, scenarios: Sequence[Scenario], network: int) -> Iterator[Simulated]:
    """Serve these scenarios under 127.2.<network>.x, with an office whose registry names them."""
    addresses = {one.number: f"127.2.{network}.{at}" for at, one in enumerate(scenarios, start=1)}
    old = tls.legacy() if any(one.tls for one in scenarios) else None
    secured = {addresses[one.number]: old for one in scenarios if one.tls and old}
    server = Simulator({addresses[one.number]: one.site() for one in scenarios}, secured)
    with running(server) as simulator:
        homes = [(one.code, simulator.url(addresses[one.number])) for one in scenarios]
        yield Simulated(office(folder, *homes), simulator, addresses)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
