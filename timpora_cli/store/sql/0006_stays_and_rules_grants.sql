-- A printed start may lie before the day of issue, as it does on most extensions that are issued late. It is recorded as
-- printed and shown, and no day is counted from it. The table is not made anew, because others refer to it.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(
    replace(sql, 'CHECK (valid_from BETWEEN issued_on AND expires_on)', 'CHECK (valid_from <= expires_on)'),
    '-- a later printed start; shown, no more',
    '-- the printed start; shown, no more'
)
WHERE type = 'table' AND name = 'permit';
PRAGMA writable_schema = RESET;

-- Who was born on one day: an answer says that a name and birth day are known already.
CREATE INDEX resident_by_born ON resident (born) WHERE born IS NOT NULL;
