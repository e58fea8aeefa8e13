"""Visits side by side: what they yield, how they are stopped, and that one that fails takes no other along."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from scrapy.utils.test import get_crawler

from crawler.merging import merged
from crawler.portals.registry import Portal
from crawler.spiders.annual_reports import AnnualReports
from crawler.visit import Visit
from pipelines import ledger
from pipelines.ledger import Night
from pipelines.storage import StorageError
from pipelines.store import open_archive
from tests.archives import NINGHE, add_portal


async def counting(name: str, up_to: int) -> AsyncIterator[str]:
    for number in range(up_to):
        await asyncio.sleep(0)
        yield f"{name}{number}"


async def failing() -> AsyncIterator[str]:
    yield "first"
    raise ValueError("ours")


def collect(*sources: AsyncIterator[str], at_once: int = 2) -> list[str]:
    async def run() -> list[str]:
        return [item async for item in merged(sources, at_once)]

    return asyncio.run(run())


def test_no_sources_yield_nothing() -> None:
    assert collect() == []


def test_sources_that_yield_nothing_yield_nothing() -> None:
    assert collect(counting("a", 0), counting("b", 0)) == []


def test_every_item_comes_once_and_in_the_order_of_its_source() -> None:
    items = collect(counting("a", 3), counting("b", 2), counting("c", 1))
    assert sorted(items) == ["a0", "a1", "a2", "b0", "b1", "c0"]
    assert [item for item in items if item.startswith("a")] == ["a0", "a1", "a2"]


def test_no_more_sources_run_than_allowed() -> None:
    assert collect(counting("a", 2), counting("b", 2), at_once=1) == ["a0", "a1", "b0", "b1"]


def test_the_exception_of_a_source_comes_out() -> None:
    with pytest.raises(ValueError, match="ours"):
        collect(failing())


def test_a_consumer_that_stops_ends_the_sources() -> None:
    ended = []

    async def waiting() -> AsyncIterator[str]:
        try:
            yield "first"
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    async def run() -> None:
        items = merged([waiting()], 1)
        assert await anext(items) == "first"
        await items.aclose()  # type: ignore[attr-defined]

    asyncio.run(run())
    assert ended == [True]


class Failing(Visit):
    """A visit that meets a mistake of ours, or a full disk, in the middle."""

    error: Exception = ValueError("ours")

    async def documents(self) -> AsyncIterator[str]:  # type: ignore[override]
        raise self.error
        yield "never"


@pytest.mark.parametrize(
    ("error", "outcome", "incident"),
    [
        (ValueError("ours"), "crashed", "The visiting program failed (ValueError: ours); see the log of the night."),
        (StorageError("The disk is full."), "storage_failed", "Storing failed: The disk is full."),
    ],
)
def test_a_visit_that_fails_has_its_outcome_and_its_incident(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, outcome: str, incident: str
) -> None:
    monkeypatch.setattr("crawler.spiders.annual_reports.Visit", Failing)
    monkeypatch.setattr(Failing, "error", error)
    spider = spider_of(tmp_path)

    async def run() -> list[object]:
        return [
            document async for document in spider.visit(Portal(code="120117", name="宁河区", home_url="http://a.cn/"))
        ]

    assert asyncio.run(run()) == []
    assert ledger.outcomes(spider.db, spider.run_id) == {outcome: 1}
    assert [row["en"] for row in ledger.incidents(spider.db, spider.run_id)] == [incident]
    spider.captures.close()
    spider.db.close()


def spider_of(folder: Path) -> AnnualReports:
    """The spider of a night over one portal, its stores open."""
    db = open_archive(folder / "archive.db")
    add_portal(db, NINGHE, "http://a.cn/")
    run_id = ledger.open_run(db, Night("registry.csv", None, "samples", "Gongkai/0", "1"), ["120117"])
    db.close()
    settings = {
        "GONGKAI_DB": str(folder / "archive.db"),
        "GONGKAI_CAPTURES": str(folder / "captures.db"),
        "GONGKAI_RUN": run_id,
        "GONGKAI_PORTALS_IN_PARALLEL": 1,
        "GONGKAI_REQUESTS_PER_PORTAL": 10,
    }
    crawler = get_crawler(AnnualReports, settings)
    crawler.engine = object()
    return AnnualReports.from_crawler(crawler)
