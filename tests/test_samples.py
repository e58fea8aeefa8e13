"""The pages of the sample portals: that they hang together and say what they are."""

import io
import re
from pathlib import Path
from urllib.parse import urljoin

import docx
import pdfplumber
import pytest

from samples import expected, paper, pdf, word
from samples.portal import Entry, Portal, load, portals
from samples.render import NOTICE, attachment_name, not_found, render

HONGZE = portals()[1]
LINK = re.compile(r'(?:href|src)="([^"]+)"')


@pytest.fixture(params=portals(), ids=lambda portal: portal.code)
def portal(request: pytest.FixtureRequest) -> Portal:
    chosen: Portal = request.param
    return chosen


def test_a_portal_without_rows_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.yaml"
    empty.write_text("", "utf-8")
    with pytest.raises(ValueError, match=re.escape(str(empty))):
        load(empty)


def test_a_pdf_without_lines_is_still_a_pdf() -> None:
    assert pdf.document([]).startswith(b"%PDF-1.4")
    assert pdf.document([]).endswith(b"%%EOF\n")


def test_a_report_without_content_is_its_title_on_one_sheet_of_paper() -> None:
    [sheet] = paper.lay_out("年度报告", [], NOTICE)
    assert "年度报告".encode("utf-16-be").hex() in sheet


def test_a_word_file_without_content_is_its_title_and_its_notice() -> None:
    opened = docx.Document(io.BytesIO(word.document("甲 & 乙", [], NOTICE)))
    assert [paragraph.text for paragraph in opened.paragraphs] == ["甲 & 乙", NOTICE]


def test_every_link_leads_somewhere_but_the_one_meant_to_be_broken(portal: Portal) -> None:
    pages = render(portal)
    leads_nowhere = {
        urljoin(path, link)
        for path, content in pages.items()
        if content.content_type.startswith("text/html")
        for link in LINK.findall(content.body.decode(errors="replace"))
        if urljoin(path, link) not in pages
    }
    assert leads_nowhere == set(expected.broken(portal))


def test_every_page_says_that_it_is_a_sample(portal: Portal) -> None:
    texts = [content for content in render(portal).values() if content.content_type.startswith("text/html")]
    silent = [content for content in (*texts, not_found(portal)) if NOTICE not in content.body.decode()]
    assert silent == []


def test_every_row_is_reached_from_the_home_page(portal: Portal) -> None:
    pages, seen, waiting = render(portal), set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen or path not in pages:
            continue
        seen.add(path)
        text = pages[path].body.decode(errors="replace")
        waiting += [urljoin(path, link) for link in LINK.findall(text)]
        if pager := re.search(r"createPageHTML\((\d+), |countPage: parseInt\('(\d+)'\)", text):
            count = int(pager[1] or pager[2])
            waiting += [urljoin(path, f"index_{number}.{portal.suffix}") for number in range(1, count)]
    unreached = {path for path in pages if not path.endswith(f"/index.{portal.suffix}")} - seen
    stubs = {f"{column.path}index_3.shtml" for column in portal.columns if portal.stub}
    assert unreached == stubs | ({"/robots.txt"} if portal.robots is not None else set())


def test_the_bytes_are_the_same_every_time(portal: Portal) -> None:
    assert render(portal) == render(portal)


def test_the_frozen_date_stands_on_every_page_of_one_portal() -> None:
    ninghe = portals()[0]
    texts = [one.body.decode() for one in render(ninghe).values() if one.content_type.startswith("text/html")]
    assert {text.count("2019年12月3日星期二") for text in texts} == {1, 2}


def test_a_page_beyond_the_end_is_a_stub() -> None:
    stub = render(HONGZE)["/zfxxgk/zfxxgknb/index_3.shtml"].body
    assert 300 <= len(stub) <= 400


def attached(is_a: str) -> tuple[Entry, bytes]:
    """The one row of Hongze that is this, and the bytes of its attachment."""
    ((column, entry),) = [row for row in HONGZE.entries if row[1].is_a == is_a]
    folder = (column.path + entry.url).rpartition("/")[0]
    return entry, render(HONGZE)[f"{folder}/{attachment_name(entry)}"].body


@pytest.mark.parametrize("is_a", ["attachment", "scan"])
def test_the_cross_references_of_an_attached_pdf_hold(is_a: str) -> None:
    _, body = attached(is_a)
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", body)]
    numbered = [b"%d 0 obj" % number for number in range(1, len(places) + 1)]
    assert [body[place : place + len(start)] for place, start in zip(places, numbered, strict=True)] == numbered


def test_a_table_of_the_attached_report_runs_over_a_page_break() -> None:
    entry, body = attached("attachment")
    with pdfplumber.open(io.BytesIO(body)) as opened:
        sizes = [[(len(table), len(table[0])) for table in page.extract_tables()] for page in opened.pages]
        first = opened.pages[0].extract_text()
    assert sizes == [[(14, 4), (11, 10)], [(17, 10), (4, 15)]]
    assert first.splitlines()[0] == entry.title


def test_a_scan_is_a_picture_of_a_page_without_any_text() -> None:
    _, body = attached("scan")
    with pdfplumber.open(io.BytesIO(body)) as opened:
        [page] = opened.pages
        [picture] = page.images
    assert (page.chars, picture["width"], picture["height"]) == ([], page.width, page.height)


def test_the_word_copy_of_a_report_holds_its_three_tables() -> None:
    ((page, copy),) = expected.word_copies(HONGZE).items()
    opened = docx.Document(io.BytesIO(render(HONGZE)[copy].body))
    (report,) = [one for one in expected.reports(HONGZE) if one.path == page]
    assert opened.paragraphs[0].text == report.title
    assert [(len(table.rows), len(table.columns)) for table in opened.tables] == [(14, 4), (28, 10), (4, 15)]
