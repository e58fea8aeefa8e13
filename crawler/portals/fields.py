"""The fields of a registry, each with the sentence that says what is wrong with it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from crawler.platforms.family import GENERIC, families
from pipelines.divisions import divisions


def _known_code(code: str) -> str:
    if code not in divisions():
        raise ValueError(f"“{shown(code)}” is not a division code; take it from crawler/portals/divisions.csv")
    return code


def _web_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and parts.hostname and not parts.username and parts.port != 0
    except ValueError:  # brackets or a port that Python cannot take apart
        is_address = False
    if not is_address or not url.isprintable() or any(map(str.isspace, url)):
        raise ValueError(f"“{shown(url)}” is not a web address; write it in full, like https://www.example.gov.cn/")
    return url if parts.path else f"{url}/"


def shown(text: str) -> str:
    """What a sentence can show of a text: no controls, and not all of a long one."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[:200])


def _known_platform(name: str | None) -> str | None:
    if name and name not in (GENERIC.name, *(family.name for family in families())):
        raise ValueError(f"“{shown(name)}” is not a platform of crawler/platforms/families.yaml; leave it empty")
    return name


def _in_words(text: str) -> str:
    if not text:
        raise ValueError("is empty; fill it in")
    if not text.isprintable():
        raise ValueError(f"“{shown(text)}” holds a sign that cannot be shown; take it out")
    return text


Code = Annotated[str, AfterValidator(_known_code)]
Name = Annotated[str, AfterValidator(_in_words)]
Address = Annotated[str, AfterValidator(_web_address)]
Platform = Annotated[str | None, AfterValidator(_known_platform)]
