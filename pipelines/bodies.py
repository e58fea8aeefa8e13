"""The bodies that issue reports: what kind a name tells, and when two names mean the same body."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipelines.placenames import Division
from pipelines.text import squeeze
from pipelines.whose import Whose, standing
from pipelines.yaml_file import load_yaml

__all__ = ["Body", "Division", "body_kind", "body_of", "column_words", "plain_name", "report_scope"]


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its stable id, the division whose portal shows its reports, its name as printed and its kind."""

    id: str
    division_code: str
    name: str
    kind: str


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml(Path(__file__).parent / "bodies.yaml")
    return data


@lru_cache(maxsize=1 << 12)
def body_kind(name: str, division: Division | None = None) -> str:
    """The kind of body a name tells; ``unknown`` when no pattern fits, or for the government of another place."""
    plain = squeeze(name)
    if division is None or not plain:
        return _kind_by_words(plain)
    whose, rest = standing(name, division)
    if whose is Whose.OURS and _is_government(rest):
        return "district_government"
    kind = _kind_by_words(plain)
    if kind == "district_government":  # called like a county and not ours: a zone of ours, or another government
        return "functional_zone" if whose is Whose.OURS and rest.endswith("区") else "unknown"
    return "unknown" if kind == "district_office" and whose is not Whose.OURS else kind


def body_of(name: str, division: Division) -> Body:
    """The body a printed name means within a division.

    区民政局, 宁河区民政局 and 天津市宁河区民政局 have one id; so have the spellings of a government or a town.
    A body of another place never has the id of one of the division.
    """
    kind = body_kind(name, division)
    rest = standing(name, division).rest
    if kind == "district_government":
        key = "government"
    elif kind == "district_office" and re.fullmatch(_data()["office"], rest):
        key = "office"
    else:
        key = hashlib.sha256(plain_name(name, division).encode()).hexdigest()[:8]
    return Body(f"{division.code}-{key}", division.code, squeeze(name), kind)


def plain_name(name: str, division: Division) -> str:
    """A name in its plain spelling, without the places in front of it if they are those of the division."""
    whose, rest = standing(name, division)
    plain = rest if whose is Whose.OURS and rest else squeeze(name)
    for entry in _data()["same_name"]:
        plain = re.sub(entry["pattern"], entry["plain"], plain)
    return plain


def _kind_by_words(plain: str) -> str:
    return next((kind for kind, pattern in _kinds() if pattern.search(plain)), "unknown")


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["kind"], re.compile(entry["pattern"])) for entry in _data()["kinds"])


def _is_government(rest: str) -> bool:
    return bool(re.fullmatch(_data()["government"], rest))


def column_words() -> dict[str, Any]:
    """What names of lists say: ``report`` and ``generic`` are patterns, ``own_level`` is a list of names."""
    words: dict[str, Any] = _data()["columns"]
    return words


def is_no_government(lines: Iterable[str]) -> bool:
    """Whether a text says by itself that a department or town speaks: 我局, 本镇."""
    return bool(re.search(_data()["no_government"], "".join(map(squeeze, lines))))


def report_scope(lines: Iterable[str]) -> str:
    """Whose figures a report gives, by the cues in its text; ``unknown`` is a legal answer."""
    text = "".join(map(squeeze, lines))
    return next((scope for scope, pattern in _scopes() if pattern.search(text)), "unknown")


@cache
def _scopes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["scope"], re.compile(text)) for entry in _data()["scopes"] for text in entry["patterns"])
