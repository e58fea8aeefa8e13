"""Documents larger or deeper than any report end with a reason before they cost time; large reports are read."""

import pytest

from pipelines.readers import is_monstrous
from pipelines.reading import read
from tests.layouts.form import draft
from tests.layouts.formats import as_page, as_piped_text
from tests.test_bad_documents import code_of

REPORT = draft(1)


def test_a_page_of_nothing_but_blanks_is_empty_however_long():
    assert code_of(b" \n" * 3_000_000) == "empty"


@pytest.mark.parametrize("unit", ["<div>", "<table><tr><td>", "<span>", "<font><b>"])
@pytest.mark.parametrize("end", ["", "</div></span></b></font>"])
def test_fifty_thousand_elements_inside_one_another_are_too_many(unit: str, end: str):
    assert code_of(f"<p>{unit * 50_000}x{end * 50_000}".encode()) == "too_large"


@pytest.mark.parametrize("form", ["a{0}=1 ", 'a{0}="<"', "a{0}='>'", "a{0}\n", "/a{0}=<b "])
def test_three_hundred_thousand_attributes_of_one_element_are_too_many(form: str):
    page = as_page(REPORT).decode().replace("<body>", f"<body x {''.join(map(form.format, range(300_000)))}>", 1)

    assert code_of(page.encode()) == "too_large"


@pytest.mark.parametrize("before", ['<!-- <p a=" -->', '<p x" a=">', "<script>a = '<p b=\"';</script>"])
def test_nothing_hides_the_attributes_of_an_element(before: str):
    attributes = "".join(map("a{0}=1 ".format, range(300_000)))
    page = as_page(REPORT).decode().replace("<body>", f'<body>{before}<div {attributes} z="">', 1)

    assert code_of(page.encode()) == "too_large"


def test_an_element_that_may_begin_in_many_places_is_looked_for_in_time():
    places = "".join(f'{"<q " * 1_900}x="{"y" * 19_000}{number}">' for number in range(50))

    assert code_of(as_page(REPORT).replace(b"</body>", places.encode() + b"</body>")) == "too_large"


def test_ends_of_tags_without_tags_are_too_many():
    assert code_of(as_page(REPORT) + b"ab>" * 1_700_000) == "too_large"


@pytest.mark.parametrize("value", ["a/b+" * 20_000, "word > word " * 2_000])
def test_a_long_value_is_one_attribute(value: str):
    page = as_page(REPORT).decode().replace("<body>", f'<body><img alt="{value}">', 1).encode()

    assert not is_monstrous(page)
    assert {key: o.raw for key, o in read(page).observations.items()} == REPORT.truth


@pytest.mark.parametrize("number", [30, 3_000])
def test_an_element_of_many_attributes_is_read(number: int):
    page = as_page(REPORT).decode().replace("<body>", f"<body {' '.join(map('a{}=1'.format, range(number)))}>", 1)

    assert {key: o.raw for key, o in read(page.encode()).observations.items()} == REPORT.truth


def test_a_page_of_many_tags_side_by_side_is_read():
    page = as_page(REPORT).decode().replace("<body>", "<body>" + "<div><span>1</span></div>" * 10_000)

    assert {key: o.raw for key, o in read(page.encode()).observations.items()} == REPORT.truth


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数</tr>"
        + "<tr><td>规章<td>1<td>2<td>3</tr>" * 10_000,
        "<tr>" + "<td colspan=1000 rowspan=1000>1" * 1000 + "</tr>" + "<tr><td colspan=1000>1" * 1000,
        "<tr>" + "<td>1" * 50_000 + "</tr>" + "<tr><td>1" * 10_000,
    ],
    ids=["ten thousand rows", "spans of a thousand", "fifty thousand cells in a row"],
)
def test_a_monstrous_table_ends_with_a_reason(table: str):
    assert code_of(f"<table>{table}</table>".encode()) in {"no_tables", "no_year"}


@pytest.mark.parametrize(
    "data",
    [
        b"|\n" + b"a |\n" * 5_000_000,
        b"|\n" + b"a |\n" * 400_000,
        ("本年度收到申请5件。\n" * 700_000).encode(),
        b"<table>" + (b"<tr>" + b"<td>1" * 21) * 4_600 + b"</table>",
        b"<table><tr><td>1</td></tr></table>" * 90_000,
    ],
    ids=["a line a cell", "many rows", "a line a sentence", "a hundred thousand cells", "ninety thousand tables"],
)
def test_a_document_larger_than_any_report_is_not_read_to_its_end(data: bytes):
    assert code_of(data) == "too_large"


def test_a_line_of_padding_and_one_more_letter_ends_in_time():
    text = as_piped_text(REPORT).decode().replace("规章 |", "| " * 500_000 + "x\n规章 |", 1)

    assert code_of(text.encode()) in {"read", "lossy_text", "no_tables"}
