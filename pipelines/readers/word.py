"""DOCX into a ``Document``: real merged cells, text boxes, and only the text that stands after all tracked changes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from pipelines.document import Block, Cell, Document, Grid, Paragraph
from pipelines.readers.kinds import Kind, Reason, Unreadable
from pipelines.readers.marks import DOUBTFUL, PICTURE, is_label, raised, struck

Element = Any  # lxml's element: lxml has no types

_GONE = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pPr")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BODY, _BOX, _TABLE, _PARAGRAPH, _ROW, _CELL = map(qn, ("w:body", "w:txbxContent", "w:tbl", "w:p", "w:tr", "w:tc"))
_RUN, _TEXT, _SYMBOL = map(qn, ("w:r", "w:t", "w:sym"))
_HIDDEN, _STRUCK, _STRUCK_TWICE, _RAISED = map(qn, ("w:vanish", "w:strike", "w:dstrike", "w:vertAlign"))
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_OFF = frozenset({"0", "false", "off"})
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
_VALUE = qn("w:val")
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_PICTURE_SOURCE = qn("r:embed")


def read_docx(data: bytes) -> Document:
    """Read the bytes of a DOCX. A table that holds other tables is layout: only the inner ones become grids.

    Raises ``Unreadable`` when its main part is no text of Word's.
    """
    opened = docx.Document(io.BytesIO(data))
    if (body := opened.element.find(_BODY)) is None:
        raise Unreadable(Kind.DOCX, Reason.DAMAGED)
    related = opened.part.related_parts
    sources = [picture.get(_PICTURE_SOURCE) for picture in body.iter(_PICTURE)]
    pictures = [str(related[source].partname) for source in sources if source in related]
    return Document(list(_blocks(body)), pictures=pictures)


def _blocks(container: Element) -> Iterator[Block]:
    """The paragraphs and tables inside a container, content controls and the like looked into."""
    for child in container:
        if child.tag == _PARAGRAPH:
            yield from (Paragraph(line) for line in _text(child).split("\n") if line.strip())
            for box in child.iter(_BOX):
                if not _is_fallback(box):
                    yield from _blocks(box)
        elif child.tag == _TABLE:
            yield from _table(child)
        elif child.tag not in _GONE:
            yield from _blocks(child)


def _is_fallback(box: Element) -> bool:
    """True for the second copy that Word keeps of a text box for programs of its last century."""
    return next(box.iterancestors(_FALLBACK), None) is not None


def _text(element: Element) -> str:
    """The visible text of an element: no deleted, moved or hidden text, and no text boxes, which are blocks.

    What is no plain text has the marks of ``pipelines.readers.marks``: raised, struck, a symbol or a formula.
    """
    if element.tag == _TEXT:
        return element.text or ""
    if element.tag in _BREAKS:
        return _BREAKS[element.tag]
    if element.tag in _GONE or element.tag in (_BOX, _FALLBACK):
        return ""
    if element.tag in (_SYMBOL, _FORMULA):
        return "".join((DOUBTFUL[0], *element.itertext(), DOUBTFUL[1]))
    text = "".join(map(_text, element))
    return _as_printed(text, element.find(qn("w:rPr"))) if text and element.tag == _RUN else text


def _as_printed(text: str, properties: Element | None) -> str:
    """The text of a run as its properties print it."""
    if properties is None:
        return text
    if _is_on(properties, _HIDDEN):
        return ""
    if _is_on(properties, _STRUCK) or _is_on(properties, _STRUCK_TWICE):
        return struck(text)
    place = properties.find(_RAISED)
    return text if place is None or place.get(_VALUE) == "baseline" else raised(text)


def _is_on(properties: Element, name: str) -> bool:
    found = properties.find(name)
    return found is not None and found.get(_VALUE) not in _OFF


def _table(table: Element) -> Iterator[Block]:
    if next(table.iterdescendants(_TABLE), None) is not None:
        for cell in _own(table, _CELL):
            yield from _blocks(cell)
        return
    rows = [row for row in _own(table, _ROW) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
    if rows:
        yield _grid(rows)


def _own(table: Element, tag: str) -> Iterator[Element]:
    """The rows or cells of this table and not of one inside it."""
    return (found for found in table.iter(tag) if next(found.iterancestors(_TABLE)) is table)


def _grid(rows: list[Element]) -> Grid:
    laid: list[list[Cell | None]] = []
    for r, row in enumerate(rows):
        line: list[Cell | None] = [None] * _number(row, "w:trPr/w:gridBefore", 0)
        above = laid[-1] if laid else []
        for found in row.iter(_CELL):
            column, width = len(line), _number(found, "w:tcPr/w:gridSpan", 1)
            upper = above[column] if column < len(above) and _goes_on(found) else None
            if upper is not None:
                upper.rowspan = r + 1 - upper.row
            line.extend([upper or Cell(_cell_text(found), r, column, colspan=width)] * width)
        laid.append(line)
    width = max(map(len, laid))
    return Grid([line + [None] * (width - len(line)) for line in laid])


def _goes_on(cell: Element) -> bool:
    """True for a cell that continues the one above it (``w:vMerge`` without a value means ``continue``)."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(_VALUE, "continue") == "continue"


def _cell_text(cell: Element) -> str:
    lines = (block.text.strip() for block in _blocks(cell) if isinstance(block, Paragraph))
    text = "\n".join(line for line in lines if line)
    return text + PICTURE if next(cell.iter(_PICTURE, _OLD_PICTURE), None) is not None and not is_label(text) else text


def _number(element: Element, path: str, default: int) -> int:
    """A number of Word's; what is none counts as left out."""
    found = element.find("/".join(map(qn, path.split("/"))))
    digits = None if found is None else _DIGITS.match(found.get(_VALUE, ""))
    return min(max(int(digits[0]), default), _WIDEST) if digits else default


_DIGITS = re.compile(r"\d{1,9}")
_WIDEST = 63  # columns: Word's own limit
