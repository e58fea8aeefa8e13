"""The search for portals as it stands in the database: which addresses to look at next, and what became of the others.

An address and everything its page led to are written in one transaction, so that a search that was killed goes on
where it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from crawler.portals.navigation import Candidate, home_of, twin_key
from crawler.portals.places import Place, places
from crawler.portals.proof import Claims, Verdict, verdict
from pipelines.clock import today

LEVELS = ("province", "prefecture", "county")
BY_HAND = ""  # what a candidate that no page links to is linked from


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking at a candidate: whose portal it is, what it says of itself, and where it leads."""

    verdict: Verdict
    claims: Claims
    further: tuple[Candidate, ...] = ()


class Survey:
    """The table ``portal_candidate``, read and written as the search goes on."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._table = db.table("portal_candidate")
        self._looked_at: set[tuple[str, str]] = set()

    def begin(self, seeds: Iterable[tuple[str, str]], selectors: Iterable[str]) -> None:
        """Open what a new search looks at: the seeds, all above the counties, and what was not settled last time."""
        chosen = tuple(selectors)
        with self._db.atomic():
            for code, url in seeds:
                if selected(code, chosen):
                    self.add([Candidate(places()[code], home_of(url), "portals.yaml", BY_HAND)])
            for row in list(self._table.rows_where("state != 'refused'")):
                again = row["level"] != "county" or row["state"] == "unsettled"
                if again and selected(row["place_code"], chosen):
                    self._table.update((row["place_code"], row["url"]), {"state": "open"})

    def begin_again(self, homes: Iterable[tuple[str, str]]) -> None:
        """Open these home pages, by place, to be looked at once more."""
        with self._db.atomic():
            for code, url in homes:
                self.add([Candidate(places()[code], url, "registry", BY_HAND)], twins=True)
                self._table.update((code, url), {"state": "open"})

    def add(self, candidates: Iterable[Candidate], *, twins: bool = False) -> None:
        """Take in addresses to look at; an address known already, or its http, https or www twin, only once.

        One that was refused is looked at again, once a process, when a page still leads to it.
        """
        for candidate in candidates:
            code = candidate.place.code
            known = {twin_key(row["url"]): row for row in self._table.rows_where("place_code = ?", [code])}
            before = known.get(twin_key(candidate.url))
            if before is None or (twins and before["url"] != candidate.url):
                row = {"url": candidate.url, "label": candidate.label, "linked_from": candidate.linked_from}
                level = candidate.place.level
                self._table.insert({"place_code": code, "level": level, "state": "open", **row}, ignore=True)
            elif before["state"] == "refused" and (code, before["url"]) not in self._looked_at:
                self._table.update((code, before["url"]), {"state": "open"})

    def open(self) -> list[Candidate]:
        """The candidates to look at next: all of the highest level that has any."""
        for level in LEVELS:
            rows = self._table.rows_where("state = 'open' AND level = ?", [level], order_by="place_code, url")
            found = [
                Candidate(places()[row["place_code"]], row["url"], row["label"], row["linked_from"]) for row in rows
            ]
            if found:
                return found
        return []

    def note(self, candidate: Candidate, looked: Looked) -> None:
        """Write what came of looking at a candidate, and take in where it leads."""
        found, claims = looked.verdict, looked.claims
        row: dict[str, Any] = {"state": found.state, "confidence": found.confidence, "seen_on": today().isoformat()}
        row |= {"reason_zh": found.reason.zh, "reason_en": found.reason.en}
        row |= {"site_id_code": claims.code or None, "site_name": claims.name or None}
        key = (candidate.place.code, candidate.url)
        self._looked_at.add(key)
        with self._db.atomic():
            self._table.update(key, row)
            self.add(looked.further)

    def accepted(self) -> dict[str, dict[str, Any]]:
        """The accepted candidate of each place that has exactly one of the best confidence, by code."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in list(self._table.rows_where("state = 'accepted'", order_by="confidence, url")):
            found.setdefault(row["place_code"], []).append(row)
        chosen: dict[str, dict[str, Any]] = {}
        for code, rows in found.items():
            best = [row for row in rows if row["confidence"] == rows[0]["confidence"]]  # high comes before medium
            if len({twin_key(row["url"]) for row in best}) == 1:
                chosen[code] = best[0]
            else:
                self._leave_open(places()[code], best)
        return chosen

    def _leave_open(self, place: Place, rows: list[dict[str, Any]]) -> None:
        """Two addresses prove to be one place's portal: neither is taken, and a person chooses."""
        with self._db.atomic():
            for row in rows:
                others = " ".join(other["url"] for other in rows if other["url"] != row["url"])
                reason = verdict("claimed_twice", place=place.full_name, others=others).reason
                words = {"reason_zh": reason.zh, "reason_en": reason.en}
                self._table.update((place.code, row["url"]), {"state": "unsettled", "confidence": None, **words})


def selected(code: str, selectors: tuple[str, ...]) -> bool:
    """Whether a place is chosen by selectors, the leading digits of codes; all are without any.

    The places above a chosen one are chosen too: the way to it leads through them.
    """
    significant = code.rstrip("0") if code in places() and places()[code].level != "county" else code
    return not selectors or any(code.startswith(one) or one.startswith(significant) for one in selectors)
