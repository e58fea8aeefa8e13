"""Whose address it is: the division of a response, by the portals we know or are told of."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sqlite_utils import Database

from pipelines.clock import today
from pipelines.divisions import divisions

USUAL_PORTS = {None, 80, 443}
COLUMNS = {"code", "name", "home_url"}


class WrongPortal(Exception):
    """A division, a registry or a run that was named cannot be used; the message says in one sentence what to do."""


@dataclass(slots=True)
class Hosts:
    """The divisions by the hosts of their portals."""

    _by_host: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _by_domain: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, code: str, home_url: str) -> None:
        """Know a portal by its home page, or by any page in the folder that is its own."""
        host = host_of(home_url)
        self._by_host[host][urlsplit(home_url).path.rpartition("/")[0] + "/"] = code
        if domain := _domain(host):
            self._by_domain[domain].add(code)

    def division_of(self, url: str) -> str | None:
        """The division whose portal an address belongs to; None where there is none, or more than one.

        The host itself decides, then one it lies under, then the registered ``.gov.cn`` domain. Of portals that share
        a host it is the one in whose folder the address lies.
        """
        host = host_of(url)
        for known in _host_and_above(host):
            if known in self._by_host:
                return _in_folder(self._by_host[known], urlsplit(url).path)
        codes = self._by_domain.get(_domain(host), set())
        return next(iter(codes)) if len(codes) == 1 else None


def host_of(url: str) -> str:
    """The host of a web address without ``www.``, with its port if that is unusual; empty for other addresses."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip(".").removeprefix("www."), parts.port
    except ValueError:  # a port that is no number
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    return host if port in USUAL_PORTS else f"{host}:{port}"


def _host_and_above(host: str) -> Iterator[str]:
    labels = host.split(".")
    yield host
    if host.endswith(".gov.cn"):
        yield from (".".join(labels[start:]) for start in range(1, len(labels) - 2))


def _domain(host: str) -> str:
    return ".".join(host.split(".")[-3:]) if host.endswith(".gov.cn") else ""


def _in_folder(folders: dict[str, str], path: str) -> str | None:
    codes = set(folders.values())
    if len(codes) == 1:
        return codes.pop()
    around = [folder for folder in folders if path.startswith(folder)]
    return folders[max(around, key=len)] if around else None


def known_hosts(db: Database) -> Hosts:
    """The portals of the table ``portal``, each by its home page and its list."""
    hosts = Hosts()
    for code, home_url, list_url in db.execute("SELECT division_code, home_url, list_url FROM portal"):
        for url in filter(None, (home_url, list_url)):
            hosts.add(code, url)
    return hosts


def add_portals(db: Database, registry: Path) -> None:
    """Enter the portals of a registry file, ``code,name,home_url``, that the table ``portal`` lacks.

    Raises:
        WrongPortal: the file cannot be read, or one of its rows is wrong.
    """
    try:
        with registry.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not COLUMNS.issubset(reader.fieldnames or ()):
                raise WrongPortal(f"{registry}, row 1: the first line must hold code,name,home_url; correct it.")
            rows = [_portal(registry, number, row) for number, row in enumerate(reader, start=2)]
    except OSError as error:
        raise WrongPortal(
            f"{registry} cannot be read ({error.strerror}): check the path given with --registry."
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise WrongPortal(f"{registry} is not a CSV file in UTF-8: save it as “CSV UTF-8” and run again.") from error
    enter_portals(db, rows)


def enter_portals(db: Database, rows: Iterable[dict[str, str]]) -> None:
    """Enter portals that the table lacks; those it knows stay as they are."""
    with db.atomic():
        db.table("portal").insert_all(({**row, "noted_on": today().isoformat()} for row in rows), ignore=True)


def _portal(registry: Path, number: int, row: dict[str, str]) -> dict[str, str]:
    code, name, home_url = ((row[column] or "").strip() for column in ("code", "name", "home_url"))
    check_division(f"{registry}, row {number}: code", code)
    if not host_of(home_url):
        raise WrongPortal(f"{registry}, row {number}: home_url “{home_url}” is not a web address; correct it.")
    return {"division_code": code, "name": name, "home_url": home_url, "evidence": f"registry {registry.name}"}


def check_division(where: str, code: str) -> None:
    """Raise WrongPortal, its sentence beginning with ``where``, unless the code is that of a division."""
    if code not in divisions():
        raise WrongPortal(f"{where} “{code}” is no division; take it from crawler/portals/divisions.csv.")
