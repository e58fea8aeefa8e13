"""Archives whose reports went the way of every document, for the tests of what leads back to the archived page."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from pipelines.captures import CaptureStore, Exchange
from pipelines.clock import utc_now
from pipelines.divisions import fill_divisions
from pipelines.stages import Archive, CapturedItem, Check, Read, Store
from pipelines.store import open_archive
from samples import expected
from samples.portal import portals
from samples.render import render


class Published(NamedTuple):
    """A document as a portal sends it, and the title by which its list calls it."""

    path: str
    body: bytes
    media_type: str = "text/html"
    code: str = "120117"
    list_title: str = ""


def sample_reports() -> list[Published]:
    """The documents of the sample portals that are reports."""
    pages = {portal.code: render(portal) for portal in portals()}
    contents = ((report, pages[report.division_code][report.path]) for report in expected.all_reports())
    return [
        Published(report.path, content.body, content.content_type, report.division_code, report.title)
        for report, content in contents
    ]


def archive_of(folder: Path, documents: Iterable[Published]) -> Path:
    """archive.db, beside captures.db in ``folder``, with the reports that these documents are."""
    db = open_archive(folder / "archive.db")
    fill_divisions(db)
    places = [{"division_code": p.code, "name": p.name, "home_url": f"http://{p.code}.example/"} for p in portals()]
    db["portal"].insert_all({**place, "evidence": "test", "noted_on": "2026-01-01"} for place in places)
    db["run"].insert({"id": 1, "state": "complete", "started_at": utc_now(), "vantage": "test", "reader": "1"})
    with closing(CaptureStore(db, folder / "captures.db")) as captures:
        stages = [stage(db, captures) for stage in (Archive, Read, Check, Store)]
        for path, body, media_type, code, title in documents:
            url = f"http://{code}.example{path}"
            capture = captures.record(Exchange(1, code, url, 200, [("Content-Type", media_type)], "test"), body)
            item = CapturedItem(capture_id=capture.id, run_id=1, division_code=code, url=url, list_title=title)
            for stage in stages:
                stage.process_item(item)
            assert item.saved, item
    db.close()
    return folder / "archive.db"
