"""The places that have a portal of their own: provinces, prefectures and counties, and the names they go by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pipelines.divisions import divisions
from pipelines.yaml_file import load_yaml

Level = Literal["province", "prefecture", "county"]
SHORTEST = 2  # characters of a shortened name


@dataclass(frozen=True, slots=True)
class Place:
    """A province, prefecture or county. ``above`` are the codes of the places that it lies in, the largest first.

    ``former_names`` are those it went by; ``former_codes`` those of the divisions that it took the place of.
    """

    code: str
    name: str
    level: Level
    above: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and those it had before, in full."""
        return (self.name, *self.former_names)

    @property
    def short(self) -> str:
        """Its name without what says its kind; the name itself where next to nothing would be left."""
        return short_name(self.name)

    @property
    def full_name(self) -> str:
        """Its name behind those of the places it lies in, for people to read."""
        return "".join(places()[code].name for code in self.above) + self.name


def known_place(code: str) -> str:
    """The code itself, if it is that of a place; ValueError otherwise."""
    if code not in places():
        raise ValueError(f"“{code}” is the code of no province, prefecture or county")
    return code


@cache
def short_name(name: str) -> str:
    """兰溪市 → 兰溪, 白沙黎族自治县 → 白沙, 城区 → 城区."""
    words = _words()
    kind = next((kind for kind in words["kinds"] if name.endswith(kind)), "")
    short = name.removesuffix(kind)
    while people := next((people for people in words["peoples"] if kind and short.endswith(people)), None):
        if len(short) - len(people) < SHORTEST:
            break
        short = short.removesuffix(people)
    return short if len(short) >= SHORTEST else name


@cache
def places() -> dict[str, Place]:
    """Every place that exists today, by its code."""
    found: dict[str, Place] = {}
    took_over = _took_over()
    for code, row in divisions().items():
        province, prefecture = row["province_code"], row["prefecture_code"]
        found.setdefault(province, Place(province, row["province"], "province"))
        if prefecture:
            found.setdefault(prefecture, Place(prefecture, row["prefecture"], "prefecture", (province,)))
        if row["status"] == "current":
            found[code] = _county(code, row, tuple(took_over[code]))
    return found


def _county(code: str, row: dict[str, Any], former_codes: tuple[str, ...]) -> Place:
    above = tuple(above for above in (row["province_code"], row["prefecture_code"]) if above and above != code)
    earlier = [name for name in (row["former_names"] or "").split("|") if name]
    earlier += [divisions()[former]["name"] for former in former_codes]
    names = tuple(dict.fromkeys(name for name in earlier if name != row["name"]))
    return Place(code, row["name"], "county", above, names, former_codes)


def _took_over() -> dict[str, list[str]]:
    """The codes of abolished divisions by the code of the division that took their place."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, row in divisions().items():
        if row["status"] == "abolished" and row["successor_code"]:
            found[row["successor_code"]].append(code)
    return found


@cache
def inside(code: str) -> tuple[Place, ...]:
    """The places that lie in a province or a prefecture, by code."""
    return tuple(place for place in places().values() if code in place.above)


@cache
def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = load_yaml(Path(__file__).with_name("places.yaml"))
    return words
