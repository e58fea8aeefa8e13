"""One request over one connection: what portals really send is taken, what is too much or no HTTP ends it."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.network.exchange import Answer, Call, TooMuch, exchange, tidied

Server = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
LARGEST = 100_000


def sends(*pieces: bytes) -> Server:
    """A server that sends these bytes, whatever it is asked, and hangs up."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return serve


async def ask(server: Server, call: Call, seconds: float) -> Answer:
    """The answer of a server to a call, its port put into the address; both ends are closed when it is over."""
    over: list[asyncio.Event] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        over.append(event := asyncio.Event())
        with suppress(ConnectionError):
            await server(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        event.set()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        try:
            return await exchange(replace(call, url=call.url.replace("{port}", str(port))), seconds)
        finally:
            await asyncio.gather(*(event.wait() for event in over))


def asked(server: Server, *, seconds: float = 20, enough: int | None = None, body: bytes = b"") -> Answer:
    headers = [(b"X-Name", "年".encode("gb18030"))]
    url = "http://portal.test:{port}/%B2%BB?q=%E5%B9%B4"
    call = Call("POST" if body else "GET", url, headers, body, ("127.0.0.1",), None, LARGEST, enough)
    return asyncio.run(ask(server, call, seconds))


def test_an_empty_answer_is_an_answer() -> None:
    answer = asked(sends(b"HTTP/1.1 204 No Content\r\n\r\n"))
    assert (answer.status, list(answer.headers), bytes(answer.body), answer.is_cut) == (204, [], b"", False)


def test_a_request_goes_out_as_it_is_written_and_no_connection_is_kept() -> None:
    heard = b""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal heard
        heard = await reader.readuntil(b"a=1")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    assert asked(serve, body=b"a=1").body == b"ok"
    first, host, *rest = heard.split(b"\r\n")
    assert first == b"POST /%B2%BB?q=%E5%B9%B4 HTTP/1.1"
    assert host.startswith(b"Host: portal.test:")
    assert rest == [b"X-Name: \xc4\xea", b"Content-Length: 3", b"Connection: close", b"", b"a=1"]


def test_headers_come_as_they_are_in_any_coding() -> None:
    name = (
        b'attachment; filename="\xc4\xea\xb1\xa8\x85.doc"'  # GBK, with a byte that Python takes for the end of a line
    )
    answer = asked(sends(b"HTTP/1.1 200 OK\r\nContent-Disposition: " + name + b"\r\nX-B: 2\r\n\r\nok"))
    assert list(answer.headers) == [(b"Content-Disposition", name), (b"X-B", b"2")]


def test_what_is_no_header_is_passed_over_as_browsers_do() -> None:
    answer = asked(sends(b"HTTP/1.1 200 OK\nnone\n X: folded\nSet-Cookie : a=1\nX-\xc4: 1\nX-A: \x00b\n\nok\n\n"))
    assert list(answer.headers) == [(b"Set-Cookie", b"a=1"), (b"X-A", b"b")]
    assert answer.body == b"ok\n\n"


@given(st.binary(max_size=300))
def test_any_head_gives_one_that_can_be_read_or_is_no_http(head: bytes) -> None:
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "a")]))
    connection.receive_data(tidied(b"HTTP/1.1 200 OK\r\n" + head))
    with suppress(h11.RemoteProtocolError):  # lengths that are none, or two that differ
        assert isinstance(connection.next_event(), h11.Response)


def test_a_body_with_two_lengths_is_read_by_its_chunks() -> None:
    answer = asked(
        sends(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
    )
    assert (bytes(answer.body), answer.is_cut) == (b"ok", False)


@pytest.mark.parametrize(
    "head",
    [b"Content-Length: 99", b"Transfer-Encoding: chunked", b"Content-Length: 99\r\nContent-Encoding: gzip"],
    ids=["length", "chunked", "coded"],
)
def test_of_a_body_that_breaks_off_what_came_is_kept_with_a_mark(head: bytes) -> None:
    body = b"63\r\nhalf" if b"chunked" in head else b"half"
    answer = asked(sends(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n", body))
    assert (bytes(answer.body), answer.is_cut) == (b"half", True)


def test_a_server_that_falls_silent_in_the_middle_of_a_body_is_not_waited_for() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf")
        await reader.read()  # until the other side gives up

    answer = asked(serve, seconds=0.3)
    assert (bytes(answer.body), answer.is_cut) == (b"half", True)


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    with pytest.raises(TimeoutError):
        asked(serve, seconds=0.2)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1_000_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nok",
    ],
    ids=["nothing", "another protocol", "a header of 1 MB", "only a head", "no number"],
)
def test_what_is_no_answer_is_an_error(answer: bytes) -> None:
    with pytest.raises((h11.RemoteProtocolError, ConnectionResetError)):
        asked(sends(answer))


def test_a_body_that_announces_too_much_is_not_read() -> None:
    with pytest.raises(TooMuch, match="2147483648 bytes"):
        asked(sends(b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n", b"x" * 1000))


def test_a_body_without_end_is_read_no_further_than_allowed() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not reader.at_eof():
            writer.write(b"x" * 10_000)
            await writer.drain()

    with pytest.raises(TooMuch):
        asked(serve)
    answer = asked(serve, enough=5_000)
    assert (len(answer.body), answer.is_cut) == (5_000, False)


def test_the_next_address_is_tried_where_the_first_takes_no_connection() -> None:
    call = Call("GET", "http://portal.test:{port}/", [], b"", ("127.0.0.77", "127.0.0.1"), None, LARGEST)
    answer = asyncio.run(ask(sends(b"HTTP/1.1 200 OK\r\n\r\nok"), call, 20))
    assert answer.body == b"ok"


def test_a_server_that_hangs_up_while_encryption_is_agreed_on_fails_at_encryption() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.transport.abort()

    context = ssl.create_default_context()
    call = Call("GET", "https://portal.test:{port}/", [], b"", ("127.0.0.1",), context, LARGEST)
    with pytest.raises(ssl.SSLError):
        asyncio.run(ask(serve, call, 20))
