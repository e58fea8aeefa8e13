"""All sample portals at once: starts their servers, writes their registry, ends them."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Literal

from samples.portal import Portal, portals
from samples.render import not_found, render
from samples.server import PortalServer, Request, Site

Ports = Literal["free", "fixed"]

REGISTRY = Path(__file__).parent / "registry.csv"
"""The registry of the fixed addresses."""
_COPIES = Path(__file__).parent / "copies.csv"


@dataclass(frozen=True)
class Served:
    """One portal on its address: the division it stands for, what it serves, and its home page."""

    code: str
    name: str
    portal: Portal
    site: Site
    home_url: str


@dataclass(frozen=True)
class Fleet:
    """A running fleet."""

    registry_csv: Path
    portals: tuple[Served, ...]
    log: list[Request]
    """Every request so far, to any portal, in the order of the answers."""

    def of(self, code: str) -> Served:
        """The portal of a division; raises KeyError when the fleet has none."""
        return {served.code: served for served in self.portals}[code]


@dataclass(frozen=True)
class _Berth:
    """A portal and the place where it is to be served."""

    code: str
    name: str
    portal: Portal
    address: str


@contextmanager
def fleet(folder: Path, ports: Ports = "free", copies: int = 0) -> Iterator[Fleet]:
    """Serve every sample portal until the context ends; the registry is written to `folder/registry.csv`.

    `copies` serves each portal so many times more, under 127.0.1.x and another division's code, to measure.
    Raises PortTakenError when a fixed port is in use, ValueError when too few divisions are left for copies.
    """
    log: list[Request] = []
    with ExitStack() as stack:
        served = []
        for berth in _berths(copies):
            site = Site(render(berth.portal), not_found(berth.portal))
            port = berth.portal.port if ports == "fixed" else 0
            server = stack.enter_context(_running(PortalServer(berth.address, port, site, log)))
            served.append(Served(berth.code, berth.name, berth.portal, site, server.url))
        registry = folder / "registry.csv"
        write_registry(registry, [(one.code, one.name, one.home_url) for one in served])
        yield Fleet(registry, tuple(served), log)


def fixed_rows() -> list[tuple[str, str, str]]:
    """The registry rows of the fixed addresses."""
    return [(portal.code, portal.name, f"http://{portal.address}:{portal.port}/") for portal in portals()]


def write_registry(path: Path, rows: Sequence[tuple[str, str, str]]) -> None:
    """Write a registry file: `code,name,home_url`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "home_url"])
        writer.writerows(rows)


def _berths(copies: int) -> list[_Berth]:
    own = [_Berth(portal.code, portal.name, portal, portal.address) for portal in portals()]
    with _COPIES.open(encoding="utf-8", newline="") as file:
        divisions = list(csv.DictReader(file))
    wanted = [portal for _ in range(copies) for portal in portals()]
    if len(wanted) > len(divisions):
        most = len(divisions) // len(portals())
        raise ValueError(f"The fleet can be copied {most} times, not {copies}; add divisions to {_COPIES}.")
    return own + [
        _Berth(division["code"], division["name"], portal, f"127.0.1.{number}")
        for number, (portal, division) in enumerate(zip(wanted, divisions, strict=False), start=1)
    ]


@contextmanager
def _running(server: PortalServer) -> Iterator[PortalServer]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name=server.url, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
