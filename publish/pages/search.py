"""The search page: divisions, bodies and the text of reports."""

from __future__ import annotations

import sqlite3
from typing import Any

from publish.pages.query import rows

LIMIT = 30
DIVISIONS = """
SELECT code, name, province, prefecture, level, status,
       (SELECT count(*) FROM body WHERE body.division_code = code) AS bodies
FROM division
WHERE instr(name, :words) OR code = :words OR instr(lower(name_en), lower(:words)) OR pinyin = lower(:words)
      OR instr(former_names, :words)
ORDER BY bodies DESC, code LIMIT :limit
"""
BODIES = """
SELECT body.id, body.name, body.kind, division.name AS division, count(report.id) AS reports
FROM body JOIN division ON division.code = body.division_code LEFT JOIN report ON report.body_id = body.id
WHERE instr(body.name, :words) OR instr(division.name, :words)
GROUP BY body.id ORDER BY reports DESC, body.id LIMIT :limit
"""
SECTIONS = """
SELECT section.report_id, section.heading, report.title, report.report_year,
       max(instr(section.text, :words) - 40, 1) AS start, section.text
FROM section JOIN report ON report.id = section.report_id
WHERE section.id IN (SELECT rowid FROM section_fts WHERE section_fts MATCH escape_fts(:words))
ORDER BY report.report_year DESC, section.report_id, section.number LIMIT :limit
"""


def gather(archive: sqlite3.Connection, words: str) -> dict[str, Any]:
    """What the words are found in, at most thirty of each kind; nothing for no words."""
    words = " ".join(words.split())
    if not words:
        return {"words": "", "divisions": [], "bodies": [], "sections": []}
    found = rows(archive, SECTIONS, words=words, limit=LIMIT)
    return {
        "words": words,
        "divisions": rows(archive, DIVISIONS, words=words, limit=LIMIT),
        "bodies": rows(archive, BODIES, words=words, limit=LIMIT),
        "sections": [row | {"excerpt": row["text"][row["start"] - 1 :][:160]} for row in found],
    }
