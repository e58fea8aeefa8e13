"""Counting the wordings that only one edition prints, table by table: two editions' in one table make it a mixture."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.document import Grid
from pipelines.editions import forms
from pipelines.matching.found import Table
from pipelines.text import label

_LONGEST_LABEL = 80

MarkerHits = dict[Table, dict[str, int]]


def count_markers(grids: Sequence[Grid]) -> MarkerHits:
    """Table → edition → how many of the edition's markers for this table are printed; what has none is left out."""
    texts = {text for grid in grids for text in grid.texts()}
    printed = "\n".join(label(text) for text in texts if 3 < len(text) <= _LONGEST_LABEL)
    hits: MarkerHits = {}
    for form in forms().values():
        for table, markers in form.markers.items():
            if count := sum(label(marker) in printed for marker in markers):
                hits.setdefault(Table(table), {})[form.id] = count
    return hits
