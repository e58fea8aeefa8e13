"""The county-level divisions of China, from ``divisions.csv`` in the registry: a report belongs to one of them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database  # reading needs the names alone, and begins sooner without

PATH = Path(__file__).parents[1] / "crawler" / "portals" / "divisions.csv"
NUMBERS = ("lat", "lon")


@cache
def divisions() -> dict[str, dict[str, Any]]:
    """All divisions by code; an empty field is None, coordinates are degrees."""
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]
    return {str(row["code"]): {**row, **{name: _number(row[name]) for name in NUMBERS}} for row in rows}


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def fill_divisions(db: Database) -> None:
    """Bring the table ``division`` up to date with the file."""
    with db.atomic():
        db.table("division").upsert_all(divisions().values(), pk="code", batch_size=1000)
