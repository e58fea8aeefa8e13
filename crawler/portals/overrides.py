"""Hand-made corrections to the registry, ``portals.yaml``: each with its reason and its date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from crawler.portals.registry import Portal, Registry, RegistryError, portal_of

PATH = Path(__file__).with_name("portals.yaml")


class Override(BaseModel):
    """What somebody found out about one portal by hand."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    reason: str
    date: date
    name: str | None = None
    home_url: str | None = None
    list_url: str | None = None
    platform: str | None = None
    extra_hosts: tuple[str, ...] = ()


def load_overrides(path: Path = PATH) -> dict[str, Override]:
    """The corrections by division code.

    Raises:
        RegistryError: an entry lacks its reason or its date, or has an unknown key.
    """
    content = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    try:
        entries = TypeAdapter(list[Override]).validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RegistryError(f"{path.name}, entry {place}: {first['msg']}; correct it.") from error
    return {entry.code: entry for entry in entries}


def corrected(portals: Iterable[Portal], overrides: dict[str, Override]) -> list[Portal]:
    """The portals with the corrections laid over them."""
    return [_lay_over(portal, overrides[portal.code]) if portal.code in overrides else portal for portal in portals]


def _lay_over(portal: Portal, override: Override) -> Portal:
    changes = override.model_dump(exclude_defaults=True, exclude={"reason", "date"})
    evidence = f"portals.yaml {override.date}: {override.reason}"
    return portal_of(f"portals.yaml, entry {override.code}", {**portal.model_dump(), **changes, "evidence": evidence})


def own_registry(overrides: dict[str, Override]) -> Registry:
    """The registry used without ``--registry``: the entries that name a portal in full.

    Raises:
        RegistryError: there are none.
    """
    seeds = [entry for entry in overrides.values() if entry.name and entry.home_url]
    if not seeds:
        raise RegistryError(
            "crawler/portals/portals.yaml names no portal of its own: "
            "pass --registry FILE, a CSV file code,name,home_url."
        )
    blank = [
        Portal(code=entry.code, name=entry.name or "", home_url=entry.home_url or "", evidence="portals.yaml")
        for entry in seeds
    ]
    return Registry(label="portals.yaml", portals=tuple(sorted(blank, key=lambda portal: portal.code)))
