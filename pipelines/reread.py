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
from pipelines.reading import READER
from pipelines.stale import count_stale, mark_all, read_again, stale_reports
from pipelines.storage import WrongFile, explained
from pipelines.store import Regression, Saved, open_archive, save_again
from pipelines.workers import Failed, each


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
        return (
            f"重读年报 {self.done} 份（读取程序版本 {READER}）：{read} 份读法有变，{judged} 份仅核对结果有变，"
            f"{same} 份不变，{failed} 份不能再读出（原有数据保留）。",
            f"Read {self.done} reports again with reader {READER}: {read} are read otherwise, {judged} are only judged "
            f"otherwise, {same} are as they were, {failed} can no longer be read (what is stored of them stays).",
        )


def reread_archive(db_path: Path, captures: Path, jobs: int, *, everything: bool) -> Outcome:
    """Read again what an older reader has read, or everything; then compare the reports with each other anew.

    Raises:
        ArchiveBusy: a night, or another reading again, is at work.
        WrongFile: there is no such database; StorageError: it cannot be used.
    """
    for path in (db_path, captures):
        if not path.is_file():
            raise WrongFile(f"There is no database {path}: name it with --db and --captures, or run a night first.")
    with archive_lock(db_path, "A reading again"), explained(db_path):
        db = open_archive(db_path)
        try:
            if everything:
                mark_all(db)
            progress = Progress("重读年报 Reading again", count_stale(db))
            outcome = reread(db, captures, jobs, progress)
            progress.clear()
            check_panel(db)
            recompute(db, today())
            return outcome
        finally:
            db.close()


def reread(db: Database, captures: Path, jobs: int, tell: Callable[[int], None]) -> Outcome:
    """Read every stale report again in ``jobs`` processes and store what differs; this process alone writes.

    Args:
        db: the archive.
        captures: the file of bodies.
        jobs: how many processes read.
        tell: called with the number of reports done, after each.
    """
    outcome = Outcome()
    for stale, answer in each(partial(read_again, captures), stale_reports(db), jobs):
        try:
            if isinstance(answer, Failed):
                raise Regression(f"{stale.report_id} ({stale.source.url}) cannot be read again: {answer.message}")
            outcome.counts[save_again(db, stale.report_id, answer, stale.source)] += 1
        except Regression as regression:
            outcome.failures.append(str(regression))
        tell(outcome.done)
    return outcome
