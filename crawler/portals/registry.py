"""The registry of portals: a CSV file ``code,name,home_url[,list_url,platform]``, corrected by ``portals.yaml``."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from crawler.portals.fields import Address, Code, Name, Platform, shown

REQUIRED = ("code", "name", "home_url")
OPTIONAL = ("list_url", "platform")


class RegistryError(Exception):
    """A registry cannot be used; the message is one sentence with file, row and what to do."""


class Portal(BaseModel):
    """One portal: whose it is, where it starts, and what is known beforehand."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    name: Name
    home_url: Address
    list_url: Address | None = None
    platform: Platform = None
    extra_hosts: tuple[str, ...] = ()
    evidence: str = "registry"


class Registry(BaseModel):
    """All portals of one file, and the label (name and digest of the file) that the ledger keeps."""

    model_config = ConfigDict(frozen=True)

    label: str
    portals: tuple[Portal, ...]


def load_registry(path: Path) -> Registry:
    """Read and check a registry file.

    Raises:
        RegistryError: the file is missing, not UTF-8, empty, lacks a column, or one of its rows is wrong.
    """
    data = _read(path)
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        reader.fieldnames = _columns(path, reader.fieldnames)
        rows = [(reader.line_num, row) for row in reader]
    except UnicodeDecodeError as error:
        raise RegistryError(f"{path} is not in UTF-8: save it as “CSV UTF-8” and run again.") from error
    except csv.Error as error:
        raise RegistryError(f"{path} is not a CSV file ({error}): save it as “CSV UTF-8” and run again.") from error
    if not rows:
        raise RegistryError(f"{path} has a heading but no portal: add one row a portal.")
    portals: dict[str, Portal] = {}
    for number, row in rows:
        portal = _portal(path, number, row)
        if portal.code in portals:
            raise RegistryError(f"{path}, row {number}: code {portal.code} appears twice; keep one row a division.")
        portals[portal.code] = portal
    label = f"{path.name} sha256:{hashlib.sha256(data).hexdigest()[:16]}"
    return Registry(label=label, portals=tuple(portals[code] for code in sorted(portals)))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise RegistryError(f"{path} does not exist: check the path given with --registry.") from error
    except OSError as error:
        raise RegistryError(f"{path} cannot be read ({error.strerror}): check the path and its permissions.") from error


def _columns(path: Path, found: Iterable[str] | None) -> list[str]:
    """The names of the columns, without the spaces around them."""
    first_line = ",".join(REQUIRED)
    if found is None:
        raise RegistryError(f"{path} is empty: its first line must be {first_line}.")
    names = [shown(name.strip()) for name in found]
    for name in REQUIRED:
        if name not in names:
            raise RegistryError(f"{path}, row 1: the column “{name}” is missing; the first line must be {first_line}.")
    for name in names:
        if not name:
            raise RegistryError(f"{path}, row 1: a column has no name; take out the comma before it.")
        if name not in (*REQUIRED, *OPTIONAL):
            raise RegistryError(
                f"{path}, row 1: the column “{name}” is unknown; use only {first_line} and {' or '.join(OPTIONAL)}."
            )
        if names.count(name) > 1:
            raise RegistryError(f"{path}, row 1: the column “{name}” appears twice; keep one of them.")
    return names


def _portal(path: Path, number: int, row: dict[str, Any]) -> Portal:
    if None in row or None in row.values():
        raise RegistryError(f"{path}, row {number}: it does not have as many fields as the first line; correct it.")
    fields = {name: value.strip() or None for name, value in row.items() if name in OPTIONAL}
    required = {name: row[name].strip() for name in REQUIRED}
    return portal_of(f"{path}, row {number}", {**fields, **required, "evidence": f"registry {path.name}"})


def portal_of(where: str, fields: dict[str, Any]) -> Portal:
    """The portal of these fields; ``where`` begins the sentence when they are wrong.

    Raises:
        RegistryError: a field is wrong.
    """
    try:
        return Portal.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        column = first["loc"][0] if first["loc"] else "the entry"
        said = first["msg"].removeprefix("Value error, ")
        raise RegistryError(f"{where}: {column}: {said}.") from error


def select(portals: Iterable[Portal], selectors: Iterable[str]) -> list[Portal]:
    """The portals that any selector names, in order of code; all of them without selectors.

    A selector is a division code or the leading digits of codes (two or more), a host name, or a file of selectors.

    Raises:
        RegistryError: a selector matches nothing, or a file of selectors has none.
    """
    pool, given = list(portals), list(selectors)
    if not given:
        return pool
    wanted = [selector for one in given for selector in _expand(one)]
    if not wanted:
        raise RegistryError(f"--portals {given[0]} names no portal: write one selector a line into the file.")
    chosen: set[str] = set()
    for selector in wanted:
        matches = {portal.code for portal in pool if _matches(portal, selector)}
        if not matches:
            raise RegistryError(
                f"--portals {selector} matches no portal of the registry: "
                "give a division code, its leading digits, a host name, or a file of these."
            )
        chosen |= matches
    return [portal for portal in pool if portal.code in chosen]


def _expand(given: str) -> list[str]:
    path = Path(given)
    if not path.is_file():
        return [given]
    try:
        lines = [line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except UnicodeDecodeError as error:
        raise RegistryError(f"--portals {path} is not a text file in UTF-8: save it as one.") from error
    return [line for line in lines if line]


def _matches(portal: Portal, selector: str) -> bool:
    if selector.isdigit():
        return len(selector) >= 2 and portal.code.startswith(selector)
    parts = urlsplit(portal.home_url)
    return selector.lower() in (parts.hostname, parts.netloc.lower())
