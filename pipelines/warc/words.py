"""The sentences of ``words.yaml``, in both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from pipelines.reasons import Sentence


def say(code: str, **parts: object) -> Sentence:
    """The sentence of this code, ``parts`` filled into the places left for them."""
    words = _words()[code]
    return Sentence(code, words["zh"].format(**parts), words["en"].format(**parts))


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return words
