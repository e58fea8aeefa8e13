"""Reading beside the crawl: the same reading as here, and a process that dies fails one document alone."""

import asyncio
import os
from collections.abc import Iterator

import pytest

from pipelines.aside import Aside, ReaderDied, read_and_check
from pipelines.identity import Provenance
from pipelines.reading import Reading
from samples.expected import reports
from samples.portal import portals
from samples.render import render

PORTAL = portals()[0]
REPORT = next(report for report in reports(PORTAL) if not report.path.endswith(".pdf"))
PAGE = render(PORTAL)[REPORT.path].body


class Deadly(bytes):
    """A document that ends the process it is handed to."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


@pytest.fixture
def aside() -> Iterator[Aside]:
    one = Aside()
    yield one
    one.stop()


def together(aside: Aside, *documents: bytes) -> list[Reading | BaseException]:
    async def all_of_them() -> list[Reading | BaseException]:
        asked = (aside.read(document, Provenance()) for document in documents)
        return await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), 60)

    return asyncio.run(all_of_them())


def test_a_reader_that_was_asked_nothing_ends() -> None:
    Aside().stop()


def test_an_empty_document_is_refused_as_it_is_here(aside: Aside) -> None:
    [reading] = together(aside, b"")

    assert reading == read_and_check(b"", Provenance())
    assert isinstance(reading, Reading)
    assert reading.refusal


def test_a_report_is_read_as_it_is_here_and_all_its_figures_come_back(aside: Aside) -> None:
    [reading] = together(aside, PAGE)

    assert isinstance(reading, Reading)
    assert {key: observation.raw for key, observation in reading.observations.items()} == REPORT.printed
    assert reading == read_and_check(PAGE, Provenance())


def test_a_process_that_dies_fails_its_document_and_no_other(aside: Aside) -> None:
    first, dead, last = together(aside, PAGE, Deadly(b"x"), PAGE)

    assert isinstance(dead, ReaderDied)
    assert first == last == read_and_check(PAGE, Provenance())


def test_after_a_death_another_process_reads(aside: Aside) -> None:
    together(aside, Deadly(b"x"))

    [reading] = together(aside, PAGE)

    assert reading == read_and_check(PAGE, Provenance())
