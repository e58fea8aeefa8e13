"""Why a document gives no figures, said in both languages; the words are in ``reasons.yaml``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.readers import Reason, Unreadable
from pipelines.yaml_file import load_yaml

NO_DOCUMENT = frozenset({Reason.EMPTY, Reason.BINARY, Reason.NOTHING_INSIDE})
"""Reasons by which there is no document at all; for the others the original is kept as a report without figures."""
_MOST_PICTURES = 5  # addresses in one sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing said in both languages. ``code`` names it for programs."""

    code: str
    zh: str
    en: str


def why_unreadable(error: Unreadable) -> Sentence:
    """Why this document could not be read."""
    return reason(error.reason, kind=error.kind)


def why_pictures(pictures: Sequence[str]) -> Sentence:
    """That the tables of a report are pictures, and which."""
    return reason("pictures", number=str(len(pictures)), pictures=" ".join(pictures[:_MOST_PICTURES]))


def reason(code: str, **parts: str) -> Sentence:
    """The sentence of this code, its placeholders filled in."""
    words = _words()[code]
    return Sentence(code, words["zh"].format(**parts), words["en"].format(**parts))


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = load_yaml(Path(__file__).parent / "reasons.yaml")
    return words
