"""Whose portal a home page is: what it says of itself (国办发〔2017〕47号 tags) held against a place.

A portal is accepted when its SiteIDCode, its SiteName and its host agree with the place. Where the code is missing, or
is that of the place above, the full name must tell it apart and the portal above must link to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from crawler.hosts import is_private, registrable
from crawler.pages import Page
from crawler.portals.places import Place, places
from pipelines.bodies import body_kind
from pipelines.reasons import Sentence
from pipelines.text import squeeze
from pipelines.yaml_file import load_yaml

CODE = re.compile(r"\d{6}(?=\d{0,4}$)")
PORTALS = {"district_government", "functional_zone", "unknown"}  # kinds of bodies that a whole place's site is named by
Standing = Literal["missing", "own", "former", "parent", "other"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What a home page says of itself; ``name`` falls back to its title."""

    host: str
    code: str = ""
    name: str = ""
    domain: str = ""

    @property
    def division(self) -> str:
        """The division in the SiteIDCode: its first six digits, empty where it has none."""
        match = CODE.match(self.code)
        return match[0] if match else ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an address: with ``confidence`` when it is accepted, and why in both languages."""

    state: Literal["accepted", "refused", "unsettled"]
    reason: Sentence
    confidence: str | None = None


class Naming(StrEnum):
    """How the name of a site relates to a place."""

    FULL = "full"  # with a place above it
    BARE = "bare"
    OTHER = "other"
    DEPARTMENT = "department"
    NONE = "none"


def claims_of(page: Page) -> Claims:
    """Read the claims of a home page."""
    name = squeeze(page.meta.get("sitename", "")) or squeeze(page.title)
    code = squeeze(page.meta.get("siteidcode", ""))
    return Claims(urlsplit(page.url).netloc.lower(), code, name, _host(page.meta.get("sitedomain", "")))


def judge(place: Place, claims: Claims, *, linked: bool = False, private: bool = False) -> Verdict:
    """Hold the claims of a home page against a place.

    ``linked`` says that the portal above links to it; ``private`` lets addresses of our own network pass.
    """
    standing = _standing(claims.division, place)
    other = places().get(claims.division)
    other_name = other.full_name if other else claims.division
    note = _words()["code_notes"]["missing" if standing == "other" else standing]
    notes = {f"code_note_{lang}": note[lang].format(code=claims.code, other=other_name) for lang in ("zh", "en")}
    words = {"code": claims.code, "name": claims.name, "host": claims.host, "domain": claims.domain}
    key = refused_host(claims, private=private) or _key(place, claims, standing)
    if key == "medium" and not linked:
        key = "unlinked"
    return verdict(key, place=place.full_name, other=other_name, **words, **notes)


def _key(place: Place, claims: Claims, standing: Standing) -> str:
    """Which verdict of ``proof.yaml`` the code and the name of a page come to."""
    naming = name_of_place(claims.name, place)
    names_it = naming in (Naming.FULL, Naming.BARE)
    if naming is Naming.DEPARTMENT:
        return "department"
    if standing == "other":
        is_known = claims.division in places()
        return "code_unknown" if not is_known else "code_of_other" if names_it else "other_place"
    if not names_it:
        return "name_of_other" if naming is Naming.OTHER else "no_name"
    if standing == "own":
        return "high"
    return "medium" if naming is Naming.FULL or _is_only_one(claims.name, place) else "ambiguous"


def identified(claims: Claims) -> list[Place]:
    """The places whose portal a home page can be, for a person to choose from: one, when it proves itself."""
    counties = [place for place in places().values() if place.level == "county"]
    by_code = [place for place in counties if _standing(claims.division, place) in ("own", "former")]
    named = [place for place in by_code or counties if name_of_place(claims.name, place) in (Naming.FULL, Naming.BARE)]
    full = [place for place in named if name_of_place(claims.name, place) is Naming.FULL]
    return full or named


def name_of_place(name: str, place: Place) -> Naming:
    """How the name of a site relates to a place: 浙江省兰溪市人民政府门户网站 names 兰溪市 in full."""
    core = _core(name)
    if not core:
        return Naming.NONE
    for own in (*place.names, *(short for short in (place.short,) if core.endswith(short))):
        if core.endswith(own):
            before = _without_places_above(core.removesuffix(own), place)
            if not before:
                return Naming.FULL if core != own else Naming.BARE
    return Naming.OTHER if body_kind(core) in PORTALS else Naming.DEPARTMENT


def verdict(key: str, **words: str) -> Verdict:
    """A verdict of ``proof.yaml``, its sentences filled in."""
    entry = _words()["verdicts"][key]
    reason = Sentence(key, entry["zh"].format(**words), entry["en"].format(**words))
    return Verdict(entry["state"], reason, key if entry["state"] == "accepted" else None)


def refused_host(claims: Claims, *, private: bool) -> str | None:
    """The verdict on a host by itself, ``not_gov`` or ``mirror``; None where nothing speaks against it."""
    host = claims.host.rpartition(":")[0] or claims.host
    if not (registrable(host) or (private and is_private(host))):
        return "not_gov"
    domain = claims.domain
    if not domain or domain.removeprefix("www.") == claims.host.removeprefix("www."):
        return None
    same_site = registrable(domain) is not None and registrable(domain) == registrable(host)
    return None if same_site else "mirror"


def _standing(division: str, place: Place) -> Standing:
    """What the division of a SiteIDCode is to a place."""
    if not division:
        return "missing"
    if division == place.code:
        return "own"
    if division in place.former_codes:
        return "former"
    return "parent" if division in place.above else "other"


def _core(name: str) -> str:
    """The name of a site without what stands round the name of the place."""
    words, core = _words(), re.split(r"[|_]", squeeze(name))[0]
    while True:
        shorter = core
        for prefix in words["before"]:
            shorter = shorter.removeprefix(prefix)
        for suffix in words["after"]:
            shorter = shorter.removesuffix(suffix)
        if shorter == core:
            return core
        core = shorter


def _without_places_above(text: str, place: Place) -> str:
    """What is left of the words in front of a place's name when the names of the places above it are taken off."""
    for code in place.above:
        above = places()[code]
        for name in (above.name, above.short):
            if text.startswith(name):
                text = text.removeprefix(name)
                break
    return text


def _is_only_one(name: str, place: Place) -> bool:
    """Whether no other place in the country goes by the name that a site gives itself."""
    core = _core(name)
    return all(other.code == place.code or core not in (*other.names, other.short) for other in places().values())


def _host(domain: str) -> str:
    """The host in a SiteDomain, which may be a whole address."""
    plain = domain.strip().lower()
    return urlsplit(plain if "//" in plain else f"//{plain}").netloc


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = load_yaml(Path(__file__).with_name("proof.yaml"))
    return words
