"""What ``find`` prints: whose portal it is, what it is built with, its lists and reports, and an entry to keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import click
import yaml
from sqlite_utils import Database

from crawler.find import Visited
from crawler.outcomes import VisitOutcome, vocabulary
from crawler.pages import Page
from crawler.platforms import platform_of
from pipelines.captures import CaptureStore
from pipelines.clock import today
from pipelines.store import open_archive

REPORTS = """
SELECT DISTINCT report_year, published_on, body.name AS issuer, title, report.url, report.status
FROM report JOIN report_source ON report_source.report_id = report.id
JOIN capture ON capture.url = report_source.url JOIN body ON body.id = body_id
WHERE capture.run_id = ? ORDER BY report_year DESC, issuer, report.url
"""
INCIDENTS = "SELECT url, message_zh, message_en FROM incident WHERE run_id = ? ORDER BY rowid"
LISTS = """SELECT url, title, evidence FROM report_list
           WHERE division_code = ? AND lost_on IS NULL AND NOT is_menu ORDER BY url"""
BODY = "SELECT url, sha256 FROM capture WHERE run_id = ? AND url = ? ORDER BY id DESC LIMIT 1"


def tell_find(visited: Visited) -> int:
    """Print what was found out; gives the exit status: 0 when nothing needs a human."""
    with closing(open_archive(visited.files.db)) as db:
        visit = next(db.query("SELECT * FROM visit WHERE run_id = ?", [visited.run_id]))
        lists = list(db.query(LISTS, [visited.place.code]))
        platform, because = _platform(db, visited, [row["url"] for row in lists])
        for line in _lines(db, visited, lists, f"{platform}: {because}"):
            click.echo(line)
    words = vocabulary().visit[VisitOutcome(visit["outcome"])] if visit["outcome"] else None
    click.echo(
        f"结果 Outcome: {visit['outcome']}  {visit['note_zh']} {visit['note_en']}  "
        f"请求 {visit['requests']} 次 {visit['requests']} requests"
    )
    click.echo("portals.yaml 的 overrides 条目 An entry for the overrides of portals.yaml:")
    click.echo(entry(visited, [row["url"] for row in lists], platform))
    return 1 if words is None or words.needs_human else 0


def entry(visited: Visited, lists: list[str], platform: str) -> str:
    """An entry for ``portals.yaml``. Of several lists none is given: a night would visit that one alone."""
    fields: dict[str, Any] = {"code": visited.place.code, "name": visited.place.name, "home_url": visited.home_url}
    if len(lists) == 1:
        fields["list_url"] = lists[0]
    if platform != "generic":
        fields["platform"] = platform
    fields |= {"reason": "visited with python -m crawler find", "date": today()}
    return yaml.safe_dump([fields], allow_unicode=True, sort_keys=False).rstrip()


def _lines(db: Database, visited: Visited, lists: list[dict[str, Any]], platform: str) -> Iterator[str]:
    yield f"门户网站 Portal: {visited.place.full_name} {visited.place.code} {visited.home_url}"
    if visited.verdict:
        reason = visited.verdict.reason
        yield f"  {visited.verdict.state}: {reason.zh} | {reason.en}"
    yield f"平台 Platform: {platform}"
    yield f"年报栏目 Lists of reports: {len(lists)}"
    for row in lists:
        yield f"  {row['url']} “{row['title']}”: {row['evidence']}"
    reports = list(db.query(REPORTS, [visited.run_id]))
    yield f"年报 Reports: {len(reports)}"
    for row in reports:
        yield f"  {row['report_year']}  {row['published_on'] or '-'}  {row['issuer']}  {row['title']}  {row['url']}"
    incidents = list(db.query(INCIDENTS, [visited.run_id]))
    yield f"其他情况 What else happened: {len(incidents)}"
    for row in incidents:
        yield f"  {row['url'] or '-'}: {row['message_zh']} {row['message_en']}"


def _platform(db: Database, visited: Visited, lists: list[str]) -> tuple[str, str]:
    """The family of the lists, or of the home page where there are none, and the words that tell it."""
    store = CaptureStore(db, visited.files.captures)
    try:
        for url in (*lists, visited.home_url):
            row = db.execute(BODY, [visited.run_id, url]).fetchone()
            if row is not None:
                page = Page(row[0], store.body(row[1]))
                platform = platform_of(page)
                return platform.name, f"{platform.family.because(page)} ({url})"
    finally:
        store.close()
    return "generic", "没有取得任何网页 no page was had"
