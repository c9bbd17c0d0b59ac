-- Two rows that held one number before, in two spellings, may come back together by an undo: a register in which such
-- numbers became one (0006_stays_and_rules_numbers.sql) was upgraded as it is. The rules of 0006 for a new row and for a
-- changed one are the same but for that: they let two rows hold one number that held it side by side at some time.

DROP TRIGGER permit_number_on_insert;
CREATE TRIGGER permit_number_on_insert BEFORE INSERT ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(other.number, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        = upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.number, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        AND (
            other.resident_id <> NEW.resident_id
            OR (other.expires_on IS NEW.expires_on AND other.unlimited IS NEW.unlimited)
        )
        AND NOT EXISTS (
            SELECT 1
            FROM permit_version AS mine
            JOIN (
                SELECT id, number, resident_id, change_id, until_change FROM permit_version
                UNION ALL
                SELECT id, number, resident_id, change_id, 9223372036854775807 FROM permit
            ) AS theirs
                ON theirs.change_id < mine.until_change AND mine.change_id < theirs.until_change
            WHERE mine.id = NEW.id AND mine.number = NEW.number AND mine.resident_id = NEW.resident_id
                AND theirs.id = other.id AND theirs.number = other.number AND theirs.resident_id = other.resident_id
                AND mine.change_id < mine.until_change AND theirs.change_id < theirs.until_change
        )
)
BEGIN SELECT RAISE(ABORT, 'permit_number_is_unique'); END;

DROP TRIGGER permit_number_on_update;
CREATE TRIGGER permit_number_on_update BEFORE UPDATE OF number, resident_id ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(other.number, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        = upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.number, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        AND other.id <> NEW.id
        AND (
            other.resident_id <> NEW.resident_id
            OR (other.expires_on IS NEW.expires_on AND other.unlimited IS NEW.unlimited)
        )
        AND NOT EXISTS (
            SELECT 1
            FROM permit_version AS mine
            JOIN (
                SELECT id, number, resident_id, change_id, until_change FROM permit_version
                UNION ALL
                SELECT id, number, resident_id, change_id, 9223372036854775807 FROM permit
            ) AS theirs
                ON theirs.change_id < mine.until_change AND mine.change_id < theirs.until_change
            WHERE mine.id = NEW.id AND mine.number = NEW.number AND mine.resident_id = NEW.resident_id
                AND theirs.id = other.id AND theirs.number = other.number AND theirs.resident_id = other.resident_id
                AND mine.change_id < mine.until_change AND theirs.change_id < theirs.until_change
        )
)
BEGIN SELECT RAISE(ABORT, 'permit_number_is_unique'); END;

DROP TRIGGER resident_niora_on_insert;
CREATE TRIGGER resident_niora_on_insert BEFORE INSERT ON resident
WHEN NEW.niora IS NOT NULL AND EXISTS (
    SELECT 1 FROM resident AS other
    WHERE other.niora IS NOT NULL
        AND upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(other.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        = upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        AND NOT EXISTS (
            SELECT 1
            FROM resident_version AS mine
            JOIN (
                SELECT id, niora, change_id, until_change FROM resident_version
                UNION ALL
                SELECT id, niora, change_id, 9223372036854775807 FROM resident
            ) AS theirs
                ON theirs.change_id < mine.until_change AND mine.change_id < theirs.until_change
            WHERE mine.id = NEW.id AND mine.niora = NEW.niora
                AND theirs.id = other.id AND theirs.niora = other.niora
                AND mine.change_id < mine.until_change AND theirs.change_id < theirs.until_change
        )
)
BEGIN SELECT RAISE(ABORT, 'resident_niora_names_one_person'); END;

DROP TRIGGER resident_niora_on_update;
CREATE TRIGGER resident_niora_on_update BEFORE UPDATE OF niora ON resident
WHEN NEW.niora IS NOT NULL AND EXISTS (
    SELECT 1 FROM resident AS other
    WHERE other.niora IS NOT NULL
        AND upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(other.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        = upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        AND other.id <> NEW.id
        AND NOT EXISTS (
            SELECT 1
            FROM resident_version AS mine
            JOIN (
                SELECT id, niora, change_id, until_change FROM resident_version
                UNION ALL
                SELECT id, niora, change_id, 9223372036854775807 FROM resident
            ) AS theirs
                ON theirs.change_id < mine.until_change AND mine.change_id < theirs.until_change
            WHERE mine.id = NEW.id AND mine.niora = NEW.niora
                AND theirs.id = other.id AND theirs.niora = other.niora
                AND mine.change_id < mine.until_change AND theirs.change_id < theirs.until_change
        )
)
BEGIN SELECT RAISE(ABORT, 'resident_niora_names_one_person'); END;

-- Which columns of sheets an officer has named (import --map, --remember), to be known again by the sheet's header row.
CREATE TABLE remembered_mapping (
    header_row TEXT NOT NULL, -- SHA-256 of the header row: letters and digits of its cells, whatever their case
    column_named TEXT NOT NULL, -- a column, as it was typed: its header, number or letter
    field TEXT NOT NULL, -- the field that an import reads from it
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (header_row, column_named)
) STRICT;
