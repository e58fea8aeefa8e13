"""What is known by hand, ``portals.yaml``: where a search for portals starts, and corrections with reason and date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from crawler.portals.fields import Address
from crawler.portals.places import known_place
from crawler.portals.registry import Portal, Registry, RegistryError, portal_of
from pipelines.yaml_file import load_yaml

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


class Seed(BaseModel):
    """A portal that the search for portals starts from: the code of a province, or of any other place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, AfterValidator(known_place)]
    home_url: Address


class PortalsFile(BaseModel):
    """All of ``portals.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seeds: tuple[Seed, ...] = ()
    overrides: tuple[Override, ...] = ()


def load_portals_file(path: Path = PATH) -> PortalsFile:
    """Read ``portals.yaml``, or a file of its shape.

    Raises:
        RegistryError: the file cannot be read, or an entry lacks something, or has an unknown key.
    """
    try:
        return PortalsFile.model_validate(load_yaml(path) or {})
    except OSError as error:
        raise RegistryError(f"{path} cannot be read ({error.strerror}): check the path.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path.name} is not valid YAML in UTF-8: correct it ({error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        said = first["msg"].removeprefix("Value error, ")
        raise RegistryError(f"{path.name}, entry {place}: {said}; correct it.") from error


def load_overrides(path: Path = PATH) -> dict[str, Override]:
    """The corrections by division code; see :func:`load_portals_file` for what may be wrong."""
    return {entry.code: entry for entry in load_portals_file(path).overrides}


def load_seeds(path: Path = PATH) -> list[tuple[str, str]]:
    """The portals that a search starts from, as place and home page.

    Raises:
        RegistryError: the file is wrong, or has no seed.
    """
    seeds = [(seed.code, seed.home_url) for seed in load_portals_file(path).seeds]
    if not seeds:
        raise RegistryError(f"{path} has no seeds: give the code and home_url of at least one portal to start from.")
    return seeds


def corrected(portals: Iterable[Portal], overrides: dict[str, Override]) -> list[Portal]:
    """The portals with the corrections laid over them."""
    return [_lay_over(portal, overrides[portal.code]) if portal.code in overrides else portal for portal in portals]


def _lay_over(portal: Portal, override: Override) -> Portal:
    changes = override.model_dump(exclude_defaults=True, exclude={"reason", "date"})
    evidence = f"portals.yaml {override.date}: {override.reason}"
    return portal_of(f"portals.yaml, entry {override.code}", {**portal.model_dump(), **changes, "evidence": evidence})


def own_registry(overrides: dict[str, Override], found: Iterable[Portal] = ()) -> Registry:
    """The registry used without ``--registry``: portals that a search has found, and entries that name one in full.

    Raises:
        RegistryError: there are none.
    """
    seeds = [entry for entry in overrides.values() if entry.name and entry.home_url]
    portals = {portal.code: portal for portal in found}
    portals |= {
        entry.code: Portal(code=entry.code, name=entry.name or "", home_url=entry.home_url or "", evidence=PATH.name)
        for entry in seeds
    }
    if not portals:
        raise RegistryError(
            "No portal is known yet: search for them with python -m crawler portals find, "
            "or pass --registry FILE, a CSV file code,name,home_url."
        )
    return Registry(label="portals.yaml", portals=tuple(portals[code] for code in sorted(portals)))
