-- A hard failure that both routes of reading confirm is the publisher's and is published; else it is ours to review.

ALTER TABLE finding ADD COLUMN fault TEXT CHECK (fault IN ('publisher', 'ours'))

ALTER TABLE finding ADD COLUMN explanation_zh TEXT

ALTER TABLE finding ADD COLUMN explanation_en TEXT
