"""What an import leaves in the ledger: a run with a visit a division, or nothing when it adds and loses nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlite_utils import Database

from pipelines import ledger
from pipelines.clock import utc_now
from pipelines.ledger import Ending, Incident, Night, Tally
from pipelines.reasons import Sentence
from pipelines.warc.words import say

UNFINISHED = """
SELECT id FROM run WHERE registry = ? AND vantage = ? AND kind = 'import'
AND state IN ('running', 'interrupted', 'abandoned') ORDER BY id DESC LIMIT 1
"""


@dataclass(slots=True)
class ImportRun:
    """The run of one file, opened by the first capture that is new.

    An import that was killed leaves its run open, and the next import of the same file goes on with it. A visit never
    ends as ``complete``: a file proves what it holds and nothing about what it lacks. No user agent is noted, for
    nobody was asked.
    """

    db: Database
    file: str
    night: Night
    id: int | None = None
    tallies: dict[str, Tally] = field(default_factory=dict)
    _lost: list[Incident] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.night = replace(self.night, kind="import")
        row = self.db.execute(UNFINISHED, [self.night.registry, self.night.vantage]).fetchone()
        if row is not None:
            self.id = int(row[0])
            ledger.continue_run(self.db, self.id, ["partial", "interrupted"])
            visits = self.db.execute("SELECT division_code FROM visit WHERE run_id = ?", [self.id]).fetchall()
            self.tallies = {code: Tally() for (code,) in visits}

    def opened(self) -> int:
        """The number of the run."""
        if self.id is None:
            self.id = ledger.open_run(self.db, self.night, [])
        return self.id

    def tally(self, code: str) -> Tally:
        """The counts of a division's visit, which begins with the first question for them."""
        if code not in self.tallies:
            row = {"run_id": self.opened(), "division_code": code, "started_at": utc_now()}
            self.db.table("visit").insert(row, ignore=True)
            self.tallies[code] = Tally()
        return self.tallies[code]

    def note(self, kind: str, sentence: Sentence, url: str, code: str | None = None) -> None:
        """Note something that went wrong; it is written when the run ends, if the file added anything."""
        self._lost.append(Incident(kind, sentence.zh, sentence.en, url, code))

    def end_visits(self) -> None:
        """Write what was noted and end all visits."""
        run_id = self.opened()
        said = say("visit", file=self.file)
        with self.db.atomic():
            for incident in self._lost:
                ledger.record_incident(self.db, run_id, incident)
            for code, tally in self.tallies.items():
                tally.requests = self._answers(code)
                ledger.end_visit(self.db, run_id, code, Ending("partial", said.zh, said.en), tally)
            self.db.table("run").update(run_id, {"portals": len(self.tallies)})

    def _answers(self, code: str) -> int:
        counted = "SELECT count(*) FROM capture WHERE run_id = ? AND division_code = ?"
        return int(self.db.execute(counted, [self.id, code]).fetchone()[0])
