-- Several passports of one person may be valid at a time, as those of two countries. Which of them lists show is decided
-- in one place (queries/people.py: PASSPORT_ON_DAY).

DROP INDEX passport_one_current;

-- A row per day on which an officer named a passport the one that lists show from that day on. It may have been retired.
CREATE TABLE passport_named (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- of two that were named on one day, the later one counts
    resident_id INTEGER NOT NULL REFERENCES resident (id), -- whose passport it is
    passport_id INTEGER NOT NULL REFERENCES passport (id),
    on_day TEXT NOT NULL
        CONSTRAINT passport_named_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    retired_on TEXT -- since when it had been retired, up to that day; NULL: it was valid
        CONSTRAINT passport_named_retired_is_a_date CHECK (retired_on IS date(retired_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE INDEX passport_named_by_resident ON passport_named (resident_id);
CREATE INDEX passport_named_by_passport ON passport_named (passport_id);
