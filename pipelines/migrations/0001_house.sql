-- The whole house of archive.db: STRICT tables, natural keys that stay the same when the database is made again.
-- Statements are separated by one blank line.

CREATE TABLE division (
    code TEXT PRIMARY KEY CHECK (length(code) = 6),
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    code_system TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('current', 'abolished')),
    province_code TEXT NOT NULL,
    province TEXT NOT NULL,
    prefecture_code TEXT,
    prefecture TEXT,
    pinyin TEXT,
    name_en TEXT,
    lat REAL,
    lon REAL,
    coord_source TEXT,
    valid_from TEXT,
    valid_to TEXT,
    successor_code TEXT,
    former_names TEXT
) STRICT

CREATE TABLE portal (
    division_code TEXT PRIMARY KEY REFERENCES division (code),
    name TEXT NOT NULL,
    home_url TEXT NOT NULL,
    list_url TEXT,
    platform TEXT,
    evidence TEXT NOT NULL,
    noted_on TEXT NOT NULL
) STRICT

CREATE TABLE report_list (
    division_code TEXT NOT NULL REFERENCES portal (division_code),
    url TEXT NOT NULL,
    title TEXT,
    evidence TEXT NOT NULL,
    found_on TEXT NOT NULL,
    PRIMARY KEY (division_code, url)
) STRICT

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL
        CHECK (state IN ('running', 'complete', 'needs_human', 'interrupted', 'abandoned', 'refused')),
    started_at TEXT NOT NULL,
    ended_at TEXT,
    registry TEXT,
    selection TEXT,
    vantage TEXT NOT NULL,
    user_agent TEXT,
    reader TEXT NOT NULL,
    portals INTEGER NOT NULL DEFAULT 0,
    summary_zh TEXT,
    summary_en TEXT
) STRICT

CREATE TABLE run_process (
    run_id INTEGER NOT NULL REFERENCES run (id),
    number INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    pid INTEGER NOT NULL,
    ending TEXT,
    PRIMARY KEY (run_id, number)
) STRICT

CREATE TABLE visit (
    run_id INTEGER NOT NULL REFERENCES run (id),
    division_code TEXT NOT NULL REFERENCES portal (division_code),
    outcome TEXT,
    requests INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    new_bodies INTEGER NOT NULL DEFAULT 0,
    revisits INTEGER NOT NULL DEFAULT 0,
    lists INTEGER NOT NULL DEFAULT 0,
    reports INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    robots TEXT,
    note_zh TEXT,
    note_en TEXT,
    started_at TEXT,
    ended_at TEXT,
    PRIMARY KEY (run_id, division_code)
) STRICT

CREATE TABLE incident (
    run_id INTEGER NOT NULL REFERENCES run (id),
    division_code TEXT REFERENCES portal (division_code),
    kind TEXT NOT NULL,
    url TEXT NOT NULL DEFAULT '',
    message_zh TEXT NOT NULL,
    message_en TEXT NOT NULL,
    seen_at TEXT NOT NULL
) STRICT

CREATE UNIQUE INDEX incident_once ON incident (run_id, ifnull(division_code, ''), kind, url)

CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run (id),
    division_code TEXT REFERENCES portal (division_code),
    url TEXT NOT NULL,
    method TEXT NOT NULL DEFAULT 'GET',
    attempt INTEGER NOT NULL DEFAULT 1,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    media_type TEXT,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    revisit_of INTEGER REFERENCES capture (id),
    vantage TEXT NOT NULL,
    received_at TEXT NOT NULL,
    UNIQUE (run_id, method, url, attempt)
) STRICT

CREATE INDEX capture_by_url ON capture (url, id)

CREATE INDEX capture_by_digest ON capture (sha256)

CREATE TABLE body (
    id TEXT PRIMARY KEY,
    division_code TEXT NOT NULL REFERENCES division (code),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('district_government', 'district_office', 'bureau', 'vertical_branch',
        'subdistrict', 'town', 'functional_zone', 'public_institution', 'unknown'))
) STRICT

CREATE INDEX body_by_division ON body (division_code)

CREATE TABLE report (
    id TEXT PRIMARY KEY,
    body_id TEXT NOT NULL REFERENCES body (id),
    report_year INTEGER NOT NULL CHECK (report_year BETWEEN 2003 AND 2100),
    edition TEXT CHECK (edition IN ('t2021', 't2019', 'hybrid', 's2014', 'l2004', 'free')),
    title TEXT NOT NULL,
    published_on TEXT,
    published_source TEXT,
    url TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('read', 'needs_review', 'unreadable')),
    status_reason_zh TEXT,
    status_reason_en TEXT,
    scope TEXT NOT NULL DEFAULT 'unknown' CHECK (scope IN ('region_aggregate', 'organ_only', 'mixed', 'unknown')),
    version INTEGER NOT NULL DEFAULT 1,
    sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    UNIQUE (body_id, report_year)
) STRICT

CREATE INDEX report_by_year ON report (report_year)

CREATE TABLE report_version (
    report_id TEXT NOT NULL REFERENCES report (id),
    version INTEGER NOT NULL,
    run_id INTEGER REFERENCES run (id),
    capture_id INTEGER REFERENCES capture (id),
    url TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('first seen', 'better source', 'source revised', 'reader changed', 'rule changed')),
    reader TEXT NOT NULL,
    read_at TEXT NOT NULL,
    PRIMARY KEY (report_id, version)
) STRICT

CREATE TABLE report_source (
    report_id TEXT NOT NULL REFERENCES report (id),
    url TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    capture_id INTEGER REFERENCES capture (id),
    role TEXT NOT NULL CHECK (role IN ('current', 'same figures', 'other figures', 'unreadable', 'superseded')),
    PRIMARY KEY (report_id, url)
) STRICT

CREATE TABLE report_date (
    report_id TEXT NOT NULL REFERENCES report (id),
    source TEXT NOT NULL CHECK (source IN ('meta', 'page', 'list', 'url', 'first_seen')),
    date TEXT NOT NULL,
    PRIMARY KEY (report_id, source)
) STRICT

CREATE TABLE disclosure (
    report_id TEXT PRIMARY KEY REFERENCES report (id),
    regulations_issued INTEGER,
    regulations_repealed INTEGER,
    regulations_in_force INTEGER,
    regulations_made INTEGER,
    regulations_newly_public INTEGER,
    regulations_total_public INTEGER,
    normative_documents_issued INTEGER,
    normative_documents_repealed INTEGER,
    normative_documents_in_force INTEGER,
    normative_documents_made INTEGER,
    normative_documents_newly_public INTEGER,
    normative_documents_total_public INTEGER,
    licensing_items_last_year INTEGER,
    licensing_items_change INTEGER,
    licensing_decisions INTEGER,
    other_service_items_last_year INTEGER,
    other_service_items_change INTEGER,
    other_service_decisions INTEGER,
    penalty_items_last_year INTEGER,
    penalty_items_change INTEGER,
    penalty_decisions INTEGER,
    coercion_items_last_year INTEGER,
    coercion_items_change INTEGER,
    coercion_decisions INTEGER,
    fees_collected REAL,
    fees_collected_unit TEXT,
    fee_items_last_year INTEGER,
    fee_items_change INTEGER,
    procurement_projects INTEGER,
    procurement_amount REAL,
    procurement_amount_unit TEXT
) STRICT

CREATE TABLE requests (
    report_id TEXT NOT NULL REFERENCES report (id),
    outcome TEXT NOT NULL REFERENCES metric (metric),
    natural_person INTEGER,
    company INTEGER,
    research_institute INTEGER,
    public_interest_org INTEGER,
    legal_service INTEGER,
    other_organisation INTEGER,
    total INTEGER,
    PRIMARY KEY (report_id, outcome)
) STRICT

CREATE TABLE disputes (
    report_id TEXT NOT NULL REFERENCES report (id),
    proceeding TEXT NOT NULL CHECK (proceeding IN ('review', 'lawsuit_direct', 'lawsuit_after_review')),
    upheld INTEGER,
    corrected INTEGER,
    other INTEGER,
    pending INTEGER,
    total INTEGER,
    PRIMARY KEY (report_id, proceeding)
) STRICT

CREATE TABLE annex (
    report_id TEXT NOT NULL REFERENCES report (id),
    metric TEXT NOT NULL REFERENCES metric (metric),
    value REAL,
    PRIMARY KEY (report_id, metric)
) STRICT

CREATE TABLE cell (
    report_id TEXT NOT NULL REFERENCES report (id),
    metric TEXT NOT NULL REFERENCES metric (metric),
    applicant TEXT CHECK (applicant IN ('natural_person', 'company', 'research_institute', 'public_interest_org',
        'legal_service', 'other_organisation', 'total')),
    status TEXT NOT NULL CHECK (status IN ('reported', 'blank', 'inferred_zero', 'derived', 'na_mark', 'text_zero',
        'text', 'absent', 'unreadable')),
    raw TEXT NOT NULL,
    proven_value REAL
) STRICT

CREATE UNIQUE INDEX cell_once ON cell (report_id, metric, ifnull(applicant, ''))

CREATE TABLE section (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (report_id, number)
) STRICT

CREATE VIRTUAL TABLE section_fts USING fts5 (heading, text, content='')

CREATE TABLE finding (
    report_id TEXT NOT NULL REFERENCES report (id),
    rule TEXT NOT NULL REFERENCES rule (id),
    subject TEXT NOT NULL,
    outcome TEXT NOT NULL
        CHECK (outcome IN ('pass', 'pass_blank_as_zero', 'fail', 'not_evaluable', 'not_applicable')),
    severity TEXT NOT NULL CHECK (severity IN ('hard', 'soft')),
    expected REAL,
    actual REAL,
    difference REAL,
    message_zh TEXT NOT NULL,
    message_en TEXT NOT NULL,
    PRIMARY KEY (report_id, rule, subject)
) STRICT

CREATE INDEX finding_by_outcome ON finding (outcome, severity)

CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES report (id),
    version INTEGER NOT NULL,
    metric TEXT NOT NULL REFERENCES metric (metric),
    applicant TEXT,
    old TEXT,
    new TEXT,
    cause TEXT NOT NULL CHECK (cause IN ('better source', 'source revised', 'reader changed', 'rule changed')),
    seen_on TEXT NOT NULL
) STRICT

CREATE INDEX revision_by_report ON revision (report_id)

CREATE TABLE obligation (
    body_id TEXT NOT NULL REFERENCES body (id),
    report_year INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('published', 'published_late', 'published_undated', 'not_due', 'missing')),
    reason TEXT,
    as_of TEXT NOT NULL,
    PRIMARY KEY (body_id, report_year)
) STRICT

CREATE TABLE metric (
    metric TEXT PRIMARY KEY,
    form_table TEXT NOT NULL,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    unit TEXT NOT NULL,
    editions TEXT NOT NULL,
    aliases TEXT
) STRICT

CREATE TABLE rule (
    id TEXT PRIMARY KEY,
    severity TEXT NOT NULL CHECK (severity IN ('hard', 'soft')),
    editions TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    source TEXT
) STRICT
