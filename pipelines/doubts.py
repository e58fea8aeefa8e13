"""Which sentences with a figure are not to be taken at their word: another year's, a part, a change, a round number.

A figure that is wrong is worse than none. The words that raise a doubt are ``doubts.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipelines.yaml_file import load_yaml

_COMMA = re.compile("[,:、](?=[^,:、]*$)")
_QUOTED = re.compile("《[^《》]*》")
_TIME = re.compile(
    r"(?P<compared>[与较比同])?(?P<carried>结转(?:至|到|为)?)?"
    r"(?:(?P<year>(?:19|20)\d{2})年|(?P<last>去年|上一?年度?(?!度?(?:结转|转入))|同期)|(?P<this>今年|本年))"
)
_REACH = 1000  # characters round a figure that are looked at: more than a sentence of a real report has
_NEXT_YEAR = "nar_requests_carried_out"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Reason(_Strict):
    """A reason in both languages."""

    zh: str
    en: str


class _Doubt(_Strict):
    why: str
    metrics: tuple[str, ...] = ()
    clause: str = ""
    phrase: str = ""
    inside: str = ""
    at: str = ""
    behind: str = ""

    @property
    def places(self) -> Mapping[str, str]:
        return {name: text for name in ("clause", "phrase", "inside", "at", "behind") if (text := getattr(self, name))}


class _Doubts(_Strict):
    reasons: dict[str, Reason]
    patterns: tuple[_Doubt, ...]
    whole_year: str
    part_of_year: str


@cache
def _doubts() -> _Doubts:
    path = Path(__file__).with_suffix(".yaml")
    return _Doubts.model_validate(load_yaml(path))


def reason_of(code: str) -> Reason:
    """The words of a doubt."""
    return _doubts().reasons[code]


@cache
def _patterns(metric: str) -> list[tuple[str, str, re.Pattern[str]]]:
    """What raises a doubt about figures of one name: why, where it stands, and its pattern."""
    about = [entry for entry in _doubts().patterns if not entry.metrics or metric in entry.metrics]
    return [(entry.why, place, re.compile(text)) for entry in about for place, text in entry.places.items()]


@cache
def _months() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What names the whole year by its months, and what names a part of a year."""
    return re.compile(_doubts().whole_year), re.compile(_doubts().part_of_year)


def doubt(metric: str, clause: str, match: re.Match[str], number: tuple[int, int], year: int | None) -> str | None:
    """Why the figure at ``number`` that ``match`` finds in a clause is not taken; None when nothing speaks against it.

    ``number`` are the start and end of its digits, both the end of the match where it prints none.
    """
    clause = _without_titles(clause)
    before = clause[max(0, match.start() - _REACH) : match.start()]
    places = {
        "clause": before,
        "phrase": _COMMA.split(before)[-1],
        "inside": clause[match.start() : number[0]],
        "at": clause[max(0, number[0] - _REACH) : number[0]],
        "behind": clause[number[1] : number[1] + _REACH],
        "match": clause[match.start() : match.end()],
    }
    for why, place, pattern in _patterns(metric):
        if pattern.search(places[place]):
            return why
    if _in_part_of_a_year(before):
        return "part_of_year"
    return "another_year" if _of_another_year(metric, places, year) else None


@lru_cache(maxsize=1 << 4)  # a clause may tell of thousands of figures
def _without_titles(clause: str) -> str:
    """A clause with the titles of documents made unreadable, each place left where it is."""
    return _QUOTED.sub(lambda quoted: "《" * len(quoted[0]), clause)


def _in_part_of_a_year(before: str) -> bool:
    whole, part = _months()
    return part.search(whole.sub("", before) if "月" in before else before) is not None


def _of_another_year(metric: str, places: Mapping[str, str], year: int | None) -> bool:
    """By the last words for a time before the figure; one that is only compared with, or carried to, is passed over."""
    if metric == _NEXT_YEAR and year is not None:
        following = [int(m["year"]) for m in _TIME.finditer(places["match"]) if m["year"]]
        if following and following[-1] != year + 1:
            return True
    begin = len(places["clause"]) - len(places["phrase"])
    for found in reversed(list(_TIME.finditer(places["clause"]))):
        if (found["compared"] and found.start() < begin) or found["carried"]:
            continue
        if found["compared"] or found["last"]:
            return True
        return found["year"] is not None and year is not None and int(found["year"]) != year
    return False
