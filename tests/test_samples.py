"""The pages of the sample portals: that they hang together and say what they are."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from samples import expected, pdf
from samples.portal import Portal, load, portals
from samples.render import NOTICE, attachment_name, not_found, render

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
    hongze = portals()[1]
    stub = render(hongze)["/zfxxgk/zfxxgknb/index_3.shtml"].body
    assert 300 <= len(stub) <= 400


def test_the_attached_report_is_a_pdf_whose_cross_references_hold() -> None:
    ((_, entry),) = [row for row in portals()[1].entries if row[1].is_a == "attachment"]
    body = render(portals()[1])[f"/zfxxgk/zfxxgknb/202203/{attachment_name(entry)}"].body
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", body)]
    assert [body[place : place + 7] for place in places] == [b"%d 0 obj" % n for n in range(1, 8)]
    assert entry.title.encode("utf-16-be").hex().encode() in body
