"""A workbook is read as its program shows it: nothing hidden, and every figure in its format and its font."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.document import Paragraph
from pipelines.readers import read_document
from pipelines.readers.sheet_numbers import shown_number, shown_text
from tests.binary_formats import by_office

Write = Callable[[xlsxwriter.Workbook], object]


def workbook(*writes: Write) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for write in writes:
            write(book)
    return out.getvalue()


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with one part of its package changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, re.sub(old, new, text.decode(), count=1).encode() if name == part else text)
    return out.getvalue()


def rows(data: bytes) -> list[list[str]]:
    [grid] = read_document(data).grids()
    return [[cell.text for cell in grid.own(row)] for row in range(len(grid.rows))]


def in_cell(xml: str, calculation: str = "") -> str:
    """The text of a cell written in the XML of a sheet, beside its label."""
    data = workbook(lambda book: book.add_worksheet().write_row(0, 0, ["规章", 5, "件"]))
    changed = edited(data, "xl/worksheets/sheet1.xml", r'<c r="B1">.*?</c>', xml)
    [[_, text, _]] = rows(edited(changed, "xl/workbook.xml", "<calcPr[^>]*/>", calculation))
    return text


def hidden_things(book: xlsxwriter.Workbook) -> None:
    """A sheet of last year that is hidden, and one of this year of which a column and two rows are."""
    past, present = book.add_worksheet("2015年"), book.add_worksheet("2016年")
    past.write_row(0, 0, ["规章", 99])
    present.activate()
    present.set_first_sheet()
    past.hide()
    present.merge_range(0, 1, 0, 2, "统计数")
    present.write(0, 0, "指标")
    for row, label in enumerate(["规章", "规范性文件", "行政许可", "行政处罚"], start=1):
        present.write_row(row, 0, [label, 900 + row, row])
    present.set_column(1, 1, None, None, {"hidden": True})
    present.set_row(2, None, None, {"hidden": True})
    present.set_row(3, 0)


def formats(book: xlsxwriter.Workbook) -> None:
    """One figure after another in a format or a font of its own."""
    sheet = book.add_worksheet()
    small = {"font_script": 1}
    for row, (label, value, look) in enumerate(FORMATTED):
        sheet.write(row, 0, label)
        sheet.write(row, 1, value, book.add_format(look))
    last = len(FORMATTED)
    sheet.write_column(last, 0, ["注", "旧"])
    sheet.write_rich_string(last, 1, "500", book.add_format(small), "1")
    sheet.write_rich_string(last + 1, 1, book.add_format({"font_strikeout": True}), "4", "500")


FORMATTED = [
    ("小数", 499.6, {"num_format": "0"}),
    ("万元", 65000, {"num_format": "0!.0,"}),
    ("千位", 65000, {"num_format": "0,"}),
    ("分节", 1234567.5, {"num_format": "#,##0.00"}),
    ("百分", 5, {"num_format": "0%"}),
    ("单位", 500, {"num_format": '0"条"'}),
    ("日期", 42736, {"num_format": "yyyy-mm-dd"}),
    ("空格", 500, {"num_format": ";;;"}),
    ("划线", 12, {"font_strikeout": True}),
    ("上标", 12, {"font_script": 1}),
    ("白字", 12, {"font_color": "#FFFFFF"}),
    ("黑底", 12, {"font_color": "#FFFFFF", "bg_color": "#000000"}),
]
SHOWN = [
    ["小数", "500"],
    ["万元", "⟦65000⟧"],
    ["千位", "65"],
    ["分节", "1,234,567.50"],
    ["百分", "500%"],
    ["单位", "500条"],
    ["日期", "⟦2017-01-01⟧"],
    ["空格", ""],
    ["划线", "1̶2̶"],
    ["上标", "¹²"],
    ["白字", "⟦12⟧"],
    ["黑底", "12"],
    ["注", "500¹"],
    ["旧", "4̶500"],
]


def test_a_workbook_without_a_text_has_no_blocks():
    assert read_document(workbook(lambda book: book.add_worksheet())).blocks == []


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_hidden_sheets_rows_and_columns_are_not_read(suffix: str):
    data = workbook(hidden_things)
    data = data if suffix == "xlsx" else by_office([data], suffix, source="xlsx")[0]

    document = read_document(data)

    assert [block for block in document.blocks if isinstance(block, Paragraph)] == [Paragraph("(2016年)")]
    assert rows(data) == [["指标", "统计数"], ["规章", "1"], ["行政处罚", "4"]]


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_figures_are_read_as_their_format_and_their_font_print_them(suffix: str):
    data = workbook(formats)
    data = data if suffix == "xlsx" else by_office([data], suffix, source="xlsx")[0]
    lost = ["上标"] if suffix == "xls" else []  # LibreOffice raises parts of a cell only

    assert [row for row in rows(data) if row[0] not in lost] == [row for row in SHOWN if row[0] not in lost]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<c r="B1" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="B1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="B1"><f>SUM(C1:C9)</f></c>', "⟦=SUM(C1:C9)⟧"),
        ('<c r="B1"><f>SUM(C1:C9)</f><v>12</v></c>', "12"),
        ('<c r="B1" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="B1" t="inlineStr"><is><t>12</t><rPh sb="0" eb="1"><t>9</t></rPh></is></c>', "12"),
        ('<c r="B1" t="inlineStr"><is><t>12_x000D_</t></is></c>', "12"),
    ],
)
def test_an_error_or_a_formula_without_its_result_spoils_no_other_cell(xml: str, text: str):
    assert in_cell(xml) == text


def test_a_result_that_the_program_works_out_anew_is_no_figure():
    assert in_cell('<c r="B1"><f>SUM(C1:C9)</f><v>0</v></c>', '<calcPr fullCalcOnLoad="1"/>') == "⟦0⟧"


def test_zeros_that_a_sheet_does_not_show_are_blank():
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.hide_zero()
        sheet.write_column(0, 0, ["规章", "许可"])
        sheet.write_column(0, 1, [8, 0])

    assert rows(workbook(write)) == [["规章", "8"], ["许可", ""]]


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (12.0, "G/通用格式", "12"),
        (12.345, "0.00_ ", "12.35"),
        (0.0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (-1234.5, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-1,235"),
        (-12.0, "0_);[Red](0)", "(12)"),
        (12.0, "[$¥-804]#,##0.00", "¥12.00"),
        (3.0, "0.0元", "3.0元"),
        (7.0, "000", "007"),
        (0.0, "0;-0;;@", ""),
        (-0.3, "0", "0"),
        (12.0, "[DBNum1]0", "⟦12⟧"),
        (12.0, "[>=100]0;0.0", "⟦12⟧"),
        (12.5, "# ?/?", "⟦12.5⟧"),
        (12.0, "0.00E+00", "⟦12⟧"),
        (12.0, "[White]0", "⟦12⟧"),
    ],
)
def test_a_number_is_printed_in_its_format_or_marked(number: float, code: str, text: str):
    assert shown_number(number, code) == text


@pytest.mark.parametrize(("code", "text"), [("@", "无"), ("0.00", "无"), (";;;", ""), ('"约"@', "约无")])
def test_a_text_is_printed_in_its_format(code: str, text: str):
    assert shown_text("无", code) == text


@given(st.integers(-(10**14), 10**14), st.sampled_from(["General", "0", "0_ ", "#,##0", "0;-0", "@", ""]))
def test_a_whole_number_keeps_all_its_digits_in_every_plain_format(number: int, code: str):
    assert shown_number(float(number), code).replace(",", "") == str(number)


@example(float("nan"), "y;-")
@given(st.floats(), st.text('0#?.,;@%"\\!_*[]$¥-元 yE', max_size=12))
def test_no_format_whatever_stops_the_reading(number: float, code: str):
    assert isinstance(shown_number(number, code), str)
    assert shown_text("", code).strip("⟦⟧") is not None
