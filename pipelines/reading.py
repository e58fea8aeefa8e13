"""From a captured document to checked figures: the one way every document goes, wherever it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipelines.document import Document
from pipelines.editions import Edition, editions
from pipelines.identity import Identity, Provenance, identify, says_it_is_something_else
from pipelines.matching import Key, Matches, Table, match
from pipelines.readers import Kind, Reason, Unreadable, members, read_document, sniff
from pipelines.reasons import NO_DOCUMENT, Sentence, why_pictures, why_unreadable
from pipelines.sections import Section, cut
from pipelines.tokens import Status, read_token
from pipelines.vocabulary import APPLICANTS, metrics

READER = "1"  # raised whenever the same document may give other figures than before
_SECTIONS_OF_A_REPORT = 4  # so many statutory headings make a report even when its tables are missing


@dataclass(slots=True)
class Observation:
    """One figure of the form: what is printed, and the value the identities prove where nothing is."""

    metric: str
    applicant: str | None
    raw: str
    status: Status
    value: float | None = None
    unit: str | None = None
    proven: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found about ``subject``, the row, column or table it looked at."""

    rule: str
    subject: str
    outcome: str
    severity: str
    expected: float | None
    actual: float | None
    message_zh: str
    message_en: str

    @property
    def difference(self) -> float | None:
        """Actual less expected; None where either is missing."""
        return None if self.expected is None or self.actual is None else self.actual - self.expected


@dataclass(slots=True)
class Reading:
    """All that was read from one document.

    Exactly one of three things holds: ``refusal`` says why it is not a report; ``unreadable`` says why a report's
    tables could not be read; or ``observations`` has a row for every figure its edition asks for.
    """

    provenance: Provenance
    identity: Identity
    edition: str | None = None
    observations: dict[Key, Observation] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    matches: Matches = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)
    refusal: Sentence | None = None
    unreadable: Sentence | None = None

    @property
    def form(self) -> Edition:
        """The edition whose labels and rows apply; the newer one for a hybrid."""
        return editions().get(self.edition or "") or next(iter(editions().values()))

    @property
    def status(self) -> str:
        """``unreadable``, ``needs_review`` when a hard rule fails, else ``read``."""
        if self.unreadable:
            return "unreadable"
        contradicted = any(f.outcome == "fail" and f.severity == "hard" for f in self.findings)
        return "needs_review" if contradicted else "read"


def read(data: bytes, provenance: Provenance | None = None) -> Reading:
    """Read one document: decode, find the statutory tables, read their cells and the report's identity.

    Of a package, the first document that reads as a report is read. Never raises for what a document contains;
    ``pipelines.rules.check`` completes the reading.
    """
    provenance = provenance or Provenance()
    try:
        if sniff(data) is Kind.ZIP:
            return _read_package(data, provenance)
        return _read_one(read_document(data), provenance)
    except Unreadable as error:
        return _without_reader(error, provenance)


def _read_package(data: bytes, provenance: Provenance) -> Reading:
    """The first member with figures; else the first that is a report without them. A member's name may be its title."""
    kept: Reading | None = None
    for member in members(data):
        named = replace(provenance, list_title=provenance.list_title or member.name)
        try:
            reading = _read_one(read_document(member.data), named)
        except Unreadable as error:
            reading = _without_reader(error, named)
        if reading.refusal is None and reading.unreadable is None:
            return reading
        if reading.refusal is None:
            kept = kept or reading
    return kept or _without_reader(Unreadable(Kind.ZIP, Reason.NOTHING_INSIDE), provenance)


def _read_one(document: Document, provenance: Provenance) -> Reading:
    matches = match(document)
    reading = Reading(
        provenance,
        identify(document, provenance),
        sections=cut(document.paragraphs()),
        matches=matches,
        attachments=document.attachments,
    )
    reading.refusal = _refusal(document, reading)
    if reading.refusal is None:
        _read_tables(reading)
        if reading.unreadable and document.pictures:
            reading.unreadable = why_pictures(document.pictures)
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


def _refusal(document: Document, reading: Reading) -> Sentence | None:
    if word := says_it_is_something_else(document):
        return Sentence(
            "look_alike",
            f"不是年度报告:标题含“{word}”。",
            f"Not an annual report: its title says “{word}”.",
        )
    if reading.matches.keys() & {Table.DISCLOSURE, Table.REQUESTS}:
        return _unidentified(reading)
    if len(reading.sections) > _SECTIONS_OF_A_REPORT:
        return _unidentified(reading)
    if reading.identity.title and reading.attachments:
        return Sentence("in_attachment", "报告在附件中。", "The report is in an attachment of this page.")
    return Sentence(
        "no_tables",
        "不是年度报告:没有法定表格,也没有法定的各部分标题。",
        "Not an annual report: it has neither a statutory table nor the statutory section headings.",
    )


def _unidentified(reading: Reading) -> Sentence | None:
    """Why a report cannot be placed in the grid of bodies and years."""
    if reading.identity.report_year is None:
        return Sentence(
            "no_year",
            "无法确定报告年度:标题、统计期限和发布日期都没有给出。",
            "The year reported on cannot be told: neither title, period nor date of publication states it.",
        )
    if reading.identity.body_name is None and reading.provenance.division is not None:
        return Sentence(
            "no_body",
            "无法确定是哪个机关的报告。",
            "The body that reports cannot be told.",
        )
    return None


def _read_tables(reading: Reading) -> None:
    if not reading.matches:
        reading.unreadable = Sentence(
            "no_text_table",
            "有报告的各部分标题,但没有文字表格(可能是图片)。",
            "The section headings are there but no table is text (they may be pictures).",
        )
        return
    reading.edition = _edition(reading.matches)
    for key in _expected_keys(reading):
        reading.observations[key] = _observe(reading, key)


def _edition(matches: Matches) -> str:
    """Form table 2 decides; without it, what stands under (六)其他处理 in form table 3."""
    by_disclosure = matches[Table.DISCLOSURE].edition if Table.DISCLOSURE in matches else ""
    by_requests = matches[Table.REQUESTS].edition if Table.REQUESTS in matches else ""
    if by_disclosure and by_requests and by_disclosure != by_requests:
        return "hybrid"
    return by_disclosure or by_requests or "t2019"


def _expected_keys(reading: Reading) -> list[Key]:
    """Every figure the form asks for, in the order of the form.

    Where a publisher printed one row in place of several, that row is asked for. A hybrid is asked for what it printed.
    """
    form = reading.form
    disclosure: list[Key] = [(metric, None) for metric in form.disclosure_metrics]
    if reading.edition == "hybrid":
        disclosure = [key for key in reading.matches[Table.DISCLOSURE].cells if key[1] is None]
    requests: list[Key] = [(metric, applicant) for metric in _request_rows(reading) for applicant in APPLICANTS]
    disputes: list[Key] = [(metric, None) for metric in form.dispute_metrics]
    return [*disclosure, *requests, *disputes]


def _request_rows(reading: Reading) -> list[str]:
    found = {metric for metric, _ in _cells(reading, Table.REQUESTS)}
    replaced = {name for row in reading.form.requests if row.metric in found for name in row.instead_of}
    return [
        row.metric
        for row in reading.form.requests
        if row.metric not in replaced and (not row.instead_of or row.metric in found)
    ]


def _cells(reading: Reading, table: Table) -> dict[Key, str]:
    matched = reading.matches.get(table)
    return {key: cell.text for key, cell in matched.cells.items()} if matched else {}


def _observe(reading: Reading, key: Key) -> Observation:
    metric, applicant = key
    cell = next((found.cells[key] for found in reading.matches.values() if key in found.cells), None)
    if cell is None:
        return Observation(metric, applicant, "", Status.ABSENT)
    token = read_token(cell.text, metrics()[metric].kind)
    unit = token.unit or (reading.form.units.get(metric) if token.value is not None else None)
    return Observation(metric, applicant, cell.text, token.status, token.value, unit)
