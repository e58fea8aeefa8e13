"""Whose turn it is: one request at a time, and a pause, for all that share a host, an address or a domain.

Districts of one prefecture often stand behind one machine under many names. To that machine we are one visitor, so
what counts is not the name alone: a request takes the lane of its host, of its registered domain and of every address
that the host resolves to, and waits until all of them are free.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

from crawler.hosts import registrable


@dataclass(slots=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    began: float | None = None
    ended: float | None = None


class Turns:
    """Hands out turns. Times are in seconds, of a clock that only goes forward."""

    def __init__(self) -> None:
        self._lanes: defaultdict[str, _Lane] = defaultdict(_Lane)

    @asynccontextmanager
    async def turn(self, names: Iterable[str], pause: float) -> AsyncIterator[float | None]:
        """Wait for a turn and hold it; gives the seconds since the previous request in any of its lanes began.

        The pause lies between the end of one request and the begin of the next, so that a portal never sees two
        requests closer together than that, however slowly either travels.
        """
        lanes = [self._lanes[name] for name in sorted(set(names))]  # in one order for all: nobody waits in a circle
        async with AsyncExitStack() as held:
            for lane in lanes:
                await held.enter_async_context(lane.lock)
            free_at = max((lane.ended for lane in lanes if lane.ended is not None), default=-pause) + pause
            while (left := free_at - monotonic()) > 0:
                await asyncio.sleep(left)
            now = monotonic()
            earlier = max((lane.began for lane in lanes if lane.began is not None), default=None)
            for lane in lanes:
                lane.began = now
            try:
                yield None if earlier is None else now - earlier
            finally:
                for lane in lanes:
                    lane.ended = monotonic()


def lanes_of(host: str, addresses: Iterable[str]) -> set[str]:
    """The lanes that a request to a host takes."""
    return {host, registrable(host) or host, *addresses}
