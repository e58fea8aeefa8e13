"""What a country of portals is made of, from `country.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).parent / "country.yaml"


class Wall(BaseModel):
    """What stands before so many portals of a whole country, and how a visit there ends.

    Without a `wrapper` nobody listens there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    outcome: str
    wrapper: str | None = None
    options: dict[str, Any] = {}


class Facts(BaseModel):
    """All of `country.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    walls: tuple[Wall, ...]
    labels: tuple[str, ...]
    slugs: tuple[str, ...]
    levels: dict[str, str]
    titles: tuple[str, ...]
    nameless: str
    lookalikes: tuple[str, ...]
    bureaus: tuple[str, ...]
    towns: tuple[str, ...]


@cache
def facts() -> Facts:
    """What the country is made of; raises ValueError naming the file when it does not fit the model."""
    try:
        return Facts.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{FILE}: {error}") from error
