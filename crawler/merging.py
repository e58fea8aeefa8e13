"""Several visits at once: what they yield, in the order in which it comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

Item = TypeVar("Item")


async def merged(sources: Iterable[AsyncIterator[Item]], at_once: int) -> AsyncIterator[Item]:
    """What all sources yield, at most ``at_once`` of them running.

    Each source runs in a task, and so in a context, of its own. When the consumer stops early, all of them are
    cancelled. An exception of a source ends the whole.
    """
    waiting = iter(sources)
    arrived: asyncio.Queue[Item | None] = asyncio.Queue()

    async def work() -> None:
        for source in waiting:
            async for item in source:
                arrived.put_nowait(item)

    async def work_all() -> None:
        try:
            await asyncio.gather(*(work() for _ in range(at_once)))
        finally:
            arrived.put_nowait(None)

    running = asyncio.create_task(work_all())
    try:
        while (item := await arrived.get()) is not None:
            yield item
        await running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
