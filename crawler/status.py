"""What ``scheduler.py status`` tells: the last nights, and what needs a human. Reads only, even while a night runs."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from crawler.outcomes import vocabulary
from pipelines import ledger
from pipelines.storage import WrongFile, explained

NIGHTS = 5
STATES = {
    "running": "进行中 running",
    "complete": "完成 complete",
    "needs_human": "需人工处理 needs a human",
    "interrupted": "中断，可继续 interrupted, can be continued",
    "abandoned": "放弃 abandoned",
    "refused": "拒绝执行 refused",
    "killed": "意外终止，再次运行即可继续 killed, run again to continue",
}
VISITS = """
SELECT division_code, portal.name, outcome, note_zh, note_en FROM visit JOIN portal USING (division_code)
WHERE run_id = ? ORDER BY division_code
"""
LAST_PROCESS = "SELECT ending FROM run_process WHERE run_id = ? ORDER BY number DESC LIMIT 1"
INCIDENTS = "SELECT kind, url, message_zh, message_en FROM incident WHERE run_id = ? ORDER BY rowid"


def tell_status(path: Path) -> int:
    """Print the last nights; gives the number of things that need a human after the latest one.

    Raises:
        WrongFile: there is no such database, or it is none of ours.
    """
    if not path.exists():
        raise WrongFile(f"{path} does not exist: run a night first, or name the database with --db.")
    with explained(path):
        db = Database(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))
        runs = list(db.query("SELECT * FROM run WHERE kind = 'night' ORDER BY id DESC LIMIT ?", [NIGHTS]))
        if not runs:
            click.echo("尚无采集记录 No night has been run yet.")
            return 0
        for run in reversed(runs):
            if run["state"] == "running" and ledger.was_killed(db.conn, path, run["id"]):
                run["state"] = "killed"
            _tell_run(db, run)
        return _tell_troubles(db, runs[0])


def _tell_run(db: Database, run: dict[str, Any]) -> None:
    counts = ledger.outcomes(db, run["id"])
    done = sum(number for outcome, number in counts.items() if outcome)
    click.echo(
        f"第 {run['id']} 夜 night {run['id']}  {run['started_at']}  {STATES[run['state']]}  "
        f"{done}/{sum(counts.values())} 个网站 portals"
    )
    for text in (run["summary_zh"], run["summary_en"]):
        if text:
            click.echo(f"  {text}")


def _tell_troubles(db: Database, run: dict[str, Any]) -> int:
    words, run_id = vocabulary(), run["id"]
    said = f"{run['summary_zh']} {run['summary_en']}" if run["summary_zh"] else STATES[run["state"]]
    lines = [said] if run["state"] in ("refused", "needs_human", "killed") or _has_died(db, run) else []
    lines += [
        f"{visit['division_code']} {visit['name']}: {visit['note_zh']} {visit['note_en']}"
        for visit in db.query(VISITS, [run_id])
        if visit["outcome"] and words.visit[visit["outcome"]].needs_human
    ]
    lines += [
        f"{incident['url'] or '-'}: {incident['message_zh']} {incident['message_en']}"
        for incident in db.query(INCIDENTS, [run_id])
        if words.incident[incident["kind"]].needs_human
    ]
    click.echo(f"需人工处理 {len(lines)} 项 Needs a human: {len(lines)}")
    for line in lines:
        click.echo(f"  {line}")
    return len(lines)


def _has_died(db: Database, run: dict[str, Any]) -> bool:
    """Whether a run was interrupted without anybody having asked it to stop."""
    last = next(iter(db.query(LAST_PROCESS, [run["id"]])), None)
    return run["state"] == "interrupted" and last is not None and last["ending"] == "died"
