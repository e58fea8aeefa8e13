"""A Word file is read as Word prints it: styles, moved and white letters, numbers and fields that are no text."""

from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st

from pipelines.readers import read_document
from pipelines.readers.word import read_docx
from pipelines.readers.word_styles import Styles
from pipelines.readers.word_text import printed_text
from tests.binary_formats import saved

KINDS = {"character": WD_STYLE_TYPE.CHARACTER, "paragraph": WD_STYLE_TYPE.PARAGRAPH}
PROPERTIES = [
    ("w:vanish", None, ""),
    ("w:vanish", "0", "12"),
    ("w:strike", None, "1̶2̶"),
    ("w:dstrike", "true", "1̶2̶"),
    ("w:vertAlign", "superscript", "¹²"),
    ("w:vertAlign", "baseline", "12"),
    ("w:color", "FFFFFF", "⟦12⟧"),
    ("w:color", "000000", "12"),
    ("w:sz", "2", "⟦12⟧"),
    ("w:sz", "21", "12"),
]


def element(tag: str, **attributes: str | None) -> Any:
    return OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items() if value is not None})


class Table:
    """A Word file with a table of one row: a label, and a figure of one run or more."""

    def __init__(self) -> None:
        self.document = docx.Document()
        label, self.figure = self.document.add_table(1, 2).rows[0].cells
        label.text = "规章"
        self.paragraph = self.figure.paragraphs[0]

    def run(self, text: str, *properties: Any, style: str | None = None) -> Any:
        run = self.paragraph.add_run(text, style)
        for each in properties:
            run._r.get_or_add_rPr().append(each)
        return run

    def style(self, name: str, kind: str, *properties: Any, base: str | None = None) -> None:
        style = self.document.styles.add_style(name, KINDS[kind])
        style.base_style = self.document.styles[base] if base else None
        for each in properties:
            style.element.get_or_add_rPr().append(each)

    def text(self) -> str:
        [grid] = read_document(saved(self.document)).grids()
        [label, figure] = grid.own(0)
        assert label.text == "规章"
        return figure.text


def test_a_word_file_without_a_text_has_no_blocks():
    assert read_docx(saved(docx.Document())).blocks == []


@pytest.mark.parametrize(("prop", "value", "text"), PROPERTIES)
def test_a_run_is_printed_as_its_own_properties_say(prop: str, value: str | None, text: str):
    table = Table()
    table.run("12", element(prop, val=value))

    assert table.text() == text


@pytest.mark.parametrize(("prop", "value", "text"), PROPERTIES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_run_is_printed_as_the_style_that_its_style_is_based_on_says(
    kind: str, prop: str, value: str | None, text: str
):
    table = Table()
    table.style("基", kind, element(prop, val=value))
    table.style("注", kind, base="基")
    if kind == "paragraph":
        table.paragraph.style = "注"
    table.run("12", style="注" if kind == "character" else None)

    assert table.text() == text


def test_a_run_takes_back_what_its_style_says():
    table = Table()
    table.style("删", "character", element("w:strike"))
    table.run("12", element("w:strike", val="0"), style="删")

    assert table.text() == "12"


def test_the_style_of_paragraphs_that_name_none_counts():
    table = Table()
    table.document.styles["Normal"].element.get_or_add_rPr().append(element("w:vanish"))
    table.run("12")
    table.run("5", element("w:vanish", val="0"))

    [grid] = read_document(saved(table.document)).grids()

    assert [cell.text for cell in grid.own(0)] == ["", "5"]


def test_styles_that_are_based_on_each_other_are_gone_through_once():
    table = Table()
    table.style("甲", "character", element("w:strike"))
    table.style("乙", "character", base="甲")
    table.document.styles["甲"].base_style = table.document.styles["乙"]
    table.run("12", style="乙")

    assert table.text() == "1̶2̶"


@pytest.mark.parametrize(("places", "text"), [((0, 6), "56¹"), ((6, 6), "561"), ((0, 1), "561"), ((0, -6), "56¹")])
def test_a_run_above_or_below_the_others_is_raised_and_a_line_moved_as_a_whole_is_not(
    places: tuple[int, int], text: str
):
    table = Table()
    for part, place in zip(("56", "1"), places, strict=True):
        table.run(part, element("w:position", val=str(place)))

    assert table.text() == text


@pytest.mark.parametrize("where", ["run", "paragraph", "cell"])
def test_white_letters_on_a_dark_ground_are_to_be_seen(where: str):
    table = Table()
    dark = element("w:shd", val="clear", fill="1F4E79")
    run = table.run("12", element("w:color", val="FFFFFF"))
    holder = {
        "run": run._r.get_or_add_rPr(),
        "paragraph": table.paragraph._p.get_or_add_pPr(),
        "cell": table.figure._tc.get_or_add_tcPr(),
    }[where]
    holder.append(dark)

    assert table.text() == "12"


def test_white_words_are_the_head_of_a_table_whose_style_darkens_it():
    table = Table()
    table.run("制发件数", element("w:color", val="FFFFFF"))

    assert table.text() == "制发件数"


@pytest.mark.parametrize(
    ("style", "text", "shown"),
    [
        ("List Number", "", "[编号]"),
        ("List Number", "5", "[编号]5"),
        ("List Number", "废止件数", "废止件数"),
        ("List Bullet", "5", "5"),
    ],
)
def test_a_number_that_word_adds_to_a_cell_is_told(style: str, text: str, shown: str):
    table = Table()
    table.paragraph.style = style
    table.run(text)

    assert table.text() == shown


def test_a_paragraph_taken_out_of_its_list_has_no_number():
    table = Table()
    table.paragraph.style = "List Number"
    numbered = element("w:numPr")
    numbered.append(element("w:numId", val="0"))
    table.paragraph._p.get_or_add_pPr().append(numbered)
    table.run("5")

    assert table.text() == "5"


@pytest.mark.parametrize(
    ("field", "text"), [(r" eq \o\ac(○,5)", r"1⟦\o\ac(○,5)⟧"), (" =SUM(ABOVE) ", "1"), (" EQUAL ", "1"), ("", "1")]
)
def test_a_field_that_draws_a_formula_is_no_figure_and_one_with_a_result_is_its_result(field: str, text: str):
    table = Table()
    table.run("1")
    said = element("w:instrText")
    said.text = field
    table.run("")._r.append(said)

    assert table.text() == text


def test_a_simple_field_that_draws_a_formula_is_no_figure():
    table = Table()
    table.run("1")
    table.paragraph._p.append(element("w:fldSimple", instr=r"EQ \x(5)"))

    assert table.text() == r"1⟦\x(5)⟧"


def test_a_reading_above_a_figure_is_raised():
    table = Table()
    ruby = "<w:ruby {}><w:rt><w:r><w:t>1</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>56</w:t></w:r></w:rubyBase></w:ruby>"
    table.run("")._r.append(parse_xml(ruby.format(nsdecls("w"))))

    assert table.text() == "¹56"


@pytest.mark.parametrize(("rule", "rows"), [("exact", 1), ("atLeast", 2)])
def test_a_row_too_low_for_a_line_is_not_read(rule: str, rows: int):
    document = docx.Document()
    table = document.add_table(2, 2)
    for row, figure in zip(table.rows, ("12", "99"), strict=True):
        row.cells[0].text, row.cells[1].text = "规章", figure
    table.rows[1]._tr.get_or_add_trPr().append(element("w:trHeight", val="8", hRule=rule))

    [grid] = read_document(saved(document)).grids()

    assert len(grid.rows) == rows


@given(st.lists(st.tuples(st.sampled_from(PROPERTIES), st.sampled_from(["12", "规章制发", " "]))))
def test_no_mixture_of_properties_adds_a_digit(runs: list[tuple[tuple[str, str | None, str], str]]):
    paragraph = OxmlElement("w:p")
    for (prop, value, _), text in runs:
        run = paragraph.add_r()
        run.text = text
        run.get_or_add_rPr().append(element(prop, val=value))

    printed = printed_text(paragraph, Styles(None, None))

    assert sum(map(str.isdecimal, printed)) <= sum(2 for _, text in runs if text == "12")
