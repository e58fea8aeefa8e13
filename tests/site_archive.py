"""An archive made by hand for the tests of the site: two bodies, four reports, two nights, one hostile title."""

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from pipelines.captures import CaptureStore, Exchange
from pipelines.editions import editions
from pipelines.receipts import Receipt, record_request
from pipelines.store import open_archive
from pipelines.vocabulary import APPLICANTS, PROCEEDINGS, RESULTS
from publish.site import build

Get = Callable[[str], Any]

ROOT = Path(__file__).parents[1]

HOSTILE = "<script>document.title='owned'</script>青石县教育局2022年政府信息公开工作年度报告"
PAGE = (
    "<!DOCTYPE html><meta charset=utf-8><title>年报</title><style>h1{color:green}</style>"
    "<h1 onclick=alert(1)>青石县二〇二三年年报</h1><script>document.body.textContent='owned'</script>"
    "<img src=http://127.0.0.9/beacon.png><a href=http://127.0.0.9/>离开</a>"
)
NIGHT = "2026-03-31T18:00:00+00:00"


def start(archive: Path, port: int) -> subprocess.Popen[str]:
    """The command that serves an archive, in a process of its own."""
    command = [sys.executable, "-u", "-m", "publish", "serve", "--db", str(archive), "--port", str(port)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """The site's address while the command serves it; Ctrl-C must end it well."""
    process = start(archive, 0)
    assert process.stdout
    line = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert address, line
    yield address.group()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=20)
    assert (process.returncode, rest) == (0, "网站已关闭 The site is closed.\n")


def empty_archive(path: Path) -> Path:
    """A migrated archive without a single row of its own."""
    open_archive(path).close()
    return path


def filled_archive(folder: Path) -> Path:
    """archive.db and captures.db in ``folder``, filled by hand; returns the path of archive.db."""
    path = folder / "archive.db"
    db = open_archive(path)
    with db.atomic():
        _places(db)
        _ledger(db)
        captures = _captures(db, folder / "captures.db")
        _reports(db, captures)
        _checks(db)
        _duties(db)
    db.close()
    return path


def _places(db: Database) -> None:
    for code, name, english in (("999901", "青石县", "Qingshi County"), ("999902", "白水区", "Baishui District")):
        row = {"code": code, "name": name, "name_en": english, "pinyin": english.split()[0].lower()}
        more = {"level": "县", "code_system": "GB/T 2260", "status": "current"}
        db["division"].insert(row | more | {"province_code": "990000", "province": "样例省"})
        home = f"http://127.0.0.1:8011/{code}/"
        db["portal"].insert(
            {"division_code": code, "name": name, "home_url": home, "evidence": "test", "noted_on": "2026-03-01"}
        )
    bodies = (("b-gov", "青石县人民政府", "district_government"), ("b-edu", "青石县教育局", "bureau"))
    db["body"].insert_all({"id": i, "division_code": "999901", "name": n, "kind": k} for i, n, k in bodies)


def _ledger(db: Database) -> None:
    night = {"started_at": NIGHT, "ended_at": "2026-03-31T18:05:00+00:00", "vantage": "samples", "reader": "1"}
    said = {"summary_zh": "访问 2 个网站,读到 4 份年报。", "summary_en": "2 portals visited, 4 reports read."}
    db["run"].insert(night | said | {"id": 1, "state": "needs_human", "portals": 2, "user_agent": "Gongkai/0.1"})
    visits = (("999901", "complete", 12, 4), ("999902", "unreachable_from_here", 3, 0))
    db["visit"].insert_all(
        {"run_id": 1, "division_code": c, "outcome": o, "requests": q, "reports": r} for c, o, q, r in visits
    )
    for gap in (None, 3.04):
        record_request(db, Receipt(1, "999901", "127.0.0.1", "127.0.0.1", None, 1000, 3.0, gap))
    refused = {"kind": "connection_refused", "message_zh": "对方拒绝连接", "message_en": "The host refused."}
    place = {"run_id": 1, "division_code": "999902", "url": "http://127.0.0.1:9/", "seen_at": NIGHT}
    db["incident"].insert(refused | place)


def _captures(db: Database, path: Path) -> list[int]:
    store = CaptureStore(db, path)
    kinds = (("report-2023.html", "text/html", PAGE.encode("gb18030")), ("annex.pdf", "application/pdf", b"%PDF-1.4"))
    numbers = [
        store.record(
            Exchange(1, "999901", f"http://127.0.0.1:8011/{name}", 200, [("Content-Type", kind)], "samples"), body
        ).id
        for name, kind, body in kinds
    ]
    store.close()
    return numbers


def _reports(db: Database, captures: list[int]) -> None:
    reports = (
        ("gov-2023", "b-gov", 2023, "t2021", "青石县2023年政府信息公开工作年度报告", "read", captures[0]),
        ("gov-2020", "b-gov", 2020, "t2019", "青石县2020年政府信息公开工作年度报告", "read", captures[0]),
        ("edu-2022", "b-edu", 2022, "t2021", HOSTILE, "needs_review", captures[0]),
        ("edu-2023", "b-edu", 2023, None, "青石县教育局2023年政府信息公开工作年度报告", "unreadable", captures[1]),
    )
    for number, body, year, edition, title, status, capture in reports:
        url = "javascript:alert(1)" if title == HOSTILE else f"http://127.0.0.1:8011/{number}.html"
        row = {"id": number, "body_id": body, "report_year": year, "edition": edition, "title": title, "url": url}
        dates = {"published_on": f"{year + 1}-03-0{len(number) % 7 + 1}", "published_source": "meta"}
        db["report"].insert(row | dates | {"status": status, "sha256": "0" * 64, "fingerprint": number})
        version = {"report_id": number, "version": 1, "run_id": 1, "capture_id": capture, "url": url}
        seen = {"sha256": "0" * 64, "cause": "first seen", "reader": "1", "read_at": NIGHT}
        db["report_version"].insert(version | seen)
        if edition:
            _figures(db, number, edition)
    text = "全年办理行政复议案件3件。<b>未收取</b>费用。"
    db["section"].insert({"id": 1, "report_id": "gov-2023", "number": 4, "heading": "四、行政复议", "text": text})
    db.execute(
        "INSERT INTO section_fts (rowid, heading, text) VALUES (1, '四 、 行 政 复 议', '全 年 行 政 复 议 案 件')"
    )


def _figures(db: Database, report: str, edition: str) -> None:
    form = editions()[edition]
    db["disclosure"].insert({"report_id": report, **dict.fromkeys(form.disclosure_metrics, 7)})
    if edition == "t2019":
        db["disclosure"].update(report, {"procurement_amount": 251000.0, "procurement_amount_unit": "元"})
        db["cell"].insert({"report_id": report, "metric": "regulations_made", "status": "na_mark", "raw": "/"})
        db["disclosure"].update(report, {"regulations_made": None})
    else:
        db["disclosure"].update(report, {"fees_collected": 4166.241619, "fees_collected_unit": "万元"})
    for outcome in form.request_rows:
        values = dict.fromkeys(APPLICANTS, 0) | {"natural_person": 41, "company": 2, "total": 43}
        db["requests"].insert({"report_id": report, "outcome": outcome, **values})
    db["requests"].update((report, "granted"), {"legal_service": None, "total": None})
    proven = {"report_id": report, "metric": "granted", "raw": ""}
    db["cell"].insert(proven | {"applicant": "legal_service", "status": "inferred_zero", "proven_value": 0})
    db["cell"].insert(proven | {"applicant": "total", "status": "derived", "proven_value": 43})
    for proceeding in PROCEEDINGS:
        db["disputes"].insert({"report_id": report, "proceeding": proceeding, **dict.fromkeys(RESULTS, 1), "total": 4})


def _checks(db: Database) -> None:
    checks = (("gov-2023", "fail", 43, 42), ("gov-2023", "pass", 4, 4), ("gov-2020", "pass", 43, 43))
    for report, outcome, expected, actual in checks:
        subject = "partly_granted" if outcome == "fail" else "requests_received"
        row = {"report_id": report, "rule": "T3-COL", "subject": subject, "outcome": outcome}
        words = {"message_zh": "总计应为 43,印作 42。", "message_en": "The total should be 43; 42 is printed."}
        sums = {"severity": "hard", "expected": expected, "actual": actual, "difference": actual - expected}
        whose = {"fault": "publisher", "explanation_zh": "总计若为 43。", "explanation_en": "If the total were 43."}
        db["finding"].insert(row | words | sums | (whose if outcome == "fail" else {}))


def _duties(db: Database) -> None:
    duties = (("b-gov", 2020, "published", None), ("b-gov", 2023, "published_late", None))
    missing = (("b-gov", 2022, "missing", "unreachable_from_here"), ("b-edu", 2021, "missing", "complete"))
    db["obligation"].insert_all(
        {"body_id": b, "report_year": y, "due_on": f"{y + 1}-03-31", "state": s, "reason": r, "as_of": "2026-04-01"}
        for b, y, s, r in duties + missing
    )


def client(archive: Path) -> Get:
    """A function that gets one page of the site over this archive."""
    site = build(archive, archive.with_name("captures.db"))
    return lambda path: asyncio.run(site.client.get(path))


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Get:
    return client(filled_archive(tmp_path_factory.mktemp("site")))
