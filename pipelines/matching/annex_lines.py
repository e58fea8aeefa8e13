"""An annex whose cells are lines of running text: the rendering of text archives that keep no table at all.

The heads are lines too, so the number of columns is known. A row counts only when exactly as many lines as columns lie
between its label and the next. Some renderings drop repeated values, and what is left of them cannot be told apart; so
one short row empties the whole table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from pipelines.document import Cell, Document, Grid
from pipelines.editions import annexes
from pipelines.matching.annex_wordings import headings_of, labels_of
from pipelines.text import label, stem
from pipelines.units import units_over

_LONGEST_CELL = 60
_MAX_COLUMNS = 8


def table_in_lines(document: Document) -> Grid | None:
    """The lines under the heads of an annex as a table of rows and cells; None when there is none."""
    lines = [line if len(line) <= _LONGEST_CELL else "" for line in document.paragraphs()]
    labels = [*map(label, lines)]
    printed = set(labels)
    for form in annexes().values():
        heads = form.columns
        if printed.isdisjoint(heads.label):
            continue
        start = next(i for i, text in enumerate(labels) if text in heads.label)
        anchors = [i for i, line in enumerate(lines) if i > start and line and stem(line) in labels_of(form.id)]
        if not anchors:
            continue
        place = 1 if start > 0 and labels[start - 1] in heads.code else 0
        width = anchors[0] - start
        if 2 <= width <= _MAX_COLUMNS:
            grid = _grid(lines, start - place, width, place, anchors, headings_of(form.id))
            return replace(grid, said=_said(lines, start))
    return None


def _said(lines: Sequence[str], start: int) -> tuple[str, ...]:
    """The units of the lines between the last sentence and the end."""
    above = [*takewhile(lambda line: "。" not in line, reversed(lines[:start]))]
    return tuple(unit for line in (*above[::-1], *lines[start:]) for unit in units_over(line))


def _grid(
    lines: Sequence[str], first: int, width: int, place: int, anchors: list[int], headings: frozenset[str]
) -> Grid:
    """Cut the lines into rows of ``width``; ``place`` is that of the label in a row."""
    ends = [following - place for following in anchors[1:]] + [anchors[-1] - place + width]
    whole = all(
        end - (anchor - place) == width
        for anchor, end in zip(anchors, ends, strict=True)
        if stem(lines[anchor]) not in headings
    )
    rows = [lines[first : first + width]]
    rows += [
        lines[anchor - place : min(end, anchor - place + width)] if whole else lines[anchor : anchor + 1]
        for anchor, end in zip(anchors, ends, strict=True)
    ]
    return Grid([[Cell(text, r, c) for c, text in enumerate(row)] for r, row in enumerate(rows)], aligned=False)
