"""Every format: the same report gives exactly the same figures, whatever kind of file it comes in."""

import base64
import io
import re
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from pipelines.document import Paragraph
from pipelines.readers import Kind, Reason, Unreadable, read_document, sniff
from pipelines.reading import Reading, read
from pipelines.rules import check
from tests.binary_formats import as_docx, as_pdf, as_xlsx, as_zip, by_office, saved
from tests.layouts.form import Draft, Slot, draft
from tests.layouts.formats import as_page

SEEDS = range(4)
ONE_POINT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def read_checked(data: bytes) -> Reading:
    reading = read(data)
    check(reading)
    return reading


def figures(reading: Reading) -> dict[tuple[str, str | None], str]:
    return {key: o.raw for key, o in reading.observations.items()}


def hard_failures(reading: Reading) -> list[str]:
    return [f.rule for f in reading.findings if f.outcome == "fail" and f.severity == "hard"]


def assert_is(reading: Reading, report: Draft) -> None:
    assert (reading.refusal, reading.unreadable) == (None, None)
    assert figures(reading) == report.truth
    assert hard_failures(reading) == []
    assert (reading.edition, reading.identity.report_year) == (report.edition.id, report.year)
    assert reading.identity.body_name == report.body
    assert len(reading.sections) == 7


@pytest.mark.parametrize("render", [as_page, as_docx, as_pdf, as_xlsx], ids=lambda render: render.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_gives_its_figures_body_and_year_in_every_format(render: Callable[[Draft], bytes], seed: int):
    report = draft(seed)

    assert_is(read_checked(render(report)), report)


@pytest.mark.parametrize("push_down", range(0, 640, 40))
def test_a_page_break_at_any_row_loses_nothing(push_down: int):
    report = draft(push_down // 40)

    assert_is(read_checked(as_pdf(report, push_down=push_down)), report)


@pytest.mark.parametrize(
    ("suffix", "kind"), [("doc", Kind.DOC), ("rtf", Kind.RTF), ("odt", Kind.ODT), ("pdf", Kind.PDF)]
)
def test_what_a_word_processor_saves_is_read(suffix: str, kind: Kind):
    reports = [draft(seed) for seed in range(2)]

    for data, report in zip(by_office([as_docx(report) for report in reports], suffix), reports, strict=True):
        assert sniff(data) is kind
        assert_is(read_checked(data), report)


def test_a_word_file_in_the_names_of_the_strict_standard_is_read():
    """ISO 29500 Strict has other names for everything; no file of it is damaged."""
    report = draft(2)
    with zipfile.ZipFile(io.BytesIO(as_docx(report))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    common = re.compile(rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/")
    data = as_zip(*((name, common.sub(rb"http://purl.oclc.org/ooxml/\1/", part)) for name, part in members.items()))

    assert sniff(data) is Kind.STRICT_DOCX
    assert_is(read_checked(data), report)


def test_an_open_document_sheet_is_told_as_what_it_is():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("thumbnail.png", b"\x89PNG\r\n")

    with pytest.raises(Unreadable) as error:
        read_document(out.getvalue())
    assert (error.value.kind, error.value.reason) == (Kind.ODS, Reason.NO_READER)


def test_an_old_workbook_is_read():
    report = draft(1)
    [data] = by_office([as_xlsx(report)], "xls", source="xlsx")

    assert sniff(data) is Kind.XLS
    assert_is(read_checked(data), report)


@pytest.mark.parametrize("push_down", range(0, 640, 80))
def test_a_table_without_rules_is_read_from_where_its_words_stand(push_down: int):
    report = draft(push_down // 80)

    assert_is(read_checked(as_pdf(report, push_down=push_down, ruled=False)), report)


def test_a_package_without_a_report_says_so_and_one_with_a_report_gives_its_figures():
    report = draft(3)
    notice = ("说明.txt".encode("gb18030"), "本压缩包含年度报告。".encode())
    title = f"{report.title}.docx".encode("gb18030")

    assert read_checked(as_zip(notice)).refusal is not None
    assert_is(read_checked(as_zip(notice, (title, as_docx(report)))), report)


def test_an_entry_without_a_name_is_a_document_like_any_other():
    report = draft(1)

    assert_is(read_checked(as_zip((b"\x00.html", as_page(report)))), report)


def test_a_name_inside_a_package_may_be_the_only_title():
    report = draft(3)
    untitled = as_page(report).replace(report.title.encode(), b"")

    reading = read_checked(as_zip((f"年报/{report.title}.doc".encode("gb18030"), untitled)))

    assert (reading.identity.body_name, figures(reading)) == (report.body, report.truth)


def test_a_page_saved_as_one_file_is_read_as_a_page():
    report = draft(2)
    message = EmailMessage()
    message.set_content("此页面需要支持 MHTML 的程序。")
    message.add_alternative(as_page(report).decode(), subtype="html")
    data = b"MIME-Version: 1.0\r\n" + message.as_bytes().replace(b"MIME-Version: 1.0\n", b"", 1)

    assert sniff(data) is Kind.MHTML
    assert figures(read_checked(data)) == report.truth


def test_a_word_file_with_text_in_boxes_and_tracked_changes_gives_what_stands_in_the_end():
    document = docx.Document()
    for text in ("留下", "删除", "移走", "隐藏", "换行"):
        document.add_paragraph().add_run(text)
    kept, deleted, moved, hidden, boxed = (paragraph._p for paragraph in document.paragraphs)
    deleted.append(around("w:del", deleted.r_lst[0]))
    moved.append(around("w:moveFrom", moved.r_lst[0]))
    hidden.r_lst[0].get_or_add_rPr().append(OxmlElement("w:vanish"))
    box = OxmlElement("w:txbxContent")
    box.append(kept.__copy__())
    boxed.r_lst[0].append(box)

    blocks = read_document(saved(document)).blocks

    assert blocks == [Paragraph("留下"), Paragraph("换行"), Paragraph("留下")]


@pytest.mark.parametrize(
    ("prop", "value", "text"),
    [
        ("w:strike", None, "125\u0336"),
        ("w:dstrike", "true", "125\u0336"),
        ("w:strike", "0", "125"),
        ("w:vertAlign", "superscript", "12⁵"),
        ("w:vertAlign", "subscript", "12⁵"),
        ("w:vertAlign", "baseline", "125"),
        ("w:vanish", "1", "12"),
        ("w:vanish", "false", "125"),
    ],
)
def test_a_figure_in_a_word_file_is_read_as_it_is_printed(prop: str, value: str | None, text: str):
    document = docx.Document()
    label, figure = document.add_table(1, 2).rows[0].cells
    label.text = "规章"
    figure.paragraphs[0].add_run("12")
    change = OxmlElement(prop, {qn("w:val"): value} if value else {})
    figure.paragraphs[0].add_run("5")._r.get_or_add_rPr().append(change)

    [grid] = read_document(saved(document)).grids()

    assert [cell.text for cell in grid.own(0)] == ["规章", text]


def test_a_picture_a_symbol_or_a_formula_in_a_word_cell_is_no_figure(tmp_path: Path):
    picture = tmp_path / "5.png"
    picture.write_bytes(base64.b64decode(ONE_POINT))
    document = docx.Document()
    label, drawn, symbol, formula = document.add_table(1, 4).rows[0].cells
    label.text = "规章"
    for cell in (label, drawn):
        cell.paragraphs[0].add_run("" if cell is label else "1").add_picture(str(picture))
    symbol.paragraphs[0].add_run("1")._r.append(OxmlElement("w:sym"))
    math = {"m": "http://schemas.openxmlformats.org/officeDocument/2006/math"}
    formula._tc.p_lst[0].append(OxmlElement("m:oMath", nsdecls=math))

    [grid] = read_document(saved(document)).grids()

    assert [cell.text for cell in grid.own(0)] == ["规章", "1[图]", "1⟦⟧", "⟦⟧"]


def around(tag: str, run: BaseOxmlElement) -> BaseOxmlElement:
    change = OxmlElement(tag)
    change.append(run)
    return change


def test_a_word_table_that_holds_tables_is_layout_and_merged_cells_are_one_cell():
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "左栏"
    inner = outer.cell(0, 1).add_table(2, 2)
    inner.cell(0, 0).merge(inner.cell(1, 0)).text = "规章"
    inner.cell(0, 1).text, inner.cell(1, 1).text = "1", "2"

    document = read_document(saved(document))

    [grid] = document.grids()
    assert [[cell.text if cell else None for cell in row] for row in grid.rows] == [["规章", "1"], ["规章", "2"]]
    assert [(cell.rowspan, cell.colspan) for cell in grid.own(0)] == [(2, 1), (1, 1)]
    assert list(document.paragraphs()) == ["左栏"]


def test_a_sheet_prints_whole_numbers_without_a_decimal_point_and_keeps_merged_cells():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["信息内容", "本年制发件数"])
        sheet.merge_range(1, 0, 2, 0, "规章")
        sheet.write_column(1, 1, [12.0, 160.5964])

    [grid] = read_document(out.getvalue()).grids()

    assert [[cell.text if cell else None for cell in row] for row in grid.rows] == [
        ["信息内容", "本年制发件数"],
        ["规章", "12"],
        ["规章", "160.5964"],
    ]


def test_an_empty_corner_at_the_start_of_a_sheet_leaves_the_heads_beside_it_in_the_table():
    report = draft(5)
    next(slot for slot in report.labels() if slot.role == "corner").text = ""

    assert_is(read_checked(as_xlsx(report)), report)


@pytest.mark.parametrize("note", ["注:本表由县政府办公室填报,电话:0512-1234567", ""])
def test_a_row_below_the_figures_that_prints_none_is_no_second_row_of_figures(note: str):
    report = draft(5)
    report.tables[2].append([Slot(note), *(Slot("") for _ in range(14))])

    assert_is(read_checked(as_page(report)), report)


def row_by_row(page: str) -> str:
    return page.replace("</tr><tr>", "</tr></table><table><tr>")


def all_in_one_cell(page: str) -> str:
    return page.replace("<body>", "<body><table><tr><td>").replace("</body>", "</td></tr></table></body>")


def never_closed(page: str) -> str:
    return page.replace("</td>", "").replace("</tr>", "").replace("</p>", "")


def with_a_left_over(page: str) -> str:
    return page.replace("<table", "<template><table><tr><td>规章<td>9<td>9<td>9</table></template><table", 1)


@pytest.mark.parametrize("habit", [row_by_row, all_in_one_cell, never_closed, with_a_left_over])
def test_the_ways_of_real_pages_do_not_change_the_figures(habit: Callable[[str], str]):
    report = draft(2)
    page = as_page(report).decode()

    assert habit(page) != page
    assert figures(read_checked(habit(page).encode())) == report.truth
