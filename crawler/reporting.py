"""What a visit writes into the ledger while it goes on and when it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlite_utils import Database

from crawler.hosts import twins
from crawler.outcomes import IncidentKind, VisitOutcome, ending, incident
from crawler.secondlook import SecondLooks, second_looks
from pipelines import ledger
from pipelines.clock import today, utc_in, utc_now
from pipelines.ledger import Tally
from pipelines.moves import follow_moves
from pipelines.reasons import Sentence

# CROSS JOIN: the runs from the last one back, each with its visit by its key.
RESTS = """
SELECT visit.outcome, visit.again_at FROM run CROSS JOIN visit ON visit.run_id = run.id
WHERE division_code = :code AND run.id < :run AND again_at > :now
  AND run.vantage = (SELECT vantage FROM run WHERE id = :run)
ORDER BY run.id DESC LIMIT 1
"""

KEEP_LIST = """
INSERT INTO report_list (division_code, url, title, evidence, found_on, is_menu)
VALUES (:division_code, :url, :title, :evidence, :found_on, :is_menu)
ON CONFLICT DO UPDATE SET lost_on = NULL, is_menu = excluded.is_menu
"""

LEFT_OVER = """
SELECT url FROM incident WHERE ifnull(division_code, '') = :code AND kind = :kind AND run_id = (
    SELECT run.id FROM run CROSS JOIN visit ON visit.run_id = run.id
    WHERE division_code = :code AND run.id < :run AND lists > 0 ORDER BY run.id DESC LIMIT 1
) ORDER BY url
"""

NO_LIST = {IncidentKind.NOT_FOUND, IncidentKind.LIST_EMPTY, IncidentKind.OFFSITE}
"""What says that a known list is no longer there, and not only out of reach tonight."""


@dataclass(slots=True)
class Reporter:
    """Writes for one portal's visit: incidents as they happen, its lists and its outcome at its end.

    The lists wait for the end because a visit that was cut short is made again, and must then search as it did first.
    """

    db: Database
    run_id: int
    code: str
    second_look: int = 0
    """Days after which a report that has not changed in its list is asked for again."""
    menus: set[str] = field(default_factory=set)
    """Known columns without reports of their own that led on to lists."""
    _lists: list[dict[str, str | int]] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _lost: set[str] = field(default_factory=set)
    _listed: set[str] = field(default_factory=set)

    def begin(self) -> list[tuple[str, str]]:
        """Note that the visit starts, and give address and title of the report lists that earlier nights found."""
        ledger.begin_visit(self.db, self.run_id, self.code)
        rows = self.db.execute(
            """SELECT url, ifnull(title, ''), is_menu FROM report_list
               WHERE division_code = ? AND lost_on IS NULL ORDER BY url""",
            [self.code],
        ).fetchall()
        self._known = {url for url, *_ in rows}
        self.menus = {url for url, _, is_menu in rows if is_menu}
        return [(url, title) for url, title, _ in rows]

    def looks(self) -> SecondLooks:
        """Which reports earlier nights have looked at."""
        return second_looks(self.db, self.run_id, self.code, self.second_look)

    def left_over(self) -> list[str]:
        """The pages from which the last visit that came to lists had no request left to go on."""
        named = {"run": self.run_id, "code": self.code, "kind": IncidentKind.LINKS_LEFT}
        return [url for (url,) in self.db.execute(LEFT_OVER, named)]

    def asked_lately(self, url: str) -> bool:
        """Whether an earlier night has asked for an address within the days of a second look."""
        since = utc_in(-timedelta(days=self.second_look))
        query = "SELECT 1 FROM capture WHERE url = ? AND run_id < ? AND received_at > ? LIMIT 1"
        return self.db.execute(query, [url, self.run_id, since]).fetchone() is not None

    def rests(self) -> tuple[VisitOutcome, str] | None:
        """How an earlier visit ended after which the portal is still to be left alone, and until when (UTC)."""
        row = self.db.execute(RESTS, {"run": self.run_id, "code": self.code, "now": utc_now()}).fetchone()
        if row is None:
            return None
        outcome, until = VisitOutcome(row[0]), str(row[1])
        return (VisitOutcome.DECLINES_PROGRAMS if outcome is VisitOutcome.PARTIAL else outcome), until

    def home(self, url: str) -> str:
        """The home page under the scheme and host where it answered last; as registered where it never did."""
        known = [url, *twins(url, answered=False)]
        marks = ", ".join("?" for _ in known)
        row = self.db.execute(
            f"""SELECT url FROM capture WHERE url IN ({marks}) AND status IN (200, 304) AND run_id < ?
                ORDER BY received_at DESC, id DESC LIMIT 1""",  # noqa: S608, marks only
            [*known, self.run_id],
        ).fetchone()
        return str(row[0]) if row else url

    @property
    def has_moved(self) -> bool:
        """Whether known lists are gone and others were found that were not known."""
        found = {row["url"] for row in self._lists}
        return bool(self._lost - found and found - self._known)

    def _write_lists(self) -> None:
        """Keep the lists found. One that is gone is left alone from now on, if the visit has found its successor."""
        for row in self._lists:
            self.db.execute(KEEP_LIST, row)
        if self.has_moved:
            for url in self._lost - {row["url"] for row in self._lists}:
                self.db.table("report_list").update((self.code, url), {"lost_on": today().isoformat()})
            follow_moves(self.db, self.code, self._listed)

    def incident(self, kind: IncidentKind, url: str, detail: str = "") -> None:
        """Note what went wrong at an address."""
        if kind in NO_LIST and url in self._known:
            self._lost.add(url)
        ledger.record_incident(self.db, self.run_id, incident(kind, url, self.code, detail))

    def said(self, kind: IncidentKind, url: str, sentence: Sentence) -> None:
        """Note what the reading said about a document."""
        noted = incident(kind, url, self.code, sentence.en, sentence.zh)
        ledger.record_incident(self.db, self.run_id, noted)

    def row_found(self, url: str) -> None:
        """Note that a list names this address tonight."""
        self._listed.add(url)

    def list_found(self, url: str, title: str, evidence: str, *, is_menu: bool = False) -> None:
        """Remember a report list, or a column that leads on to some, so that the next night begins there."""
        row = {"url": url, "title": title, "evidence": evidence, "found_on": today().isoformat()}
        self._lists.append({"division_code": self.code, **row, "is_menu": is_menu})

    def end(self, outcome: VisitOutcome, tally: Tally, detail: str = "", **more: str | None) -> None:
        """Note the outcome and what it came from, the counts, ``more`` columns of the visit, and its lists."""
        with self.db.atomic():
            self._write_lists()
            ledger.end_visit(self.db, self.run_id, self.code, ending(outcome, detail), tally, **more)
