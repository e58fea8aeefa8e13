"""What a browser shows of a page is what is read; what only looks like a figure is marked and never taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.document import Grid
from pipelines.readers.html import read_html
from pipelines.reading import read
from pipelines.rules import check
from pipelines.rules.result import cell_subject
from pipelines.tokens import Kind, Status, read_token
from tests.layouts.form import draft
from tests.layouts.formats import as_page
from tests.layouts.visible import DOUBTFUL, dress


def grid(page: str) -> Grid:
    [found] = read_html(page.encode()).grids()
    return found


def cell_texts(head: str) -> list[str]:
    page = f"<html><head>{head}</head><table><tr><td>规章</td><td>12</td></tr></table>"
    return [c.text for row in grid(page).rows for c in row if c]


def cell(inner: str, head: str = "") -> str:
    """The text read from a cell that stands beside a label."""
    [row] = grid(f"<html><head>{head}</head><table><tr><td>规章</td><td>{inner}</td></tr></table>").rows
    assert row[0] is not None
    assert row[1] is not None
    assert row[0].text == "规章"
    return row[1].text


def test_a_cell_with_nothing_in_it_is_blank():
    assert cell("<p>&nbsp;</p><span style='display:none'></span><i aria-hidden=true></i>").strip() == ""


@pytest.mark.parametrize(
    "hidden",
    [
        "<span style='display : none'>9</span>",
        "<span style='DISPLAY:\tNONE'>9</span>",
        "<span style='color:red;display:none!important'>9</span>",
        "<span style='visibility: hidden'>9</span>",
        "<span style='visibility:collapse'>9</span>",
        "<span hidden>9</span>",
        "<div hidden><p hidden><script hidden>9</script>9</p></div>",
        "<input type=hidden value=9>",
        "<datalist><option>9</datalist>",
    ],
)
def test_what_is_hidden_is_no_part_of_a_figure(hidden: str):
    assert cell(f"12{hidden}") == "12"


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [
        (".x{display:none}", "a"),
        ("td .y, span.x { color:red; display : none }", "a"),
        ("/* .x{} */ #z{} .x{display:none!important} span.x{display:inline}", "a"),
        (".x{display:none} .x{display:inline}", "ab"),
        (".x{display:none} td span.x{display:inline}", "ab"),
        ("td span.x{display:inline} .x{display:none}", "ab"),
        ("@media print{.x{display:none}} .y{display:none}", "ab"),
        ("@media screen{.x{display:none}}", "a"),
        ("@media (min-width:1px){.x{display:none}}", "a⟦b⟧"),
        ("@font-face{font-family:x} @media print{.x{color:red}} .x{display:none}", "a"),
        (".x:hover{display:none} .x::before{display:none}", "ab"),
        (".x:fullscreen-like-nothing{display:none}", "a⟦b⟧"),
        (".x::after{content:'·'}", "ab"),
        (".x::after{content:'1'}", "a⟦b⟧"),
        (".x{visibility:hidden}", "a"),
        (".x{text-decoration:line-through}", "ab\u0336"),
        ("td{vertical-align:super} td{position:relative;top:-3pt}", "ab"),
        ("span{mso-hide:all} .x{mso-hide:none}", "ab"),
        (".x{position:relative} span{left:-9px}", "a⟦b⟧"),
        (".x{position:relative} .x{position:static} span{left:-9px}", "ab"),
        (".x{color:#FFF} table{background:navy}", "ab"),
        (".x{color:#FFF} .y{background:navy}", "a⟦b⟧"),
        ("@charset 'utf-8'; .x{display:none}", "a"),
        ("{{{}}}}}} .x{display:none", "ab"),
    ],
)
def test_a_class_looks_as_the_pages_own_sheet_says(sheet: str, shown: str):
    assert cell("a<span class=x>b</span>", f"<style>{sheet}</style>") == shown


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("vertical-align:super", "12¹"),
        ("vertical-align:3pt", "12¹"),
        ("position:relative;top:-3.0pt", "12¹"),
        ("mso-text-raise:3.0pt", "12¹"),
        ("text-decoration-line:line-through", "121\u0336"),
        ("visibility:hidden", "12"),
        ("mso-hide:all", "12⟦1⟧"),
        ("opacity:0", "12⟦1⟧"),
        ("font: normal 0/1 a", "12⟦1⟧"),
        ("font-size:1px", "12⟦1⟧"),
        ("color:transparent", "12⟦1⟧"),
        ("color:rgba(1,2,3,0)", "12⟦1⟧"),
        ("color:white", "12⟦1⟧"),
        ("color:#FEFEFE", "12⟦1⟧"),
        ("transform:rotate(180deg)", "12⟦1⟧"),
        ("unicode-bidi:bidi-override", "12⟦1⟧"),
        ("max-width:0;overflow:hidden", "12⟦1⟧"),
    ],
)
def test_an_element_looks_the_same_by_its_style_and_by_a_rule(style: str, shown: str):
    assert cell(f"12<i style='{style}'>1</i>") == shown
    assert cell("12<i>1</i>", f"<style>td i {{ {style} }}</style>") == shown


def test_an_element_that_shows_itself_is_shown_whatever_the_sheet_says():
    assert cell("a<b class=x style='display:inline'>b</b>", "<style>.x{display:none}</style>") == "ab"


@pytest.mark.parametrize(
    ("content", "attributes", "shown"),
    [
        ("attr(data-label)", "data-label=自然人", "12"),
        ("attr(data-label) ':'", "data-label=自然人", "12"),
        ("attr(data-label)", "", "12"),
        ("attr(data-label)", "data-label=第3栏", "⟦12⟧"),
        ("attr(data-label) '1'", "data-label=自然人", "⟦12⟧"),
        ("counter(n)", "", "⟦12⟧"),
    ],
)
def test_what_a_sheet_writes_beside_a_figure_matters_where_it_has_one(content: str, attributes: str, shown: str):
    sheet = f"<style>@media (max-width:600px) {{ td b:before {{ content: {content} }} }}</style>"

    assert cell(f"<b {attributes}>12</b>", sheet) == shown


def test_white_letters_on_a_dark_ground_are_read_and_so_are_white_heads():
    assert cell("<b style='color:#fff'>12</b>") == "⟦12⟧"
    assert cell("<b style='color:#fff'>自然人</b>") == "自然人"
    assert cell("<b style='color:#fff'>1.属于国家秘密</b>") == "1.属于国家秘密"
    assert cell("<b style='color:#fff'>自然人12</b>") == "⟦自然人12⟧"
    assert cell("<b style='color:#fff;background:#036'>12</b>") == "12"
    assert cell("<div style='background-color:#036'><b style='color:#fff'>12</b></div>") == "12"


@pytest.mark.parametrize(
    ("inner", "sheet", "shown"),
    [
        ("<span style='font-size:0'> </span>12", "", "12"),
        ("<span style='font-size:0'><span style='font-size:14px'>12</span></span>", "", "12"),
        ("<div style='font-size:0'><i style='font-size:14px'>1</i> <i style='font-size:1rem'>2</i></div>", "", "1 2"),
        ("<span style='font-size:0'><font size=3>12</font></span>", "", "12"),
        ("<span style='font-size:0'><b style='font:bold 12pt 宋体'>12</b></span>", "", "12"),
        ("<b><span class=v>12</span></b>", "b{font-size:0} .v{font-size:14px}", "12"),
        ("<p class=a><span>12</span></p>", ".a{font-size:0} .a span{font-size:medium}", "12"),
        ("<b><span class=w>12</span></b>", "b{font-size:0} .v{font-size:14px}", "⟦12⟧"),
        ("<b style='font-size:0'><img src=i.gif></b>12", "", "[图]12"),
        ("<span style='font-size:0'><b>9</b><i style='font-size:14px'>12</i></span>", "", "⟦9⟧12"),
        ("<span style='font-size:0'><i style='font-size:1em'>12</i></span>", "", "⟦12⟧"),
        ("<span style='font-size:0'><i style='font-size:1px'>12</i></span>", "", "⟦12⟧"),
        ("<span style='font-size:0'><i style='font-size:var(--a)'>12</i></span>", "", "⟦12⟧"),
        ("<span style='font-size:0;opacity:0'><i style='font-size:14px'>12</i></span>", "", "⟦12⟧"),
    ],
)
def test_letters_without_size_hide_what_sets_no_size_of_its_own(inner: str, sheet: str, shown: str):
    assert cell(inner, f"<style>{sheet}</style>" if sheet else "") == shown


@pytest.mark.parametrize(
    "inner",
    [
        "12<a href=#_ftn1>3</a>",
        "12<span class=note>3</span>",
        "12<small style='font-size:7pt'>3</small>",
        "<p style='font-size:12pt'>12<span style='font-size:60%'>3</span></p>",
        "12<font size=1>3</font>",
        "12<x-note>3</x-note>",
        "<span style='float:right'>12</span>3",
    ],
)
def test_digits_in_parts_that_look_unlike_are_doubtful(inner: str):
    assert "".join(cell(inner).split()) == "⟦123⟧"


@pytest.mark.parametrize(
    "inner",
    [
        "<span lang=EN-US style='font-family:宋体'>12</span><span style='font-size:10.5pt'>3</span>",
        "<p class=MsoNormal><b><span class=GramE>1</span></b><font face=宋体>23</font></p>",
        "<span style='font-size:12.0pt'>1</span><span style='font-size:14.0pt;color:red'>23</span>",
        "<a href=list.html>123</a>",
        "<a name=OLE_LINK1>1</a>23",
        "<span class=note>123</span>",
        "<i class=a>12</i><i class=a>3</i>",
        "<font class=font6>1</font><font class=font7>2</font>3",
    ],
)
def test_digits_that_a_word_processor_parted_are_read(inner: str):
    assert cell(inner) == "123"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("12<sup>1</sup>", "12¹"),
        ("12<sup><a href=#n><b>①</b></a></sup>", "12①"),
        ("12<sub>3</sub>", "12³"),
        ("<ruby>12<rp>(</rp><rt>1</rt><rp>)</rp></ruby>", "12¹"),
        ("12<span style='vertical-align:super'>1</span>", "12¹"),
        ("<del>3</del>12", "3\u033612"),
        ("<s><b>1</b>2</s>", "1\u03362\u0336"),
        ("12<span style='text-decoration: underline line-through'>3</span>", "123\u0336"),
        ("12<img src=5.gif>", "12[图]"),
        ("<img src=5.gif>", "[图]"),
        ("<svg><text>5</text></svg>", "[图]"),
        ("12<span aria-hidden=true>3</span>", "12⟦3⟧"),
        ("12<span style='mso-hide:all'>3</span>", "12⟦3⟧"),
        ("12<span style='font-size:0'>3</span>", "12⟦3⟧"),
        ("12<span style='FONT-SIZE: 0.0pt'>3</span>", "12⟦3⟧"),
        ("12<span style='opacity:0'>3</span>", "12⟦3⟧"),
        ("12<span style='color:transparent'>3</span>", "12⟦3⟧"),
        ("12<span style='position:absolute;left:-999px'>3</span>", "12⟦3⟧"),
        ("12<span style='width:0;overflow:hidden'>3</span>", "12⟦3⟧"),
        ("<bdo dir=rtl>12</bdo>", "⟦12⟧"),
        ("<input type=checkbox>", "[控件]"),
        ("<input placeholder=12>", "[控件]"),
        ("<select multiple><option>1<option>2</select>", "[控件]"),
    ],
)
def test_what_is_not_plainly_one_figure_is_marked(inner: str, text: str):
    assert cell(inner) == text
    assert {read_token(text, kind).status for kind in Kind} == {Status.TEXT}


@pytest.mark.parametrize(
    "inner",
    [
        "<span style='font-size:0.8em'>12</span>",
        "<span style='border-style:none;font-size:10.5pt;opacity:0.9'>12</span>",
        "<span style='background-color:transparent'>12</span>",
        "<span style='vertical-align:middle;overflow:hidden;width:20px'>12</span>",
        "12<img src=spacer.gif width=1>",
        "<input value=12>",
        "<input type=text disabled value='12'>",
        "<textarea>12</textarea>",
        "<select><option>9<option selected>12<option>8</select>",
        "<select><option>12<option>9</select>",
        "<ins>12</ins>",
        "<span style='font-size:.16rem'>12</span>",  # on a page whose letters have a hundred points to the rem
    ],
)
def test_what_is_plainly_a_figure_is_read(inner: str):
    assert cell(inner) == "12"


def test_a_picture_beside_a_label_is_left_out_and_a_note_behind_it_kept_apart():
    page = "<table><tr><td>规章<img src=i.gif></td><td>规章<sup>1</sup></td></tr></table>"

    assert [[c.text for c in row if c] for row in grid(page).rows] == [["规章", "规章¹"]]


def test_whatever_hides_a_whole_row_marks_its_cells():
    page = "<table><tr aria-hidden=true><td>规章</td><td>1</td></tr></table>"

    assert [[c.text for c in row if c] for row in grid(page).rows] == [["⟦规章⟧", "⟦1⟧"]]


def test_controls_outside_tables_are_no_text():
    assert list(read_html(b"<p>a<select><option>b</select><textarea>c</textarea></p>").paragraphs()) == ["a"]


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_report_with_doubtful_figures_gives_all_others_and_says_which_it_does_not(name: str):
    for seed in range(6):
        report = draft(seed)
        doubtful = {slot.key for slot in dress(report, DOUBTFUL[name])}
        reading = read(as_page(report))
        check(reading)

        values = {key: o.value for key, o in reading.observations.items()}
        assert {key for key, value in values.items() if value is None} == doubtful
        assert {key: o.raw for key, o in reading.observations.items() if key not in doubtful} == {
            key: text for key, text in report.truth.items() if key not in doubtful
        }
        failed = [finding for finding in reading.findings if (finding.rule, finding.outcome) == ("SHP-03", "fail")]
        assert {finding.subject for finding in failed} == {cell_subject(key) for key in doubtful if key}
        assert {finding.fault for finding in failed} == {None}


def test_a_sheet_with_more_rules_than_can_be_searched_for_leaves_every_cell_in_doubt():
    assert cell_texts(f"<style>{'.x{opacity:0}' * 501}</style>") == ["⟦规章⟧", "⟦12⟧"]
    assert cell_texts(f"<style>{'.x{opacity:1}' * 501}</style>") == ["规章", "12"]


@given(st.text(alphabet="{}@;:,.#x /*!display-none", max_size=60))
def test_any_sheet_is_read_without_an_error(sheet: str):
    assert cell("a<span class=x>b</span>", f"<style>{sheet}</style>") in ("a", "ab", "a⟦b⟧")
