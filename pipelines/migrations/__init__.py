"""The schema of archive.db as sqlite-utils migrations: numbered SQL files, each applied once in a transaction.

``observation`` is a view made from ``metrics.csv`` and is therefore made anew whenever a database is opened.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

migrations = Migrations("gongkai")


def statements(sql: str) -> list[str]:
    """The statements of one SQL file; they are separated by blank lines, comment paragraphs are dropped."""
    paragraphs = (paragraph.strip() for paragraph in sql.split("\n\n"))
    return [paragraph for paragraph in paragraphs if paragraph and not paragraph.startswith("--")]


def _run_file(db: Database, name: str) -> None:
    for statement in statements((Path(__file__).parent / name).read_text(encoding="utf-8")):
        db.execute(statement)


@migrations(name="0001_house")
def house(db: Database) -> None:
    """Make every table of the house."""
    _run_file(db, "0001_house.sql")


@migrations(name="0003_fault")
def fault(db: Database) -> None:
    """Let a finding tell whose fault it is and what the smallest explanation of it would be."""
    _run_file(db, "0003_fault.sql")


@migrations(name="0004_narrative")
def narrative(db: Database) -> None:
    """Make the tables of the running text."""
    _run_file(db, "0004_narrative.sql")


@migrations(name="0005_annex_unit")
def annex_unit(db: Database) -> None:
    """Keep the unit that is printed beside a figure of the annex."""
    _run_file(db, "0005_annex_unit.sql")


@migrations(name="0006_reread")
def reread(db: Database) -> None:
    """Keep what is needed to read a source again just as the night read it."""
    _run_file(db, "0006_reread.sql")


@migrations(name="0007_post")
def post(db: Database) -> None:
    """Tell requests to one address apart by what they send."""
    _run_file(db, "0007_post.sql")


@migrations(name="0008_receipts")
def receipts(db: Database) -> None:
    """Keep what hosts were asked, how a capture was encrypted, and whether its body broke off."""
    _run_file(db, "0008_receipts.sql")


@migrations(name="0009_portals")
def portals(db: Database) -> None:
    """Keep how portals were found, and tell searches for them from nights."""
    _run_file(db, "0009_portals.sql")


@migrations(name="0010_identity")
def identity(db: Database) -> None:
    """Keep dates of writing apart, and what was withdrawn because it was another body's report or none."""
    _run_file(db, "0010_identity.sql")


@migrations(name="0011_menus")
def menus(db: Database) -> None:
    """Tell the columns that lead on to lists from the lists."""
    _run_file(db, "0011_menus.sql")
