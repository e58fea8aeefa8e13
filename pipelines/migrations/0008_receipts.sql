-- What a webmaster may ask of us: how often we asked which host, how close together, from which addresses it answered.

CREATE TABLE receipt (
    run_id INTEGER NOT NULL REFERENCES run (id),
    division_code TEXT NOT NULL,
    host TEXT NOT NULL,
    addresses TEXT NOT NULL,
    tls TEXT,
    requests INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    pause REAL NOT NULL,
    shortest_gap REAL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (run_id, division_code, host)
) STRICT

CREATE INDEX receipt_by_host ON receipt (host, run_id)

ALTER TABLE capture ADD COLUMN tls TEXT

ALTER TABLE capture ADD COLUMN cut INTEGER NOT NULL DEFAULT 0

ALTER TABLE visit ADD COLUMN again_at TEXT

UPDATE visit SET outcome = 'unreachable_from_here' WHERE outcome = 'unreachable'

UPDATE obligation SET reason = 'unreachable_from_here' WHERE reason = 'unreachable'
