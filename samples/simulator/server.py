"""One process, many portals: an HTTP/1.1 server that tells portals apart by the loopback address asked."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from ipaddress import ip_address
from threading import Event, Thread
from typing import NamedTuple

from samples.simulator.wire import Ask, Reply, Site

IDLE_SECONDS = 60
LONGEST_HEAD = 256 * 1024
TRIES = 20


class Asked(NamedTuple):
    """One line of the request log."""

    moment: float
    address: str
    method: str
    target: str
    status: int


class Simulator:
    """Serves each site on its own loopback address, all on one port.

    `night` may be raised at any time: the sites see it with each request. `log` keeps every request unless it is
    None, which a long measurement wants.
    """

    def __init__(self, sites: Mapping[str, Site], tls: Mapping[str, ssl.SSLContext] | None = None) -> None:
        for address in sites:
            if not ip_address(address).is_loopback:
                raise ValueError(f"Simulated portals are served on loopback only, not on {address}; use 127.x.x.x.")
        self.sites = sites
        self.tls = tls or {}
        self.night = 1
        self.log: list[Asked] | None = []
        self._sockets = _listen(list(sites))
        self.port: int = self._sockets[0].getsockname()[1] if self._sockets else 0

    def url(self, address: str) -> str:
        """The address of a portal's home page."""
        return f"{'https' if address in self.tls else 'http'}://{address}:{self.port}/"

    def asked(self, address: str) -> list[str]:
        """What one portal was asked so far, in order; a method other than GET stands before the target."""
        lines = [line for line in self.log or () if line.address == address]
        return [line.target if line.method == "GET" else f"{line.method} {line.target}" for line in lines]

    async def _serve(self, ready: Event, end: asyncio.Event) -> None:
        servers = []
        for listening in self._sockets:
            secured = self.tls.get(listening.getsockname()[0])
            servers.append(await asyncio.start_server(self._talk, sock=listening, ssl=secured, limit=LONGEST_HEAD))
        ready.set()
        await end.wait()
        for server in servers:
            server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("sockname")[0]
        try:
            while await self._exchange(address, reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            return  # the client went away, or talks no HTTP: nothing to answer
        finally:
            writer.close()

    async def _exchange(self, address: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; whether the connection stays open."""
        ask = await asyncio.wait_for(self._read(address, reader), IDLE_SECONDS)
        reply = _conditional(ask, self.sites[address].answer(ask))
        if self.log is not None:
            self.log.append(Asked(ask.moment, address, ask.method, ask.target, reply.status))
        if reply.wait:
            await asyncio.sleep(reply.wait)
        bodiless = ask.method == "HEAD" or reply.status == HTTPStatus.NOT_MODIFIED
        writer.write(_head(reply) + (b"" if bodiless else reply.body))
        await writer.drain()
        if reply.more and not bodiless:
            for piece in reply.more():
                writer.write(piece)
                await writer.drain()
        if reply.hangs:
            await reader.read()
        return reply.declared is None and ask.headers.get("connection", "").lower() != "close"

    async def _read(self, address: str, reader: asyncio.StreamReader) -> Ask:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip("\r\n").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        origin = self.url(address).rstrip("/")
        return Ask(method, target, headers, body, time.monotonic(), self.night, origin)


@contextmanager
def running(simulator: Simulator) -> Iterator[Simulator]:
    """Serve in a thread of its own until the context ends."""
    loop = asyncio.new_event_loop()
    ready, end = Event(), asyncio.Event()
    thread = Thread(target=_run, args=(loop, simulator, ready, end), name="simulator", daemon=True)
    thread.start()
    ready.wait()
    try:
        yield simulator
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()


def _run(loop: asyncio.AbstractEventLoop, simulator: Simulator, ready: Event, end: asyncio.Event) -> None:
    loop.set_exception_handler(lambda _loop, _context: None)  # a client that hangs up in a handshake is no news
    try:
        loop.run_until_complete(simulator._serve(ready, end))
        for task in asyncio.all_tasks(loop):
            task.cancel()
            with suppress(asyncio.CancelledError, OSError):
                loop.run_until_complete(task)
    finally:
        loop.close()


def _listen(addresses: list[str]) -> list[socket.socket]:
    """One listening socket an address, all on the same port.

    Raises OSError when no port is free on all of them.
    """
    for attempt in range(TRIES):
        sockets: list[socket.socket] = []
        try:
            for address in addresses:
                port = sockets[0].getsockname()[1] if sockets else 0
                sockets.append(socket.create_server((address, port), backlog=64))
        except OSError:
            for one in sockets:
                one.close()
            if attempt == TRIES - 1:
                raise
        else:
            break
    return sockets


def _conditional(ask: Ask, reply: Reply) -> Reply:
    """A tagged answer that the client has already is only confirmed."""
    if not reply.tagged:
        return reply
    headers = (*reply.headers, ("ETag", reply.tag))
    if ask.headers.get("if-none-match", "") == reply.tag:
        return reply.but(status=HTTPStatus.NOT_MODIFIED, headers=headers, body=b"")
    return reply.but(headers=headers)


def _head(reply: Reply) -> bytes:
    lines = [f"HTTP/1.1 {int(reply.status)} {_reason(reply.status)}"]
    if reply.status != HTTPStatus.NOT_MODIFIED:
        length = len(reply.body) if reply.declared is None else reply.declared
        lines += [f"Content-Type: {reply.media_type}", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    return "\r\n".join([*lines, "", ""]).encode("utf-8")


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Refused"  # 412's cousins: numbers that only firewalls use
