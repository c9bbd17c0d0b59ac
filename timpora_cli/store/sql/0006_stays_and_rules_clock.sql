-- At which moment changes are to be read that a machine's clock, wrong at the time, stamped otherwise. The log itself is
-- never rewritten. The order of changes is that of their numbers, whatever their moments.

-- A row per correction. Of two that cover a change, the later one holds (the view change_moment).
CREATE TABLE clock_correction (
    id INTEGER PRIMARY KEY,
    first_change INTEGER NOT NULL REFERENCES change (id),
    last_change INTEGER NOT NULL REFERENCES change (id),
    read_at TEXT NOT NULL -- UTC, as change.at: all of these changes are read at this moment
        CONSTRAINT clock_correction_is_utc CHECK (read_at IS strftime('%Y-%m-%dT%H:%M:%fZ', read_at)),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT clock_correction_is_a_range CHECK (first_change <= last_change)
) STRICT;
