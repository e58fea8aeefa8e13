"""DUP-01: reports of different bodies or years that say nearly the same (国办公开办函〔2021〕30号 names 内容雷同).

Sketches propose a few candidates for each report and the texts themselves decide, so that the work grows with the
number of reports and never with its square: of many that are alike, each is compared with the first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from struct import unpack

from sqlite_utils import Database

from pipelines.panel.findings import Found
from pipelines.panel.sketches import GROUPS, masked_text, shingles
from pipelines.rules.limits import limits
from pipelines.rules.result import Outcome, Result, Words

_FEW = 4  # reports kept in a bucket, and candidates tried for a report
_SKETCHES = """
SELECT sketch.report_id, sketch.hashes, report.title FROM sketch JOIN report ON report.id = sketch.report_id
WHERE length(sketch.hashes) > 0 ORDER BY sketch.report_id
"""


def no_boilerplate(db: Database) -> Iterator[Found]:
    """DUP-01: a finding for each report whose text is long enough to be compared."""
    titles: dict[str, str] = {}
    twins: dict[str, tuple[str, float]] = {}
    for report_id, twin in _twins(db, titles):
        if twin is not None:
            twins[report_id] = twin
            twins.setdefault(twin[0], (report_id, twin[1]))
    for report_id in titles:
        if report_id in twins:
            other, similarity = twins[report_id]
            words = f"{titles[other]} ({other})"
            yield report_id, _result(Outcome.FAIL, similarity, words)
        else:
            yield report_id, _result(Outcome.PASS)


def _result(outcome: Outcome, similarity: float | None = None, words: str = "") -> Result:
    expected = limits().boilerplate_similarity if similarity is not None else None
    return Result("DUP-01", "report", outcome, expected, similarity, Words(words, words))


def _twins(db: Database, titles: dict[str, str]) -> Iterator[tuple[str, tuple[str, float] | None]]:
    """Each report with the earlier report that is nearly the same, if there is one; fills ``titles``."""
    buckets: dict[tuple[int, int], list[str]] = defaultdict(list)

    @lru_cache(maxsize=1 << 9)
    def shingles_of(report_id: str) -> set[int]:
        return shingles(masked_text(db, report_id))

    for row in db.query(_SKETCHES):
        report_id = row["report_id"]
        titles[report_id] = row["title"]
        keys = list(enumerate(unpack(f">{GROUPS}I", row["hashes"])))
        shared = Counter(other for key in keys for other in buckets[key])
        twin = None
        for other, _ in shared.most_common(_FEW):
            similarity = _jaccard(shingles_of(report_id), shingles_of(other))
            if similarity >= limits().boilerplate_similarity:
                twin = (other, round(similarity, 4))
                break
        if twin is None:
            for key in keys:
                if len(buckets[key]) < _FEW:
                    buckets[key].append(report_id)
        yield report_id, twin


def _jaccard(one: set[int], other: set[int]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)
