"""Whose body a printed name means: one of the portal's division, or one of another place. The issuer decides.

A portal shows reports of the city above it, and of neighbours. A name that puts another place before the body is never
that of a body of the portal's division.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pipelines.placenames import Division, is_another, known_place, own_name, stem_of, words
from pipelines.text import squeeze


class Whose(StrEnum):
    """The place that a name means, seen from a division."""

    OURS = "ours"
    ABOVE = "above"
    ELSEWHERE = "elsewhere"
    UNSURE = "unsure"


class Standing(NamedTuple):
    """Whose body a name means, and the ``rest`` of the name behind the places in front of it."""

    whose: Whose
    rest: str


@lru_cache(maxsize=1 << 12)
def standing(name: str, division: Division) -> Standing:
    """Tell whose body a name means. A name without any place means one of the division: 民政局, 区民政局."""
    above, rest = _without_superiors(_without_authority(squeeze(name)), division)
    own = own_name(division).match(rest)
    if own and not is_another(own[0], division):
        return Standing(Whose.OURS, rest[own.end() :])
    if (place := known_place(rest)) and is_another(place, division):
        return Standing(Whose.ELSEWHERE, rest)
    if _carries_ourstem_of(rest, division):
        return Standing(Whose.OURS, rest)
    generic = _generic(rest, division)
    if generic is not None:
        return generic
    if above:
        return Standing(Whose.ABOVE, rest)
    return Standing(Whose.UNSURE if re.match(words()["unknown_place"], rest) else Whose.OURS, rest)


def _without_authority(plain: str) -> str:
    for authority in words()["authorities"]:
        if plain.startswith(authority):
            return plain.removeprefix(authority)
    return plain


def _without_superiors(plain: str, division: Division) -> tuple[bool, str]:
    """Whether province or prefecture stand in front, and what follows them. Short forms only count before a place."""
    above, rest = False, plain
    for region, endings in ((division.province, "province_endings"), (division.prefecture, "endings")):
        if not region or region == division.name:
            continue
        for form in (region, f"{stem_of(region)}州", stem_of(region, endings)):
            follows = rest.removeprefix(form)
            if follows != rest and (
                form != stem_of(region, endings) or own_name(division).match(follows) or _begins(follows, division)
            ):
                above, rest = True, follows
                break
    return above, rest


def _begins(text: str, division: Division) -> bool:
    return bool(division.prefecture) and text.startswith((division.prefecture, f"{stem_of(division.prefecture)}州"))


def _carries_ourstem_of(rest: str, division: Division) -> bool:
    """宁河镇, 宁河现代产业区 and 公安局宁河分局 are bodies of 宁河区; a stem that is a common word tells nothing."""
    if re.search(f"(?:{own_name(division).pattern}){words()['branch']}", rest):
        return True
    stem = stem_of(division.name, "county_endings")
    if len(stem) < 2 or stem in words()["common_stems"]:
        return False
    if rest.startswith(stem):
        return stem != stem_of(division.prefecture)
    return bool(re.search(f"{re.escape(stem)}{words()['branch']}", rest))


def _generic(rest: str, division: Division) -> Standing | None:
    """A name that begins with 区, 县 or 市 alone."""
    if match := re.match(words()["generic_county"], rest):
        return Standing(Whose.OURS, rest[match.end() :])
    if match := re.match(words()["generic_city"], rest):
        ours = division.name.endswith("市")
        return Standing(Whose.OURS if ours else Whose.ABOVE, rest[match.end() :])
    if re.match(words()["generic_higher"], rest):
        return Standing(Whose.ABOVE, rest)
    return None
