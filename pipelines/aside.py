"""Reading and checking in a process of its own, so that a crawl goes on asking and answering meanwhile."""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from pipelines.identity import Provenance
from pipelines.matching import TableMatch
from pipelines.reading import Reading, read
from pipelines.routes import Routes
from pipelines.rules import check
from pipelines.workers import begin


class ReaderDied(Exception):
    """The process that read a document died over it."""


class Aside:
    """One process that reads one document after the other. It begins with the first; when it dies, there is another."""

    def __init__(self) -> None:
        self._executor = _executor()
        self._suspects = asyncio.Lock()

    async def read(self, data: bytes, provenance: Provenance) -> Reading:
        """A document read and checked: all that is stored and told of it, without the cells it was found by.

        Raises:
            ReaderDied: the process did not survive the document. Any other exception is that of our own code.
        """
        executor = self._executor
        try:
            return await _ask(executor, data, provenance)
        except BrokenProcessPool:
            if self._executor is executor:
                self._executor = _executor()
        async with self._suspects:  # nobody knows over which document it died: all that waited are tried one by one
            alone = _executor()
            try:
                return await _ask(alone, data, provenance)
            except BrokenProcessPool as error:
                raise ReaderDied("the process that read it died") from error
            finally:
                alone.shutdown()

    def stop(self) -> None:
        """End the process; what still waits for it is not read."""
        self._executor.shutdown(cancel_futures=True)


def read_and_check(data: bytes, provenance: Provenance) -> Reading:
    """Read and check a document; what only the rules need stays here, because it takes long to hand over."""
    reading = read(data, provenance)
    check(reading)
    tables = {table: TableMatch(matched.edition) for table, matched in reading.matches.items()}
    return replace(reading, matches=tables, routes=Routes({}))


async def _ask(executor: ProcessPoolExecutor, data: bytes, provenance: Provenance) -> Reading:
    return await asyncio.wrap_future(executor.submit(read_and_check, data, provenance))


def _executor() -> ProcessPoolExecutor:
    """Not forked: a crawl has threads and open databases, which no child may inherit."""
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), begin)
