"""A Word file written part by part: paragraphs and tables with truly merged cells, the same bytes every time."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from samples.content import Block
from samples.forms import Cell, Table, places, width_of

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": (
        f"{_XML}<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
        "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
        f"<Override PartName='/word/document.xml' ContentType='{_WORD}'/></Types>"
    ),
    "_rels/.rels": (
        f"{_XML}<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='rId1' Target='word/document.xml' "
        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'/></Relationships>"
    ),
}
_BEGIN = f"{_XML}<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
_END = "</w:body></w:document>"
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f"<w:{side} w:val='single' w:sz='4' w:space='0' w:color='auto'/>" for side in _SIDES)
_TEXT_WIDTH = 8300  # twentieths of a point


def document(title: str, blocks: Sequence[Block], notice: str) -> bytes:
    """A Word file with this title, this notice below it, and these blocks."""
    parts = [_paragraph(title), _paragraph(notice)]
    parts += [_table(block.table) if block.kind == "table" else _paragraph(block.text) for block in blocks]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, text in {**_PARTS, "word/document.xml": _BEGIN + "".join(parts) + _END}.items():
            package.writestr(zipfile.ZipInfo(name), text)  # its date is always 1980-01-01
    return packed.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"


def _table(table: Table) -> str:
    width = _TEXT_WIDTH // width_of(table)
    grid = f"<w:gridCol w:w='{width}'/>" * width_of(table)
    rows = "".join(f"<w:tr>{''.join(_cells(table, row))}</w:tr>" for row in range(len(table)))
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cells(table: Table, row: int) -> Iterator[str]:
    """The cells of a row from left to right; one that goes on from above is there again, without its text."""
    covering = [place for place in places(table) if place[0] <= row < place[0] + place[2].rows]
    for begin, _, cell in sorted(covering, key=lambda place: place[1]):
        yield _cell(cell, begins=begin == row)


def _cell(cell: Cell, *, begins: bool) -> str:
    merge = ("<w:vMerge w:val='restart'/>" if begins else "<w:vMerge/>") if cell.rows > 1 else ""
    paragraphs = "".join(map(_paragraph, cell.text.split("|"))) if begins else "<w:p/>"
    return f"<w:tc><w:tcPr><w:gridSpan w:val='{cell.cols}'/>{merge}</w:tcPr>{paragraphs}</w:tc>"
