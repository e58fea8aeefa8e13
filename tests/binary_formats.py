"""Drafts of ``tests.layouts`` as binary files: PDF with and without rules, DOCX, XLSX, ZIP, and LibreOffice's own."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
import xlsxwriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from tests.layouts.form import Draft, Rows, Slot

FONT = "STSong-Light"
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
PERIOD = "本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。"

Place = tuple[int, int, Slot]


def placed(rows: Rows) -> Iterator[Place]:
    """Each cell with the row and column of its corner."""
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for slot in row:
            while (r, column) in taken:
                column += 1
            taken |= {(r + down, column + right) for down in range(slot.rowspan) for right in range(slot.colspan)}
            yield r, column, slot
            column += slot.colspan


def width_of(rows: Rows) -> int:
    return max(column + slot.colspan for _, column, slot in placed(rows))


def sections(draft: Draft) -> Iterator[tuple[str, Rows | None]]:
    """The headings in order, each with its table, if it has one."""
    for number, heading in enumerate(draft.headings):
        yield heading, draft.tables[number - 1] if 1 <= number <= 3 else None


def as_pdf(
    draft: Draft, *, push_down: float = 0, ruled: bool = True, height: float = A4[1], **encryption: Any
) -> bytes:
    """A PDF; ``push_down`` points of blank space move the page breaks to other rows."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    text = ParagraphStyle("text", fontName=FONT, fontSize=11, leading=18, firstLineIndent=22, wordWrap="CJK")
    title = ParagraphStyle("title", text, fontSize=16, alignment=1, leading=24)
    story: list[Any] = [Paragraph(draft.title, title), Paragraph(PERIOD.format(year=draft.year), text)]
    story.append(Spacer(1, push_down))
    for heading, rows in sections(draft):
        story.append(Paragraph(heading, text))
        story.append(Paragraph("本机关按要求做好各项工作。", text) if rows is None else _pdf_table(rows, ruled=ruled))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=(A4[0], height), **encryption).build(
        story, onFirstPage=_number, onLaterPages=_number
    )
    return out.getvalue()


def _number(canvas: Any, document: Any) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(300, 30, f"- {document.page} -")


def _pdf_table(rows: Rows, *, ruled: bool) -> Table:
    width = width_of(rows)
    cell = ParagraphStyle("cell", fontName=FONT, fontSize=8, leading=10, wordWrap="CJK", alignment=1)
    data: list[list[Any]] = [[""] * width for _ in rows]
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for r, column, slot in placed(rows):
        data[r][column] = Paragraph(slot.text, cell)
        style.append(("SPAN", (column, r), (column + slot.colspan - 1, r + slot.rowspan - 1)))
    if ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    return Table(data, colWidths=_widths(width), style=style)


def _widths(width: int) -> list[float]:
    if width == 10:
        return [40, 60, 118, *[34.0] * 7]
    return [455 / width] * width


def as_docx(draft: Draft) -> bytes:
    """A DOCX with real merged cells."""
    document = docx.Document()
    document.add_paragraph(draft.title)
    document.add_paragraph(PERIOD.format(year=draft.year))
    for heading, rows in sections(draft):
        document.add_paragraph(heading)
        if rows is None:
            document.add_paragraph("本机关按要求做好各项工作。")
        else:
            _docx_table(document, rows)
    return saved(document)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_table(document: Any, rows: Rows) -> None:
    table = document.add_table(len(rows), width_of(rows), style="Table Grid")
    cells = [list(row.cells) for row in table.rows]
    for r, column, slot in placed(rows):
        corner = cells[r][column]
        if slot.rowspan > 1 or slot.colspan > 1:
            corner = corner.merge(cells[r + slot.rowspan - 1][column + slot.colspan - 1])
        corner.text = slot.text


def as_xlsx(draft: Draft) -> bytes:
    """A workbook of one sheet; figures are numbers, as people type them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("年报")
        sheet.write(0, 0, draft.title)
        sheet.write(1, 0, PERIOD.format(year=draft.year))
        top = 2
        for heading, rows in sections(draft):
            sheet.write(top, 0, heading)
            top += 1
            for r, column, slot in placed(rows or []):
                _write(sheet, top + r, column, slot)
            top += len(rows or [])
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, slot: Slot) -> None:
    value = float(slot.text) if slot.key and NUMBER.fullmatch(slot.text) else slot.text
    if slot.rowspan > 1 or slot.colspan > 1:
        sheet.merge_range(row, column, row + slot.rowspan - 1, column + slot.colspan - 1, value)
    else:
        sheet.write(row, column, value)


def as_zip(*members: tuple[str | bytes, bytes]) -> bytes:
    """A ZIP of these members; a name in bytes is written as it is, as old Chinese tools do."""
    out = io.BytesIO()
    raw: dict[bytes, bytes] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(members):
            stand_in = name if isinstance(name, str) else f"{number}~".ljust(len(name), "~")
            if isinstance(name, bytes):
                raw[stand_in.encode()] = name
            archive.writestr(stand_in, data)
    data = out.getvalue()
    for stand_in_bytes, name_bytes in raw.items():
        data = data.replace(stand_in_bytes, name_bytes)
    return data


def by_office(documents: list[bytes], suffix: str, source: str = "docx") -> list[bytes]:
    """Documents as LibreOffice saves them under another suffix, in one call."""
    soffice = shutil.which("soffice")
    assert soffice, (
        "No LibreOffice: 'make test' installs it, or install libreoffice-writer-nogui and -calc-nogui by hand."
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, data in enumerate(documents):
            (folder / f"{number}.{source}").write_bytes(data)
        files = [str(folder / f"{number}.{source}") for number in range(len(documents))]
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder / "out"), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return [
            (folder / "out" / f"{number}.{suffix.split(':', maxsplit=1)[0]}").read_bytes()
            for number in range(len(documents))
        ]
