-- A column without rows that leads on to the lists by year or by level is where the list of next year will be linked.

ALTER TABLE report_list ADD COLUMN is_menu INTEGER NOT NULL DEFAULT 0
