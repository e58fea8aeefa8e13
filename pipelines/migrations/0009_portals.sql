-- Portals found by observation: how surely, and when it was last seen; every address that was looked at on the way; and
-- lists of reports that are no longer where they were. A search for portals is a run too, and no night.

ALTER TABLE portal ADD COLUMN confidence TEXT CHECK (confidence IN ('high', 'medium'))

ALTER TABLE portal ADD COLUMN checked_on TEXT

ALTER TABLE report_list ADD COLUMN lost_on TEXT

ALTER TABLE run ADD COLUMN kind TEXT NOT NULL DEFAULT 'night' CHECK (kind IN ('night', 'import', 'search'))

UPDATE run SET kind = 'import' WHERE user_agent IS NULL

CREATE TABLE portal_candidate (
    place_code TEXT NOT NULL CHECK (length(place_code) = 6),
    url TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('province', 'prefecture', 'county')),
    label TEXT NOT NULL,
    linked_from TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'refused', 'unsettled')),
    confidence TEXT CHECK (confidence IN ('high', 'medium')),
    reason_zh TEXT,
    reason_en TEXT,
    site_id_code TEXT,
    site_name TEXT,
    seen_on TEXT,
    PRIMARY KEY (place_code, url)
) STRICT

CREATE INDEX portal_candidate_by_state ON portal_candidate (state, level)
