-- The reminders that were made for sponsors and spouses: for whom, on which day, about which permits. A reminder names the
-- end that it was made for, so nobody is reminded twice of one end. It refers to no row of permits, sponsors or families:
-- what was made stays so when those are corrected, merged or undone.

-- A row per letter that was made.
CREATE TABLE letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the number in the names of its files
    on_day TEXT NOT NULL -- the day of the letter
        CONSTRAINT letter_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    addressee TEXT NOT NULL -- to whom it is, by name, as it stands in the letter
        CONSTRAINT letter_has_an_addressee CHECK (trim(addressee) <> ''),
    sponsor_id INTEGER, -- the id of the sponsor to whom it is, or
    family_link_id INTEGER, -- the id of the family link of the Indonesian spouse to whom it is
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT letter_is_to_one CHECK ((sponsor_id IS NULL) <> (family_link_id IS NULL))
) STRICT;

-- A row per permit that a letter is about.
CREATE TABLE letter_person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    permit_id INTEGER NOT NULL, -- the id of the permit; its holder is the person
    until_on TEXT -- the effective end for which the letter was made; NULL: nobody knew it
        CONSTRAINT letter_person_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE UNIQUE INDEX letter_person_once ON letter_person (letter_id, permit_id);
CREATE INDEX letter_person_by_permit ON letter_person (permit_id);
