-- KITAP without an end, and what their holders report every five years.

-- 1: the permit is granted without an end. NULL: it has a last day, expires_on, or nobody knows it. It is never 0: a row
-- of before this column is then as it was, and so is the digest of the change that wrote it.
ALTER TABLE permit ADD COLUMN unlimited INTEGER
    CONSTRAINT permit_unlimited_is_one CHECK (unlimited = 1)
    CONSTRAINT permit_unlimited_has_no_last_day CHECK (unlimited IS NULL OR expires_on IS NULL)
    CONSTRAINT permit_unlimited_is_a_kitap CHECK (unlimited IS NULL OR class_code = 'KITAP');

-- A row per report that the holder of a KITAP made to the office.
CREATE TABLE permit_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    permit_id INTEGER NOT NULL REFERENCES permit (id),
    on_day TEXT NOT NULL -- the day of the report
        CONSTRAINT permit_report_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT permit_report_is_made_once_a_day UNIQUE (permit_id, on_day)
) STRICT;

CREATE TRIGGER permit_report_of_another_class BEFORE INSERT ON permit_report
WHEN NOT EXISTS (SELECT 1 FROM permit WHERE id = NEW.permit_id AND class_code = 'KITAP')
BEGIN SELECT RAISE(ABORT, 'permit_report_is_of_a_kitap'); END;

CREATE TRIGGER permit_reported_changes_class BEFORE UPDATE OF class_code ON permit
WHEN NEW.class_code <> 'KITAP' AND EXISTS (SELECT 1 FROM permit_report WHERE permit_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'permit_report_is_of_a_kitap'); END;

-- An expiry list of reports is told and marked as those of permits and of passports are. In expiry_mark, subject_id is
-- then the permit, and until_on the day by which its holder reports.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, '''PASSPORT''', '''PASSPORT'', ''REPORT''')
WHERE type = 'table' AND name = 'expiry_run';
PRAGMA writable_schema = RESET;
