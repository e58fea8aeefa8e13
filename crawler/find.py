"""``python -m crawler find URL``: one portal visited as a night would, and everything that was found out about it."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from sqlite_utils import Database

from crawler.child import Files, start_crawl, wait_for
from crawler.configuration import Configuration
from crawler.hosts import is_private, origin
from crawler.night import Order, run_night
from crawler.pages import Page
from crawler.portals.fields import Address
from crawler.portals.places import Place, places
from crawler.portals.proof import Claims, Verdict, claims_of, identified, judge
from crawler.portals.registry import REQUIRED, RegistryError
from crawler.portals.search import opened
from pipelines import ledger
from pipelines.captures import CaptureStore
from pipelines.reading import READER

HOME_PAGE = """
SELECT url, sha256 FROM capture WHERE run_id = ? AND status = 200 AND url NOT LIKE '%/robots.txt'
ORDER BY id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class FindOrder:
    """The portal to visit: its address, the code of its division where the operator knows it, and where to write."""

    url: str
    code: str | None = None
    files: Files | None = None


@dataclass(frozen=True, slots=True)
class Visited:
    """A portal that was visited: whose it is and why, and the run that tells the rest."""

    place: Place
    home_url: str
    verdict: Verdict | None
    files: Files
    run_id: int


class NotFound(Exception):
    """The address gives no portal to visit; the message is one sentence in both languages."""


@contextmanager
def find(order: FindOrder, configuration: Configuration) -> Iterator[Visited]:
    """Visit a portal; without files to write into, everything is forgotten when the context ends.

    Raises:
        RegistryError: the address or the code is wrong.
        ConfigurationError: the portal is not on this machine, and no contact is set.
        NotFound: the home page cannot be had, or does not tell whose portal it is.
        StorageError, ArchiveBusy: a database cannot be used.
    """
    url = _address(order.url)
    if order.code and order.code not in places():
        raise RegistryError(f"--code “{order.code}” is no division code; take it from crawler/portals/divisions.csv.")
    if not is_private(origin(url)[0]):
        configuration.require_contact()
    with tempfile.TemporaryDirectory(prefix="gongkai-find-") as folder:
        files = order.files or Files(Path(folder) / "archive.db", Path(folder) / "captures.db")
        claims = _claims(url, files, configuration)
        place = places()[order.code] if order.code else _the_place(claims)
        registry = Path(folder) / "registry.csv"
        with registry.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([REQUIRED, (place.code, place.name, url)])
        summary = run_night(Order(files, registry, now=True), configuration)
        verdict = judge(place, claims, private=is_private(origin(url)[0]))
        yield Visited(place, url, verdict, files, summary.run_id)


def _address(url: str) -> str:
    try:
        return str(TypeAdapter(Address).validate_python(url))
    except ValidationError as error:
        raise RegistryError(f"{error.errors()[0]['msg'].removeprefix('Value error, ')}.") from error


def _claims(url: str, files: Files, configuration: Configuration) -> Claims:
    """What the home page says of itself, asked for once and kept."""
    with opened(files) as (db, lock):
        night = ledger.Night("find", url, configuration.vantage, configuration.user_agent, READER, kind="search")
        run_id = ledger.open_run(db, night, [])
        number = ledger.begin_process(db, run_id, os.getpid())
        child = start_crawl(run_id, files, configuration, lock, "one_page", {"GONGKAI_URL": url})
        stopped = wait_for(child, lambda: None, 0.2)
        ledger.end_process(db, run_id, number, "stopped" if stopped else "finished")
        zh, en = f"查看首页 {url}", f"A look at the home page {url}"
        ledger.close_run(db, run_id, "interrupted" if stopped else "complete", zh, en)
        if stopped:
            raise NotFound(f"{url}: 已中断 interrupted.")
        return _read_claims(db, run_id, files, url)


def _read_claims(db: Database, run_id: int, files: Files, url: str) -> Claims:
    failed = db.execute("SELECT message_zh, message_en FROM incident WHERE run_id = ?", [run_id]).fetchone()
    row = db.execute(HOME_PAGE, [run_id]).fetchone()
    if failed or row is None:
        zh, en = failed or ("未能取得", "it could not be had.")
        raise NotFound(f"{url}: {zh} {en}")
    store = CaptureStore(db, files.captures)
    try:
        return claims_of(Page(row[0], store.body(row[1])))
    finally:
        store.close()


def _the_place(claims: Claims) -> Place:
    """The one county that the home page is the portal of."""
    found = identified(claims)
    if len(found) == 1:
        return found[0]
    names = "、".join(f"{place.full_name} {place.code}" for place in found[:5])
    said = f"SiteName “{claims.name}”, SiteIDCode “{claims.code}”"
    if not found:
        raise NotFound(
            f"首页未表明属于哪个县级区划（{said}），请用 --code 指明 The home page names no county: give --code."
        )
    raise NotFound(
        f"同名者不止一处（{said}）：{names}，请用 --code 指明 Several counties go by that name: give --code."
    )
