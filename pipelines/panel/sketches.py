"""Sketches of the running text: a few bytes by which reports that say nearly the same are found among many.

Of the shingles of a text the least hashes are kept in six groups of six. Two texts whose shingles agree to 97 of 100
share such a group with a chance of 0.97⁶ = 83 of 100, and at least one of the six groups nearly always.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from struct import pack
from typing import Any
from zlib import crc32

from sqlite_utils import Database

from pipelines.rules.limits import limits
from pipelines.text import tidy

METHOD = "1"  # raised whenever the same text may give another sketch
GROUPS = 6
_LEAST = 6  # hashes in a group
_SHINGLE = 5  # characters
_LONGEST = 20_000  # characters of a text that are looked at
_BATCH = 500
_FIGURES = re.compile(r"\d+|[二〇零○一三四五六七八九十]{2,}年")
_STALE = """
SELECT report.id, report.version, report.fingerprint FROM report LEFT JOIN sketch ON sketch.report_id = report.id
WHERE sketch.made_from IS NOT ? || ':' || report.version || ':' || report.fingerprint ORDER BY report.id
"""
_TEXT = """
SELECT group_concat(section.text, char(10)) AS text, body.name AS body, division.name AS division
FROM report JOIN body ON body.id = report.body_id JOIN division ON division.code = body.division_code
LEFT JOIN section ON section.report_id = report.id AND section.number IN (1, 5)
WHERE report.id = ?
"""


def refresh_sketches(db: Database) -> None:
    """Make the sketches that are missing or older than their report, a few hundred in a transaction."""
    stale = iter(list(db.query(_STALE, [METHOD])))
    while batch := list(islice(stale, _BATCH)):
        rows = [_sketch(db, report) for report in batch]
        with db.atomic():
            db.table("sketch").upsert_all(rows, pk="report_id")


def _sketch(db: Database, report: dict[str, Any]) -> dict[str, Any]:
    text = masked_text(db, report["id"])
    long_enough = len(text) >= limits().boilerplate_least_characters
    return {
        "report_id": report["id"],
        "made_from": f"{METHOD}:{report['version']}:{report['fingerprint']}",
        "characters": len(text),
        "hashes": pack(f">{GROUPS}I", *groups(shingles(text))) if long_enough else b"",
    }


def masked_text(db: Database, report_id: str) -> str:
    """Sections 一 and 五 of a report without white space, names of the body and its division, years and digits."""
    row = next(db.query(_TEXT, [report_id]))
    text = _FIGURES.sub("", "".join(tidy((row["text"] or "")[:_LONGEST]).split()))
    return _names(row["body"], row["division"]).sub("", text)


@cache
def _names(body: str, division: str) -> re.Pattern[str]:
    stem = re.sub("(?:区|县|市|旗)$", "", division)
    names = {body, body.removeprefix(division), division, stem if len(stem) > 1 else division}
    return re.compile("|".join(re.escape(name) for name in sorted(filter(None, names), key=len, reverse=True)))


def shingles(text: str) -> set[int]:
    """The hashes of every run of five characters."""
    data = text.encode("utf-16-le")
    return {crc32(data[i : i + 2 * _SHINGLE]) * 0x9E3779B1 & 0xFFFFFFFF for i in range(0, len(data) - 8, 2)}


def groups(hashes: Iterable[int]) -> Iterator[int]:
    """Six numbers, each standing for the least six hashes of one sixth of all hashes."""
    least: list[list[int]] = [[] for _ in range(GROUPS)]
    wanted = GROUPS * _LEAST
    for value in sorted(hashes):
        group = least[value % GROUPS]
        if len(group) < _LEAST:
            group.append(value)
            wanted -= 1
            if not wanted:
                break
    return (crc32(pack(f">{len(group)}I", *group)) for group in least)
