"""A figure outlined in the page it was read from: always its very cell, and nothing else of the page is changed."""

import re
from collections.abc import Iterable
from itertools import count, repeat
from random import Random

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.outlining import Outlined, Sight, Wanted, outline, outlined
from pipelines.readers.encoding import decode
from pipelines.reading import read
from pipelines.sequence import Run
from pipelines.text import squeeze
from tests import annexes
from tests.binary_formats import as_docx, as_pdf
from tests.layouts.form import Draft, draft
from tests.layouts.formats import as_lines, as_page
from tests.layouts.habits import HABITS

REPORTS = 60
ADDED = re.compile(r' id="figure-x" style="outline:[^"]*"')
HEADS = "".join(f"<td>{head}</td>" for head in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"))
ISSUED = ("regulations_issued", None)


def with_figures(report: Draft, figures: Iterable[int]) -> str:
    """The page of a report with other figures in the cells."""
    for number, slot in zip(figures, report.values(), strict=False):
        slot.text = str(number)
    return decode(as_page(report)).text


def cell_in(found: Outlined) -> LexborNode:
    assert found.sight is Sight.OUTLINED
    [cell] = LexborHTMLParser(found.page).css("#figure-x")
    return cell


def printed_in(cell: LexborNode) -> str:
    """What a cell prints, with what its controls print."""
    return squeeze(cell.text() + (cell.html or ""))


def look(page: str, printed: str, key=ISSUED, year: int = 2023) -> Outlined:
    return outlined(page, Wanted(year, key, printed, "figure-x"))


def place_of(found: Outlined) -> int:
    """Which of all cells of a page is outlined."""
    ids = [cell.attributes.get("id") for cell in LexborHTMLParser(found.page).css("td, th")]
    return ids.index("figure-x")


def test_in_any_mix_of_layouts_a_figure_is_outlined_in_its_very_cell():
    seen = 0
    for seed in range(REPORTS):
        report, rng = draft(seed), Random(seed)
        habits = rng.sample(sorted(HABITS), rng.randint(0, 9))
        for name in sorted(habits, key=list(HABITS).index):
            HABITS[name](report)
        slot, case = rng.choice(report.values()), (seed, habits)
        unlike = with_figures(report, count(10_001))
        found, printed = look(unlike, slot.text, slot.key, report.year), slot.text
        if found.sight is Sight.OUTLINED:
            seen += 1
            assert printed in printed_in(cell_in(found)), case
            assert ADDED.sub("", found.page) == unlike, case
            like = with_figures(report, repeat(0))
            assert place_of(look(like, "0", slot.key, report.year)) == place_of(found), case
    assert seen > REPORTS * 0.9


@pytest.mark.parametrize("edition", ["s2014", "l2004"])
def test_every_figure_of_an_annex_is_outlined(edition):
    body = annexes.page(annexes.rows(edition))
    read_figures = annexes.raws(read(body))
    assert len(read_figures) > 40
    for key, printed in list(read_figures.items())[::5]:
        found = look(body.decode(), printed, key, 2016)
        assert cell_in(found).text().strip() == printed


def table(*cells: str) -> str:
    """Form table 2 with one row of figures, given as their tags and texts."""
    return f"<table><tr>{HEADS}</tr><tr><td>规章{''.join(cells)}</tr></table>"


def test_the_inner_one_of_nested_tables_is_outlined():
    page = f"<table><tr><td>3<td>{table('<td>3', '<td>4', '<td>5')}</table>"
    assert cell_in(look(page, "3")).next.text() == "4"


def test_the_first_of_two_like_tables_is_outlined():
    page = table("<td>3", "<td>4", "<td>5") * 2
    assert look(page, "3").page.index("figure-x") < len(page) // 2


def test_cells_that_span_rows_move_no_outline():
    rows = "<tr><td rowspan=2>文件<td>规章<td rowspan=2>3<td>3<td>3</tr><tr><td>行政规范性文件<td>6<td>3</tr>"
    page = f"<table><tr><td>{HEADS}</tr>{rows}</table>"
    assert cell_in(look(page, "3")).attributes["rowspan"] == "2"
    below = page.replace("<td rowspan=2>3", "<td>9").replace("<td>6", "<td>6<td>7")
    assert cell_in(look(below, "6", ("normative_documents_issued", None))).next.text() == "7"


def test_a_cell_keeps_its_own_style_and_nothing_breaks_out_of_it():
    own = "background:#fff;font-family:&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    cell = cell_in(look(table(f'<td id=own STYLE="{own}" class=a>3', "<td>4", "<td>5"), "3"))
    assert cell.attributes["style"].endswith(';background:#fff;font-family:"><script>alert(1)</script>')
    assert (cell.attributes["class"], cell.text()) == ("a", "3")
    assert cell.css("script") == []


@pytest.mark.parametrize(
    "trick",
    [
        "<td data-gongkai-cell=0 id=figure-x>3",
        "<TD\nclass=a>3",
        "<td/>3",
        "<th>3",
        "<td title='<td>'>3",
        "<td title=<td>3",
    ],
)
@pytest.mark.parametrize(
    "before", ["", "<!-- <td> -->", "<script>'<td >'</script>", "<p title='<td>'><textarea><td></textarea>", "<td>"]
)
def test_no_markup_leads_to_another_cell(trick, before):
    found = look(before + table(trick, "<td>4", "<td>5"), "3")
    assert cell_in(found).text() == "3"
    assert cell_in(found).next.text() == "4"


def test_what_is_read_otherwise_today_is_not_outlined():
    page = table("<td>3", "<td>4", "<td>5")
    assert look(page, "8") == Outlined(Sight.OTHERWISE)
    assert look(page, "3", ("penalty_decisions", None)) == Outlined(Sight.NOT_FOUND)
    assert look(f"<p>上年度数据统计表{page}", "3") == Outlined(Sight.NOT_FOUND)


def test_where_the_two_routes_differ_nothing_is_outlined(monkeypatch):
    runs = {"disclosure": Run("t2021", {ISSUED: "4"})}
    monkeypatch.setattr("pipelines.outlining.read_in_order", lambda document, year: runs)
    page = table("<td>3", "<td>4", "<td>5")
    assert look(page, "3") == Outlined(Sight.NOT_FOUND)
    assert cell_in(look(page, "5", ("regulations_in_force", None))).text() == "5"


@pytest.mark.parametrize("render", [as_lines, as_docx, as_pdf])
def test_in_what_is_no_page_nothing_is_outlined(render):
    report = draft(1)
    key, printed = next(iter(report.truth.items()))
    assert outline(render(report), Wanted(report.year, key, printed, "x")) == Outlined(Sight.NO_PAGE)


def test_cells_that_are_lines_of_text_are_not_outlined():
    page = "<p>".join(["", *decode(as_lines(draft(1))).text.split("\n")])
    assert look(page, "3") == Outlined(Sight.NOT_FOUND)


def test_a_page_is_read_in_a_confined_process_and_monsters_are_not():
    page = table("<td>3", "<td>4", "<td>5")
    wanted = Wanted(2023, ISSUED, "3", "x")
    assert outline(page.encode("gb18030"), wanted).sight is Sight.OUTLINED
    assert outline(("<div>" * 6000 + page).encode(), wanted) == Outlined(Sight.NOT_FOUND)
    assert outline(("<p>" * 100_001 + page).encode(), wanted) == Outlined(Sight.NOT_FOUND)
