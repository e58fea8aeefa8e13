"""Which links of a portal lead to the portals of the places that lie in its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.hosts import origin
from crawler.links import MOST_LINKS, Link, join, text_of
from crawler.pages import Page
from crawler.portals.places import Place, inside
from crawler.rows import is_article
from pipelines.text import squeeze
from pipelines.yaml_file import load_yaml


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be the portal of a place, the words that said so and the page that they stand on."""

    place: Place
    url: str
    label: str
    linked_from: str


def candidates(page: Page, place: Place) -> list[Candidate]:
    """The links of a portal's page to other sites that say the name of a place below it, each address once."""
    named = _by_name(place.code)
    found: dict[tuple[str, str], Candidate] = {}
    for link in (*page.links, *_options(page)):
        below = named.get(_name_in(link.label))
        if below is not None and _is_home(link.url) and origin(link.url) != origin(page.url):
            url = home_of(link.url)
            found.setdefault((below.code, url), Candidate(below, url, link.label, page.url))
    return list(found.values())


def lead_pages(page: Page) -> list[str]:
    """Pages of the same site that list the portals below it, frames included; as many as are worth asking for."""
    rules = _rules()
    here = (link for link in page.links if origin(link.url) == origin(page.url) and link.url != page.url)
    leads = (link.url for link in here if link.is_frame or rules["leads"].search(squeeze(link.label)))
    return list(dict.fromkeys(leads))[: rules["most_leads"]]


def home_of(url: str) -> str:
    """The address of a home page as browsers write it, with a path."""
    return urlsplit(url)._replace(path=urlsplit(url).path or "/").geturl()


def twin_key(url: str) -> str:
    """What stays the same between http and https, and with or without ``www``."""
    parts = urlsplit(url)
    return parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/")


def _options(page: Page) -> Iterator[Link]:
    """The addresses in drop-down lists, where many portals keep the links to others."""
    for node in LexborHTMLParser(page.source).css("option[value]")[:MOST_LINKS]:
        if url := join(page.url, (node.attributes.get("value") or "").strip()):
            yield Link(url, text_of(node))


def _is_home(url: str) -> bool:
    folders = [part for part in urlsplit(url).path.split("/") if part]
    return len(folders) <= _rules()["deepest"] and not is_article(url)


def _name_in(label: str) -> str:
    """The name in a link's words: 兰溪市人民政府网站 → 兰溪市."""
    return str(_rules()["after_name"].sub("", squeeze(label).strip("·•-|>›»[]【】")))


@cache
def _by_name(code: str) -> dict[str, Place]:
    """The places inside another by every name a link may call them; names that two of them share are left out."""
    found: dict[str, Place | None] = {}
    for place in inside(code):
        for name in {*place.names, place.short, _behind_its_prefecture(place)}:
            found[name] = place if found.get(name, place) is place else None
    return {name: place for name, place in found.items() if place is not None}


def _behind_its_prefecture(place: Place) -> str:
    return place.full_name.partition("省")[2] or place.full_name


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_yaml(Path(__file__).with_name("navigation.yaml"))
    rules["after_name"] = re.compile(rf"(?:{rules['after_name']})$")
    rules["leads"] = re.compile(re.sub(r"\s+", "", rules["leads"]))
    return rules
