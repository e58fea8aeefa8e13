-- A date of writing (成文日期, 发文日期) is a candidate too, kept apart from those of publication.

CREATE TABLE report_date_with_written (
    report_id TEXT NOT NULL REFERENCES report (id),
    source TEXT NOT NULL CHECK (source IN ('meta', 'page', 'list', 'written', 'url', 'first_seen')),
    date TEXT NOT NULL,
    PRIMARY KEY (report_id, source)
) STRICT

INSERT INTO report_date_with_written SELECT report_id, source, date FROM report_date

DROP TABLE report_date

ALTER TABLE report_date_with_written RENAME TO report_date

-- Reports that a better reader takes for another body's or for none, withdrawn when a person has accepted that.

CREATE TABLE withdrawal (
    report_id TEXT NOT NULL,
    url TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    reason_zh TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    reader TEXT NOT NULL,
    withdrawn_on TEXT NOT NULL,
    PRIMARY KEY (report_id, url, withdrawn_on)
) STRICT
