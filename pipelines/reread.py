"""Reading the archive again with today's code: from the bodies as they were received, never from the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from pipelines.clock import today
from pipelines.lock import archive_lock
from pipelines.obligations import recompute
from pipelines.panel import check_panel
from pipelines.progress import Progress
from pipelines.reading import READER, Reading
from pipelines.settling import settle
from pipelines.stale import Stale, count_stale, mark_all, read_again, stale_reports
from pipelines.storage import WrongFile, explained
from pipelines.store import Regression, Saved, open_archive, save_again
from pipelines.workers import Failed, each


class UnknownReport(Exception):
    """A report that was to be accepted is not stored; the message is one sentence."""


@dataclass(slots=True)
class Outcome:
    """What a reading again came to: how many of each kind, and a sentence for every report that failed."""

    counts: Counter[Saved] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        """The reports that were tried."""
        return self.counts.total() + len(self.failures)

    def summary(self) -> tuple[str, str]:
        """What it came to in words, in Chinese and in English."""
        read, judged = self.counts[Saved.READ_OTHERWISE], self.counts[Saved.JUDGED_OTHERWISE]
        same, failed = self.counts[Saved.UNCHANGED], len(self.failures)
        withdrawn = self.counts[Saved.WITHDRAWN]
        return (
            f"重读年报 {self.done} 份（读取程序版本 {READER}）：{read} 份读法有变，{judged} 份仅核对结果有变，"
            f"{same} 份不变，{withdrawn} 份经确认撤下，{failed} 份不能再读出（原有数据保留）。",
            f"Read {self.done} reports again with reader {READER}: {read} are read otherwise, {judged} are only judged "
            f"otherwise, {same} are as they were, {withdrawn} are withdrawn as accepted, "
            f"{failed} can no longer be read (what is stored of them stays).",
        )


def reread_archive(
    db_path: Path, captures: Path, jobs: int, *, everything: bool, accepted: frozenset[str] = frozenset()
) -> Outcome:
    """Read again what an older reader has read, or everything; then compare the reports with each other anew.

    Of the reports ``accepted`` by a person, what today's reader makes of them is stored whatever it is.

    Raises:
        UnknownReport: one that was accepted is not in the archive.
        ArchiveBusy: a night, or another reading again, is at work.
        WrongFile: there is no such database; StorageError: it cannot be used.
    """
    for path in (db_path, captures):
        if not path.is_file():
            raise WrongFile(f"There is no database {path}: name it with --db and --captures, or run a night first.")
    with archive_lock(db_path, "A reading again"), explained(db_path):
        db = open_archive(db_path)
        try:
            _must_be_known(db, accepted)
            if everything:
                mark_all(db)
            progress = Progress("重读年报 Reading again", count_stale(db))
            outcome = reread(db, captures, jobs, progress, accepted)
            progress.clear()
            check_panel(db)
            recompute(db, today())
            return outcome
        finally:
            db.close()


def _must_be_known(db: Database, accepted: frozenset[str]) -> None:
    for report_id in sorted(accepted):
        if not db.execute("SELECT 1 FROM report WHERE id = ?", [report_id]).fetchone():
            raise UnknownReport(
                f"There is no report {report_id}: take the identifier from the message of a reading again."
            )


def reread(
    db: Database, captures: Path, jobs: int, tell: Callable[[int], None], accepted: frozenset[str] = frozenset()
) -> Outcome:
    """Read every stale report again in ``jobs`` processes and store what differs; this process alone writes.

    Args:
        db: the archive.
        captures: the file of bodies.
        jobs: how many processes read.
        tell: called with the number of reports done, after each.
        accepted: the reports of which anything is stored that is read now.
    """
    outcome = Outcome()
    for stale, answer in each(partial(read_again, captures), stale_reports(db), jobs):
        try:
            if isinstance(answer, Failed):
                raise Regression(f"{stale.report_id} ({stale.source.url}) cannot be read again: {answer.message}")
            outcome.counts[_store(db, stale, answer, accepted)] += 1
        except Regression as regression:
            outcome.failures.append(str(regression))
        tell(outcome.done)
    return outcome


def _store(db: Database, stale: Stale, reading: Reading, accepted: frozenset[str]) -> Saved:
    try:
        return save_again(db, stale.report_id, reading, stale.source)
    except Regression:
        if stale.report_id not in accepted:
            raise
        return settle(db, stale.report_id, reading, stale.source)
