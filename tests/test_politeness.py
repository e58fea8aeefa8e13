"""Nights as a webmaster sees them: how often and how close together we ask, and when we leave a portal alone."""

import datetime
import gzip
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from nights import COLUMN, Answer, Office, SmallPortal, list_page, office, small_portal

from pipelines.divisions import divisions

CODES = sorted(divisions())
SITE = {"/": COLUMN, "/zfxxgknb/": list_page()}
ASKED = ["/robots.txt", "/", "/zfxxgknb/"]
OUTCOME = "SELECT outcome, requests FROM visit ORDER BY run_id"


class Gate:
    """Counts how many requests are inside at once."""

    def __init__(self) -> None:
        self._inside = threading.Semaphore(1)
        self.crowded = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        self.crowded = self.crowded or not self._inside.acquire(blocking=False)
        yield
        self._inside.release()

    def pass_slowly(self) -> None:
        with self.passing():
            threading.Event().wait(0.02)


def test_many_hosts_behind_one_address_are_one_visitor_in_either_scheme(tmp_path: Path, certificate: Path) -> None:
    gate = Gate()
    pages = {path: Answer(page, before=gate.pass_slowly) for path, page in SITE.items()}
    with ExitStack() as stack:
        contexts = [None, None, None, speaking(certificate, old=False), speaking(certificate, old=False)]
        portals = [stack.enter_context(small_portal(pages, context=context)) for context in contexts]
        homes = [portal.home_url for portal in portals]
        one = office(tmp_path, *zip(CODES, homes, strict=False))
        one.run("--pause", "0.1")

    moments = sorted(moment for portal in portals for moment in portal.moments)
    assert [portal.asked for portal in portals] == [ASKED] * 5
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.1
    assert not gate.crowded
    receipts = one.rows("SELECT host, addresses, requests, pause, shortest_gap >= 0.1 FROM receipt ORDER BY 1")
    assert receipts == [("127.0.0.1", "127.0.0.1", 3, 0.1, 1)] * 5


def test_hosts_behind_different_addresses_do_not_wait_for_each_other(tmp_path: Path) -> None:
    meet = threading.Barrier(2, timeout=30)
    pages = {"/": Answer("<p>", before=meet.wait)}  # answers only when the other is being asked as well
    with small_portal(pages, "127.0.0.2") as first, small_portal(pages, "127.0.0.3") as second:
        one = office(tmp_path, (CODES[0], first.home_url), (CODES[1], second.home_url))
        one.run()
    assert one.rows(OUTCOME) == [("no_list_found", 2), ("no_list_found", 2)]


def test_a_portal_that_declines_is_left_alone_for_the_day(tmp_path: Path) -> None:
    with small_portal({"/": Answer("<script>$_ts=window['$_ts']</script>", 412)}) as portal:
        one = office(tmp_path, (CODES[0], portal.home_url))
        one.run()
        one.run()
        assert portal.asked == ["/robots.txt", "/"]
        assert one.rows(OUTCOME) == [("declines_programs", 2), ("declines_programs", 0)]
        ((until, note),) = one.rows(
            "SELECT a.again_at, b.note_en FROM visit AS a, visit AS b WHERE b.run_id > a.run_id"
        )
        assert f"{until} 前不再访问 not asked again before" in note
        assert one.rows("SELECT count(again_at) FROM visit") == [(1,)]


def test_a_portal_that_refuses_page_after_page_is_not_pressed(tmp_path: Path) -> None:
    rows = [(f"/t{year}.html", f"宁河区{year}年政府信息公开工作年度报告") for year in range(2025, 2017, -1)]
    refused = {url: Answer("too fast", 403) for url, _ in rows}
    with small_portal({"/": COLUMN, "/zfxxgknb/": list_page(*rows), **refused}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    assert portal.asked == [*ASKED, "/t2025.html", "/t2024.html", "/t2023.html"]
    assert one.rows("SELECT outcome, again_at NOTNULL FROM visit") == [("partial", 1)]


def test_a_portal_that_asks_for_patience_is_given_it(tmp_path: Path) -> None:
    with small_portal(SITE) as portal:
        patience = Answer("busy", 503, {"Retry-After": "1"})

        def be_ready() -> None:
            portal.pages["/"] = Answer(COLUMN)

        patience.before = be_ready
        portal.pages["/"] = patience
        one = office(tmp_path, (CODES[0], portal.home_url))
        one.run()
    assert portal.asked == ["/robots.txt", "/", "/", "/zfxxgknb/"]
    assert portal.moments[2] - portal.moments[1] >= 1


def test_a_portal_that_asks_for_too_much_patience_is_left_alone_for_the_day(tmp_path: Path) -> None:
    with small_portal({"/": Answer("busy", 503, {"Retry-After": "86400"})}) as portal:
        one = office(tmp_path, (CODES[0], portal.home_url))
        one.run()
        one.run()
    assert portal.asked == ["/robots.txt", "/"]
    assert one.rows(OUTCOME) == [("unreachable_from_here", 2), ("unreachable_from_here", 0)]
    assert one.rows("SELECT message_en FROM incident") == [
        ("The host answered with an error (HTTP 503, Retry-After: 86400 s).",)
    ]


def test_robots_txt_is_asked_for_once_a_day_and_obeyed_all_the_same(tmp_path: Path) -> None:
    rules = "User-agent: *\nDisallow: /zfxxgknb/\n"
    with small_portal({"/robots.txt": rules, **SITE}) as portal:
        one = office(tmp_path, (CODES[0], portal.home_url))
        one.run()
        one.run()
    assert portal.asked == ["/robots.txt", "/", "/"]
    assert one.rows("SELECT outcome, robots FROM visit") == [("robots_disallow", "disallow")] * 2


def test_the_scheme_under_which_a_portal_answers_is_found_and_remembered(tmp_path: Path) -> None:
    with small_portal(SITE) as portal:
        one = office(tmp_path, (CODES[0], portal.home_url.replace("http:", "https:")))
        one.run()
        assert portal.asked == ASKED
        portal.asked.clear()
        one.run()
        assert portal.asked == ["/", "/zfxxgknb/"]
    assert one.rows("SELECT outcome FROM visit") == [("list_empty",)] * 2


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate that nobody has signed, in one PEM file."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "portal.test")])
    day = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(day)
        .not_valid_after(day + datetime.timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "portal.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def speaking(certificate: Path, *, old: bool) -> ssl.SSLContext:
    """The encryption of a server: of today, or TLS 1.1 as the latest that it knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if old:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.options |= ssl.OP_NO_TLSv1_2 | ssl.OP_NO_TLSv1_3
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    return context


@pytest.mark.filterwarnings("ignore:ssl.OP_NO_")
@pytest.mark.parametrize("old", [False, True], ids=["self-signed", "TLS 1.1"])
def test_encryption_that_is_not_up_to_date_is_put_up_with_and_told(
    tmp_path: Path, certificate: Path, *, old: bool
) -> None:
    with (
        small_portal(SITE, "127.0.0.2", speaking(certificate, old=old)) as weak,
        small_portal(SITE, "127.0.0.3") as plain,
    ):
        one = office(tmp_path, (CODES[0], weak.home_url), (CODES[1], plain.home_url))
        one.run()
        assert weak.asked == ASKED
    tls = "SELECT DISTINCT division_code, tls FROM {} ORDER BY 1"
    assert one.rows(tls.format("capture")) == [(CODES[0], "noverify"), (CODES[1], None)]
    assert one.rows(tls.format("receipt")) == [(CODES[0], "noverify"), (CODES[1], None)]


HOSTILE: dict[str, dict[str, Answer | str]] = {
    "robots.txt of 50 MB": {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /x\n" + b"#" * 50_000_000, headers={}),
        **SITE,
    },
    "bomb": {
        "/": COLUMN,
        "/zfxxgknb/": Answer(gzip.compress(b"0" * 200_000_000), headers={"Content-Encoding": "gzip"}),
    },
    "header of 1 MB": {"/": COLUMN, "/zfxxgknb/": Answer("<p>", headers={"X-Long": "x" * 1_000_000})},
    "2 GB": {"/": COLUMN, "/zfxxgknb/": Answer("<p>", headers={"Content-Length": str(2 * 1024**3)})},
    "chain": {"/": Answer("", 302, {"Location": "http://spam.example.com/"})},
    "invalid UTF-8": {"/": '<a href="/%B2%BB/zfxxgknb/%FF">政府信息公开年报</a>', "/%B2%BB/zfxxgknb/%FF": list_page()},
    "quiet": SITE,
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, dict[str, SmallPortal]]]:
    with ExitStack() as stack:
        portals = {
            name: stack.enter_context(small_portal(pages, f"127.0.0.{number}"))
            for number, (name, pages) in enumerate(HOSTILE.items(), start=2)
        }
        homes = [portal.home_url for portal in portals.values()]
        one = office(tmp_path_factory.mktemp("hostile"), *zip(CODES, homes, strict=False))
        one.run()
        yield one, portals


@pytest.mark.parametrize(
    ("name", "outcome", "kinds"),
    [
        ("robots.txt of 50 MB", "list_empty", ["list_empty"]),
        ("bomb", "no_list_found", ["too_large"]),
        ("header of 1 MB", "unreachable_from_here", ["connection_failed"]),
        ("2 GB", "no_list_found", ["too_large"]),
        ("chain", "gone", ["offsite"]),
        ("invalid UTF-8", "list_empty", ["list_empty"]),
        ("quiet", "list_empty", ["list_empty"]),
    ],
)
def test_a_hostile_portal_ends_with_its_outcome_and_disturbs_no_other(
    hostile: tuple[Office, dict[str, SmallPortal]], name: str, outcome: str, kinds: list[str]
) -> None:
    one, _ = hostile
    code = CODES[list(HOSTILE).index(name)]
    assert one.rows("SELECT outcome FROM visit WHERE division_code = ?", code) == [(outcome,)]
    assert [kind for (kind,) in one.rows("SELECT kind FROM incident WHERE division_code = ?", code)] == kinds


def test_of_a_long_robots_txt_only_the_beginning_is_kept(hostile: tuple[Office, dict[str, SmallPortal]]) -> None:
    one, _ = hostile
    assert one.rows("SELECT size FROM capture WHERE url LIKE '%.2:%/robots.txt'") == [(512 * 1024,)]
