-- Regions change on a day. The tables of regions say how each is called now and in what it lies; what was so before is in
-- region_past. A district or a village that has ended keeps its row, and others may have taken its place.

-- The day on which a district begins, where it is known that it was not there before; and the first day without it.
ALTER TABLE district ADD COLUMN from_on TEXT
    CONSTRAINT district_from_is_a_date CHECK (from_on IS date(from_on, '+0 days'));
ALTER TABLE district ADD COLUMN until_on TEXT
    CONSTRAINT district_until_is_a_date CHECK (until_on IS date(until_on, '+0 days'));
-- Out of which district it came on its first day, where that is known; that one may have stayed beside it.
ALTER TABLE district ADD COLUMN split_from TEXT REFERENCES district (code);

-- The day on which a village begins, where it is known that it was not there before; and the first day without it.
ALTER TABLE village ADD COLUMN from_on TEXT
    CONSTRAINT village_from_is_a_date CHECK (from_on IS date(from_on, '+0 days'));
ALTER TABLE village ADD COLUMN until_on TEXT
    CONSTRAINT village_until_is_a_date CHECK (until_on IS date(until_on, '+0 days'));
-- Out of which village it came on its first day, where that is known; that one may have stayed beside it.
ALTER TABLE village ADD COLUMN split_from TEXT REFERENCES village (code);

-- A row per name and parent that a region had up to a day: on a day, the row with the first until_on after it holds, else
-- the region's own row.
CREATE TABLE region_past (
    code TEXT NOT NULL, -- of a province, a regency, a district or a village
    until_on TEXT NOT NULL -- the first day on which it was otherwise
        CONSTRAINT region_past_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    name TEXT NOT NULL
        CONSTRAINT region_past_has_a_name CHECK (trim(name) <> ''),
    folded TEXT NOT NULL,
    parent_code TEXT, -- the region in which it lay; NULL: it is a province
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (code, until_on)
) STRICT;
CREATE INDEX region_past_by_name ON region_past (folded);
CREATE INDEX region_past_by_parent ON region_past (parent_code);

-- A row per district that took the place of one that has ended; several, where it was split.
CREATE TABLE district_successor (
    code TEXT NOT NULL REFERENCES district (code), -- the one that has ended
    successor_code TEXT NOT NULL REFERENCES district (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (code, successor_code)
) STRICT;
CREATE INDEX district_successor_by_successor ON district_successor (successor_code);

-- A row per village that took the place of one that has ended; several, where it was split.
CREATE TABLE village_successor (
    code TEXT NOT NULL REFERENCES village (code), -- the one that has ended
    successor_code TEXT NOT NULL REFERENCES village (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (code, successor_code)
) STRICT;
CREATE INDEX village_successor_by_successor ON village_successor (successor_code);
