"""DOCX into a ``Document``: real merged cells, text boxes, and only the text that stands after all tracked changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart

from pipelines.document import Block, Cell, Document, Grid, Paragraph
from pipelines.readers.kinds import Kind, Reason, Unreadable
from pipelines.readers.marks import NUMBER, PICTURE, is_label
from pipelines.readers.package import MAX_MEMBER
from pipelines.readers.word_styles import VALUE, Element, Styles
from pipelines.readers.word_text import BOX, FALLBACK, GONE, printed_text

_BODY, _TABLE, _PARAGRAPH, _ROW, _CELL = map(qn, ("w:body", "w:tbl", "w:p", "w:tr", "w:tc"))
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_PICTURE_SOURCE = qn("r:embed")


def read_docx(data: bytes) -> Document:
    """Read the bytes of a DOCX. A table that holds other tables is layout: only the inner ones become grids.

    Raises ``Unreadable`` when its main part is no text of Word's, or a part is larger than any report's.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if any(part.file_size > MAX_MEMBER for part in archive.infolist() if part.filename.endswith(".xml")):
            raise Unreadable(Kind.DOCX, Reason.TOO_LARGE)
    opened = docx.Document(io.BytesIO(data))
    if (body := opened.element.find(_BODY)) is None:
        raise Unreadable(Kind.DOCX, Reason.DAMAGED)
    related = opened.part.related_parts
    sources = [picture.get(_PICTURE_SOURCE) for picture in body.iter(_PICTURE)]
    pictures = [str(related[source].partname) for source in sources if source in related]
    styles = Styles(_root_of(opened.part, "styles"), _root_of(opened.part, "numbering"))
    return Document(list(_blocks(body, styles)), pictures=pictures)


def _root_of(part: DocumentPart, kind: str) -> Element | None:
    """The root of the part that the text relates to as its ``styles`` or ``numbering``, if it has one."""
    related = (each.target_part for each in part.rels.values() if not each.is_external and _is(each.reltype, kind))
    return next((found.element for found in related if isinstance(found, XmlPart)), None)


def _is(relation: str, kind: str) -> bool:
    return relation.rpartition("/")[2] == kind


def _blocks(container: Element, styles: Styles) -> Iterator[Block]:
    """The paragraphs and tables inside a container, content controls and the like looked into."""
    for child in container:
        if child.tag == _PARAGRAPH:
            yield from (Paragraph(line) for line in printed_text(child, styles).split("\n") if line.strip())
            for box in child.iter(BOX):
                if not _is_fallback(box):
                    yield from _blocks(box, styles)
        elif child.tag == _TABLE:
            yield from _table(child, styles)
        elif child.tag not in GONE:
            yield from _blocks(child, styles)


def _is_fallback(box: Element) -> bool:
    """True for the second copy that Word keeps of a text box for programs of its last century."""
    return next(box.iterancestors(FALLBACK), None) is not None


def _table(table: Element, styles: Styles) -> Iterator[Block]:
    if next(table.iterdescendants(_TABLE), None) is not None:
        for cell in _own(table, _CELL):
            yield from _blocks(cell, styles)
        return
    rows = [row for row in _own(table, _ROW) if not _is_gone(row)]
    if rows:
        yield _grid(rows, styles)


def _is_gone(row: Element) -> bool:
    """True for a row that is deleted or too low for a line of text."""
    if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
        return True
    height = row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
    twentieths = None if height is None or height.get(qn("w:hRule")) != "exact" else _digits(height)
    return twentieths is not None and twentieths < _LEAST_HEIGHT


def _own(table: Element, tag: str) -> Iterator[Element]:
    """The rows or cells of this table and not of one inside it."""
    return (found for found in table.iter(tag) if next(found.iterancestors(_TABLE)) is table)


def _grid(rows: list[Element], styles: Styles) -> Grid:
    laid: list[list[Cell | None]] = []
    for r, row in enumerate(rows):
        line: list[Cell | None] = [None] * _number(row, "w:trPr/w:gridBefore", 0)
        above = laid[-1] if laid else []
        for found in row.iter(_CELL):
            column, width = len(line), _number(found, "w:tcPr/w:gridSpan", 1)
            upper = above[column] if column < len(above) and _goes_on(found) else None
            if upper is not None:
                upper.rowspan = r + 1 - upper.row
            line.extend([upper or Cell(_cell_text(found, styles), r, column, colspan=width)] * width)
        laid.append(line)
    width = max(map(len, laid))
    return Grid([line + [None] * (width - len(line)) for line in laid])


def _goes_on(cell: Element) -> bool:
    """True for a cell that continues the one above it (``w:vMerge`` without a value means ``continue``)."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(VALUE, "continue") == "continue"


def _cell_text(cell: Element, styles: Styles) -> str:
    lines = (block.text.strip() for block in _blocks(cell, styles) if isinstance(block, Paragraph))
    text = "\n".join(line for line in lines if line)
    if is_label(text):
        return text
    number = NUMBER if any(map(styles.is_numbered, cell.iter(_PARAGRAPH))) else ""
    return number + text + (PICTURE if next(cell.iter(_PICTURE, _OLD_PICTURE), None) is not None else "")


def _number(element: Element, path: str, default: int) -> int:
    """A number of Word's; what is none counts as left out."""
    found = element.find("/".join(map(qn, path.split("/"))))
    digits = None if found is None else _digits(found)
    return default if digits is None else min(max(digits, default), _WIDEST)


def _digits(element: Element) -> int | None:
    digits = _DIGITS.match(element.get(VALUE, ""))
    return int(digits[0]) if digits else None


_DIGITS = re.compile(r"\d{1,9}")
_LEAST_HEIGHT = 40  # twentieths of a point
_WIDEST = 63  # columns: Word's own limit
