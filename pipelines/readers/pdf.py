"""PDF with a text layer into a ``Document``: ruled tables by their lines, others by where their words stand."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from pipelines.document import Document
from pipelines.readers.boxes import TOLERANCE, Box, Edges, edges, places_without_box
from pipelines.readers.kinds import Kind, Reason, Unreadable
from pipelines.readers.pdf_columns import read_columns
from pipelines.readers.pdf_pages import join_pages
from pipelines.readers.pdf_parts import Part, RuledTable
from pipelines.readers.pdf_rows import Rule
from pipelines.readers.pdf_text import Glyph, lines_of, middle, text_of
from pipelines.readers.pdf_turned import laid_out
from pipelines.readers.pdf_visible import THIN, as_seen, is_scan, is_seen, is_white

MAX_PAGES = 200  # the longest annual report seen has 30
_FEWEST_GLYPHS = 10  # a page: a scan's own page number is no text layer
_UNKNOWN = "(cid:"  # what pdfminer prints for a glyph whose font does not say which character it is
_FEWEST_CELLS = 6  # white areas on one ground: fewer are highlights
_MOST_OF_A_GROUND = 0.7
_LOWEST_ROW = 0.75  # of the height of the lowest cell with words
_PICTURE = 150.0  # points: a picture of a table is larger than this both ways; seals and logos are not


def read_pdf(data: bytes) -> Document:
    """Read the bytes of a PDF. Raises ``Unreadable`` when it is locked, damaged, too long or has no text layer."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise Unreadable(Kind.PDF, Reason.TOO_LARGE)
            sheets = [laid_out(page) for page in pdf.pages]
            pictures = [f"#page={page.page_number}" for page in sheets if any(map(_is_large, page.images))]
            printed = [page for page in sheets if not is_scan(page)]
            glyphs = sum(map(_is_told, (glyph for page in printed for glyph in page.chars)))
            pages = [_parts(page) for page in printed]
    except (PdfminerException, PDFException) as error:
        raise Unreadable(Kind.PDF, Reason.ENCRYPTED if _is_locked(error) else Reason.DAMAGED) from error
    if glyphs < _FEWEST_GLYPHS * len(pages) or not glyphs:
        raise Unreadable(Kind.PDF, Reason.SCAN if pages or pictures else Reason.DAMAGED)
    return Document(join_pages(pages), pictures=pictures)


def _is_told(glyph: Glyph) -> bool:
    """True for a glyph that is seen, and whose font says which character it is."""
    return is_seen(glyph) and not glyph["text"].startswith(_UNKNOWN)


def _is_locked(error: Exception) -> bool:
    return any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args))


def _is_large(image: dict[str, Any]) -> bool:
    return bool(image["width"] > _PICTURE and image["height"] > _PICTURE)


def _parts(page: Page) -> list[Part]:
    """The lines and tables of a page from top to bottom."""
    grounds = _grounds(page)
    visible = page.filter(lambda thing: not _is_white_area(thing) or _is_cell_of(thing, grounds)).dedupe_chars()
    glyphs = as_seen(visible)
    tables = [
        table
        for found in visible.find_tables(_outer_rules(visible))
        if (table := _ruled(found.cells, glyphs)) is not None
    ]
    taken = {id(glyph) for table in tables for glyph in _within(glyphs, table.edges)}
    free = [glyph for glyph in glyphs if id(glyph) not in taken]
    parts: list[Part] = [*tables, *read_columns(lines_of(free), _level_rules(visible))]
    return sorted(parts, key=lambda part: part.top)


def _is_white_area(thing: dict[str, Any]) -> bool:
    """True for white rectangles: Word puts them behind text, and their edges are no lines of a table."""
    if thing["object_type"] != "rect" or thing["stroke"] or min(thing["width"], thing["height"]) < THIN:
        return False
    return bool(thing["fill"] and is_white(thing["non_stroking_color"]))


def _grounds(page: Page) -> list[dict[str, Any]]:
    """The dark areas with white cells on them: so pages print tables whose rules are the gaps between the cells."""
    white = [rect for rect in page.rects if _is_white_area(rect)]
    filled = [rect for rect in page.rects if rect["fill"] and min(rect["width"], rect["height"]) > THIN]
    dark = [rect for rect in filled if not is_white(rect["non_stroking_color"])]
    return [ground for ground in dark if _is_tiled(ground, [rect for rect in white if _is_cell_of(rect, [ground])])]


def _is_tiled(ground: dict[str, Any], cells: Sequence[dict[str, Any]]) -> bool:
    """True when so many cells leave only gaps of the ground; on a coloured page, highlights do not."""
    covered = sum(float(cell["width"] * cell["height"]) for cell in cells)
    return len(cells) >= _FEWEST_CELLS and covered > _MOST_OF_A_GROUND * ground["width"] * ground["height"]


def _is_cell_of(thing: dict[str, Any], grounds: Iterable[dict[str, Any]]) -> bool:
    return any(
        ground["x0"] <= thing["x0"] < thing["x1"] <= ground["x1"]
        and ground["top"] <= thing["top"] < thing["bottom"] <= ground["bottom"]
        for ground in grounds
    )


def _level_rules(page: Page) -> list[Rule]:
    level = [edge for edge in page.edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > TOLERANCE]
    return [Rule(edge["x0"], edge["x1"], edge["top"]) for edge in level]


def _outer_rules(page: Page) -> dict[str, Any]:
    """Rules where the drawn ones end: a page break leaves tables open above and below, and taste at their sides.

    A side is closed only as far down as the rules inside it go, so that no line between two tables becomes a cell.
    """
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    level = [edge for edge in page.edges if edge["orientation"] == "h"]
    if not upright or not level:
        return {}
    sides = (min(edge["x0"] for edge in level), max(edge["x1"] for edge in level))
    open_sides = [x for x in sides if all(abs(edge["x0"] - x) > TOLERANCE for edge in upright)]
    return {
        "explicit_horizontal_lines": [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)],
        "explicit_vertical_lines": [edge | {"x0": x, "x1": x} for x in open_sides for edge in upright],
    }


def _ruled(cells: Sequence[Edges], glyphs: Sequence[Glyph]) -> RuledTable | None:
    """The table of these ruled cells; None for a frame round running text, which has but one column."""
    left, top, right, bottom = zip(*cells, strict=True)
    inside = _within(glyphs, (min(left), min(top), max(right), max(bottom)))
    if len(edges(left)) < 2:
        return None
    held = [_within(inside, cell) for cell in cells]
    boxes = [Box(text_of(printed, cell[2] - cell[0]), *cell) for printed, cell in zip(held, cells, strict=True)]
    boxes = _without_gaps(boxes)
    taken = {id(glyph) for printed in held for glyph in printed}
    rest = [glyph for glyph in inside if id(glyph) not in taken]
    unclosed = [box.with_text(text_of(_within(rest, box.edges))) for box in places_without_box(boxes)] if rest else []
    return RuledTable([*boxes, *(box for box in unclosed if box.text)])


def _without_gaps(boxes: Sequence[Box]) -> list[Box]:
    """The boxes without gaps at a border and rests at a cut: empty, lower than any row with words, beside a cell."""
    lowest = _LOWEST_ROW * min((box.height for box in boxes if box.text), default=0.0)
    low = [box for box in boxes if not box.text and box.height < lowest]
    cells = [box for box in boxes if box.text or box.height >= lowest] if low else []
    gaps = {id(box) for box in low if any(map(box.is_beside, cells))}
    return [box for box in boxes if id(box) not in gaps]


def _within(glyphs: Iterable[Glyph], area: Edges) -> list[Glyph]:
    left, top, right, bottom = area
    return [glyph for glyph in glyphs if left <= middle(glyph)[0] < right and top <= middle(glyph)[1] < bottom]
