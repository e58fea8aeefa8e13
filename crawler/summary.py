"""What a night came to, in plain words, and whether it needs a human."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from crawler.outcomes import IncidentKind, VisitOutcome, vocabulary
from pipelines import ledger

ANSWERED = {
    VisitOutcome.COMPLETE,
    VisitOutcome.PARTIAL,
    VisitOutcome.LIST_EMPTY,
    VisitOutcome.NO_LIST_FOUND,
    VisitOutcome.NEEDS_BROWSER,
    VisitOutcome.BUDGET_SPENT,
}
FLOOR = 0.5  # of the reports that the last complete night found on the same portals
COUNTS = """
SELECT (SELECT count(*) FROM report_version WHERE run_id = :run AND version = 1) AS new,
       (SELECT count(*) FROM report_version WHERE run_id = :run AND version > 1) AS changed,
       ifnull(sum(reports), 0) AS reports, ifnull(sum(refused), 0) AS refused,
       ifnull(sum(requests), 0) AS requests, ifnull(sum(bytes), 0) AS bytes
FROM visit WHERE run_id = :run
"""
NOT_ADDING_UP = """
SELECT count(DISTINCT report_id)
FROM finding JOIN report_source USING (report_id) JOIN capture ON capture.url = report_source.url
WHERE run_id = :run AND outcome = 'fail' AND severity = 'hard'
"""
EARLIER_REPORTS = """
SELECT ifnull(sum(earlier.reports), 0), ifnull(sum(now.reports), 0)
FROM visit AS now JOIN visit AS earlier USING (division_code)
WHERE now.run_id = :run AND earlier.run_id = (
    SELECT max(id) FROM run WHERE state = 'complete' AND kind = 'night' AND id < :run
)
"""


@dataclass(slots=True)
class Summary:
    """The state a night closes with, and its sentences. ``troubles`` are those that need a human."""

    run_id: int
    state: str = "complete"
    lines_zh: list[str] = field(default_factory=list)
    lines_en: list[str] = field(default_factory=list)
    troubles: int = 0

    @property
    def zh(self) -> str:
        """All sentences in Chinese."""
        return "".join(self.lines_zh)

    @property
    def en(self) -> str:
        """All sentences in English."""
        return " ".join(self.lines_en)

    def say(self, zh: str, en: str, *, trouble: bool = False) -> None:
        """Add a sentence."""
        self.lines_zh.append(zh)
        self.lines_en.append(en)
        self.troubles += trouble


def conclude(db: Database, run_id: int, log: Path, *, stopped: bool) -> Summary:
    """Judge a night whose crawl process has ended."""
    summary = Summary(run_id)
    _tell_visits(db, summary)
    _tell_reports(db, summary)
    _tell_incidents(db, summary)
    _tell_floors(db, summary)
    unfinished = ledger.outcomes(db, run_id).get(None, 0)
    if unfinished:
        summary.state = "interrupted"
        cause_zh, cause_en = ("应要求停止", "was asked to stop") if stopped else ("意外中断", "ended unexpectedly")
        summary.say(
            f"采集{cause_zh}，尚有 {unfinished} 个网站未访问完，再次运行即可继续（日志 {log.name}）。",
            f"The crawl {cause_en} with {unfinished} portals to go; run again to continue (log {log.name}).",
            trouble=not stopped,
        )
    elif summary.troubles:
        summary.state = "needs_human"
    return summary


def _tell_visits(db: Database, summary: Summary) -> None:
    counts = ledger.outcomes(db, summary.run_id)
    total = sum(counts.values())
    summary.say(f"应访问 {total} 个网站。", f"{total} portals were to be visited.")
    for outcome, words in vocabulary().visit.items():
        number = counts.get(outcome, 0)
        if number:
            summary.say(f"{number} 个：{words.zh}。", f"{number}: {words.en}", trouble=words.needs_human)


def _tell_reports(db: Database, summary: Summary) -> None:
    counts = next(db.query(COUNTS, {"run": summary.run_id}))
    same = max(counts["reports"] - counts["new"] - counts["changed"], 0)
    summary.say(
        f"读到年报 {counts['reports']} 份：新 {counts['new']}，有变化 {counts['changed']}，未变 {same}；"
        f"经查不是年报的文件 {counts['refused']} 份。",
        f"{counts['reports']} reports were read: {counts['new']} new, {counts['changed']} changed, {same} unchanged; "
        f"{counts['refused']} documents were found not to be reports.",
    )
    (wrong,) = db.execute(NOT_ADDING_UP, {"run": summary.run_id}).fetchone()
    if wrong:
        summary.say(f"其中 {wrong} 份年报的数字有勾稽不符。", f"The figures of {wrong} of these reports do not add up.")
    size = counts["bytes"] / 1_000_000
    summary.say(
        f"共发出请求 {counts['requests']} 次，收到 {size:.1f} MB。",
        f"{counts['requests']} requests were sent and {size:.1f} MB received.",
    )


def _tell_incidents(db: Database, summary: Summary) -> None:
    """Only what needs a human is told here; the rest is in the table ``incident``."""
    for row in ledger.incidents(db, summary.run_id):
        if vocabulary().incident[IncidentKind(row["kind"])].needs_human:
            summary.say(f"{row['number']} 次：{row['zh']}。", f"{row['number']}×: {row['en']}", trouble=True)


def _tell_floors(db: Database, summary: Summary) -> None:
    """A night that found next to nothing must not pass for a quiet one."""
    counts = ledger.outcomes(db, summary.run_id)
    if counts.get(None):
        return
    if not any(counts.get(outcome) for outcome in ANSWERED):
        summary.say("没有一个网站访问成功。", "Not a single portal could be visited.", trouble=True)
    before, now = db.execute(EARLIER_REPORTS, {"run": summary.run_id}).fetchone()
    if now < FLOOR * before:
        summary.say(
            f"同样的网站上次读到 {before} 份年报，今夜只有 {now} 份。",
            f"The same portals gave {before} reports on the last complete night and only {now} tonight.",
            trouble=True,
        )
