"""Names, turns, codings and encryption: what a request meets before and after it has gone out."""

import asyncio
import gzip
import zlib
from itertools import pairwise
from time import monotonic, process_time

import pytest
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response

from crawler.fetching import FAILURES, UNREACHABLE
from crawler.hosts import is_private, twins
from crawler.network.decoding import Decoding, TooLarge
from crawler.network.handler import CUT
from crawler.network.names import Names, PrivateAddress
from crawler.network.retries import is_stub, wait_of
from crawler.network.robots import Disallowed, Rules
from crawler.network.tls import TlsProfile, weaker
from crawler.network.turns import Turns, lanes_of
from pipelines.inflating import inflated

PAGE = "<html>年报</html>".encode() * 100
URL = "http://www.jia.gov.cn/"


def decoded(body: bytes, largest: int = 10_000, **headers: str) -> Response:
    response = Response(URL, headers={name.replace("_", "-"): value for name, value in headers.items()}, body=body)
    return Decoding(largest).process_response(Request(URL), response)


def test_a_body_without_coding_stays_as_it_is() -> None:
    assert (decoded(b"").body, decoded(PAGE).body) == (b"", PAGE)


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(PAGE), "gzip"),
        (gzip.compress(PAGE), "GZIP, identity"),
        (gzip.compress(PAGE), ""),
        (gzip.compress(gzip.compress(PAGE)), "gzip, gzip"),
        (gzip.compress(PAGE) + b"\0\0padding", "x-gzip"),
        (gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]), "gzip"),
        (zlib.compress(PAGE), "deflate"),
        (zlib.compress(PAGE)[2:-4], "deflate"),
        (PAGE, "gzip"),
        (PAGE, "deflate"),
        (PAGE, "br"),
    ],
    ids=[
        "gzip",
        "list",
        "unasked",
        "twice",
        "padded",
        "two members",
        "deflate",
        "bare deflate",
        "a lie",
        "a lie",
        "unknown",
    ],
)
def test_codings_are_undone_as_they_really_come(body: bytes, coding: str) -> None:
    response = decoded(body, Content_Encoding=coding, Content_Type="text/html")
    assert (response.body, response.flags) == (PAGE, [])


def test_of_a_coded_body_that_breaks_off_the_beginning_is_kept_with_a_mark() -> None:
    response = decoded(gzip.compress(PAGE, 0)[:500], Content_Encoding="gzip")
    assert PAGE.startswith(response.body)
    assert len(response.body) > 400
    assert response.flags == [CUT]


def test_a_body_that_swells_beyond_the_limit_is_refused_before_it_has() -> None:
    bomb = gzip.compress(b"0" * 100_000_000)
    with pytest.raises(TooLarge):
        decoded(bomb, Content_Encoding="gzip")
    body, whole = inflated(bomb, "gzip", 10_000) or (b"", True)
    assert (len(body), whole) == (10_001, False)


def test_of_a_damaged_body_what_came_before_the_damage_is_kept_with_a_mark() -> None:
    damaged = bytearray(gzip.compress(PAGE))
    damaged[-5] ^= 1  # of the checksum
    assert inflated(bytes(damaged), "gzip", 10_000) == (b"", False)
    assert inflated(gzip.compress(PAGE) + damaged, "gzip", 10_000) == (PAGE, False)


def test_a_body_of_a_million_members_stops_nobody_for_long() -> None:
    before = process_time()
    body, whole = inflated(gzip.compress(b"") * 1_000_000, "gzip", 10_000) or (b"?", True)
    assert (body, whole) == (b"", False)
    assert process_time() - before < 3


def test_a_file_that_is_gzip_is_left_one() -> None:
    body = gzip.compress(PAGE)
    assert decoded(body, Content_Type="application/gzip").body == body


def addresses(host: str) -> tuple[str, ...]:
    return asyncio.run(Names().addresses(host))


@pytest.mark.parametrize("host", ["portal.invalid", "a" * 70 + ".gov.cn", "年.invalid"])
def test_a_name_that_cannot_be_resolved_is_told(host: str) -> None:
    with pytest.raises(CannotResolveHostError):
        addresses(host)


def test_a_public_name_that_leads_to_this_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def getaddrinfo(loop: object, host: str, port: None, *, type: int) -> list[tuple[object, ...]]:  # noqa: A002
        return [(2, type, 6, "", (address, 0)) for address in ("8.8.8.8", "::ffff:10.0.0.1")]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", getaddrinfo)
    with pytest.raises(PrivateAddress, match=r"www\.jia\.gov\.cn → ::ffff:10\.0\.0\.1") as refusal:
        addresses("www.jia.gov.cn")
    kind = next(kind for failure, kind in FAILURES if isinstance(refusal.value, failure))
    assert kind in UNREACHABLE, "a resolver of our own network is no sign that the portal has moved"
    assert addresses("www.jia.test") == ("8.8.8.8", "::ffff:10.0.0.1")  # a name of our own, which a registry gave


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:127.0.0.1", "100.64.0.1"]
)
def test_addresses_of_our_own_network_are_private(host: str) -> None:
    assert is_private(host)
    assert not is_private("8.8.8.8")


async def take(turns: Turns, lanes: set[str], pause: float, times: list[tuple[float, float]]) -> None:
    async with turns.turn(lanes, pause):
        began = monotonic()
        await asyncio.sleep(0)
        times.append((began, monotonic()))


def test_what_shares_a_lane_goes_one_at_a_time_and_with_the_pause_between() -> None:
    """Three hosts behind two addresses, and two of one domain: each pair is bound together by some lane."""
    times: list[tuple[float, float]] = []
    lanes = [
        lanes_of("a.gov.cn", ["8.8.8.8"]),
        lanes_of("b.gov.cn", ["8.8.8.8", "9.9.9.9"]),
        lanes_of("www.b.gov.cn", ["9.9.9.9", "8.8.8.8"]),
    ]

    async def run() -> None:
        turns = Turns()
        await asyncio.gather(*(take(turns, lane, 0.05, times) for lane in lanes * 3))

    asyncio.run(run())
    assert len(times) == 9
    assert min(later[0] - earlier[1] for earlier, later in pairwise(sorted(times))) >= 0.05


def test_what_shares_nothing_does_not_wait() -> None:
    async def run() -> float | None:
        turns = Turns()
        async with turns.turn({"a"}, 1000), turns.turn({"b"}, 1000) as gap:
            return gap

    assert asyncio.run(run()) is None


def test_a_host_that_fails_at_strict_encryption_gets_the_next_weaker_profile() -> None:
    assert weaker(TlsProfile.MODERN, Exception("[SSL: UNSAFE_LEGACY_RENEGOTIATION_DISABLED]")) is TlsProfile.LEGACY
    assert weaker(TlsProfile.MODERN, Exception("[SSL: CERTIFICATE_VERIFY_FAILED]")) is TlsProfile.NOVERIFY
    assert weaker(TlsProfile.LEGACY, Exception("[SSL: CERTIFICATE_VERIFY_FAILED]")) is TlsProfile.NOVERIFY
    assert weaker(TlsProfile.NOVERIFY, Exception("[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE]")) is None
    assert weaker(TlsProfile.MODERN, Exception("[SSL: WRONG_VERSION_NUMBER]")) is None  # that is no encryption


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.jia.gov.cn/", ["http://www.jia.gov.cn/", "https://jia.gov.cn/", "http://jia.gov.cn/"]),
        (
            "http://jia.gov.cn/a?b",
            ["https://jia.gov.cn/a?b", "http://www.jia.gov.cn/a?b", "https://www.jia.gov.cn/a?b"],
        ),
        ("http://127.0.0.1/", ["https://127.0.0.1/"]),
        ("http://122.137.242.24:8080/", ["https://122.137.242.24:8080/"]),
    ],
)
def test_a_portal_may_answer_under_the_other_scheme_or_name(url: str, expected: list[str]) -> None:
    assert twins(url, answered=False) == expected


def test_a_port_that_has_answered_speaks_no_other_scheme() -> None:
    assert twins("http://122.137.242.24:8080/", answered=True) == []


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (404, b"User-agent: *\nDisallow: /", "none"),
        (403, b"<html>", "none"),
        (200, b"", "none"),
        (200, b"hello", "none"),
        (200, b"\xef\xbb\xbf <!DOCTYPE html>User-agent: *\nDisallow: /", "html"),
        (200, b"\xef\xbb\xbfUser-Agent: *\r\nDisallow: /secret\r\n", "rules"),
        (200, "# 机器人\nuser-agent : *\nDisallow: /secret".encode("gb18030"), "rules"),
    ],
)
def test_only_a_parsable_robots_txt_says_something(status: int, body: bytes, verdict: str) -> None:
    rules = Rules.of(status, body)
    assert rules.verdict == verdict
    rules.check(f"{URL}zfxxgk/", "Gongkai")
    if verdict == "rules":
        with pytest.raises(Disallowed):
            rules.check(f"{URL}secret/", "Gongkai")


def test_the_pause_that_robots_txt_asks_for_is_kept_unless_it_takes_all_night() -> None:
    rules = Rules.of(200, b"User-agent: *\nCrawl-delay: 10\n")
    rules.check(URL, "Gongkai")
    assert rules.delay("Gongkai") == 10
    with pytest.raises(Disallowed, match="Crawl-delay: 3600"):
        Rules.of(200, b"User-agent: *\nCrawl-delay: 3600\n").check(URL, "Gongkai")


def test_a_rule_made_of_wildcards_is_judged_in_time() -> None:
    rules = Rules.of(200, b"User-agent: *\nDisallow: /" + b"*a" * 40 + b"b$\n")
    rules.check(f"{URL}zfxxgk/" + "c" * 200, "Gongkai")


@pytest.mark.parametrize(
    ("status", "said", "seconds"),
    [
        (503, "", None),
        (503, "120", 120),
        (429, "99999999999999", 999999999),
        (503, "Wed, 21 Oct 2015 07:28:00 GMT", 0),
        (503, "soon", None),
        (503, "Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        (503, "Mon, 01 Jan 2024 00:00:00 +99999999999999", None),
        (200, "120", None),
    ],
)
def test_a_busy_portal_says_how_long_to_wait(status: int, said: str, seconds: float | None) -> None:
    headers = {"Retry-After": said} if said else {}
    assert wait_of(Response(URL, status=status, headers=headers)) == seconds


@pytest.mark.parametrize(
    ("body", "before", "stub"),
    [
        ("", 0, True),
        ("<p>1", 0, True),
        ("<title>政府信息公开年报</title><ul></ul>", 0, False),
        ("<title>政府信息公开年报</title><ul></ul>", 60, False),
        ("<title>政府信息公开年报</title><ul></ul>", 5000, True),
        ("<title>年报</title><a href='/'>首页</a>", 5000, False),
        ("<p>年报</p>" * 300, 50_000, False),
        ('{"rows": []}', 0, False),
    ],
)
def test_a_stub_is_told_from_a_list_that_is_empty(body: str, before: int, stub: bool) -> None:
    assert is_stub(body.encode(), before) is stub
