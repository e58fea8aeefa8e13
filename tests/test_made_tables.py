"""Tables that pages make of other elements, by roles or by style; what is laid out with them only stays text."""

from collections.abc import Callable
from time import process_time

import pytest

from pipelines.document import Grid, Paragraph
from pipelines.readers.html import read_html
from tests.layouts.form import HEADINGS, Draft, Rows, Slot, draft
from tests.test_layouts import read_checked

SHEET = "<style>.t{display:table} .r{display:table-row} .c{display:table-cell} .x{opacity:0} .h{display:none}</style>"


def with_roles(rows: Rows) -> str:
    return _nested(rows, "<div role=table>", "<div role=row>", _role)


def _role(slot: Slot) -> str:
    return f"<span role=cell aria-rowspan={slot.rowspan} aria-colspan={slot.colspan}>{slot.text}</span>"


def with_styles(rows: Rows) -> str:
    cell = "<p style='display: table-cell; padding: 1px'>{}</p>"
    return _nested(
        rows, "<div style='display:table'>", "<div style='display:table-row'>", lambda s: cell.format(s.text)
    )


def with_classes(rows: Rows) -> str:
    return _nested(rows, "<div class=t>", "<div class=r>", lambda slot: f"<div class=c><i>{slot.text}</i></div>")


def _nested(rows: Rows, table: str, row: str, cell: Callable[[Slot], str]) -> str:
    return f"{table}{''.join(f'{row}{_joined(cells, cell)}</div>' for cells in rows)}</div>"


def _joined(cells: list[Slot], cell: Callable[[Slot], str]) -> str:
    return "".join(map(cell, cells))


def page(report: Draft, table: Callable[[Rows], str]) -> bytes:
    body = "".join(
        f"<p>{heading}</p>{table(report.tables[n - 1]) if 1 <= n <= 3 else '<p>无。</p>'}"
        for n, heading in enumerate(HEADINGS)
    )
    return f"<html><head>{SHEET}</head><h1>{report.title}</h1><p>{report.year + 1}-01-25</p>{body}</html>".encode()


@pytest.mark.parametrize("table", [with_roles, with_styles, with_classes])
@pytest.mark.parametrize("blanks", [False, True])
def test_every_figure_is_read_by_both_routes(table: Callable[[Rows], str], blanks: bool):
    for seed in range(3):
        report = draft(seed)
        for slot in report.values() if blanks else ():
            slot.text = "" if slot.text == "0" else slot.text
        truth = {slot.key: slot.text for slot in report.values()}

        reading = read_checked(page(report, table))

        assert {key: observation.raw for key, observation in reading.observations.items()} == truth
        assert [f for f in reading.findings if f.outcome == "fail" and f.severity == "hard"] == []


def grids(markup: str) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in grid.own(r)] for r in range(len(grid.rows))]
        for grid in read_html(f"{SHEET}<body>{markup}".encode()).grids()
    ]


def row(*cells: str) -> str:
    return f"<div class=r>{''.join(f'<div class=c>{cell}</div>' for cell in cells)}</div>"


def test_hidden_and_doubtful_parts_are_seen_as_in_any_table():
    rows = row("a", "1<i class=x>2</i>") + f"<div class='r h'>{row('b', '2')}</div>" + row("<b class=h>c</b>d", "3")
    doubtful = "<div class='c x'>e</div><div class=c>1<a href=#n>2</a></div>"

    [table] = grids(f"<div class=t>{rows}<div class=r>{doubtful}</div></div>")

    assert table == [["a", "1⟦2⟧"], ["d", "3"], ["⟦e⟧", "⟦12⟧"]]


@pytest.mark.parametrize(
    "markup",
    [
        row("a", "1") * 3,  # no table round the rows
        f"<div class=t>{row('a', '1') * 2}</div>",
        f"<div class=t>{row('a') * 5}</div>",
        f"<div class=t>{row('a', '很长的文章。' * 60) * 3}</div>",
        f"<div style='display:table;display:block'>{row('a', '1') * 3}</div>",
    ],
)
def test_what_lays_out_a_page_is_no_table(markup: str):
    assert grids(markup) == []


def test_a_table_in_a_layout_is_the_table():
    inner = "<table><tr><td>规章</td><td>1</td></tr></table>"

    assert grids(f"<div class=t>{row(inner, '')}{row('a', '1') * 2}</div>") == [[["规章", "1"]]]


def test_text_round_a_made_table_keeps_its_order():
    document = read_html(f"{SHEET}<body><p>a</p><div class=t>{row('b', '1') * 3}</div><p>c</p>".encode())

    first, table, last = document.blocks
    assert (first, last) == (Paragraph("a"), Paragraph("c"))
    assert isinstance(table, Grid)


@pytest.mark.parametrize("depth", [1000])
def test_tables_deep_in_one_another_take_no_time(depth: int):
    nested = "<div class=t><div class=r><div class=c>" * depth + row("a", "1") * 3
    begun = process_time()

    assert grids(nested + "<div class=t>" + row("b", "2") * 1000) == [[["b", "2"]] * 1000]
    assert process_time() - begun < 5
