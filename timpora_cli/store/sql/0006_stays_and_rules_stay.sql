-- Presence as stays. A person who left for good and came back has two. The columns arrived, departed and departed_how of
-- `resident` stay for the versions of rows from before, and are no longer written. That a stay and a residence cover the
-- same days, and that the holder of a current permit is present, is checked before each commit (store/presence.py): the
-- triggers that said a part of it go.

-- That nobody arrives before the day of birth is a rule of the stays now; the resident's row may say what was so before.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, 'CONSTRAINT resident_arrived_after_birth CHECK (arrived >= born),', '')
WHERE name = 'resident';
PRAGMA writable_schema = RESET;

-- A row per stay of a resident in Indonesia. Two stays that touch: the person left and came back, and was not gone.
CREATE TABLE stay (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    from_on TEXT -- the first day on which the person is present; NULL: it reaches back without limit
        CONSTRAINT stay_from_is_a_date CHECK (from_on IS date(from_on, '+0 days')),
    arrived TEXT -- the day of entry, where that is known: the stay begins on it
        CONSTRAINT stay_begins_at_arrival CHECK (arrived IS NULL OR arrived IS from_on),
    departed TEXT -- the first day on which the person is not present; NULL: still here
        CONSTRAINT stay_departed_is_a_date CHECK (departed IS date(departed, '+0 days')),
    departed_how TEXT -- the way of leaving for good, where that is known
        CONSTRAINT stay_departed_how_is_known CHECK (
            departed_how IN ('DEPARTED', 'DEPORTED', 'DIED', 'NATURALISED')
        ),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT stay_departure_has_a_day CHECK (departed_how IS NULL OR departed IS NOT NULL),
    CONSTRAINT stay_ends_after_it_begins CHECK (departed >= from_on)
) STRICT;
CREATE INDEX stay_by_resident ON stay (resident_id, from_on);
CREATE UNIQUE INDEX stay_one_open ON stay (resident_id) WHERE departed IS NULL;

CREATE TRIGGER stay_overlap_on_insert BEFORE INSERT ON stay
WHEN EXISTS (
    SELECT 1 FROM stay AS other
    WHERE other.resident_id = NEW.resident_id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.departed, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.departed, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'stays_do_not_overlap'); END;

CREATE TRIGGER stay_overlap_on_update BEFORE UPDATE ON stay
WHEN EXISTS (
    SELECT 1 FROM stay AS other
    WHERE other.resident_id = NEW.resident_id
        AND other.id <> NEW.id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.departed, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.departed, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'stays_do_not_overlap'); END;

DROP TRIGGER permit_needs_a_residence;
DROP TRIGGER permit_reopened_needs_a_residence;
DROP TRIGGER residence_of_a_departed;
DROP TRIGGER resident_departs_closed;
