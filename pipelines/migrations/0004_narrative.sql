-- The figures that reports give in their running text, and the sketches by which near-identical texts are found.
-- Statements are separated by one blank line.

CREATE TABLE narrative (
    report_id TEXT NOT NULL REFERENCES report (id),
    metric TEXT NOT NULL,
    value REAL NOT NULL,
    unit TEXT NOT NULL,
    section INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (report_id, metric, section, start, "end", value)
) STRICT

CREATE INDEX narrative_by_metric ON narrative (metric)

CREATE TABLE sketch (
    report_id TEXT PRIMARY KEY REFERENCES report (id),
    made_from TEXT NOT NULL,
    characters INTEGER NOT NULL,
    hashes BLOB NOT NULL
) STRICT
