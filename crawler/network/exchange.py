"""One request over one connection of its own: to an address that was looked at, judged by a given profile, bounded.

HTTP libraries refuse what portals send (two lengths at once), or drop what had come when a body breaks off, or connect
to wherever the name leads by then. So the connection is ours, and h11, which only reads and writes the protocol,
does the rest.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import h11

CONNECT_SECONDS = 12  # a host behind a fence is silent, and there are many
LARGEST_HEAD = 64 * 1024
PIECE = 64 * 1024
MOST_HINTS = 20  # responses like 100 and 103 before the one that counts

HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:(.*)")
CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")

Headers = Sequence[tuple[bytes, bytes]]


class TooMuch(Exception):
    """A body that is larger than allowed, by what it announces or by what has come."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked; the first address that takes the connection gets it.

    ``largest`` in bytes; of a body nothing is waited for beyond ``enough``.
    """

    method: str
    url: str
    headers: Headers
    body: bytes
    addresses: tuple[str, ...]
    context: ssl.SSLContext | None
    largest: int
    enough: int | None = None


@dataclass(slots=True)
class Answer:
    """What came back: ``status`` is 0 until something has; ``is_cut`` says that the body broke off."""

    status: int = 0
    headers: Headers = ()
    body: bytearray = field(default_factory=bytearray)
    is_cut: bool = False


async def exchange(call: Call, seconds: float) -> Answer:
    """Ask, and take what comes within that many seconds.

    Raises:
        ssl.SSLError, OSError, TimeoutError: no connection, or nothing came over it.
        h11.ProtocolError: what came is no HTTP.
        TooMuch: the body is too large.
    """
    answer = Answer()
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await _connected(call)
            await _ask(call, writer, protocol := h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST_HEAD))
            await _take(call, reader, protocol, answer)
    except (h11.RemoteProtocolError, TimeoutError, OSError):
        if not answer.body:
            raise
        answer.is_cut = True
    finally:
        if writer is not None:
            writer.transport.abort()  # there is nothing left to say, and an orderly end may take for ever
    return answer


async def _connected(call: Call) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(call.url)
    port = parts.port or (443 if call.context else 80)
    name = parts.hostname if call.context else None
    for address in call.addresses:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                return await asyncio.open_connection(address, port, ssl=call.context, server_hostname=name)
        except ssl.SSLError:
            raise
        except ConnectionResetError as error:
            if call.context:  # it took the connection, and hung up while encryption was being agreed on
                raise ssl.SSLError(f"UNEXPECTED_EOF: {error}") from error
            failure: OSError = error
        except OSError as error:  # also when it takes too long
            failure = error
    raise failure


async def _ask(call: Call, writer: asyncio.StreamWriter, protocol: h11.Connection) -> None:
    parts = urlsplit(call.url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    length = [(b"Content-Length", str(len(call.body)).encode())] if call.body else []
    headers = [(b"Host", parts.netloc.rpartition("@")[2].encode()), *call.headers, *length, (b"Connection", b"close")]
    events = (h11.Request(method=call.method, target=target, headers=headers), h11.Data(call.body), h11.EndOfMessage())
    for event in events if call.body else (events[0], events[2]):
        writer.write(protocol.send(event) or b"")
    await writer.drain()


async def _take(call: Call, reader: asyncio.StreamReader, protocol: h11.Connection, answer: Answer) -> None:
    protocol.receive_data(await _head(reader))
    hints = 0
    while hints <= MOST_HINTS:
        match protocol.next_event():
            case h11.NEED_DATA:
                protocol.receive_data(await reader.read(PIECE))
            case h11.Response() as head:
                answer.status, answer.headers = head.status_code, head.headers.raw_items()
                _check(_announced(answer.headers), call)
            case h11.Data() as piece:
                answer.body += piece.data
                if call.enough and len(answer.body) >= call.enough:
                    del answer.body[call.enough :]
                    return
                _check(len(answer.body), call)
            case h11.InformationalResponse():
                hints += 1
            case _:
                return
    raise h11.RemoteProtocolError("nothing but informational responses")


async def _head(reader: asyncio.StreamReader) -> bytes:
    """The beginning of an answer, its head tidied up; all of it where it has no head in the first ``LARGEST_HEAD``."""
    received = b""
    while not (end := HEAD_ENDS.search(received)):
        piece = await reader.read(PIECE)
        if not piece and not received:
            raise ConnectionResetError("the host hung up without an answer")
        received += piece
        if not piece or len(received) > LARGEST_HEAD + PIECE:
            return received
    return tidied(received[: end.start()]) + received[end.end() :]


def tidied(head: bytes) -> bytes:
    """A head without what is no header: programs write it into theirs, and browsers pass over it."""
    first, *lines = head.splitlines() or [b""]
    fields = [b"%b:%b" % (match[1], CONTROL.sub(b"", match[2])) for line in lines if (match := FIELD.match(line))]
    return b"\r\n".join([first, *fields, b"", b""])


def _announced(headers: Headers) -> int:
    length = next((value for name, value in headers if name.lower() == b"content-length"), b"")
    return int(length) if length.isdigit() else 0


def _check(size: int, call: Call) -> None:
    if size > call.largest and not call.enough:
        raise TooMuch(f"{size} bytes")
