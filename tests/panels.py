"""Reports written into an archive row by row, for the tests of the rules that compare reports."""

from sqlite_utils import Database

from pipelines.panel import check_panel
from pipelines.vocabulary import APPLICANTS
from tests.archives import db

__all__ = ["db"]

PROSE = "".join(chr(0x4E00 + (number * 7919) % 20_000) for number in range(1_500))  # no two runs of it are alike


def add_report(db: Database, body: str, year: int, **columns: object) -> str:
    """A report of the 2021 form by a bureau of the district, published in time by its own word."""
    kind = str(columns.pop("kind", "bureau"))
    db.table("body").insert(
        {"id": body, "division_code": "120117", "name": f"宁河区{body}局", "kind": kind}, ignore=True
    )
    report_id = f"{body}-{year}"
    row = {"id": report_id, "body_id": body, "report_year": year, "edition": "t2021", "title": f"{body}局{year}年报告"}
    row |= {"published_on": f"{year + 1}-01-20", "published_source": "page", "url": f"http://x/{report_id}"}
    db.table("report").insert({**row, "status": "read", "sha256": "a", "fingerprint": report_id, **columns})
    return report_id


def print_disclosure(db: Database, report_id: str, **figures: float) -> None:
    db.table("disclosure").insert({"report_id": report_id, **figures})


def print_requests(db: Database, report_id: str, outcome: str, *figures: int | None) -> None:
    """The seven figures of a row of form table 3; the last one alone is repeated as natural persons."""
    row = figures if len(figures) > 1 else (figures[0], 0, 0, 0, 0, 0, figures[0])
    cells = dict(zip(APPLICANTS, row, strict=True))
    db.table("requests").insert({"report_id": report_id, "outcome": outcome, **cells})


def write(db: Database, report_id: str, first: str, fifth: str = "") -> None:
    for number, text in ((1, first), (5, fifth)):
        db.table("section").insert({"report_id": report_id, "number": number, "heading": "x", "text": text})


def found(db: Database) -> list[tuple[str, str, str, str, float | None, float | None]]:
    columns = "report_id, rule, subject, outcome, expected, actual"
    return db.execute(f"SELECT {columns} FROM finding ORDER BY report_id, rule, subject").fetchall()


def of(db: Database, rule: str) -> list[tuple[str, str, str]]:
    check_panel(db)
    return [(report, subject, outcome) for report, name, subject, outcome, *_ in found(db) if name == rule]
