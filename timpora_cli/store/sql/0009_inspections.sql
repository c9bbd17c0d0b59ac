-- Inspections: supervision in the field, the same for every class of permit. Who is due to be seen, and whether a letter
-- of assignment is missing or late, are worked out on the day that is asked about, and not stored.

-- A row per inspection. One that names no resident in inspection_resident names a place, and says what was found.
CREATE TABLE inspection (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    on_day TEXT NOT NULL -- the day of the visit
        CONSTRAINT inspection_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    officers TEXT NOT NULL -- who went there, in words
        CONSTRAINT inspection_has_officers CHECK (trim(officers) <> ''),
    letter_number TEXT -- of the letter of assignment; NULL: there is none yet
        CONSTRAINT inspection_letter_has_a_number CHECK (trim(letter_number) <> ''),
    letter_on TEXT -- the day of that letter
        CONSTRAINT inspection_letter_day_is_a_date CHECK (letter_on IS date(letter_on, '+0 days')),
    is_urgent INTEGER NOT NULL -- 1: it could not wait for its letter
        CONSTRAINT inspection_urgent_is_a_flag CHECK (is_urgent IN (0, 1)),
    village_code TEXT REFERENCES village (code), -- where it was
    district_code TEXT REFERENCES district (code), -- where the village is not known, and the district is
    place TEXT, -- in words: a beach, a hotel
    finding TEXT, -- what was found, in words
    case_id INTEGER REFERENCES case_file (id), -- the case that follows from it
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT inspection_letter_is_whole CHECK ((letter_number IS NULL) = (letter_on IS NULL)),
    CONSTRAINT inspection_has_a_letter CHECK (is_urgent = 1 OR letter_number IS NOT NULL),
    CONSTRAINT inspection_letter_comes_first CHECK (is_urgent = 1 OR letter_on <= on_day),
    CONSTRAINT inspection_names_one_place CHECK (village_code IS NULL OR district_code IS NULL)
) STRICT;
CREATE INDEX inspection_by_day ON inspection (on_day);

-- A row per person who was looked for at an inspection. Of two records that were merged, both rows stay.
CREATE TABLE inspection_resident (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    inspection_id INTEGER NOT NULL REFERENCES inspection (id),
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    is_seen INTEGER NOT NULL -- 1: met, or found to live there; 0: not found
        CONSTRAINT inspection_resident_seen_is_a_flag CHECK (is_seen IN (0, 1)),
    address TEXT NOT NULL -- whether the person lives where the register said on that day
        CONSTRAINT inspection_resident_address_is_known CHECK (address IN ('AS_REGISTERED', 'DIFFERS', 'NOT_CHECKED')),
    address_found TEXT, -- where the person lives, where that differs
    class TEXT NOT NULL -- whether the person holds a permit of the class that the register said
        CONSTRAINT inspection_resident_class_is_known CHECK (class IN ('AS_REGISTERED', 'DIFFERS', 'NOT_CHECKED')),
    class_found TEXT -- the class of the permit that was shown, NONE where there was none
        CONSTRAINT inspection_resident_class_is_a_word CHECK (class_found NOT GLOB '*[^A-Z]*'),
    activity TEXT NOT NULL -- whether the person does what the register said
        CONSTRAINT inspection_resident_activity_is_known CHECK (
            activity IN ('AS_REGISTERED', 'DIFFERS', 'NOT_CHECKED')
        ),
    activity_found TEXT, -- what the person does, where that differs
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT inspection_resident_address_differs_in_words CHECK (
        (address = 'DIFFERS') = (trim(coalesce(address_found, '')) <> '')
    ),
    CONSTRAINT inspection_resident_class_differs_in_words CHECK (
        (class = 'DIFFERS') = (trim(coalesce(class_found, '')) <> '')
    ),
    CONSTRAINT inspection_resident_activity_differs_in_words CHECK (
        (activity = 'DIFFERS') = (trim(coalesce(activity_found, '')) <> '')
    )
) STRICT;
CREATE INDEX inspection_resident_by_inspection ON inspection_resident (inspection_id);
CREATE INDEX inspection_resident_by_resident ON inspection_resident (resident_id, inspection_id);
