-- Reading the archive again: what the list said of each source, and which reader read it last.

ALTER TABLE report_source ADD COLUMN list_name TEXT NOT NULL DEFAULT ''

ALTER TABLE report_source ADD COLUMN list_title TEXT NOT NULL DEFAULT ''

ALTER TABLE report_source ADD COLUMN list_date TEXT NOT NULL DEFAULT ''

ALTER TABLE report_source ADD COLUMN reader TEXT

-- Nothing was kept of the lists until now; the title and the date that were taken from them stand with the report.

UPDATE report_source SET
    list_title = (SELECT title FROM report WHERE report.id = report_id),
    list_date = ifnull((SELECT date FROM report_date AS d WHERE d.report_id = report_source.report_id AND d.source = 'list'), ''),
    reader = (SELECT reader FROM report_version AS v JOIN report ON report.id = v.report_id AND report.version = v.version
              WHERE v.report_id = report_source.report_id)
WHERE role = 'current'
