"""What ``gongkai.yaml`` says about this installation."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipelines.clock import ZONE
from pipelines.yaml_file import load_yaml

ROOT = Path(__file__).resolve().parents[1]
CONTACT = re.compile(r"(https?://|mailto:)\S+|[^\s@]+@[^\s@]+\.[^\s@]+")


class ConfigurationError(Exception):
    """``gongkai.yaml`` cannot be used; the message is one sentence that says what to change."""


class Configuration(BaseModel):
    """The settings of one installation; see the comments in ``gongkai.yaml`` for each."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    contact: str = ""
    vantage: str = Field("unnamed", min_length=1)
    night_hour: int = Field(2, ge=0, le=23)
    office_opens: int = Field(9, ge=0, le=23)
    office_closes: int = Field(18, ge=0, le=23)
    pause: float = Field(3.0, ge=0, le=3600)
    portals_in_parallel: int = Field(8, ge=1, le=100)
    timeout: float = Field(30, gt=0)
    max_body: int = Field(32 * 1024 * 1024, gt=0)
    requests_per_portal: int = Field(400, ge=10)
    minutes_per_portal: float = Field(60, gt=0)
    second_look: int = Field(30, ge=0)

    @field_validator("contact")
    @classmethod
    def _is_an_address(cls, contact: str) -> str:
        if contact and not CONTACT.fullmatch(contact):
            raise ValueError("must be a web address (https://…) or a mail address")
        return contact

    @model_validator(mode="after")
    def _begins_at_night(self) -> Self:
        lasts = (self.office_closes - self.office_opens) % 24
        if (self.night_hour - self.office_opens) % 24 < lasts:
            raise ValueError("night_hour lies between office_opens and office_closes")
        return self

    def with_options(self, **given: float | None) -> Self:
        """With what the command line says in place of the file; None is not said.

        Raises:
            ConfigurationError: a value is out of range.
        """
        said = {name: value for name, value in given.items() if value is not None}
        try:
            return self.model_validate(self.model_dump() | said)
        except ValidationError as error:
            first = error.errors()[0]
            option = str(first["loc"][0]).replace("_", "-")
            raise ConfigurationError(f"--{option} {first['input']}: {first['msg']}; correct it.") from error

    @property
    def user_agent(self) -> str:
        """How we present ourselves to portals: name, version, and whom to turn to."""
        return f"Gongkai/{_version()} (+{self.contact})" if self.contact else f"Gongkai/{_version()}"

    def require_contact(self) -> None:
        """Refuse to meet other people's hosts without saying who we are.

        Raises:
            ConfigurationError: no contact is set.
        """
        if not self.contact:
            raise ConfigurationError(
                "gongkai.yaml: contact is empty and the registry names hosts beyond this machine: "
                "set contact to a web address or a mail address at which portals can reach you."
            )

    def night_ends(self, moment: datetime) -> datetime | None:
        """When offices open, at which a night that begins at ``moment`` is to stop; None where there are no such hours.

        Raises:
            ConfigurationError: they are open, and other people's hosts are not to be met.
        """
        lasts = timedelta(hours=(self.office_closes - self.office_opens) % 24)
        local = moment.astimezone(ZONE)
        opens = local.replace(hour=self.office_opens, minute=0, second=0, microsecond=0) - timedelta(days=1)
        while opens + lasts <= local:
            opens += timedelta(days=1)
        if lasts and opens <= local:
            raise ConfigurationError(
                f"It is {local:%H:%M} in China, and offices are open until {opens + lasts:%H:%M}: "
                "run again after that, with --now if it has to be now, "
                "or set office_opens and office_closes in gongkai.yaml."
            )
        return opens if lasts else None


def load_configuration(path: Path = ROOT / "gongkai.yaml") -> Configuration:
    """Read the configuration; without a file, the defaults.

    Raises:
        ConfigurationError: the file is not YAML, has an unknown key, or a value out of range.
    """
    if not path.exists():
        return Configuration()
    try:
        return Configuration.model_validate(load_yaml(path) or {})
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path.name} is not valid YAML in UTF-8: correct it ({error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ConfigurationError(f"{path.name}: {key}: {first['msg']}; correct it.") from error


@cache
def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
