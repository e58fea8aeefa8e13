"""What ``gongkai.yaml`` says about this installation."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

ROOT = Path(__file__).resolve().parents[1]
CONTACT = re.compile(r"(https?://|mailto:)\S+|[^\s@]+@[^\s@]+\.[^\s@]+")


class ConfigurationError(Exception):
    """``gongkai.yaml`` cannot be used; the message is one sentence that says what to change."""


class Configuration(BaseModel):
    """The settings of one installation; see the comments in ``gongkai.yaml`` for each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    contact: str = ""
    vantage: str = Field("unnamed", min_length=1)
    night_hour: int = Field(2, ge=0, le=23)
    pause: float = Field(3.0, ge=0)
    portals_in_parallel: int = Field(8, ge=1, le=100)
    timeout: float = Field(30, gt=0)
    max_body: int = Field(32 * 1024 * 1024, gt=0)
    requests_per_portal: int = Field(400, ge=10)
    minutes_per_portal: float = Field(60, gt=0)

    @field_validator("contact")
    @classmethod
    def _is_an_address(cls, contact: str) -> str:
        if contact and not CONTACT.fullmatch(contact):
            raise ValueError("must be a web address (https://…) or a mail address")
        return contact

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


def load_configuration(path: Path = ROOT / "gongkai.yaml") -> Configuration:
    """Read the configuration; without a file, the defaults.

    Raises:
        ConfigurationError: the file is not YAML, has an unknown key, or a value out of range.
    """
    if not path.exists():
        return Configuration()
    try:
        return Configuration.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
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
