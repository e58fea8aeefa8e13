"""Reading in a crawl: the same reading as anywhere, and pages do not wait for a file that another process reads."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.bodies import Division
from pipelines.captures import CaptureStore
from pipelines.identity import Provenance
from pipelines.reading import read
from pipelines.stages import CapturedItem, ReadMeanwhile
from pipelines.store import open_archive
from samples.expected import reports
from samples.portal import portals
from samples.render import render
from tests.archives import add_division

PORTAL = next(portal for portal in portals() if any(report.path.endswith(".pdf") for report in reports(portal)))
PRINTED = {report.path: report.printed for report in reports(PORTAL)}
PDF = next(path for path in PRINTED if path.endswith(".pdf"))
PAGE = next(path for path in PRINTED if path.endswith(".shtml") and PRINTED[path])


def document(content: bytes) -> CapturedItem:
    return CapturedItem(capture_id=1, run_id=1, division_code=PORTAL.code, url="", content=content)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[ReadMeanwhile]:
    db = open_archive(tmp_path / "archive.db")
    add_division(db, Division(PORTAL.code, "洪泽区", "江苏省", "淮安市"))
    made = ReadMeanwhile(db, CaptureStore(db, tmp_path / "captures.db"))
    yield made
    made.close_spider()


def read_at_once(stage: ReadMeanwhile, *contents: bytes) -> list[CapturedItem]:
    """The documents of these contents, handed over at the same time, in the order in which they were read."""
    done: list[CapturedItem] = []

    async def hand_over(item: CapturedItem) -> None:
        await stage.process_item(item)
        done.append(item)

    async def all_of_them() -> None:
        await asyncio.gather(*(hand_over(document(content)) for content in contents))

    asyncio.run(all_of_them())
    return done


def test_a_stage_without_documents_ends(stage: ReadMeanwhile) -> None:
    assert read_at_once(stage) == []


def test_an_empty_document_is_refused(stage: ReadMeanwhile) -> None:
    [document] = read_at_once(stage, b"")

    assert document.reading is not None
    assert document.reading.refusal == read(b"", Provenance()).refusal


def test_a_page_does_not_wait_for_the_file_before_it(stage: ReadMeanwhile) -> None:
    pages = render(PORTAL)

    documents = read_at_once(stage, pages[PDF].body, pages[PAGE].body)

    assert [_printed(document) for document in documents] == [PRINTED[PAGE], PRINTED[PDF]]
    assert [document.content for document in documents] == [b"", b""]


def _printed(item: CapturedItem) -> dict[tuple[str, str | None], str]:
    assert item.reading is not None
    return {key: observation.raw for key, observation in item.reading.observations.items()}
