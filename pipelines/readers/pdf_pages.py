"""The pages of a PDF into one flow: page numbers and running heads dropped, what a page break cut joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipelines.document import Block, Grid, Paragraph
from pipelines.readers.boxes import Box, lay_out_boxes
from pipelines.readers.pdf_cuts import heal
from pipelines.readers.pdf_layout import lay_out_rows
from pipelines.readers.pdf_parts import LooseTable, Part, RuledTable
from pipelines.readers.pdf_text import ORDINAL, PAGE_NUMBER, Line

_DIGITS = re.compile(r"\d+")
_SAME_MARGIN = 12.0  # points: tables of one document shift so far between pages
_SHORT = 2  # glyph heights: a line that ends further than this from the right margin ends its paragraph
_SAME_SIZE = 0.15  # of a height: glyphs that differ by less are of one size
_FEWEST_REPEATS = 3  # pages: what stands first or last on so many, and on most, is a running head or foot


def join_pages(pages: Sequence[Sequence[Part]]) -> list[Block]:
    """The parts of all pages as blocks in reading order."""
    furniture = _running_heads(pages)
    flow: list[Part] = []
    for parts in pages:
        body = _without_furniture(parts, furniture)
        if flow and body and (joined := _continued(flow[-1], body[0])) is not None:
            flow[-1:] = [joined]
            body = body[1:]
        flow.extend(body)
    return _blocks(flow)


def _running_heads(pages: Sequence[Sequence[Part]]) -> set[str]:
    """The first and last lines that repeat on most pages, their digits aside."""
    counted: Counter[str] = Counter()
    for parts in pages:
        counted.update({_undated(part.text) for part in (*parts[:1], *parts[-1:]) if isinstance(part, Line)})
    return {text for text, count in counted.items() if count >= max(_FEWEST_REPEATS, len(pages) / 2)}


def _undated(text: str) -> str:
    return _DIGITS.sub("0", text)


def _without_furniture(parts: Sequence[Part], furniture: set[str]) -> list[Part]:
    body = list(parts)
    for end in (0, -1):
        while body and isinstance(line := body[end], Line):
            if not (PAGE_NUMBER.fullmatch(line.text) or _undated(line.text) in furniture):
                break
            del body[end]
    return body


def _continued(above: Part, below: Part) -> Part | None:
    """The table that a page break cut in two, whole again; None when these two are not one table."""
    if isinstance(above, LooseTable) and isinstance(below, LooseTable):
        pages = above.rows[-1].page + 1
        return replace(above, rows=[*above.rows, *(replace(row, page=row.page + pages) for row in below.rows)])
    if not (isinstance(above, RuledTable) and isinstance(below, RuledTable)):
        return None
    left, _, right, bottom = above.edges
    next_left, next_top, next_right, _ = below.edges
    if max(abs(left - next_left), abs(right - next_right)) > _SAME_MARGIN:
        return None
    down = bottom - next_top
    stretched = (right - left) / (next_right - next_left)
    moved = [
        Box(
            box.text,
            left + (box.left - next_left) * stretched,
            box.top + down,
            left + (box.right - next_left) * stretched,
            box.bottom + down,
        )
        for box in below.boxes
    ]
    return RuledTable(heal(above.boxes, moved, bottom))


def _blocks(flow: Sequence[Part]) -> list[Block]:
    lines = [part for part in flow if isinstance(part, Line)]
    usual = median(line.height for line in lines) if lines else 0.0
    text = [line for line in lines if _alike(line.height, usual)]
    left, right = min((line.left for line in text), default=0.0), max((line.right for line in text), default=0.0)
    blocks: list[Block] = []
    above: Line | None = None
    for part in flow:
        if not isinstance(part, Line):
            blocks.append(_grid(part))
            above = None
            continue
        last = blocks[-1] if blocks else None
        starts = part.left - left >= part.height or ORDINAL.match(part.text)
        if above and not starts and isinstance(last, Paragraph) and _alike(above.height, part.height):
            last.text += part.text
        else:
            blocks.append(Paragraph(part.text))
        above = part if right - part.right < _SHORT * part.height else None
    return blocks


def _alike(height: float, other: float) -> bool:
    return abs(height - other) < _SAME_SIZE * other


def _grid(table: RuledTable | LooseTable) -> Grid:
    if isinstance(table, RuledTable):
        return lay_out_boxes(table.boxes)
    return lay_out_rows(table.rows)
