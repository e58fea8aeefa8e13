"""A report whose tables cannot be read says why: heads that are missing or pictures, or labels that are no table."""

import pytest

from tests.layouts.form import HEADINGS, Draft, Rows, Slot, draft
from tests.test_layouts import read_checked

HEAD_ROWS = 3


def table(rows: Rows) -> str:
    cells = ["".join(f"<td rowspan={s.rowspan} colspan={s.colspan}>{s.text}</td>" for s in row) for row in rows]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def spans(rows: Rows) -> str:
    return "".join(f"<div>{''.join(f'<span>{slot.text}</span>' for slot in row)}</div>" for row in rows)


def page(report: Draft, tables: list[str]) -> bytes:
    body = "".join(
        f"<p>{heading}</p>{tables[n - 1] if 1 <= n <= 3 else '<p>无。</p>'}" for n, heading in enumerate(HEADINGS)
    )
    return f"<h1>{report.title}</h1><p>{report.year + 1}-01-25</p>{body}".encode()


@pytest.mark.parametrize("head", [[], [[Slot("<img src=head.png>", colspan=10)]]])
def test_rows_without_heads_are_told_as_that(head: Rows):
    report = draft(1)
    first, second, third = report.tables
    without = [*head, *second[HEAD_ROWS:]]

    among_others = read_checked(page(report, [table(first), table(without), table(third)]))
    alone = read_checked(page(report, ["", table(without), ""]))

    [told] = [f for f in among_others.findings if (f.rule, f.subject, f.outcome) == ("SHP-01", "requests", "fail")]
    assert "没有能认出的列标题" in told.message_zh
    assert all(o.value is None for (_, who), o in among_others.observations.items() if who)
    assert among_others.status == "needs_review"
    assert alone.unreadable is not None
    assert (alone.unreadable.code, alone.observations) == ("no_heads", {})


@pytest.mark.parametrize("picture", ["", "<img src=a.png>"])
def test_labels_that_are_no_table_are_told_as_that(picture: str):
    report = draft(1)

    reading = read_checked(page(report, [picture + spans(rows) for rows in report.tables]))

    assert reading.unreadable is not None
    assert reading.unreadable.code == "scattered"


@pytest.mark.parametrize(
    ("style", "element"),
    [
        ("", '<div style="display:none">'),
        (".tab-pane{display:none}.tab-pane.active{display:block}", '<div class="tab-pane">'),
        ("[v-cloak]{display:none}", "<div v-cloak>"),
        (".wow{visibility:hidden}", '<div class="wow">'),
    ],
)
def test_tables_that_the_style_of_the_page_hides_are_told_as_that(style: str, element: str):
    report = draft(1)
    tables = [f"<style>{style}</style>{element}{table(rows)}</div>" for rows in report.tables]

    reading = read_checked(page(report, tables))

    assert reading.unreadable is not None
    assert (reading.unreadable.code, reading.observations) == ("hidden", {})


def test_a_narrative_that_names_some_labels_beside_pictures_has_its_tables_in_pictures():
    report = draft(1)
    told = "<p>予以公开12件,属于国家秘密1件,保护第三方合法权益2件,重复申请1件</p><img src=a.png>"

    reading = read_checked(page(report, [told, "", ""]))

    assert reading.unreadable is not None
    assert reading.unreadable.code == "pictures"


@pytest.mark.parametrize(
    ("shown", "addresses"),
    [
        ('<iframe src="/pdf/web/viewer.html?file=/f/1.pdf"></iframe>', ["/f/1.pdf"]),
        ('<a href="/f/年报.odt">附件</a>', ["/f/年报.odt"]),
        ('<IFRAME SRC="/web/viewer.html?v=2&amp;file=%2Fdown%3Fid%3D7#page=1"></IFRAME>', ["/down?id=7"]),
        ('<embed src="/f/1.pdf" type="application/pdf">', ["/f/1.pdf"]),
        ('<a href="1.doc">下载</a><object data="/f/1.pdf#zoom=1"></object>', ["1.doc", "/f/1.pdf#zoom=1"]),
        ('<iframe src="/share.html?file=/f/1.htm"></iframe><embed src="a.swf"><object></object>', []),
    ],
)
def test_a_document_shown_in_a_page_is_attached_to_it(shown: str, addresses: list[str]):
    reading = read_checked(f"<h1>甲县水利局2023年政府信息公开工作年度报告</h1>{shown}".encode())

    assert reading.attachments == addresses
    assert reading.refusal is not None
    assert reading.refusal.code == ("in_attachment" if addresses else "no_tables")
