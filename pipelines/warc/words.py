"""The sentences of ``words.yaml``, in both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipelines.reasons import Sentence
from pipelines.yaml_file import load_yaml


def say(code: str, **parts: object) -> Sentence:
    """The sentence of this code, ``parts`` filled into the places left for them."""
    words = _words()[code]
    return Sentence(code, words["zh"].format(**parts), words["en"].format(**parts))


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = load_yaml(Path(__file__).with_name("words.yaml"))
    return words
