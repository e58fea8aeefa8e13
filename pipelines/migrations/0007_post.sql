-- Lists are also asked for by POST, one address for all of their pages: what is sent tells the requests apart.
-- The table is made anew because a constraint cannot be changed. References to it are checked when the migration ends.

PRAGMA defer_foreign_keys = ON

CREATE TABLE capture_before AS SELECT * FROM capture

DROP TABLE capture

CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run (id),
    division_code TEXT REFERENCES portal (division_code),
    url TEXT NOT NULL,
    method TEXT NOT NULL DEFAULT 'GET',
    payload TEXT NOT NULL DEFAULT '',
    attempt INTEGER NOT NULL DEFAULT 1,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    media_type TEXT,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    revisit_of INTEGER REFERENCES capture (id),
    vantage TEXT NOT NULL,
    received_at TEXT NOT NULL,
    UNIQUE (run_id, method, url, payload, attempt)
) STRICT

INSERT INTO capture (id, run_id, division_code, url, method, attempt, status, headers, media_type, sha256, size,
    revisit_of, vantage, received_at)
SELECT id, run_id, division_code, url, method, attempt, status, headers, media_type, sha256, size,
    revisit_of, vantage, received_at
FROM capture_before ORDER BY id

DROP TABLE capture_before

CREATE INDEX capture_by_url ON capture (url, id)

CREATE INDEX capture_by_digest ON capture (sha256)
