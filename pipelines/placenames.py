"""The names of places: the ways to write that of a division, and those of all others that are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipelines.divisions import divisions
from pipelines.yaml_file import load_yaml


@dataclass(frozen=True, slots=True)
class Division:
    """The division a portal belongs to, as in ``divisions.csv``; ``province`` and ``prefecture`` may be empty."""

    code: str
    name: str
    province: str = ""
    prefecture: str = ""


@cache
def words() -> dict[str, Any]:
    """What ``whose.yaml`` says."""
    loaded: dict[str, Any] = load_yaml(Path(__file__).parent / "whose.yaml")
    return loaded


@lru_cache(maxsize=1 << 12)
def own_name(division: Division) -> re.Pattern[str]:
    """Every way to write the name of a division, its former names included, longest first."""
    zone = division.name.removeprefix(division.prefecture)  # 平顶山市城乡一体化示范区, its city in front
    forms = {form for name in (division.name, zone, *_former(division.code)) for form in _spellings(name)}
    return re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))))


def _spellings(name: str) -> Iterator[str]:
    if not name:
        return
    yield name
    stem = stem_of(name, "county_endings")
    if len(stem) > 1 and stem != name:
        yield from (stem + ending for ending in words()["county_endings"])
    for long, short in words()["short_zones"].items():
        if long in name:
            yield from (name.replace(long, short), short, long)


def _former(code: str) -> Iterator[str]:
    """The names a division had, and those of the divisions it took over."""
    row = divisions().get(code, {})
    yield from filter(None, str(row.get("former_names") or "").split(";"))
    yield from _taken_over().get(code, ())


@cache
def _taken_over() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in divisions().values():
        if successor := row["successor_code"]:
            found[successor] = (*found.get(successor, ()), row["name"])
    return found


@lru_cache(maxsize=1 << 12)
def stem_of(name: str, endings: str = "endings") -> str:
    """A place without its ending and the peoples in it: 围场满族蒙古族自治县 → 围场, 黔东南苗族侗族自治州 → 黔东南."""
    plain = name
    for ending in (*words()[endings], "自治州"):
        if len(plain) > len(ending) and plain.endswith(ending):
            plain = plain.removesuffix(ending).removesuffix("自治")
            break
    people = next((word for word in words()["peoples"] if plain.endswith(word) and len(plain) > len(word)), None)
    while people is not None:
        plain = plain.removesuffix(people)
        people = next((word for word in words()["peoples"] if plain.endswith(word) and len(plain) > len(word)), None)
    return plain


def known_place(text: str) -> str | None:
    """The longest name of a known province, prefecture or county that a text begins with; 新县城 is not 新县."""
    for length in range(min(_longest_place(), len(text)), 1, -1):
        if text[:length] in _places() and not (length == 2 and text[2:3] in ("城", "域", "乡")):
            return text[:length]
    return None


def in_full(name: str, text: str) -> str:
    """A name behind the city of its place, where a text prints it so: 洪泽区人民政府 → 淮安市洪泽区人民政府."""
    place = known_place(name)
    cities = (row["prefecture"] or row["province"] for row in divisions().values() if place and row["name"] == place)
    return next((full for city in cities if city.endswith("市") and (full := city + name) in text), name)


@cache
def _places() -> frozenset[str]:
    """Every known place but the districts that are only called 城区, 东区 and the like."""
    rows = divisions().values()
    names = {row["name"] for row in rows} | {row["prefecture"] for row in rows} | {row["province"] for row in rows}
    return frozenset(name for name in names if name and not (len(name) == 2 and name.endswith("区")))


@cache
def _longest_place() -> int:
    return max(map(len, _places()), default=0)


def is_another(place: str, division: Division) -> bool:
    """True for the name of a known place that is neither the division, nor one it took over, nor above it."""
    ours = {division.name, division.prefecture, division.province, *_former(division.code)}
    return place in _places() and place not in ours
