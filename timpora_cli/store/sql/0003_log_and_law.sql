-- Each change carries a digest over what it says, the rows that it wrote and ended, the reference tables, and the digest
-- before it: an alteration of the history is found. An undo that reopens a permit keeps the rule that the holder is
-- present. Days on which nobody works are loaded by an officer.

ALTER TABLE change ADD COLUMN reference_digest TEXT;
ALTER TABLE change ADD COLUMN digest TEXT;

CREATE TRIGGER permit_reopened_needs_a_residence BEFORE UPDATE OF ended_on ON permit
WHEN NEW.ended_on IS NULL AND OLD.ended_on IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM residence WHERE resident_id = NEW.resident_id AND until_on IS NULL
)
BEGIN SELECT RAISE(ABORT, 'permit_holder_is_present'); END;

-- A row per day on which nobody works.
CREATE TABLE holiday (
    day TEXT PRIMARY KEY
        CONSTRAINT holiday_day_is_a_date CHECK (day IS date(day, '+0 days')),
    name TEXT NOT NULL
        CONSTRAINT holiday_has_a_name CHECK (trim(name) <> ''),
    source TEXT,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
