"""Tables without lines: the lines of a page that stand in columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.readers.pdf_parts import LooseTable, Part
from pipelines.readers.pdf_rows import FIGURE, Rule, rows_of
from pipelines.readers.pdf_text import ORDINAL, PAGE_NUMBER, Line

_GAP = 1.0  # glyph heights: what stands further apart than this stands in two columns
_BETWEEN = 3  # lines: so many without columns may stand between two lines with columns
_LABEL = 0.25  # of the widest line: what is narrower may be a line of a label, and these may be many
_FEWEST_FIGURES = 3
_FEWEST_LINES = 3  # with fewer figures: the end of a table on its last page
_INDENT = 3.0  # glyph heights: further in than the first line of a paragraph
_NEAR = 2.5  # glyph heights between two rows of heads, at most
_NO_HEAD = re.compile(rf"^{ORDINAL.pattern}|[。:;:;]$")
_SECTION = re.compile(r"[一二三四五六七八九]、.*(?:情况|事项)")


def read_columns(lines: Sequence[Line], rules: Sequence[Rule] = ()) -> list[Part]:
    """The lines of a page with each run that stands in columns replaced by a table; level rules part its rows."""
    parts: list[Part] = []
    start = 0
    for run, last in _runs(lines):
        first = _first_head(lines, start, run, last)
        pieces = [piece for line in lines[first:last] for piece in line.parts(_GAP)]
        figures = sum(bool(FIGURE.fullmatch(piece.text)) for piece in pieces)
        if figures >= _FEWEST_FIGURES or (figures and last - first >= _FEWEST_LINES):
            table = LooseTable(rows_of(pieces, rules), min(piece.top for piece in pieces))
            parts += [*lines[start:first], table]
            start = last
    return [*parts, *lines[start:]]


def _first_head(lines: Sequence[Line], start: int, run: int, last: int) -> int:
    """The first line of a run with the heads above it that stand on lines of their own, in from its left edge."""
    margin = min(line.left for line in lines[run:last]) + _INDENT * lines[run].height
    first = run
    while first > max(start, run - _BETWEEN):
        line = lines[first - 1]
        apart = lines[first].top - line.bottom > _NEAR * line.height
        if apart or line.left < margin or _NO_HEAD.search(line.text):
            break
        first -= 1
    return first


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """First and behind-last line of each run of lines in columns."""
    first = last = -1
    between = 0
    label = _LABEL * max((line.right - line.left for line in lines), default=0.0)
    for number, line in enumerate(lines):
        alone = len(line.parts(_GAP)) == 1
        ends = alone and (_SECTION.fullmatch(line.text) or _is_page_number(lines, number))
        if first >= 0 and (ends or between > _BETWEEN):
            yield first, last + 1
            first = -1
        if not ends and (not alone or _overlaps(lines, number)):
            first, last, between = (number if first < 0 else first), number, 0
        else:
            between += line.right - line.left > label
    if first >= 0:
        yield first, last + 1


def _is_page_number(lines: Sequence[Line], number: int) -> bool:
    """True for a number that stands apart from what is above and below it, as the end of a broken figure does not."""
    near = lines[max(number - 1, 0) : number + 2]
    apart = all(below.top - above.bottom > above.height for above, below in pairwise(near))
    return apart and PAGE_NUMBER.fullmatch(lines[number].text) is not None


def _overlaps(lines: Sequence[Line], number: int) -> bool:
    """True when a line reaches into the height of the next or last one, as only cells side by side do."""
    near = lines[max(number - 1, 0) : number + 2]
    return any(above.bottom > below.top for above, below in pairwise(near))
