"""The units printed beside figures: in a cell, in brackets behind a label or head, or above a table.

A figure is brought to the unit of its metric in exact decimals; one whose unit cannot be is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from pipelines.numbers import times
from pipelines.text import label, squeeze
from pipelines.yaml_file import load_yaml

_SAID = re.compile(r"(?:计量|计数|金额|货币)?单位[::](?P<units>.{1,24})")
_BEHIND = re.compile(r"\((?P<said>(?:计量|计数|金额|货币)?单位[::]?)?(?P<unit>[^()]{1,8}(?:\(次\))?)\)$")
_BETWEEN = re.compile(r"[、,;/和及]")
_BRACKETS = re.compile(r"\([^()]*\)$")
_SENTENCE = re.compile(r"。|^[一二三四五六七八九十]+、")
_NEEDED = "位"  # stands in every line that says a unit, and in few of those that are looked at for one
_LONGEST = 120
_LONGEST_CAPTION = 60


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures (``money``, ``count``; empty for a bare multiple such as 万) and how many it is."""

    measures: str
    multiple: Decimal


@cache
def _words() -> tuple[dict[str, int], dict[str, str]]:
    """Multiple → number, measure word → what it measures."""
    words = load_yaml(Path(__file__).with_suffix(".yaml"))
    return words["multiples"], {word: what for what, each in words["measures"].items() for word in each}


@cache
def _pattern() -> re.Pattern[str]:
    multiples, measures = _words()
    return re.compile(f"(?P<multiple>{_any_of(multiples)})?(?P<measure>{_any_of(measures)})?")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@lru_cache(maxsize=1 << 10)
def read_unit(text: str) -> Unit | None:
    """The unit that a text is; None when it is none that we know."""
    match = _pattern().fullmatch(squeeze(text))
    if match is None or not match[0]:
        return None
    multiples, measures = _words()
    return Unit(measures.get(match["measure"], ""), Decimal(multiples.get(match["multiple"], 1)))


@lru_cache(maxsize=1 << 13)
def unit_behind(text: str) -> str | None:
    """The unit in brackets at the end of a label or head: ``收取的费用(单位:千元)`` → ``千元``.

    What is called a unit is given even when we do not know it; other words in brackets are an explanation.
    """
    plain = label(text) if len(text) <= _LONGEST else ""
    match = _BEHIND.search(plain) if plain.endswith(")") else None
    return match["unit"] if match and (match["said"] or read_unit(match["unit"])) else None


@lru_cache(maxsize=1 << 13)
def without_unit(text: str) -> str:
    """A label or head without the unit behind it."""
    return _BEHIND.sub("", label(text)) if unit_behind(text) else text


def units_said(text: str) -> tuple[str, ...]:
    """The units that a line above a table names: ``单位:件、万元`` → both; empty for 填报单位 and all other lines."""
    if _NEEDED not in text or len(text) > _LONGEST:
        return ()
    match = _SAID.fullmatch(squeeze(text).strip("()"))
    units = tuple(_BETWEEN.split(match["units"])) if match else ()
    return units if units and all(map(read_unit, units)) else ()


def units_among(texts: Iterable[str]) -> tuple[str, ...]:
    """The units that the lines among some texts name."""
    return tuple([unit for text in texts if _NEEDED in text for unit in units_said(text)])


@lru_cache(maxsize=1 << 12)
def units_over(text: str) -> tuple[str, ...]:
    """The units that a line over a table says for it: by itself, or in brackets at its end, 情况统计表(单位:件)."""
    if _NEEDED not in text or len(text) > _LONGEST:
        return ()
    behind = _BRACKETS.search(squeeze(text))
    return units_said(text) or (units_said(behind[0]) if behind else ())


def may_stand_between(text: str) -> bool:
    """Whether a line between a unit and a table leaves them together: a blank or a caption, no sentence or heading."""
    plain = squeeze(text)
    return len(plain) <= _LONGEST_CAPTION and not (_SENTENCE.search(plain) or plain.isdigit())


def convert(value: float, printed: str, wanted: str) -> float | None:
    """A figure in another unit; None when the units do not measure the same. Nothing is nothing in every unit."""
    if value == 0:
        return 0
    ours, theirs = read_unit(printed), read_unit(wanted)
    if ours is None or theirs is None or (ours.measures and ours.measures != theirs.measures):
        return None
    return times(value, ours.multiple / theirs.multiple)


def in_measure(units: Iterable[str], wanted: str) -> Iterator[str]:
    """Those of several units that measure what ``wanted`` does: a line that says 件、万元 says two things."""
    measured = read_unit(wanted)
    for printed in units:
        unit = read_unit(printed)
        if unit is not None and measured is not None and unit.measures in ("", measured.measures):
            yield printed


def of_several(units: Sequence[str], wanted: str) -> list[str]:
    """The units of a row that may be that of one figure in it: the only one, or of several those in its measure."""
    return list(units) if len({*map(read_unit, units)}) < 2 else list(in_measure(units, wanted)) or list(units)


def one_of(units: Iterable[str]) -> str | None:
    """The only unit of several lines that say one; where they contradict each other, what no figure can be in."""
    said = list(units)
    return said[0] if len(set(map(read_unit, said))) == 1 else "/".join(said) or None


def are_many(printed: str) -> bool:
    """Whether a unit is a multiple, in which a count may have decimals: 1.2 in 万件 are 12000."""
    unit = read_unit(printed)
    return unit is not None and unit.multiple > 1
