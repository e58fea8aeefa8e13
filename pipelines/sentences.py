"""The sentences that tell a figure in running text, as patterns: ``narrative.yaml``."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipelines.yaml_file import load_yaml

_PLACEHOLDER = re.compile(r"<(nar_\w+)(:decimal)?>")
_WORD = re.compile(r"<([a-z]+)>")
_WHOLE = r"(?P<{}>(?<![\d.])(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,12}}))"
_DECIMAL = r"(?P<{}>(?<![\d.])(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,12}})(?:\.\d{{1,6}})?)"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ToldMetric(_Strict):
    """A figure of the running text: its labels and its unit; the unit 是 marks a plain yes."""

    zh: str
    en: str
    unit: str


class _Pattern(_Strict):
    cue: str
    pattern: str
    alone: bool = False
    says: dict[str, float] = {}
    sections: tuple[int, ...] = ()


class _Problems(_Strict):
    metric: str
    section: int
    item: str
    until: str


class Narrative(_Strict):
    """What ``narrative.yaml`` says: the figures, how problems are counted, and the sentences."""

    metrics: dict[str, ToldMetric]
    problems: _Problems
    not_after: str
    words: dict[str, str]
    patterns: tuple[_Pattern, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A pattern ready to be tried."""

    regex: re.Pattern[str]
    alone: bool
    says: tuple[tuple[str, float], ...]


Sentences = list[tuple[str, list[Sentence]]]


@cache
def narrative() -> Narrative:
    """The file, read once."""
    path = Path(__file__).with_name("narrative.yaml")
    return Narrative.model_validate(load_yaml(path))


@cache
def told_metrics() -> dict[str, ToldMetric]:
    """Every figure that may be read from running text, by name."""
    return narrative().metrics


@cache
def sentences(section: int) -> Sentences:
    """Each cue, and the sentences of a section that need it.

    Raises ``ValueError`` for a figure or a word that has no entry.
    """
    by_cue: dict[str, list[Sentence]] = defaultdict(list)
    for entry in narrative().patterns:
        regex = re.compile(_spelt(entry.pattern))
        if unknown := (set(regex.groupindex) | set(entry.says)) - told_metrics().keys():
            raise ValueError(f"narrative.yaml: describe under metrics: {', '.join(sorted(unknown))}")
        if not entry.sections or section in entry.sections:
            by_cue[entry.cue].append(Sentence(regex, entry.alone, tuple(entry.says.items())))
    return list(by_cue.items())


def _spelt(pattern: str) -> str:
    """A pattern with its words and figures in full."""
    words = narrative().words
    if unknown := sorted({*_WORD.findall(pattern)} - words.keys()):
        raise ValueError(f"narrative.yaml: describe under words: {', '.join(unknown)}")
    plain = _WORD.sub(lambda m: words[m[1]], pattern)
    return _PLACEHOLDER.sub(lambda m: (_DECIMAL if m[2] else _WHOLE).format(m[1]), plain)


@cache
def not_after() -> re.Pattern[str]:
    """The words behind which a sentence that must stand alone is about a part, or another year."""
    return re.compile(narrative().not_after)
