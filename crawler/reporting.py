"""What a visit writes into the ledger while it goes on and when it ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlite_utils import Database

from crawler.outcomes import IncidentKind, VisitOutcome, ending, incident
from pipelines import ledger
from pipelines.clock import today
from pipelines.ledger import Tally
from pipelines.reasons import Sentence


@dataclass(slots=True)
class Reporter:
    """Writes for one portal's visit: incidents as they happen, its lists and its outcome at its end.

    The lists wait for the end because a visit that was cut short is made again, and must then search as it did first.
    """

    db: Database
    run_id: int
    code: str
    _lists: list[dict[str, str]] = field(default_factory=list)

    def begin(self) -> list[tuple[str, str]]:
        """Note that the visit starts, and give address and title of the report lists that earlier nights found."""
        ledger.begin_visit(self.db, self.run_id, self.code)
        rows = self.db.execute(
            "SELECT url, ifnull(title, '') FROM report_list WHERE division_code = ? ORDER BY url", [self.code]
        )
        return [(url, title) for url, title in rows.fetchall()]

    def incident(self, kind: IncidentKind, url: str, detail: str = "") -> None:
        """Note what went wrong at an address."""
        ledger.record_incident(self.db, self.run_id, incident(kind, url, self.code, detail))

    def said(self, kind: IncidentKind, url: str, sentence: Sentence) -> None:
        """Note what the reading said about a document."""
        noted = incident(kind, url, self.code, sentence.en, sentence.zh)
        ledger.record_incident(self.db, self.run_id, noted)

    def list_found(self, url: str, title: str, evidence: str) -> None:
        """Remember a report list, so that the next night begins there."""
        row = {"url": url, "title": title, "evidence": evidence, "found_on": today().isoformat()}
        self._lists.append({"division_code": self.code, **row})

    def end(self, outcome: VisitOutcome, tally: Tally, detail: str = "", robots: str | None = None) -> None:
        """Note the outcome and what it came from, the counts, the verdict of robots.txt and the lists of the visit."""
        with self.db.atomic():
            self.db.table("report_list").insert_all(self._lists, ignore=True)
            ledger.end_visit(self.db, self.run_id, self.code, ending(outcome, detail), tally)
            self.db.table("visit").update(
                (self.run_id, self.code), {"robots": "disallow" if outcome is VisitOutcome.ROBOTS_DISALLOW else robots}
            )
