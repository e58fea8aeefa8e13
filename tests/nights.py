"""Running whole nights as the operator does, against servers of our own, and comparing what they leave."""

from __future__ import annotations

import json
import os
import re
import resource
import sqlite3
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SECONDS = 60


@dataclass(frozen=True)
class Office:
    """Where one test keeps its databases, and how it runs nights over one registry."""

    folder: Path
    registry: Path
    second_look: int = 0
    """Days after which unchanged reports are asked for again: most tests want to see what a night makes of them."""

    @property
    def db(self) -> Path:
        return self.folder / "archive.db"

    @property
    def captures(self) -> Path:
        return self.folder / "captures.db"

    def command(self, name: str, *options: str) -> list[str]:
        files = ["--registry", str(self.registry), "--db", str(self.db), "--captures", str(self.captures)]
        looks = ["--second-look", str(self.second_look)] if name == "run" else []
        return [sys.executable, str(ROOT / "scheduler.py"), name, *files, "--pause", "0", *looks, *options]

    def run(
        self, *options: str, most_bytes: int = resource.RLIM_INFINITY, seconds: float = SECONDS
    ) -> subprocess.CompletedProcess[str]:
        """One night, to its end; no file that it writes may grow beyond ``most_bytes``."""
        command = self.command("run", *options)
        if most_bytes != resource.RLIM_INFINITY:
            command = ["prlimit", f"--fsize={most_bytes}", *command]
        return subprocess.run(
            command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=seconds, check=False
        )

    def tell(self, name: str) -> subprocess.CompletedProcess[str]:
        """A command that needs the database alone."""
        command = [sys.executable, str(ROOT / "scheduler.py"), name, "--db", str(self.db)]
        return subprocess.run(
            command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=SECONDS, check=False
        )

    def start(self, name: str = "run", *options: str) -> subprocess.Popen[str]:
        """One night, or the clock, left running."""
        return left_running(self.command(name, *options))

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.db)) as db:
            return db.execute(query, values).fetchall()


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "runtime"), "PYTHONUNBUFFERED": "1"}


def left_running(command: list[str]) -> subprocess.Popen[str]:
    """A command in a session of its own, with all that it says in one stream."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def office(folder: Path, *portals: tuple[str, str]) -> Office:
    """An office whose registry names these portals, given as code and home page."""
    folder.mkdir(exist_ok=True)
    registry = folder / "registry.csv"
    lines = [f"{code},portal {code},{home_url}" for code, home_url in portals]
    registry.write_text("\n".join(["code,name,home_url", *lines]) + "\n", encoding="utf-8")
    return Office(folder, registry)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Look again and again, with a short breath, until something has come about."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        threading.Event().wait(0.005)


# What may differ between two nights just alike: moments and days, and numbers given in the order of arrival.
PASSING = re.compile(r"_at$|_on$|^as_of$")
NUMBERED = {"capture": "id", "section": "id", "revision": "id"}
APART = {"run_process", "receipt", "sqlite_sequence"}  # receipts count what really went out, also before a kill
CAPTURE_NUMBERS = {"capture_id", "revisit_of"}


def snapshot(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of both databases, times aside and captures named by what they are captures of."""
    with closing(sqlite3.connect(office.db)) as db:
        names = {
            number: tuple(rest) for number, *rest in db.execute("SELECT id, run_id, url, payload, attempt FROM capture")
        }
        tables = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if name not in APART and not name.startswith(("_", "section_fts"))
        ]
        content = {table: _rows(db, table, names) for table in tables}
    with closing(sqlite3.connect(office.captures)) as bodies:
        content["captures.db body"] = sorted(bodies.execute("SELECT sha256, size FROM body"))
    return content


def _rows(db: sqlite3.Connection, table: str, names: Mapping[int, object]) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    kept = [name for name in columns if not PASSING.search(name) and NUMBERED.get(table) != name]
    rows = db.execute(f"SELECT {', '.join(kept)} FROM {table}")
    comparable = (tuple(_comparable(name, value, names) for name, value in zip(kept, row, strict=True)) for row in rows)
    return sorted(comparable, key=repr)


def _comparable(column: str, value: Any, names: Mapping[int, object]) -> object:
    if column in CAPTURE_NUMBERS:
        return names.get(value)
    if column == "headers":
        return [pair for pair in json.loads(value) if pair[0] != "Date"]
    return value


@dataclass
class Answer:
    """What a small server says to one address."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    before: Callable[[], object] = bool
    """Called before the answer: a place to wait."""

    @property
    def content(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass
class SmallPortal:
    """A running server: its home page, its pages, which may be changed at any time, and the paths asked for."""

    home_url: str
    pages: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)


@contextmanager
def small_portal(
    pages: Mapping[str, Answer | str], host: str = "127.0.0.1", context: ssl.SSLContext | None = None
) -> Iterator[SmallPortal]:
    """Serve these pages until the context ends, encrypted if there is a ``context``; what is missing is a 404.

    What is posted is looked for as ``POST <path> <body>``, and then as ``POST <path>``.
    """
    answers = {path: answer if isinstance(answer, Answer) else Answer(answer) for path, answer in pages.items()}
    portal = SmallPortal("", answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.answer(self.path)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            name = f"POST {self.path} {body}"
            self.answer(name if name in portal.pages else f"POST {self.path}")

        def answer(self, asked: str) -> None:
            portal.moments.append(time.monotonic())
            portal.asked.append(asked)
            portal.headers.append(dict(self.headers))
            answer = portal.pages.get(asked, Answer("<p>没有这一页", 404))
            answer.before()
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.content)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            """A crawl that hangs up early is what some tests are about."""

    with Server((host, 0), Handler) as server:
        portal.home_url = f"{'https' if context else 'http'}://{host}:{server.server_port}/"
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield portal
        finally:
            server.shutdown()
            thread.join()


def list_page(*rows: tuple[str, str]) -> str:
    """A list of reports, rows given as address and title."""
    items = "".join(f'<li><a href="{url}">{title}</a><span>2024-01-30</span></li>' for url, title in rows)
    return f"<html><title>政府信息公开年报</title><ul>{items}</ul>"


COLUMN = '<html><a href="/zfxxgknb/">政府信息公开年报</a>'
