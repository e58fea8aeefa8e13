"""VER-01: a report whose figures were changed, or differ between its sources, or whose title says so."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from pipelines.panel.findings import Found
from pipelines.rules.result import Outcome, Result, Words

_CORRECTIONS = ("更正", "修订", "重新发布", "更新")
_SQL = """
SELECT report.id, report.title, ifnull(changed.figures, 0) AS figures, ifnull(elsewhere.sources, 0) AS sources
FROM report
LEFT JOIN (SELECT report_id, count(*) AS figures FROM revision WHERE cause = 'source revised' GROUP BY report_id)
    AS changed ON changed.report_id = report.id
LEFT JOIN (SELECT report_id, count(*) AS sources FROM report_source WHERE role = 'other figures' GROUP BY report_id)
    AS elsewhere ON elsewhere.report_id = report.id
"""


def one_set_of_figures(db: Database) -> Iterator[Found]:
    """VER-01: a finding for each report that was revised or has sources that contradict it."""
    for row in db.query(_SQL):
        correction = next((word for word in _CORRECTIONS if word in row["title"]), None)
        if row["figures"] or row["sources"] or correction:
            words = _words(row["figures"], row["sources"], correction)
            changes = row["figures"] + row["sources"]
            yield row["id"], Result("VER-01", "report", Outcome.FAIL, 0, changes, words)


def _words(figures: int, sources: int, correction: str | None) -> Words:
    zh, en = [], []
    if figures:
        zh.append(f"来源先后改动 {figures} 个数字")
        en.append(f"the source changed {figures} figures")
    if sources:
        zh.append(f"另有 {sources} 处来源数字不同")
        en.append(f"{sources} other sources have other figures")
    if correction:
        zh.append(f"标题写有“{correction}”")
        en.append(f"the title says “{correction}”")
    return Words(",".join(zh), "; ".join(en))
