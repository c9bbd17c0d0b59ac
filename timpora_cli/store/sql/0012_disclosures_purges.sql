-- The end of retention: whose personal data was removed, and the digests that changes had before. A purge writes the rows
-- of people over in place, also in the tables of versions, and seals the changes that wrote them anew.

-- One more kind of rule, as in 0008_cases.sql.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, '''NOT_SEEN_DAYS'',', '''NOT_SEEN_DAYS'', ''RETENTION_YEARS'',')
WHERE type = 'table' AND name = 'rule';
PRAGMA writable_schema = RESET;

-- A row per person whose data was purged, also of a record that had been merged into that person's, or removed.
CREATE TABLE purged_person (
    resident_id INTEGER PRIMARY KEY, -- it refers to no row: a removed record is purged too
    closed_on TEXT NOT NULL -- the day from which the person was gone for good
        CONSTRAINT purged_person_closed_is_a_date CHECK (closed_on IS date(closed_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

-- A row per change that a purge sealed anew: the digest that it had until then, as older pages and backups have it.
CREATE TABLE purged_digest (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sealed_change INTEGER NOT NULL REFERENCES change (id), -- the change that was sealed anew
    digest_before TEXT, -- NULL: it had none
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE INDEX purged_digest_by_digest ON purged_digest (digest_before);
