"""A whole country of portals from a seed: the families and the walls in their shares, and what is to be found."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from samples.simulator.builder import Builder
from samples.simulator.dialect import dialects
from samples.simulator.facts import Wall, facts
from samples.simulator.families import serve
from samples.simulator.portal import Portal
from samples.simulator.scenario import WRAPPERS
from samples.simulator.wire import Site

WHOLE = 2849
"""The portals of a whole country."""

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """One portal of the country: where it is, how it is built, and how a right visit there ends."""

    code: str
    name: str
    address: str
    family: str
    portal: Portal
    wall: Wall

    @property
    def outcome(self) -> str:
        """How a right visit ends."""
        if self.wall.outcome != "complete":
            return self.wall.outcome
        return "needs_browser" if dialects()[self.family].program == "scripted" else "complete"

    @property
    def reports(self) -> dict[str, tuple[int, str]]:
        """The reports that are to be found, by path: year and issuer; none where the portal serves no programs."""
        if self.outcome != "complete":
            return {}
        rows = (row for column in self.portal.columns for row in column.rows if row.is_a == "report")
        return {row.url: (row.year or 0, row.issuer) for row in rows}

    def site(self) -> Site | None:
        """The portal and what stands before it; None where nobody listens."""
        site: Site = serve(self.portal, dialects()[self.family])
        if self.wall.wrapper:
            return WRAPPERS[self.wall.wrapper](site, **self.wall.options)
        return site if self.wall.outcome == "complete" else None


def country(divisions: Sequence[tuple[str, str]], number: int = WHOLE, seed: int = 1) -> list[Place]:
    """A country of so many portals, for divisions (code and name) drawn from these, in the order of their codes.

    Raises ValueError when there are fewer divisions than portals.
    """
    if len(divisions) < number:
        raise ValueError(f"There are {len(divisions)} divisions for {number} portals; ask for fewer portals.")
    chance = _chance(seed, "country")
    chosen = sorted(chance.sample(list(divisions), number))
    families = _shared([(name, dialect.share) for name, dialect in dialects().items()], number, chance)
    walls = facts().walls
    open_ones = Wall(number=WHOLE - sum(wall.number for wall in walls), outcome="complete")
    before = _shared([(wall, wall.number) for wall in (open_ones, *walls)], number, chance)
    places = []
    for at, ((code, name), family, wall) in enumerate(zip(chosen, families, before, strict=True)):
        portal = Builder(code, name, dialects()[family], _chance(seed, code)).portal()
        places.append(Place(code, name, f"127.3.{at // 250}.{at % 250 + 1}", family, portal, wall))
    return places


def _chance(*seed: object) -> random.Random:
    return random.Random(" ".join(map(str, seed)))  # noqa: S311 - to be the same again, not unforeseeable


def _shared(weights: Sequence[tuple[T, int]], number: int, chance: random.Random) -> list[T]:
    """So many items in the shares of their weights, mixed: the largest remainders are rounded up."""
    whole = sum(weight for _, weight in weights)
    exact = [(item, weight * number / whole) for item, weight in weights]
    counts = [int(share) for _, share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: counts[at] - exact[at][1])
    for at in by_remainder[: number - sum(counts)]:
        counts[at] += 1
    items = [item for (item, _), count in zip(exact, counts, strict=True) for _ in range(count)]
    chance.shuffle(items)
    return items
