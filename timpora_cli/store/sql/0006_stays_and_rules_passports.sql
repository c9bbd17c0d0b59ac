-- Several passports of one person may be valid at a time, as those of two countries. Which of them lists show is decided
-- in one place (queries/people.py: PASSPORT_ON_DAY).

DROP INDEX passport_one_current;
ALTER TABLE passport ADD COLUMN current_from TEXT -- the day from which an officer has named it the one that lists show
    CONSTRAINT passport_current_from_is_a_date CHECK (current_from IS date(current_from, '+0 days'));
