"""Whether the labels of form table 3 stand in running text: then nothing tells whose figures are whose."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pipelines.editions import editions
from pipelines.text import core, label

_FEWEST = 8  # labels: a narrative names some of them
_SHORTEST = 5  # characters of a label that is not told by chance
_SENTENCE_END = "。"


def labels_are_scattered(lines: Iterable[str]) -> bool:
    """True where lines that are no sentences hold many labels of the rows of form table 3."""
    text = "\n".join(label(line) for line in lines if _SENTENCE_END not in line)
    return sum(wording in text for wording in _labels()) >= _FEWEST


@cache
def _labels() -> tuple[str, ...]:
    rows = next(iter(editions().values())).requests
    return tuple(text for row in rows if len(text := core(row.label)) >= _SHORTEST)
