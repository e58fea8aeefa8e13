"""Host names resolved once a night, and none followed into our own network.

A portal's name is its owner's to point wherever he likes, also at this machine: what a name resolves to is looked at
before anybody connects, and the connection goes to just the addresses that were looked at.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket

from scrapy.exceptions import CannotResolveHostError, IgnoreRequest

from crawler.hosts import is_inside, is_private

PATIENCE_SECONDS = 15


class PrivateAddress(IgnoreRequest):
    """A public name stands for an address of this machine or its network; the message is ``name → address``."""


class Names:
    """The addresses of host names."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, ...]] = {}

    async def addresses(self, host: str) -> tuple[str, ...]:
        """Every address of a host; a host given as an address is its own.

        Raises:
            CannotResolveHostError: there is none.
            PrivateAddress: the name is public, and one of its addresses is not.
        """
        if host not in self._known:
            found = await _resolved(host)
            inside = next((address for address in found if is_inside(address)), None)
            if inside and not is_private(host):
                raise PrivateAddress(f"{host} → {inside}")
            self._known[host] = found
        return self._known[host]


async def _resolved(host: str) -> tuple[str, ...]:
    try:
        return (str(ipaddress.ip_address(host)),)
    except ValueError:
        looking = asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    try:
        found = await asyncio.wait_for(looking, PATIENCE_SECONDS)
    except (OSError, UnicodeError, TimeoutError) as error:
        raise CannotResolveHostError(f"{host}: {error}") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
