"""The page a person sees: widths of Chinese text, tables with merged cells, signs and colours, findings in words."""

import pytest

from pipelines.identity import Provenance
from pipelines.reading import Observation, Reading, read
from pipelines.rules import check
from pipelines.terminal.figures import Figures
from pipelines.terminal.frame import Cell, draw
from pipelines.terminal.ink import Ink, paint, width, wrap
from pipelines.terminal.page import as_text
from pipelines.tokens import Status
from samples import expected
from samples.portal import Portal, portals
from samples.render import render


def reading_of(portal: Portal, path: str) -> Reading:
    reading = read(render(portal)[path].body, Provenance(path))
    check(reading)
    return reading


PORTAL = portals()[0]
REPORT = expected.reports(PORTAL)[0]
HONGZE = next(portal for portal in portals() if portal.code == "320813")
BROKEN = next(report for report in expected.reports(HONGZE) if report.broken_identities)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("12", 2),
        ("总计", 4),
        ("（七）总计", 10),
        ("(七)总计", 8),
        ("“三安全”", 8),
        ("e\u0301", 1),
        ("│·[0]", 5),
    ],
)
def test_an_ideograph_takes_two_columns(text: str, columns: int):
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 4, [""]),
        ("结果维持", 4, ["结果", "维持"]),
        ("总计12件", 5, ["总计", "12件"]),
        ("one two three", 8, ["one two", "three"]),
        ("1234567", 3, ["123", "456", "7"]),
    ],
)
def test_chinese_breaks_anywhere_and_a_number_only_when_it_must(text: str, columns: int, lines: list[str]):
    assert wrap(text, columns) == lines


def test_no_rows_are_an_empty_frame():
    assert list(draw([[Cell("")]], [3], [])) == ["┌───┐", "│   │", "└───┘"]


def test_merged_cells_have_no_lines_within_them():
    lines = [
        [Cell("结果", rows=2), Cell("行政诉讼", cols=2)],
        [Cell("维持"), Cell("总计")],
        [Cell("本年", rows=2), Cell("1", right=True), Cell("12!", right=True, ink=Ink.FAILING)],
        [Cell("3", right=True), Cell("4", right=True)],
    ]

    assert list(draw(lines, [4, 4, 4], [1, 2])) == [
        "┌────┬─────────┐",
        "│结果│行政诉讼 │",
        "│    ├────┬────┤",
        "│    │维持│总计│",
        "├────┼────┼────┤",
        f"│本年│   1│ {paint('12!', Ink.FAILING)}│",
        "│    │   3│   4│",
        "└────┴────┴────┘",
    ]


def test_a_tall_label_stretches_its_last_row():
    lines = [[Cell("三、本年度", rows=2), Cell("1")], [Cell("2")]]

    assert list(draw(lines, [4, 2], [])) == ["┌────┬──┐", "│三、│1 │", "│本年│2 │", "│度  │  │", "└────┴──┘"]


@pytest.mark.parametrize(
    ("observation", "text", "ink"),
    [
        (Observation("granted", "total", "7", Status.REPORTED, 7), "7", Ink.PLAIN),
        (Observation("granted", "total", "", Status.BLANK), "·", Ink.FAINT),
        (Observation("granted", "total", "", Status.DERIVED, proven=12), "[12]", Ink.FAINT),
        (Observation("granted", "total", "", Status.INFERRED_ZERO, proven=0), "[0]", Ink.FAINT),
        (Observation("granted", "total", "12", Status.UNREADABLE), "12?", Ink.DOUBTFUL),
        (Observation("granted", "total", "", Status.ABSENT), "–", Ink.FAINT),
        (Observation("granted", "total", "/", Status.NA_MARK), "/", Ink.PLAIN),
    ],
)
def test_a_figure_that_is_no_plain_number_has_a_sign(observation: Observation, text: str, ink: Ink):
    reading = reading_of(PORTAL, REPORT.path)
    reading.observations = {("granted", "total"): observation}
    reading.findings = []
    figures = Figures(reading)

    cell = figures.cell("granted", "total")

    assert (cell.text, cell.ink) == (text, ink)
    assert len(list(figures.legend())) == (text not in "7/")


def test_every_figure_of_a_sum_that_fails_is_marked():
    figures = Figures(reading_of(HONGZE, BROKEN.path))

    assert figures.cell("review_total") == Cell("0!", ink=Ink.FAILING, right=True)
    assert figures.cell("lawsuit_direct_total") == Cell("0", right=True)
    assert [line.split()[0] for line in figures.legend()] == ["!"]


@pytest.mark.parametrize("columns", [80, 100, 140])
@pytest.mark.parametrize("portal", portals(), ids=lambda portal: portal.code)
def test_every_sample_report_fits_a_terminal_and_shows_every_figure(portal: Portal, columns: int):
    for report in expected.reports(portal):
        if report.path.endswith("html") and report.edition:
            text = as_text("x", reading_of(portal, report.path), columns, colour=False)

            assert max(map(width, text.splitlines())) <= max(columns, 80), report.path
            for printed in report.printed.values():
                assert printed in text


def test_a_page_without_colour_holds_no_control_characters():
    reading = reading_of(PORTAL, REPORT.path)

    plain, colourful = (as_text("x", reading, 100, colour=colour) for colour in (False, True))

    assert "\x1b" not in plain
    assert "\x1b[1m" in colourful


def test_a_person_sees_whose_report_it_is_and_the_labels_of_the_form():
    lines = as_text("x.html", reading_of(PORTAL, REPORT.path), 100, colour=False).splitlines()

    assert lines[:4] == [
        "x.html",
        f"{REPORT.body_name} · {REPORT.report_year} · t2021 (2021年版格式 form of 2021)",
        REPORT.title,
        f"发布 Published {REPORT.published_on} (网页元数据 the page's metadata)",
    ]
    assert "│(四)无法│1.本机关不掌握相关政府信息" in "\n".join(lines)
    assert "│行政复议                │行政诉讼                                         │" in lines


def test_a_contradiction_is_told_with_its_explanation_in_both_languages():
    text = as_text("x", reading_of(HONGZE, BROKEN.path), 400, colour=False)

    assert "✗ T4-REV (发布机关之误 the publisher's error)\n" in text
    assert "  → “行政复议·总计”若为 11，则" in text
    assert "  → If “administrative review: total” were 11, " in text


def test_what_is_refused_or_unreadable_has_its_reason_alone():
    refused = read("<h1>某县2022年国民经济和社会发展统计公报</h1><p>全年".encode())
    unreadable = read(b"%PDF-1.7")

    assert as_text("x", refused, 100, colour=False).splitlines() == [
        "x",
        f"  ✗ {refused.refusal.zh} {refused.refusal.en}" if refused.refusal else "",
    ]
    assert unreadable.unreadable is not None
    assert unreadable.unreadable.zh in as_text("x", unreadable, 200, colour=False)
