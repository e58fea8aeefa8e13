"""Every printed figure leads back to the archived page, its cell outlined: the real command and a real browser."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import FrameLocator, Page

from pipelines.captures import CaptureStore
from pipelines.outlining import Outlined, Sight, Wanted
from pipelines.store import open_archive
from pipelines.text import squeeze
from publish.site import build
from tests.documents_archived import Published, archive_of, sample_reports
from tests.site_archive import Get, client, served

HEADS = "".join(f"<td>{head}</td>" for head in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"))
HOSTILE = (
    "<h1>宁河区水务局2023年政府信息公开工作年度报告</h1><td id=figure>1"
    "<style>*{outline:none!important}td{color:red}</style><script>document.body.textContent='owned'</script>"
    "<img src=http://127.0.0.9/ onerror=alert(1)><meta http-equiv=refresh content='0;url=http://127.0.0.9/'>"
    f"<base href=http://127.0.0.9/><table><tr>{HEADS}</tr><tr><td>规章"
    "<td style='color:blue;background:url(http://127.0.0.9/)' onclick=alert(1)>31<td>4<td>/</tr></table>"
)
FIGURES = re.compile(r'href="(/-/capture/[^"]*metric=[^"]*)#archived">([^<]*)<')
SIGHT = re.compile(r'class="note is-(\w+)" id="archived"')


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hostile = Published("/hostile.html", HOSTILE.encode("gb18030"))
    return archive_of(tmp_path_factory.mktemp("site"), [*sample_reports(), hostile])


@pytest.fixture(scope="module")
def reports(archive: Path) -> dict[str, str]:
    """The reports that have figures, each with the media type of its document."""
    db = open_archive(archive)
    rows = db.execute(
        """SELECT report_id, media_type FROM report_version JOIN capture ON capture.id = capture_id
           JOIN report ON report.id = report_id WHERE edition NOTNULL"""
    ).fetchall()
    db.close()
    return dict(rows)


@pytest.fixture(scope="module")
def hostile(reports: dict[str, str]) -> str:
    """The report with a hostile page, which comes last."""
    return list(reports)[-1]


def figures_of(get: Get, report: str) -> list[tuple[str, str]]:
    """The address and the text of every figure that is a link."""
    return [(unescape(address), text) for address, text in FIGURES.findall(get(f"/report/{report}").text)]


def sight(get: Get, address: str) -> str:
    response = get(address)
    assert response.status_code == 200
    [found] = SIGHT.findall(response.text)
    return str(found)


def test_every_printed_figure_is_a_link_and_no_other(archive: Path, reports: dict[str, str]) -> None:
    get = client(archive)
    for report in reports:
        db = open_archive(archive)
        ((printed,),) = db.execute(
            """SELECT count(*) FROM observation AS o LEFT JOIN cell AS c
               ON c.report_id = o.report_id AND c.metric = o.metric AND c.applicant IS o.applicant
               WHERE o.report_id = ? AND (o.value NOTNULL OR c.raw != '')""",
            [report],
        ).fetchall()
        db.close()
        assert len(figures_of(get, report)) == printed > 2


def test_the_archived_page_has_the_outline_and_no_other_change(archive: Path, reports: dict[str, str]) -> None:
    get = client(archive)
    for number, (report, kind) in zip(count(3), reports.items(), strict=False):
        figures = figures_of(get, report)
        address, _ = figures[number * 29 % len(figures)]
        assert sight(get, address) == ("no_page" if kind == "application/pdf" else "outlined")
        plain, _, named = address.partition("?")
        captured, with_outline = get(f"{plain}/body"), get(f"{plain}/body?{named}")
        assert with_outline.headers == captured.headers
        if kind == "text/html":
            added = re.compile(r' id="figure-[0-9a-f]{16}" style="outline:[^"]*"')
            assert added.sub("", with_outline.text) == captured.text
            assert len(added.findall(with_outline.text)) == 1


def test_a_file_is_to_be_downloaded_and_the_place_in_it_is_named(archive: Path, reports: dict[str, str]) -> None:
    get = client(archive)
    report = next(report for report, kind in reports.items() if kind == "application/pdf")
    page = get(next(a for a, _ in figures_of(get, report) if a.endswith("metric=granted&applicant=total"))).text
    assert "This document is not a web page, so nothing is outlined" in page
    assert re.search("表三.*一.予以公开.*总计", page)
    assert re.search(r'<a href="/-/capture/\d+/body" download>', page)


@pytest.mark.parametrize(
    "named",
    [
        "report={report}&metric=nonsense",
        "report={report}&metric=",
        "report={report}&metric=granted",
        "report={report}&metric=granted&applicant=nobody",
        "report={report}&metric=penalty_decisions",
        "report={other}&metric=regulations_issued",
        "report=&metric=regulations_issued",
        "metric=regulations_issued",
    ],
)
def test_a_figure_that_is_not_printed_there_has_no_page(
    archive: Path, reports: dict[str, str], hostile: str, named: str
) -> None:
    get = client(archive)
    plain = figures_of(get, hostile)[0][0].partition("?")[0]
    for view in ("", "/body"):
        response = get(f"{plain}{view}?{named.format(report=hostile, other=next(iter(reports)))}")
        assert response.status_code == 404
        assert "There is no such page" in response.text


def test_a_figure_that_is_read_otherwise_today_is_not_outlined(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, [Published("/hostile.html", HOSTILE.encode())])
    get, db = client(archive), open_archive(archive)
    ((report,),) = db.execute("SELECT id FROM report").fetchall()
    db.execute("UPDATE disclosure SET regulations_issued = 32")
    (changed, _), (same, _), (mark, text) = figures_of(get, report)

    assert (sight(get, changed), sight(get, same), sight(get, mark)) == ("otherwise", "outlined", "outlined")
    assert text == "/"
    assert "figure-" not in get(changed.replace("?", "/body?")).text

    with closing(CaptureStore(db, archive.with_name("captures.db"))) as captures:
        db.execute("UPDATE capture SET sha256 = ?", [captures.contents.keep(b"<p>")])
    assert sight(get, same) == "not_found"
    db.close()


def test_the_site_goes_on_while_a_page_is_read(archive: Path, hostile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    address, _ = figures_of(client(archive), hostile)[0]
    site, answered = build(archive, archive.with_name("captures.db")), Event()

    def slow(body: bytes, wanted: Wanted) -> Outlined:
        return Outlined(Sight.NOT_FOUND if answered.wait(20) else Sight.OTHERWISE)

    async def visit() -> str:
        reading = asyncio.create_task(site.client.get(address))
        await asyncio.sleep(0)
        await asyncio.gather(*(site.client.get("/night") for _ in range(5)))
        answered.set()
        return str((await reading).text)

    monkeypatch.setattr("publish.plugins.captures.outline", slow)
    assert SIGHT.findall(asyncio.run(visit())) == ["not_found"]


# With a browser.


@pytest.fixture(scope="module")
def server(archive: Path) -> Iterator[str]:
    with served(archive) as address:
        yield address


def click(page: Page, address: str, number: int) -> tuple[str, FrameLocator]:
    """Click a figure of a report; gives its text and the archived page."""
    page.goto(address)
    links = page.locator("table.form td.figure a")
    link = links.nth(number % links.count())
    text = link.inner_text()
    link.click()
    return text, page.frame_locator("iframe")


def test_a_click_on_a_figure_shows_it_in_the_archived_page(server: str, page: Page, reports: dict[str, str]) -> None:
    pages = [report for report, kind in reports.items() if kind == "text/html"]
    for number, report in enumerate(pages[::3]):  # of all three portals and both forms
        page.set_viewport_size({"width": 390 if number % 2 else 1280, "height": 900})
        text, frame = click(page, f"{server}/report/{report}", number * 31)
        cell = frame.locator("[id^=figure-]")
        assert squeeze(cell.inner_text()) == squeeze(text)
        assert cell.evaluate("cell => getComputedStyle(cell).outline").startswith("rgb(212, 0, 15) solid 4px")
        inside, around = cell.bounding_box(), page.locator("iframe").bounding_box()
        assert inside
        assert around
        for side, length in (("x", "width"), ("y", "height")):
            assert 0 <= inside[side] + inside[length] / 2 - around[side] <= around[length]
        assert page.locator("#archived").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_hostile_page_with_an_outline_runs_and_loads_nothing(server: str, page: Page, hostile: str) -> None:
    done: list[str] = []
    page.on("requestfinished", lambda request: done.append(request.url))
    page.on("requestfailed", lambda request: done.extend([request.url] if request.failure != "csp" else []))
    page.on("dialog", lambda dialog: done.append(dialog.message))
    text, frame = click(page, f"{server}/report/{hostile}", 0)
    cell = frame.locator("[id^=figure-]")
    cell.click()
    assert (cell.inner_text(), text) == ("31", "31")
    assert cell.evaluate("cell => getComputedStyle(cell).color") == "rgb(0, 0, 255)"
    assert cell.evaluate("cell => getComputedStyle(cell).outline").startswith("rgb(212, 0, 15) solid 4px")
    assert [url for url in done if not url.startswith(server)] == []
