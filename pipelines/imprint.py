"""What a statistics form prints above its table: the year, and the body that filled it in.

An annex that is a document of its own has no other title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pipelines.document import Document, Grid
from pipelines.text import squeeze

_OPENING = 12  # blocks; of tables the first rows
_HEAD_ROWS = 3
_LONGEST_LINE = 60
_NEAR = 4  # lines below the title
_TITLE = re.compile(r"统计报?表|年度报告表")
_YEAR = re.compile(r"(20\d{2})年(?!\d{1,2}月)")
_FILLED_IN = re.compile(
    r"(?:填报|报送|填表)单位(?:\([^()]{1,6}\))?:([\u4e00-\u9fff]{3,20}?)(?=$|填|单位|[^\u4e00-\u9fff])"
)


class Imprint(NamedTuple):
    """The year and the body, None where the form does not print them."""

    year: int | None
    body: str | None


def imprint(document: Document) -> Imprint:
    """Read the lines round the title of a statistics form; both parts are None when there is no such title."""
    lines = list(_lines(document))
    at = next((i for i, line in enumerate(lines) if _TITLE.search(line)), None)
    if at is None:
        return Imprint(None, None)
    near = lines[max(at - 1, 0) : at + _NEAR]
    year = next((match for line in near if (match := _YEAR.search(line))), None)
    body = next((match for line in near if (match := _FILLED_IN.search(line))), None)
    return Imprint(int(year[1]) if year else None, body[1] if body else None)


def _lines(document: Document) -> Iterator[str]:
    for block in islice(document.blocks, _OPENING):
        texts = _head(block) if isinstance(block, Grid) else [block.text]
        yield from (squeeze(text) for text in texts if text and len(text) <= _LONGEST_LINE)


def _head(grid: Grid) -> Iterator[str]:
    return (cell.text for r in range(min(_HEAD_ROWS, len(grid.rows))) for cell in grid.own(r))
