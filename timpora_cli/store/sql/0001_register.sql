-- The register: who lives here, where, on which permit. Each rule that a row can break by itself is a named CHECK;
-- each rule between rows is a trigger whose message is its name (0001_register_rules.sql). store/constraints.py has a
-- sentence for each name.
-- Periods are half-open: a row holds from its first day up to, and not including, its last column's day.
-- Dates are ISO text; a NULL date is a day that nobody has recorded, and is never filled in. Each is checked by
-- date(day, '+0 days'): without the '+0 days' SQLite lets 31 February pass.

-- A row per change: who made it, when, with which command, and why. Each row of a fact names the change that wrote it.
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL
        CONSTRAINT change_at_is_utc CHECK (at IS strftime('%Y-%m-%dT%H:%M:%fZ', at)),
    officer TEXT NOT NULL,
    host TEXT NOT NULL,
    command TEXT NOT NULL,
    reason TEXT
) STRICT;

-- A row per setting that the office has chosen.
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

-- Reference rows ------------------------------------------------------------------------------------------------

-- A row per country or other issuer of passports.
CREATE TABLE country (
    code TEXT PRIMARY KEY, -- ICAO 9303, as in a passport's machine-readable lines: Germany is D
    iso3 TEXT,
    iso2 TEXT,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;

-- A row per other name of a country, as sheets write it.
CREATE TABLE country_alias (
    alias TEXT PRIMARY KEY, -- folded as names are folded
    code TEXT NOT NULL REFERENCES country (code)
) STRICT;

-- A row per group of classes: a column of the counts.
CREATE TABLE permit_group (
    code TEXT PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;

-- A row per class of stay permit, with the group that it is counted in.
CREATE TABLE permit_class (
    code TEXT PRIMARY KEY,
    group_code TEXT NOT NULL REFERENCES permit_group (code),
    position INTEGER NOT NULL UNIQUE,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;

-- A row per purpose of stay.
CREATE TABLE purpose (
    code TEXT PRIMARY KEY,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;

-- Regions: Kemendagri codes are text, 19.10 is not 19.1 -----------------------------------------------------------

-- A row per province.
CREATE TABLE province (
    code TEXT PRIMARY KEY
        CONSTRAINT province_code_is_kemendagri CHECK (code GLOB '[0-9][0-9]'),
    name TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

-- A row per regency or city, with its province.
CREATE TABLE regency (
    code TEXT PRIMARY KEY
        CONSTRAINT regency_code_is_kemendagri CHECK (code GLOB '[0-9][0-9].[0-9][0-9]'),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    province_code TEXT NOT NULL REFERENCES province (code),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

-- A row per district (kecamatan), with its regency.
CREATE TABLE district (
    code TEXT PRIMARY KEY
        CONSTRAINT district_code_is_kemendagri CHECK (code GLOB '[0-9][0-9].[0-9][0-9].[0-9][0-9]'),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    regency_code TEXT NOT NULL REFERENCES regency (code),
    ours INTEGER NOT NULL -- 1: in the office's working area, so it has its row in every count
        CONSTRAINT district_ours_is_a_flag CHECK (ours IN (0, 1)),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE INDEX district_by_name ON district (folded);

-- A row per village (kelurahan, desa), with its district.
CREATE TABLE village (
    code TEXT PRIMARY KEY
        CONSTRAINT village_code_is_kemendagri
        CHECK (code GLOB '[0-9][0-9].[0-9][0-9].[0-9][0-9].[0-9][0-9][0-9][0-9]'),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL
        CONSTRAINT village_kind_is_known CHECK (kind IN ('kelurahan', 'desa', 'desa adat')),
    district_code TEXT NOT NULL REFERENCES district (code),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE INDEX village_by_name ON village (folded);
CREATE INDEX village_by_district ON village (district_code);

-- People --------------------------------------------------------------------------------------------------------

-- A row per company or person that answers for residents.
CREATE TABLE sponsor (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL
        CONSTRAINT sponsor_has_a_name CHECK (trim(name) <> ''),
    kind TEXT
        CONSTRAINT sponsor_kind_is_known CHECK (kind IN ('COMPANY', 'PERSON')),
    address TEXT,
    contact TEXT,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE UNIQUE INDEX sponsor_name_is_unique ON sponsor (name COLLATE NOCASE);

-- A row per foreign resident, present or departed.
CREATE TABLE resident (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    full_name TEXT NOT NULL
        CONSTRAINT resident_has_a_name CHECK (trim(full_name) <> ''),
    sex TEXT
        CONSTRAINT resident_sex_is_known CHECK (sex IN ('M', 'F')),
    born TEXT
        CONSTRAINT resident_born_is_a_date CHECK (born IS date(born, '+0 days')),
    birthplace TEXT,
    nationality TEXT NOT NULL REFERENCES country (code),
    purpose_code TEXT REFERENCES purpose (code),
    occupation TEXT,
    contact TEXT,
    sponsor_id INTEGER REFERENCES sponsor (id),
    niora TEXT
        CONSTRAINT resident_niora_is_unique UNIQUE,
    arrived TEXT -- the entry into Indonesia
        CONSTRAINT resident_arrived_is_a_date CHECK (arrived IS date(arrived, '+0 days')),
    departed TEXT -- the day of leaving for good; emptied again by a return
        CONSTRAINT resident_departed_is_a_date CHECK (departed IS date(departed, '+0 days')),
    departed_how TEXT
        CONSTRAINT resident_departed_how_is_known CHECK (
            departed_how IN ('DEPARTED', 'DEPORTED', 'DIED', 'NATURALISED')
        ),
    note TEXT,
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT resident_departure_has_a_day CHECK (departed_how IS NULL OR departed IS NOT NULL),
    CONSTRAINT resident_is_not_indonesian CHECK (nationality <> 'IDN'),
    CONSTRAINT resident_arrived_after_birth CHECK (arrived >= born),
    CONSTRAINT resident_departed_after_arrival CHECK (departed >= arrived)
) STRICT;
CREATE INDEX resident_by_sponsor ON resident (sponsor_id) WHERE sponsor_id IS NOT NULL;

-- A row per passport of a resident; the current one is not retired.
CREATE TABLE passport (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    number TEXT NOT NULL
        CONSTRAINT passport_number_is_canonical CHECK (number <> '' AND number NOT GLOB '*[^A-Z0-9]*'),
    country TEXT NOT NULL REFERENCES country (code),
    issued_on TEXT
        CONSTRAINT passport_issued_is_a_date CHECK (issued_on IS date(issued_on, '+0 days')),
    expires_on TEXT
        CONSTRAINT passport_expires_is_a_date CHECK (expires_on IS date(expires_on, '+0 days')),
    retired_on TEXT -- the day another took its place, or it was lost
        CONSTRAINT passport_retired_is_a_date CHECK (retired_on IS date(retired_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT passport_number_is_unique UNIQUE (number, country),
    CONSTRAINT passport_expires_after_issue CHECK (expires_on >= issued_on)
) STRICT;
CREATE INDEX passport_by_resident ON passport (resident_id);
CREATE UNIQUE INDEX passport_one_current ON passport (resident_id) WHERE retired_on IS NULL;
CREATE INDEX passport_current_by_expiry ON passport (expires_on) WHERE retired_on IS NULL;

-- A row per period in which a resident lives in one place; the present one has no end.
CREATE TABLE residence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    village_code TEXT REFERENCES village (code), -- NULL: lives here, the village is not known
    district_code TEXT REFERENCES district (code), -- where the village is not known, and the district is
    address TEXT,
    rt TEXT,
    rw TEXT,
    from_on TEXT
        CONSTRAINT residence_from_is_a_date CHECK (from_on IS date(from_on, '+0 days')),
    until_on TEXT
        CONSTRAINT residence_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT residence_names_one_place CHECK (village_code IS NULL OR district_code IS NULL),
    CONSTRAINT residence_ends_after_it_begins CHECK (until_on >= from_on)
) STRICT;
CREATE INDEX residence_by_resident ON residence (resident_id);
CREATE INDEX residence_by_village ON residence (village_code);
CREATE INDEX residence_by_district ON residence (district_code) WHERE district_code IS NOT NULL;
CREATE UNIQUE INDEX residence_one_open ON residence (resident_id) WHERE until_on IS NULL;

-- A row per relative of a resident: another resident, or an Indonesian citizen by name.
CREATE TABLE family_link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    relation TEXT NOT NULL -- what the relative is to the resident
        CONSTRAINT family_link_relation_is_known CHECK (relation IN ('SPOUSE', 'CHILD', 'PARENT')),
    relative_id INTEGER REFERENCES resident (id), -- a resident, or
    citizen_name TEXT                             -- an Indonesian citizen
        CONSTRAINT family_link_citizen_has_a_name CHECK (trim(citizen_name) <> ''),
    born TEXT
        CONSTRAINT family_link_born_is_a_date CHECK (born IS date(born, '+0 days')),
    from_on TEXT
        CONSTRAINT family_link_from_is_a_date CHECK (from_on IS date(from_on, '+0 days')),
    until_on TEXT
        CONSTRAINT family_link_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT family_link_has_one_relative CHECK ((relative_id IS NULL) <> (citizen_name IS NULL)),
    CONSTRAINT family_link_is_with_another CHECK (relative_id <> resident_id),
    CONSTRAINT family_link_ends_after_it_begins CHECK (until_on >= from_on)
) STRICT;
CREATE INDEX family_link_by_resident ON family_link (resident_id);
CREATE INDEX family_link_by_relative ON family_link (relative_id) WHERE relative_id IS NOT NULL;

-- Permits -------------------------------------------------------------------------------------------------------

-- A row per grant of a stay permit; an extension or a conversion names the grant that it follows.
CREATE TABLE permit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    class_code TEXT NOT NULL REFERENCES permit_class (code),
    index_code TEXT,
    number TEXT
        CONSTRAINT permit_number_is_not_blank CHECK (trim(number) <> ''),
    issued_on TEXT -- as printed
        CONSTRAINT permit_issued_is_a_date CHECK (issued_on IS date(issued_on, '+0 days')),
    starts_on TEXT -- the day it takes the place of the one before: the day of issue, where that is known
        CONSTRAINT permit_starts_is_a_date CHECK (starts_on IS date(starts_on, '+0 days')),
    valid_from TEXT -- a later printed start; shown, no more
        CONSTRAINT permit_valid_from_is_a_date CHECK (valid_from IS date(valid_from, '+0 days')),
    expires_on TEXT -- the last valid day, as printed
        CONSTRAINT permit_expires_is_a_date CHECK (expires_on IS date(expires_on, '+0 days')),
    office TEXT,
    follows_id INTEGER
        CONSTRAINT permit_is_followed_once UNIQUE REFERENCES permit (id),
    granted_as TEXT NOT NULL
        CONSTRAINT permit_granted_as_is_known CHECK (granted_as IN ('NEW', 'EXTENSION', 'CONVERSION')),
    ended_on TEXT
        CONSTRAINT permit_ended_is_a_date CHECK (ended_on IS date(ended_on, '+0 days')),
    end_reason TEXT
        CONSTRAINT permit_end_reason_is_known CHECK (
            end_reason IN ('EXTENDED', 'CONVERTED', 'REVOKED', 'DEPARTED', 'DEPORTED', 'DIED', 'NATURALISED')
        ),
    note TEXT,
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT permit_starts_when_issued CHECK (issued_on IS NULL OR starts_on IS issued_on),
    CONSTRAINT permit_expires_after_issue CHECK (expires_on >= issued_on),
    CONSTRAINT permit_valid_from_within CHECK (valid_from BETWEEN issued_on AND expires_on),
    CONSTRAINT permit_ends_after_it_starts CHECK (ended_on >= starts_on),
    CONSTRAINT permit_end_has_a_reason CHECK ((ended_on IS NULL) = (end_reason IS NULL)),
    CONSTRAINT permit_new_follows_none CHECK ((granted_as = 'NEW') = (follows_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX permit_one_current ON permit (resident_id) WHERE ended_on IS NULL;
CREATE INDEX permit_by_resident ON permit (resident_id, starts_on);
CREATE INDEX permit_by_number ON permit (number COLLATE NOCASE) WHERE number IS NOT NULL;
CREATE INDEX permit_current_by_expiry ON permit (expires_on) WHERE ended_on IS NULL;
CREATE INDEX permit_by_expiry ON permit (expires_on);
CREATE INDEX permit_closed_late ON permit (expires_on) WHERE ended_on > expires_on;
