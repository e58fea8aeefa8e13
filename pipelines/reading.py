"""From a captured document to checked figures: the one way every document goes, wherever it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.asked import edition_of, form_of
from pipelines.captions import of_the_year
from pipelines.document import Document
from pipelines.editions import Edition, prose
from pipelines.identity import Identity, Provenance, identify, looks_like_report_title, says_it_is_something_else
from pipelines.inwords import reports_in_words
from pipelines.matching import Key, Matches, Table, count_markers, match
from pipelines.matching.markers import MarkerHits
from pipelines.narrative import Doubted, Statement, narrate
from pipelines.observing import Observation, observe
from pipelines.packages import read_package
from pipelines.periods import labels_of_other_periods
from pipelines.readers import TIME_LIMIT, Kind, Unreadable, read_document, sniff
from pipelines.reasons import NO_DOCUMENT, Sentence, reason, why_pictures, why_unreadable
from pipelines.routes import Routes, compare
from pipelines.scattered import labels_are_scattered
from pipelines.sections import Section, cut
from pipelines.sequence import read_in_order
from pipelines.whose import Whose, standing

__all__ = ["Finding", "Observation", "Reading", "read"]

READER = "7"  # raised whenever the same document may give other figures than before
_SECTIONS_OF_A_REPORT = 4  # so many statutory headings make a report even when its tables are missing
_FILES = frozenset({Kind.PDF, Kind.DOCX, Kind.STRICT_DOCX, Kind.DOC, Kind.RTF, Kind.WORD_XML, Kind.ODT})


class Finding(NamedTuple):
    """What one rule found about ``subject``, the row, column or table it looked at.

    A hard failure says whose ``fault`` it is: the ``publisher``'s where both routes read every figure of it alike,
    ``ours`` where they do not, None where that cannot be told. The explanation is the smallest change of the printed
    figures that makes the sums hold, in words; no figure is ever changed by it.
    """

    rule: str
    subject: str
    outcome: str
    severity: str
    expected: float | None
    actual: float | None
    message_zh: str
    message_en: str
    fault: str | None = None
    explanation_zh: str | None = None
    explanation_en: str | None = None

    @property
    def difference(self) -> float | None:
        """Actual less expected; None where either is missing."""
        return None if self.expected is None or self.actual is None else self.actual - self.expected


@dataclass(slots=True)
class Reading:
    """All that was read from one document.

    Exactly one of three things holds: ``refusal`` says why it is not a report; ``unreadable`` says why a report's
    tables could not be read; or ``observations`` has a row for every figure its edition asks for, none for a report in
    words alone. ``marker_hits`` counts, table by table, the wordings that only one edition prints. ``other_years`` are
    the captions of tables of another year, which were left out; ``other_periods``, where figures are missing, are the
    labels and heads in the tables for which some were.
    ``odd`` are the figures that are not plain whole numbers, mostly few: rules about single cells look at them alone.
    ``told`` is the narrative by what its statements tell. Both are made for the rules when they begin.
    ``doubted`` are the figures of the running text that are not taken at their word.
    ``others``, of a report that came in a package, are the names of its other documents that were not taken.
    """

    provenance: Provenance
    identity: Identity
    edition: str | None = None
    observations: dict[Key, Observation] = field(default_factory=dict)
    odd: list[Key] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    narrative: list[Statement] = field(default_factory=list)
    told: dict[str, list[Statement]] = field(default_factory=dict)
    doubted: list[Doubted] = field(default_factory=list)
    routes: Routes = field(default_factory=lambda: Routes({}))
    matches: Matches = field(default_factory=dict)
    marker_hits: MarkerHits = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)
    other_years: list[str] = field(default_factory=list)
    other_periods: list[str] = field(default_factory=list)
    others: list[str] | None = None
    refusal: Sentence | None = None
    unreadable: Sentence | None = None

    @property
    def form(self) -> Edition:
        """The edition of the three tables whose labels and rows apply; the newest for a hybrid or for none."""
        return form_of(self.edition)

    @property
    def status(self) -> str:
        """``unreadable``, ``needs_review`` when a hard rule fails, else ``read``; the publisher's own error is read."""
        if self.unreadable:
            return "unreadable"
        doubtful = any(f.outcome == "fail" and f.severity == "hard" and f.fault != "publisher" for f in self.findings)
        return "needs_review" if doubtful else "read"


def read(data: bytes, provenance: Provenance | None = None) -> Reading:
    """Read one document: decode, find the statutory tables, read their cells and the report's identity.

    Of a package, the first document with figures is read. Never raises for what a document contains;
    ``pipelines.rules.check`` completes the reading.
    """
    provenance = provenance or Provenance()
    try:
        kind = sniff(data)
        if kind is Kind.ZIP:
            return read_package(data, provenance, _read_member)
        return _read_one(data, kind, provenance)
    except Unreadable as error:
        return _without_reader(error, provenance)


def _read_member(data: bytes, kind: Kind, provenance: Provenance, time_limit: float) -> Reading:
    try:
        return _read_one(data, kind, provenance, time_limit)
    except Unreadable as error:
        return _without_reader(error, provenance)


def _read_one(data: bytes, kind: Kind, provenance: Provenance, time_limit: float = TIME_LIMIT) -> Reading:
    document = read_document(data, kind, time_limit)
    identity = identify(document, provenance)
    ours, other_years = of_the_year(document, identity.report_year)
    routes = compare(match(ours, identity.report_year), read_in_order(ours, identity.report_year))
    matches = routes.matches
    reading = Reading(
        provenance,
        identity,
        sections=cut(document.paragraphs()),
        routes=routes,
        matches=matches,
        marker_hits=count_markers(list(ours.grids())) if matches else {},
        attachments=document.attachments,
        other_years=other_years,
    )
    reading.refusal = _refusal(document, reading, is_file=kind in _FILES)
    if reading.refusal is None:
        reading.narrative, reading.doubted = narrate(reading.sections, identity.report_year)
        _read_tables(document, reading)
        if len(routes.cells) < len(reading.observations):
            reading.other_periods = labels_of_other_periods(ours, identity.report_year)
    return reading


def _without_reader(error: Unreadable, provenance: Provenance) -> Reading:
    """A document that cannot be read is kept when its list calls it a report."""
    reading = Reading(provenance, identify(Document([]), provenance))
    sentence = why_unreadable(error)
    if error.reason in NO_DOCUMENT:
        reading.refusal = sentence
    else:
        reading.unreadable = sentence
        reading.refusal = _unidentified(reading) if provenance.division else None
    return reading


def _refusal(document: Document, reading: Reading, *, is_file: bool) -> Sentence | None:
    """Why the document is no report. A page without tables is none; a file that its list calls a report is kept."""
    tables = {*reading.matches, *reading.routes.lossy}
    has_tables = bool(reading.other_years or tables & {Table.DISCLOSURE, Table.REQUESTS, Table.ANNEX})
    if word := says_it_is_something_else(document, has_tables=has_tables):
        return reason("look_alike", word=word)
    if has_tables:
        return _unidentified(reading)
    if len(reading.sections) > _SECTIONS_OF_A_REPORT or _is_in_words(document, reading):
        return _unidentified(reading)
    if is_file and looks_like_report_title(reading.provenance.list_title):
        return _unidentified(reading)
    if reading.identity.title and reading.attachments:
        return reason("in_attachment")
    return reason("no_tables")


def _unidentified(reading: Reading) -> Sentence | None:
    """Why a report cannot be placed in the grid of bodies and years."""
    if reading.identity.report_year is None:
        return reason("no_year")
    if reading.identity.body_name is None and reading.provenance.division is not None:
        return reason("no_body")
    return _of_another_place(reading)


def _of_another_place(reading: Reading) -> Sentence | None:
    """A portal also shows reports of the city above it and of neighbours; they are not its division's."""
    name, division = reading.identity.body_name, reading.provenance.division
    if name is None or division is None or standing(name, division).whose not in (Whose.ABOVE, Whose.ELSEWHERE):
        return None
    return reason("another_place", body=name, division=division.name)


def _is_in_words(document: Document, reading: Reading) -> bool:
    tables = reading.matches or reading.routes.lossy or reading.other_years or document.pictures
    titled = reading.identity.title is not None and not tables
    return titled and reports_in_words(document.paragraphs(), reading.identity.report_year, reading.sections)


def _read_tables(document: Document, reading: Reading) -> None:
    if _is_in_words(document, reading):
        reading.edition = prose().id
        return
    reading.unreadable = _without_figures(document, reading)
    if reading.unreadable is None:
        reading.edition = edition_of(reading.matches)
        reading.observations = observe(reading.edition, reading.routes)


def _without_figures(document: Document, reading: Reading) -> Sentence | None:
    """Why there is no table to read figures from, or an annex that no figure can be told of."""
    matches = reading.matches
    if reading.routes.refused:
        return reason("lossy_text")
    if not matches and reading.other_years:
        return reason("other_years", year=str(reading.identity.report_year), captions="、".join(reading.other_years))
    if not matches:
        return _without_table(document, reading)
    annex = matches.get(Table.ANNEX)
    if annex is None or annex.cells or len(matches) > 1:
        return None
    if annex.columns:
        heads = "、".join(annex.columns)
        return reason("annex_columns", heads=heads)
    return reason("annex_incomplete")


def _without_table(document: Document, reading: Reading) -> Sentence:
    if Table.REQUESTS in reading.routes.unheaded:
        return reason("no_heads")
    if labels_are_scattered(document.paragraphs()):
        return reason("scattered")
    if labels_are_scattered(document.hidden):
        return reason("hidden")
    return why_pictures(document.pictures) if document.pictures else reason("no_text_table")
