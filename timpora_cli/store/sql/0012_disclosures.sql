CREATE TABLE disclosure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CONSTRAINT disclosure_kind_is_known CHECK (kind IN ('DOSSIER', 'EXPORT', 'BRIEF', 'PUBLIC')),
    on_day TEXT NOT NULL -- the day as of which it was made
        CONSTRAINT disclosure_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    audience TEXT, -- of a briefing: for whom
    resident_id INTEGER, -- of a dossier: whose; it refers to no row, so that it stays when the person is removed
    people INTEGER, -- how many people are in it; NULL: nobody by name
    page TEXT, -- of a public page: the cells as they were published, as JSON
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE INDEX disclosure_by_resident ON disclosure (resident_id);
