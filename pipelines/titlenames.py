"""The names of bodies within titles: which part of the words in front of the noun is one, and of what it is a part."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pipelines.bodies import body_kind
from pipelines.placenames import words as words_of_places
from pipelines.yaml_file import load_yaml

_EDGES = "()[]【】〔〕《》“”\"'、,,::.-—_|·的"
_ABOUT = re.compile("关于(?P<passing_on>印发|公布|发布|公开)?")
_SHORT_YEAR = re.compile(r"(?<!\d)\d{2}年度?")  # 23年: whose century is not told


def whose(printed: str) -> str:
    """The body whose report it is: behind 关于, where one stands there, else in front of it.

    An office in front of 关于印发 passes on a report, and whose that is it does not say.
    """
    plain = _SHORT_YEAR.sub("", printed)
    about = _ABOUT.search(plain)
    if about is None:
        return _trimmed(plain)
    behind, front = _trimmed(plain[about.end() :]), _trimmed(plain[: about.start()])
    if is_body(behind) or not front:
        return behind
    return "" if about["passing_on"] and body_kind(front) == "district_office" else front


def _trimmed(name: str) -> str:
    """A name without the words that stand round it in titles, however many."""
    trimmed = name.strip(_EDGES)
    for word in _words()["not_a_body"]:
        trimmed = trimmed.removeprefix(word).removesuffix(word)
    trimmed = trimmed.strip(_EDGES)
    return trimmed if trimmed == name else _trimmed(trimmed)


def is_body(name: str) -> bool:
    """True for a name that tells the kind of its body."""
    return body_kind(name) != "unknown"


def is_part_of_a_government(name: str) -> bool:
    """True for a department, town or zone; the office that writes for all and the site's own parts are none."""
    if any(word in name for word in _words()["no_parts"]):
        return False
    return body_kind(name) not in ("unknown", "district_government", "district_office")


def with_its_place(part: str, government: str) -> str:
    """县民政局 behind the place that 县 means; 市场监督管理局 does not begin with a place."""
    place = re.sub("(?:人民)?政府$", "", government)
    generic = re.match("|".join((words_of_places()["generic_county"], words_of_places()["generic_city"])), part)
    return place + part[generic.end() :] if generic and place.endswith(generic[0]) else part


@cache
def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = load_yaml(Path(__file__).with_suffix(".yaml"))
    return words
