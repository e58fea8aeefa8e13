"""Readers: markup and text renderings into documents; spans, encodings, hidden copies, kinds."""

import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from pipelines.document import Grid, Paragraph
from pipelines.readers import Kind, Reason, Unreadable, read_document, sniff
from pipelines.readers.encoding import Decoded, decode, wide_encoding
from pipelines.readers.html import read_html
from pipelines.readers.plain import read_text
from pipelines.readers.spans import MAX_SPAN, lay_out, span


def texts(grid: Grid) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in grid.rows]


def test_an_empty_page_has_no_blocks():
    assert read_html(b"<html></html>").blocks == []
    assert read_text(b"").blocks == []


def test_blocks_come_in_reading_order_with_tables_in_their_place():
    page = "<p>一、总体情况</p><table><tr><td>甲</td><td>1</td></tr></table><div>二、<b>主动</b>公开</div>"

    first, grid, last = read_html(page.encode()).blocks

    assert (first, last) == (Paragraph("一、总体情况"), Paragraph("二、主动公开"))
    assert isinstance(grid, Grid)
    assert texts(grid) == [["甲", "1"]]


def test_spans_are_expanded_and_a_cell_of_many_paragraphs_is_one_cell():
    page = (
        '<table><tr><td colspan="2px" rowspan="2">a</td><td><p>商业</p><p>企业</p></td></tr><tr><td>1</td></tr></table>'
    )

    [grid] = read_html(page.encode()).grids()

    assert texts(grid)[1] == ["a", "a", "1"]
    assert "".join(texts(grid)[0][2].split()) == "商业企业"


def test_a_layout_table_is_not_a_grid_but_the_table_in_it_is():
    page = "<table><tr><td>左栏</td><td><table><tr><td>规章</td><td>0</td></tr></table></td></tr></table>"

    document = read_html(page.encode())

    assert [texts(grid) for grid in document.grids()] == [[["规章", "0"]]]
    assert "左栏" in list(document.paragraphs())


@pytest.mark.parametrize(
    "hidden",
    [
        '<table style="DISPLAY:none"><tr><td>9</td></tr></table>',
        "<template><table><tr><td>9</td></tr></table></template>",
        "<!-- <table><tr><td>9</td></tr></table> -->",
        "<div hidden><table><tr><td>9</td></tr></table></div>",
        "<script>document.write('<table><tr><td>9</td></tr></table>')</script>",
    ],
)
def test_hidden_copies_are_not_read(hidden):
    [grid] = read_html(f"{hidden}<table><tr><td>1</td></tr></table>".encode()).grids()

    assert texts(grid) == [["1"]]


def test_statutory_meta_tags_are_found_whatever_their_case_and_templates_are_left_out():
    page = (
        '<meta content="甲县2023年政府信息公开工作年度报告" name="ArticleTitle">'
        '<META NAME="PubDate" CONTENT="2024-01-30"><meta name="ContentSource" content="">'
        '<meta name="Author" content="{{author}}"><meta name="Url" content="$article.url$">'
    )

    meta = read_html(page.encode()).meta

    assert meta == {"articletitle": "甲县2023年政府信息公开工作年度报告", "pubdate": "2024-01-30"}


@pytest.mark.parametrize(("attribute", "expected"), [(None, 1), ("", 1), ("3", 3), ("2px", 2), ("0", 1), ("x", 1)])
def test_a_span_is_read_as_browsers_read_it(attribute, expected):
    assert span(attribute) == expected


@given(st.integers(0, 10**9))
def test_a_span_is_never_larger_than_any_form(number):
    assert 1 <= span(str(number)) <= MAX_SPAN


rows_of_cells = st.lists(
    st.lists(st.tuples(st.just("x"), st.sampled_from(["1", "2", "9"]), st.sampled_from(["1", "3"])), max_size=5),
    max_size=6,
)


@given(rows_of_cells)
def test_a_grid_is_rectangular_and_holds_every_cell_once_in_its_own_row(source):
    grid = lay_out(source)

    assert len({len(row) for row in grid.rows}) <= 1
    assert [len(grid.own(r)) for r in range(len(source))] == [len(cells) for cells in source]


def test_text_that_lost_its_merged_cells_keeps_the_order_of_each_row():
    text = "一、某节\n|\n第二十条第(一)项 | |||\n|\n规章 |\n |\n1,234 |\n0 |\n二、某节\n正文"

    opening, grid, heading, body = read_text(text.encode()).blocks

    assert (opening, heading, body) == (Paragraph("一、某节"), Paragraph("二、某节"), Paragraph("正文"))
    assert isinstance(grid, Grid)
    assert (grid.aligned, texts(grid)) == (False, [["第二十条第(一)项"], ["规章", "", "1,234", "0"]])


def test_markdown_rows_are_a_table():
    [grid] = read_text("| 规章 | 0 |\n| --- | --- |\n| 规范性文件 | 3 |".encode()).grids()

    assert texts(grid) == [["规章", "0"], ["规范性文件", "3"]]


ENCODINGS = ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("text", "kind"), [('<p><meta charset="big5">{}', Kind.HTML), ("第1节\n{}\n", Kind.TEXT)])
def test_bytes_are_believed_and_declarations_are_not(encoding, text, kind):
    data = text.format("宁河区人民政府" * 9).encode(encoding)

    assert decode(data).text == text.format("宁河区人民政府" * 9)
    assert sniff(data) is kind


def test_a_mark_of_utf_8_in_front_of_another_encoding_or_inside_the_text_is_no_character():
    mark = b"\xef\xbb\xbf"

    assert decode(mark + "宁河区".encode("gb18030")) == Decoded("宁河区", "gb18030", 0)
    assert decode("宁河".encode() + mark + "区".encode()) == Decoded("宁河区", "utf-8", 0)


def test_the_encoding_of_another_country_is_tried_where_the_page_declares_it():
    text = '<meta http-equiv="Content-Type" content="text/html; charset=Big5">臺北縣政府'

    assert decode(text.encode("big5")).text == text


@pytest.mark.parametrize("data", [b"", b"\0", bytes(range(256)) * 20, b"\0\x01" * 900, b"<p>1\x002</p>" * 50])
def test_zeros_alone_do_not_make_two_bytes_a_character(data):
    assert wide_encoding(data) is None


@given(st.sets(st.integers(0, 40), max_size=3))
def test_a_few_corrupt_bytes_do_not_change_the_encoding(places):
    for encoding in ("utf-8", "gb18030"):
        data = bytearray("本年度收到政府信息公开申请,均已按期答复,未发生行政复议和行政诉讼。".encode(encoding))
        for place in places:
            data[place] = 0xFF

        assert decode(bytes(data)).encoding == encoding


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"", Kind.EMPTY),
        (b" \r\n", Kind.EMPTY),
        (b"%PDF-1.7", Kind.PDF),
        (b"PK\x03\x04", Kind.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.DOC),
        (b"{\\rtf1", Kind.RTF),
        (b"\x89PNG\r\n", Kind.PICTURE),
        (b"II*\0\x08\0", Kind.PICTURE),
        (b"<!DOCTYPE html><html>", Kind.HTML),
        ("<p style='x'>2019年".encode(), Kind.HTML),
        ("天津市宁河区".encode(), Kind.TEXT),
        (b"\x00\x01\x02\x03", Kind.BINARY),
    ],
)
def test_the_first_bytes_tell_the_kind(start, kind):
    assert sniff(start) is kind


def test_a_small_digit_on_the_line_of_a_figure_in_a_pdf_is_a_note():
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "runningtext")
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 600, "12")
    canvas.setFont("Helvetica", 8)
    canvas.drawString(86, 604, "1")
    canvas.save()

    assert "".join(read_document(out.getvalue()).paragraphs()) == "runningtext12¹"


def test_a_kind_without_a_reader_says_which():
    with pytest.raises(Unreadable) as error:
        read_document(b"\x89PNG\r\n and more")

    assert (error.value.kind, error.value.reason) == (Kind.PICTURE, Reason.NO_READER)


@settings(deadline=None)  # bytes that begin as RTF go through LibreOffice
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_without_an_error(data):
    with suppress(Unreadable):
        read_document(data)
