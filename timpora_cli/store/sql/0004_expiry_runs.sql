-- What an expiry list has reported. A mark is of a permit or a passport, with the end that was told and a threshold. It
-- names the change that wrote the row that was told, and refers to no row of permits: what was reported stays so when the
-- permit is corrected or undone.

-- A row per run of the expiry list that marked what it printed.
CREATE TABLE expiry_run (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL
        CONSTRAINT expiry_run_subject_is_known CHECK (subject IN ('PERMIT', 'PASSPORT')),
    threshold TEXT NOT NULL
        CONSTRAINT expiry_run_has_a_threshold CHECK (trim(threshold) <> ''),
    on_day TEXT NOT NULL
        CONSTRAINT expiry_run_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    listed INTEGER NOT NULL
        CONSTRAINT expiry_run_listed_is_a_number CHECK (listed >= 0),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

-- A row per permit or passport that such a run marked.
CREATE TABLE expiry_mark (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES expiry_run (id),
    subject_id INTEGER NOT NULL,
    subject_change INTEGER NOT NULL,
    until_on TEXT
        CONSTRAINT expiry_mark_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE INDEX expiry_mark_by_subject ON expiry_mark (subject_id, subject_change);
