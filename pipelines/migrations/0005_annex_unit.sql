-- Publishers print a figure of the annex in units of their own (元 where the form says 万元); the unit stays with it.

ALTER TABLE annex ADD COLUMN unit TEXT
