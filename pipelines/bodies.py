"""The bodies that issue reports: what kind a name tells, and when two names mean the same body."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.text import squeeze

_GENERIC = re.compile(r"^(?:[区县旗]|市(?!场))(?=.{2,})")
_GOVERNMENT = re.compile(r"(?:人民)?政府$")


@dataclass(frozen=True, slots=True)
class Division:
    """The division a portal belongs to, as in ``divisions.csv``; ``province`` and ``prefecture`` may be empty."""

    code: str
    name: str
    province: str = ""
    prefecture: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its stable id, the division it belongs to, its name as printed and its kind."""

    id: str
    division_code: str
    name: str
    kind: str


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "bodies.yaml").read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1 << 12)
def body_kind(name: str, division_name: str | None = None) -> str:
    """The kind of body a name tells; ``unknown`` when no pattern fits."""
    plain = squeeze(name)
    if division_name and _GOVERNMENT.sub("", plain).endswith(division_name):
        return "district_government"
    return next((entry["kind"] for entry in _data()["kinds"] if re.search(entry["pattern"], plain)), "unknown")


def body_of(name: str, division: Division) -> Body:
    """The body a printed name means within a division.

    区民政局, 宁河区民政局 and 天津市宁河区民政局 have one id; so have the spellings of a government or a town.
    """
    kind = body_kind(name, division.name)
    if kind == "district_government":
        key = "government"
    elif kind == "district_office":
        key = "office"
    else:
        key = hashlib.sha256(plain_name(name, division).encode()).hexdigest()[:8]
    return Body(f"{division.code}-{key}", division.code, squeeze(name), kind)


def plain_name(name: str, division: Division) -> str:
    """A name without the places in front of it and in its plain spelling."""
    plain = squeeze(name)
    for place in (division.province, division.prefecture, division.name):
        if place and len(plain) > len(place):
            plain = plain.removeprefix(place)
    plain = _GENERIC.sub("", plain)
    for entry in _data()["same_name"]:
        plain = re.sub(entry["pattern"], entry["plain"], plain)
    return plain


def report_scope(lines: Iterable[str]) -> str:
    """Whose figures a report gives, by the cues in its text; ``unknown`` is a legal answer."""
    text = "".join(map(squeeze, lines))
    return next((entry["scope"] for entry in _data()["scopes"] if re.search(entry["pattern"], text)), "unknown")
