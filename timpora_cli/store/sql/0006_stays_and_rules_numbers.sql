-- A number is the same number with other blanks, dashes and letter case. It is stored as printed, and compared without
-- them: upper(replace(...)) over a blank and each kind of dash, which needs no function of ours. The same expression is
-- in queries/rows.py and in Python in model/names.py: fold_number; tests hold the three together. A register in which
-- two numbers became one by this is upgraded as it is, and `timpora check` names them.
--
-- Grants under one number are of one person, and have different last days. That is the same rule for a new row and for
-- a changed one, and says nothing of what has ended: an undo writes rows in any order.

DROP INDEX permit_by_number;
CREATE INDEX permit_by_folded_number ON permit (
    upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(number, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
);
CREATE INDEX resident_by_folded_niora ON resident (
    upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
) WHERE niora IS NOT NULL;

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
)
BEGIN SELECT RAISE(ABORT, 'permit_number_is_unique'); END;

CREATE TRIGGER resident_niora_on_insert BEFORE INSERT ON resident
WHEN NEW.niora IS NOT NULL AND EXISTS (
    SELECT 1 FROM resident AS other
    WHERE other.niora IS NOT NULL
        AND upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(other.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        = upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
)
BEGIN SELECT RAISE(ABORT, 'resident_niora_names_one_person'); END;

CREATE TRIGGER resident_niora_on_update BEFORE UPDATE OF niora ON resident
WHEN NEW.niora IS NOT NULL AND EXISTS (
    SELECT 1 FROM resident AS other
    WHERE other.niora IS NOT NULL
        AND upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(other.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        = upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        AND other.id <> NEW.id
)
BEGIN SELECT RAISE(ABORT, 'resident_niora_names_one_person'); END;
