"""Whose page a link leads to, by its label: that of the portal's own government, or of its departments and towns.

Their lists are looked for when the government's own has been: there may be sixty of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from crawler.scoring import weights
from pipelines.bodies import body_kind
from pipelines.placenames import Division
from pipelines.text import squeeze
from pipelines.whose import Whose, standing

OWN = frozenset({"district_government", "district_office"})


class Organ(NamedTuple):
    """What a label names: a body, or the departments or towns as a whole. ``is_own``: the government or its office."""

    is_own: bool
    is_one: bool


@lru_cache(maxsize=1 << 13)  # the menus of a portal stand on all of its pages
def organ_of(label: str, division: Division | None = None) -> Organ | None:
    """The body, or the bodies, that a label names and says nothing else of than that it opens to the public.

    None for bodies of other places, where the portal's ``division`` is known.
    """
    words = weights().bodies
    name = words.around.sub("", squeeze(label))
    name = f"{name}政府" if name.endswith("人民") else name
    if weights().inside["levels"].search(name):
        return Organ(is_own=not words.parts.search(name), is_one=False)
    if not words.names.fullmatch(name) or (kind := body_kind(name, division)) == "unknown":
        return None
    theirs = division is not None and standing(name, division).whose not in (Whose.OURS, Whose.UNSURE)
    return None if theirs else Organ(is_own=kind in OWN, is_one=True)
