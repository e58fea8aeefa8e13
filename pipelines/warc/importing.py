"""Importing one WARC file: its responses become captures, and the reports among them are read, in a run of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from pipelines import ledger
from pipelines.captures import CaptureStore
from pipelines.clock import today
from pipelines.divisions import fill_divisions
from pipelines.ledger import Night
from pipelines.obligations import recompute
from pipelines.panel import check_panel
from pipelines.reading import READER
from pipelines.reasons import Sentence
from pipelines.store import Saved
from pipelines.warc.files import BrokenOff, NotWarc, records
from pipelines.warc.hosts import add_portals, check_division, known_hosts
from pipelines.warc.intake import Intake, Taken
from pipelines.warc.reports import Reports
from pipelines.warc.runs import ImportRun
from pipelines.warc.words import say


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file was made, and whose responses it holds.

    Every address is the ``division``'s where one is named; else its host decides, by the portals that are known and
    those of the ``registry``.
    """

    vantage: str
    division: str | None = None
    registry: Path | None = None


@dataclass(slots=True)
class Account:
    """What an import came to, in sentences; ``troubles`` counts those that ask for a person."""

    sentences: list[Sentence] = field(default_factory=list)
    troubles: int = 0

    def say(self, code: str, *, trouble: bool = False, **parts: object) -> None:
        """Add a sentence of ``words.yaml``."""
        self.sentences.append(say(code, **parts))
        self.troubles += trouble


def prepare(db: Database, origin: Origin) -> None:
    """Know the divisions, and the portals that the operator names.

    Raises:
        WrongPortal: the registry or the division cannot be used.
    """
    fill_divisions(db)
    if origin.division is not None:
        check_division("--division", origin.division)
    if origin.registry is not None:
        add_portals(db, origin.registry)


def import_file(store: CaptureStore, path: Path, origin: Origin) -> Account:
    """Import a file. What is already here is left alone, so that a second import adds nothing.

    Raises:
        OSError: the file cannot be opened.
        NotWarc: it is something else; the refusal is in the ledger.
        StorageError, sqlite3.Error: a database cannot be used; the next import of the file goes on from there.
    """
    db = store.archive
    night = Night(_label(path), origin.division, origin.vantage, None, READER)
    run, account = ImportRun(db, path.name, night), Account()
    intake = Intake(store, run, known_hosts(db), origin.division)
    broken = _take_all(path, intake, run)
    if intake.taken.lost:
        run.opened()  # for what was lost is told in its incidents, also where nothing else came of the file
    _tell_taken(account, path.name, intake.taken)
    if broken is not None:
        account.say("breaks_off", trouble=True, number=broken.number)
    if run.id is not None:
        reports = Reports(store, run)
        reports.read_all()
        _tell_reports(account, reports)
        run.end_visits()
        check_panel(db)
        recompute(db, today())
        state = "needs_human" if account.troubles else "complete"
        zh, en = "".join(said.zh for said in account.sentences), " ".join(said.en for said in account.sentences)
        ledger.close_run(db, run.id, state, zh, en)
    return account


def _label(path: Path) -> str:
    """The name of the file and what it holds, by which an import that was killed is known again."""
    with path.open("rb") as file:
        return f"{path.name} sha256:{hashlib.file_digest(file, 'sha256').hexdigest()[:16]}"


def _take_all(path: Path, intake: Intake, run: ImportRun) -> BrokenOff | None:
    """Take every record up to where the file breaks off, if it does."""
    broken = None
    try:
        for record in records(path):
            intake.take(record)
    except BrokenOff as error:
        broken = error
        run.note("truncated", error.sentence, path.name)
    except NotWarc:
        said = say("not_warc")
        ledger.refuse_run(run.db, run.night, f"{path.name}:{said.zh}", f"{path.name}: {said.en}")
        raise
    for host, number in intake.taken.foreign.items():
        run.note("offsite", say("foreign", number=number), host)
    return broken


def _tell_taken(account: Account, file: str, taken: Taken) -> None:
    account.say("taken", file=file, new=taken.new, held=taken.held)
    if taken.lost:
        account.say("unusable", trouble=True, number=taken.lost)
    foreign = taken.foreign.total()
    if foreign and not (taken.new or taken.held):
        account.say("all_foreign", trouble=True)
    elif foreign:
        account.say("some_foreign", hosts=len(taken.foreign), number=foreign)


def _tell_reports(account: Account, reports: Reports) -> None:
    saved = reports.saved
    new, revised = saved[Saved.NEW], saved[Saved.REVISED]
    total = saved.total()
    account.say("reports", reports=total, new=new, revised=revised, same=total - new - revised)
    if reports.failed:
        account.say("failed", trouble=True, number=reports.failed)
