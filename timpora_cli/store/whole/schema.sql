--- index accepted_finding_version_by_key
CREATE INDEX accepted_finding_version_by_key ON accepted_finding_version (key);

--- index case_event_by_case
CREATE INDEX case_event_by_case ON case_event (case_id, at);

--- index case_event_version_by_key
CREATE INDEX case_event_version_by_key ON case_event_version (id);

--- index case_file_by_resident
CREATE INDEX case_file_by_resident ON case_file (resident_id) WHERE resident_id IS NOT NULL;

--- index case_file_version_by_key
CREATE INDEX case_file_version_by_key ON case_file_version (id);

--- index case_follow_version_by_key
CREATE INDEX case_follow_version_by_key ON case_follow_version (state_code, next_code);

--- index case_kind_version_by_key
CREATE INDEX case_kind_version_by_key ON case_kind_version (code);

--- index case_state_version_by_key
CREATE INDEX case_state_version_by_key ON case_state_version (code);

--- index case_step_by_kind
CREATE INDEX case_step_by_kind ON case_step (kind_code, position);

--- index case_step_version_by_key
CREATE INDEX case_step_version_by_key ON case_step_version (code);

--- index clock_correction_version_by_key
CREATE INDEX clock_correction_version_by_key ON clock_correction_version (id);

--- index decision_by_meeting
CREATE INDEX decision_by_meeting ON decision (meeting_id);

--- index decision_version_by_key
CREATE INDEX decision_version_by_key ON decision_version (id);

--- index disclosure_by_resident
CREATE INDEX disclosure_by_resident ON disclosure (resident_id);

--- index disclosure_version_by_key
CREATE INDEX disclosure_version_by_key ON disclosure_version (id);

--- index district_by_name
CREATE INDEX district_by_name ON district (folded);

--- index district_successor_by_successor
CREATE INDEX district_successor_by_successor ON district_successor (successor_code);

--- index district_successor_version_by_key
CREATE INDEX district_successor_version_by_key ON district_successor_version (code, successor_code);

--- index district_version_by_key
CREATE INDEX district_version_by_key ON district_version (code);

--- index expiry_mark_by_subject
CREATE INDEX expiry_mark_by_subject ON expiry_mark (subject_id, subject_change);

--- index expiry_mark_version_by_key
CREATE INDEX expiry_mark_version_by_key ON expiry_mark_version (id);

--- index expiry_run_version_by_key
CREATE INDEX expiry_run_version_by_key ON expiry_run_version (id);

--- index family_link_by_relative
CREATE INDEX family_link_by_relative ON family_link (relative_id) WHERE relative_id IS NOT NULL;

--- index family_link_by_resident
CREATE INDEX family_link_by_resident ON family_link (resident_id);

--- index family_link_version_by_key
CREATE INDEX family_link_version_by_key ON family_link_version (id);

--- index holiday_version_by_key
CREATE INDEX holiday_version_by_key ON holiday_version (day);

--- index idx__sqlite_migrations_migration_set_name
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

--- index inspection_by_day
CREATE INDEX inspection_by_day ON inspection (on_day);

--- index inspection_resident_by_inspection
CREATE INDEX inspection_resident_by_inspection ON inspection_resident (inspection_id);

--- index inspection_resident_by_resident
CREATE INDEX inspection_resident_by_resident ON inspection_resident (resident_id, inspection_id);

--- index inspection_resident_version_by_key
CREATE INDEX inspection_resident_version_by_key ON inspection_resident_version (id);

--- index inspection_version_by_key
CREATE INDEX inspection_version_by_key ON inspection_version (id);

--- index letter_person_by_permit
CREATE INDEX letter_person_by_permit ON letter_person (permit_id);

--- index letter_person_once
CREATE UNIQUE INDEX letter_person_once ON letter_person (letter_id, permit_id);

--- index letter_person_version_by_key
CREATE INDEX letter_person_version_by_key ON letter_person_version (id);

--- index letter_version_by_key
CREATE INDEX letter_version_by_key ON letter_version (id);

--- index letterhead_line_is_one
CREATE UNIQUE INDEX letterhead_line_is_one ON letterhead (valid_from, position);

--- index letterhead_version_by_key
CREATE INDEX letterhead_version_by_key ON letterhead_version (id);

--- index meeting_invited_once
CREATE UNIQUE INDEX meeting_invited_once ON meeting_invited (
    meeting_id, institution COLLATE NOCASE, coalesce(office, '') COLLATE NOCASE
);

--- index meeting_invited_version_by_key
CREATE INDEX meeting_invited_version_by_key ON meeting_invited_version (id);

--- index meeting_item_by_meeting
CREATE INDEX meeting_item_by_meeting ON meeting_item (meeting_id, kind, position);

--- index meeting_item_version_by_key
CREATE INDEX meeting_item_version_by_key ON meeting_item_version (id);

--- index meeting_present_by_invited
CREATE INDEX meeting_present_by_invited ON meeting_present (invited_id) WHERE invited_id IS NOT NULL;

--- index meeting_present_by_meeting
CREATE INDEX meeting_present_by_meeting ON meeting_present (meeting_id);

--- index meeting_present_version_by_key
CREATE INDEX meeting_present_version_by_key ON meeting_present_version (id);

--- index meeting_version_by_key
CREATE INDEX meeting_version_by_key ON meeting_version (id);

--- index passport_by_resident
CREATE INDEX passport_by_resident ON passport (resident_id);

--- index passport_current_by_expiry
CREATE INDEX passport_current_by_expiry ON passport (expires_on) WHERE retired_on IS NULL;

--- index passport_named_by_passport
CREATE INDEX passport_named_by_passport ON passport_named (passport_id);

--- index passport_named_by_resident
CREATE INDEX passport_named_by_resident ON passport_named (resident_id);

--- index passport_named_version_by_key
CREATE INDEX passport_named_version_by_key ON passport_named_version (id);

--- index passport_version_by_key
CREATE INDEX passport_version_by_key ON passport_version (id);

--- index permit_by_expiry
CREATE INDEX permit_by_expiry ON permit (expires_on);

--- index permit_by_folded_number
CREATE INDEX permit_by_folded_number ON permit (
    upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(number, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
);

--- index permit_by_resident
CREATE INDEX permit_by_resident ON permit (resident_id, starts_on);

--- index permit_closed_late
CREATE INDEX permit_closed_late ON permit (expires_on) WHERE ended_on > expires_on;

--- index permit_current_by_expiry
CREATE INDEX permit_current_by_expiry ON permit (expires_on) WHERE ended_on IS NULL;

--- index permit_one_current
CREATE UNIQUE INDEX permit_one_current ON permit (resident_id) WHERE ended_on IS NULL;

--- index permit_report_version_by_key
CREATE INDEX permit_report_version_by_key ON permit_report_version (id);

--- index permit_version_by_key
CREATE INDEX permit_version_by_key ON permit_version (id);

--- index province_version_by_key
CREATE INDEX province_version_by_key ON province_version (code);

--- index purged_digest_by_digest
CREATE INDEX purged_digest_by_digest ON purged_digest (digest_before);

--- index purged_digest_version_by_key
CREATE INDEX purged_digest_version_by_key ON purged_digest_version (id);

--- index purged_person_version_by_key
CREATE INDEX purged_person_version_by_key ON purged_person_version (resident_id);

--- index regency_version_by_key
CREATE INDEX regency_version_by_key ON regency_version (code);

--- index region_past_by_name
CREATE INDEX region_past_by_name ON region_past (folded);

--- index region_past_by_parent
CREATE INDEX region_past_by_parent ON region_past (parent_code);

--- index region_past_version_by_key
CREATE INDEX region_past_version_by_key ON region_past_version (code, until_on);

--- index relief_class_version_by_key
CREATE INDEX relief_class_version_by_key ON relief_class_version (relief_code, class_code);

--- index relief_version_by_key
CREATE INDEX relief_version_by_key ON relief_version (code);

--- index remembered_mapping_version_by_key
CREATE INDEX remembered_mapping_version_by_key ON remembered_mapping_version (header_row, column_named);

--- index residence_by_district
CREATE INDEX residence_by_district ON residence (district_code) WHERE district_code IS NOT NULL;

--- index residence_by_resident
CREATE INDEX residence_by_resident ON residence (resident_id);

--- index residence_by_village
CREATE INDEX residence_by_village ON residence (village_code);

--- index residence_one_open
CREATE UNIQUE INDEX residence_one_open ON residence (resident_id) WHERE until_on IS NULL;

--- index residence_version_by_key
CREATE INDEX residence_version_by_key ON residence_version (id);

--- index resident_by_born
CREATE INDEX resident_by_born ON resident (born) WHERE born IS NOT NULL;

--- index resident_by_folded_niora
CREATE INDEX resident_by_folded_niora ON resident (
    upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
) WHERE niora IS NOT NULL;

--- index resident_by_sponsor
CREATE INDEX resident_by_sponsor ON resident (sponsor_id) WHERE sponsor_id IS NOT NULL;

--- index resident_version_by_key
CREATE INDEX resident_version_by_key ON resident_version (id);

--- index rule_version_by_key
CREATE INDEX rule_version_by_key ON rule_version (id);

--- index setting_version_by_key
CREATE INDEX setting_version_by_key ON setting_version (key);

--- index sponsor_name_is_unique
CREATE UNIQUE INDEX sponsor_name_is_unique ON sponsor (name COLLATE NOCASE);

--- index sponsor_version_by_key
CREATE INDEX sponsor_version_by_key ON sponsor_version (id);

--- index stay_by_resident
CREATE INDEX stay_by_resident ON stay (resident_id, from_on);

--- index stay_one_open
CREATE UNIQUE INDEX stay_one_open ON stay (resident_id) WHERE departed IS NULL;

--- index stay_version_by_key
CREATE INDEX stay_version_by_key ON stay_version (id);

--- index stay_version_by_resident
CREATE INDEX stay_version_by_resident ON stay_version (resident_id);

--- index undone_version_by_key
CREATE INDEX undone_version_by_key ON undone_version (undone_id);

--- index village_by_district
CREATE INDEX village_by_district ON village (district_code);

--- index village_by_name
CREATE INDEX village_by_name ON village (folded);

--- index village_successor_by_successor
CREATE INDEX village_successor_by_successor ON village_successor (successor_code);

--- index village_successor_version_by_key
CREATE INDEX village_successor_version_by_key ON village_successor_version (code, successor_code);

--- index village_version_by_key
CREATE INDEX village_version_by_key ON village_version (code);

--- table accepted_finding
CREATE TABLE accepted_finding (
    key TEXT PRIMARY KEY, -- the finding's key: its kind and the ids that it is about
    facts TEXT NOT NULL, -- a digest of the facts it was found by; with other facts it is shown again
    reason TEXT NOT NULL
        CONSTRAINT accepted_finding_has_a_reason CHECK (trim(reason) <> ''),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table accepted_finding_version
CREATE TABLE accepted_finding_version (key TEXT, facts TEXT, reason TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table case_event
CREATE TABLE case_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER NOT NULL REFERENCES case_file (id),
    at TEXT NOT NULL -- the moment at which it happened, however late it is recorded
        CONSTRAINT case_event_at_is_a_moment CHECK (
            at IS date(at, '+0 days') OR at IS strftime('%Y-%m-%dT%H:%M', at, '+0 days')
        ),
    state_code TEXT REFERENCES case_state (code),
    other_case_id INTEGER REFERENCES case_file (id), -- the case that it is the same as
    step_code TEXT REFERENCES case_step (code),
    settled TEXT
        CONSTRAINT case_event_settled_is_known CHECK (settled IN ('DONE', 'NOT_NEEDED')),
    note TEXT,
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT case_event_says_one_thing CHECK (state_code IS NULL OR step_code IS NULL),
    CONSTRAINT case_event_says_something CHECK (state_code IS NOT NULL OR step_code IS NOT NULL OR coalesce(trim(note), '') <> ''),
    CONSTRAINT case_event_step_is_settled CHECK ((step_code IS NULL) = (settled IS NULL)),
    CONSTRAINT case_event_not_needed_has_a_reason CHECK (settled IS NOT 'NOT_NEEDED' OR coalesce(trim(note), '') <> ''),
    CONSTRAINT case_event_is_the_same_as_another CHECK (
        other_case_id IS NULL OR (other_case_id <> case_id AND state_code IS NOT NULL)
    )
) STRICT;

--- table case_event_version
CREATE TABLE case_event_version (id INTEGER, case_id INTEGER, at TEXT, state_code TEXT, other_case_id INTEGER, step_code TEXT, settled TEXT, note TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table case_file
CREATE TABLE case_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind_code TEXT NOT NULL REFERENCES case_kind (code),
    reported_at TEXT NOT NULL -- the moment at which the office heard of it
        CONSTRAINT case_file_reported_is_a_moment CHECK (
            reported_at IS date(reported_at, '+0 days')
            OR reported_at IS strftime('%Y-%m-%dT%H:%M', reported_at, '+0 days')
        ),
    reporter TEXT NOT NULL -- the office that is held by who reported it, and no more of a person than is needed
        CONSTRAINT case_file_has_a_reporter CHECK (trim(reporter) <> ''),
    happened_on TEXT
        CONSTRAINT case_file_happened_is_a_date CHECK (happened_on IS date(happened_on, '+0 days')),
    village_code TEXT REFERENCES village (code),
    district_code TEXT REFERENCES district (code), -- where the village is not known, and the district is
    place TEXT, -- in words: a beach, a hotel
    report TEXT NOT NULL -- what was reported
        CONSTRAINT case_file_has_a_text CHECK (trim(report) <> ''),
    owner TEXT NOT NULL -- the officer who has to see to it
        CONSTRAINT case_file_has_an_owner CHECK (trim(owner) <> ''),
    resident_id INTEGER REFERENCES resident (id), -- NULL: nobody knows yet whom it is about
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT case_file_names_a_place CHECK (village_code IS NOT NULL OR district_code IS NOT NULL OR place IS NOT NULL),
    CONSTRAINT case_file_happened_before_it_was_reported CHECK (happened_on <= substr(reported_at, 1, 10))
) STRICT;

--- table case_file_version
CREATE TABLE case_file_version (id INTEGER, kind_code TEXT, reported_at TEXT, reporter TEXT, happened_on TEXT, village_code TEXT, district_code TEXT, place TEXT, report TEXT, owner TEXT, resident_id INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table case_follow
CREATE TABLE case_follow (
    state_code TEXT NOT NULL REFERENCES case_state (code),
    next_code TEXT NOT NULL REFERENCES case_state (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (state_code, next_code),
    CONSTRAINT case_follow_is_another CHECK (next_code <> state_code)
) STRICT;

--- table case_follow_version
CREATE TABLE case_follow_version (state_code TEXT, next_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table case_kind
CREATE TABLE case_kind (
    code TEXT PRIMARY KEY
        CONSTRAINT case_kind_code_is_a_word CHECK (code <> '' AND code NOT GLOB '*[^A-Z0-9_]*'),
    position INTEGER NOT NULL,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table case_kind_version
CREATE TABLE case_kind_version (code TEXT, position INTEGER, name_id TEXT, name_en TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table case_state
CREATE TABLE case_state (
    code TEXT PRIMARY KEY
        CONSTRAINT case_state_code_is_a_word CHECK (code <> '' AND code NOT GLOB '*[^A-Z0-9_]*'),
    position INTEGER NOT NULL,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL,
    is_closed INTEGER NOT NULL -- 1: nobody has to do anything more
        CONSTRAINT case_state_closed_is_a_flag CHECK (is_closed IN (0, 1)),
    needs TEXT NOT NULL -- what a case needs to come into this state
        CONSTRAINT case_state_needs_is_known CHECK (
            needs IN (
                'NOTHING',
                'TEXT', -- a text that says why
                'STEPS', -- at least one step, and every step that has to be settled
                'CASE' -- the other case that it is the same as
            )
        ),
    source TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table case_state_version
CREATE TABLE case_state_version (code TEXT, position INTEGER, name_id TEXT, name_en TEXT, is_closed INTEGER, needs TEXT, source TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table case_step
CREATE TABLE case_step (
    code TEXT PRIMARY KEY
        CONSTRAINT case_step_code_is_a_word CHECK (code <> '' AND code NOT GLOB '*[^A-Z0-9_]*'),
    kind_code TEXT NOT NULL REFERENCES case_kind (code),
    position INTEGER NOT NULL,
    text_id TEXT NOT NULL,
    text_en TEXT NOT NULL,
    papers_id TEXT, -- what is to be brought
    papers_en TEXT,
    is_needed INTEGER NOT NULL -- 1: a case is not done before this step is settled; 0: it is explained, no more
        CONSTRAINT case_step_needed_is_a_flag CHECK (is_needed IN (0, 1)),
    counted_from TEXT -- from which day the rule counts
        CONSTRAINT case_step_counted_from_is_known CHECK (
            counted_from IN (
                'HAPPENED', -- the day on which it happened
                'PERMIT_ISSUED', -- the day of issue of the permit that is held
                'PERMIT_ENDS' -- the last day on which that permit holds
            )
        ),
    rule_kind TEXT, -- the rule that gives the days or years, by its kind
    rule_subject TEXT, -- and its subject; NULL: the class of the permit that is held
    valid_from TEXT
        CONSTRAINT case_step_from_is_a_date CHECK (valid_from IS date(valid_from, '+0 days')),
    valid_until TEXT -- the last day
        CONSTRAINT case_step_until_is_a_date CHECK (valid_until IS date(valid_until, '+0 days')),
    source TEXT NOT NULL,
    verified INTEGER NOT NULL
        CONSTRAINT case_step_verified_is_a_flag CHECK (verified IN (0, 1)),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT case_step_has_a_text CHECK (trim(text_id) <> '' AND trim(text_en) <> ''),
    CONSTRAINT case_step_counts_by_a_rule CHECK ((counted_from IS NULL) = (rule_kind IS NULL)),
    CONSTRAINT case_step_ends_after_it_begins CHECK (valid_until >= valid_from)
) STRICT;

--- table case_step_version
CREATE TABLE case_step_version (code TEXT, kind_code TEXT, position INTEGER, text_id TEXT, text_en TEXT, papers_id TEXT, papers_en TEXT, is_needed INTEGER, counted_from TEXT, rule_kind TEXT, rule_subject TEXT, valid_from TEXT, valid_until TEXT, source TEXT, verified INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table change
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL
        CONSTRAINT change_at_is_utc CHECK (at IS strftime('%Y-%m-%dT%H:%M:%fZ', at)),
    officer TEXT NOT NULL,
    host TEXT NOT NULL,
    command TEXT NOT NULL,
    reason TEXT
, reference_digest TEXT, digest TEXT) STRICT;

--- table clock_correction
CREATE TABLE clock_correction (
    id INTEGER PRIMARY KEY,
    first_change INTEGER NOT NULL REFERENCES change (id),
    last_change INTEGER NOT NULL REFERENCES change (id),
    read_at TEXT NOT NULL -- UTC, as change.at: all of these changes are read at this moment
        CONSTRAINT clock_correction_is_utc CHECK (read_at IS strftime('%Y-%m-%dT%H:%M:%fZ', read_at)),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT clock_correction_is_a_range CHECK (first_change <= last_change)
) STRICT;

--- table clock_correction_version
CREATE TABLE clock_correction_version (id INTEGER, first_change INTEGER, last_change INTEGER, read_at TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table country
CREATE TABLE country (
    code TEXT PRIMARY KEY, -- ICAO 9303, as in a passport's machine-readable lines: Germany is D
    iso3 TEXT,
    iso2 TEXT,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;

--- table country_alias
CREATE TABLE country_alias (
    alias TEXT PRIMARY KEY, -- folded as names are folded
    code TEXT NOT NULL REFERENCES country (code)
) STRICT;

--- table decision
CREATE TABLE decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    text TEXT NOT NULL -- what is to be done
        CONSTRAINT decision_has_a_text CHECK (trim(text) <> ''),
    owner TEXT NOT NULL -- who sees to it: an institution or an office
        CONSTRAINT decision_has_an_owner CHECK (trim(owner) <> ''),
    due_on TEXT NOT NULL -- the last day by which it is to be done
        CONSTRAINT decision_due_is_a_date CHECK (due_on IS date(due_on, '+0 days')),
    ended_on TEXT -- the day on which it was done, or dropped
        CONSTRAINT decision_ended_is_a_date CHECK (ended_on IS date(ended_on, '+0 days')),
    ended_as TEXT
        CONSTRAINT decision_ended_as_is_known CHECK (ended_as IN ('DONE', 'DROPPED')),
    ended_reason TEXT, -- why it was dropped, or what was done
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT decision_end_is_whole CHECK ((ended_on IS NULL) = (ended_as IS NULL)),
    CONSTRAINT decision_dropped_has_a_reason CHECK (ended_as IS NOT 'DROPPED' OR coalesce(trim(ended_reason), '') <> '')
) STRICT;

--- table decision_version
CREATE TABLE decision_version (id INTEGER, meeting_id INTEGER, text TEXT, owner TEXT, due_on TEXT, ended_on TEXT, ended_as TEXT, ended_reason TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table disclosure
CREATE TABLE disclosure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CONSTRAINT disclosure_kind_is_known CHECK (kind IN ('DOSSIER', 'EXPORT', 'BRIEF', 'PUBLIC')),
    on_day TEXT NOT NULL -- the day as of which it was made
        CONSTRAINT disclosure_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    audience TEXT, -- of a briefing: for whom
    resident_id INTEGER, -- of a dossier: whose; it refers to no row, so that it stays when the person is removed
    people INTEGER, -- how many people are in it; NULL: nobody by name
    page TEXT, -- of a public page: the cells as they were published, as JSON
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table disclosure_version
CREATE TABLE disclosure_version (id INTEGER, kind TEXT, on_day TEXT, audience TEXT, resident_id INTEGER, people INTEGER, page TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table district
CREATE TABLE district (
    code TEXT PRIMARY KEY
        CONSTRAINT district_code_is_kemendagri CHECK (code GLOB '[0-9][0-9].[0-9][0-9].[0-9][0-9]'),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    regency_code TEXT NOT NULL REFERENCES regency (code),
    ours INTEGER NOT NULL -- 1: in the office's working area, so it has its row in every count
        CONSTRAINT district_ours_is_a_flag CHECK (ours IN (0, 1)),
    change_id INTEGER NOT NULL REFERENCES change (id)
, from_on TEXT
    CONSTRAINT district_from_is_a_date CHECK (from_on IS date(from_on, '+0 days')), until_on TEXT
    CONSTRAINT district_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')), split_from TEXT REFERENCES district (code)) STRICT;

--- table district_successor
CREATE TABLE district_successor (
    code TEXT NOT NULL REFERENCES district (code), -- the one that has ended
    successor_code TEXT NOT NULL REFERENCES district (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (code, successor_code)
) STRICT;

--- table district_successor_version
CREATE TABLE district_successor_version (code TEXT, successor_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table district_version
CREATE TABLE district_version (code TEXT, name TEXT, folded TEXT, regency_code TEXT, ours INTEGER, change_id INTEGER, until_change INTEGER NOT NULL, from_on TEXT, until_on TEXT, split_from TEXT) STRICT;

--- table expiry_mark
CREATE TABLE expiry_mark (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES expiry_run (id),
    subject_id INTEGER NOT NULL,
    subject_change INTEGER NOT NULL,
    until_on TEXT
        CONSTRAINT expiry_mark_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table expiry_mark_version
CREATE TABLE expiry_mark_version (id INTEGER, run_id INTEGER, subject_id INTEGER, subject_change INTEGER, until_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table expiry_run
CREATE TABLE expiry_run (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL
        CONSTRAINT expiry_run_subject_is_known CHECK (subject IN ('PERMIT', 'PASSPORT', 'REPORT')),
    threshold TEXT NOT NULL
        CONSTRAINT expiry_run_has_a_threshold CHECK (trim(threshold) <> ''),
    on_day TEXT NOT NULL
        CONSTRAINT expiry_run_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    listed INTEGER NOT NULL
        CONSTRAINT expiry_run_listed_is_a_number CHECK (listed >= 0),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table expiry_run_version
CREATE TABLE expiry_run_version (id INTEGER, subject TEXT, threshold TEXT, on_day TEXT, listed INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table family_link
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

--- table family_link_version
CREATE TABLE family_link_version (id INTEGER, resident_id INTEGER, relation TEXT, relative_id INTEGER, citizen_name TEXT, born TEXT, from_on TEXT, until_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table holiday
CREATE TABLE holiday (
    day TEXT PRIMARY KEY
        CONSTRAINT holiday_day_is_a_date CHECK (day IS date(day, '+0 days')),
    name TEXT NOT NULL
        CONSTRAINT holiday_has_a_name CHECK (trim(name) <> ''),
    source TEXT,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table holiday_version
CREATE TABLE holiday_version (day TEXT, name TEXT, source TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table inspection
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

--- table inspection_resident
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

--- table inspection_resident_version
CREATE TABLE inspection_resident_version (id INTEGER, inspection_id INTEGER, resident_id INTEGER, is_seen INTEGER, address TEXT, address_found TEXT, class TEXT, class_found TEXT, activity TEXT, activity_found TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table inspection_version
CREATE TABLE inspection_version (id INTEGER, on_day TEXT, officers TEXT, letter_number TEXT, letter_on TEXT, is_urgent INTEGER, village_code TEXT, district_code TEXT, place TEXT, finding TEXT, case_id INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table letter
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

--- table letter_person
CREATE TABLE letter_person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    permit_id INTEGER NOT NULL, -- the id of the permit; its holder is the person
    until_on TEXT -- the effective end for which the letter was made; NULL: nobody knew it
        CONSTRAINT letter_person_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table letter_person_version
CREATE TABLE letter_person_version (id INTEGER, letter_id INTEGER, permit_id INTEGER, until_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table letter_version
CREATE TABLE letter_version (id INTEGER, on_day TEXT, addressee TEXT, sponsor_id INTEGER, family_link_id INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table letterhead
CREATE TABLE letterhead (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    valid_from TEXT NOT NULL -- the first day of this letterhead
        CONSTRAINT letterhead_from_is_a_date CHECK (valid_from IS date(valid_from, '+0 days')),
    position INTEGER NOT NULL -- the place of the line, from 1
        CONSTRAINT letterhead_position_is_positive CHECK (position > 0),
    text TEXT NOT NULL
        CONSTRAINT letterhead_line_has_a_text CHECK (trim(text) <> ''),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table letterhead_version
CREATE TABLE letterhead_version (id INTEGER, valid_from TEXT, position INTEGER, text TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table meeting
CREATE TABLE meeting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    level TEXT NOT NULL -- of which region: the codes are those of LEVELS in model/terms.py
        CONSTRAINT meeting_level_is_known CHECK (level IN ('DISTRICT', 'REGENCY', 'PROVINCE', 'NATIONAL')),
    on_day TEXT NOT NULL -- the day of the meeting, which may be still to come
        CONSTRAINT meeting_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    begins_at TEXT -- the time of the office's clock, as in 09:00
        CONSTRAINT meeting_begins_is_a_time CHECK (
            begins_at GLOB '[01][0-9]:[0-5][0-9]' OR begins_at GLOB '2[0-3]:[0-5][0-9]'
        ),
    ends_at TEXT -- the time at which it ended, or is to end
        CONSTRAINT meeting_ends_is_a_time CHECK (
            ends_at GLOB '[01][0-9]:[0-5][0-9]' OR ends_at GLOB '2[0-3]:[0-5][0-9]'
        ),
    place TEXT NOT NULL -- the house and the town
        CONSTRAINT meeting_has_a_place CHECK (trim(place) <> ''),
    theme TEXT NOT NULL -- what it is about: the Hal of the letter, the head of the minutes
        CONSTRAINT meeting_has_a_theme CHECK (trim(theme) <> ''),
    opened_by TEXT, -- who opens it, by name or by office
    chair TEXT, -- who leads it, by name or by office
    secretary TEXT, -- its secretary, by name or by office
    note_taker TEXT, -- who takes the notes, by name or by office
    letter_number TEXT, -- the Nomor of the invitation
    letter_on TEXT -- the day on which the invitation is signed
        CONSTRAINT meeting_letter_is_a_date CHECK (letter_on IS date(letter_on, '+0 days')),
    nature TEXT, -- the Sifat of the invitation, as in Penting
    attachments TEXT, -- the Lampiran of the invitation, as in 1 lembar
    signer TEXT, -- who signs the pages, by name
    signer_office TEXT, -- the office of who signs
    signer_number TEXT, -- the number (NIP) of who signs
    closed_on TEXT -- the day on which the office closed it; NULL: it is not closed
        CONSTRAINT meeting_closed_is_a_date CHECK (closed_on IS date(closed_on, '+0 days')),
    closed_change INTEGER REFERENCES change (id), -- the last change that the register knew then
    no_decisions TEXT, -- why it was closed without any decision
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT meeting_ends_after_it_begins CHECK (ends_at > begins_at),
    CONSTRAINT meeting_closing_is_whole CHECK ((closed_on IS NULL) = (closed_change IS NULL)),
    CONSTRAINT meeting_is_held_before_it_is_closed CHECK (closed_on >= on_day)
) STRICT;

--- table meeting_invited
CREATE TABLE meeting_invited (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    institution TEXT NOT NULL -- the agency or the village, as in Polsek Tanjungpandan
        CONSTRAINT meeting_invited_has_an_institution CHECK (trim(institution) <> ''),
    office TEXT -- whom of it: the office (jabatan) that is invited, as in Kapolsek
        CONSTRAINT meeting_invited_office_is_not_blank CHECK (trim(office) <> ''),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table meeting_invited_version
CREATE TABLE meeting_invited_version (id INTEGER, meeting_id INTEGER, institution TEXT, office TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table meeting_item
CREATE TABLE meeting_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    kind TEXT NOT NULL
        CONSTRAINT meeting_item_kind_is_known CHECK (kind IN ('AGENDA', 'RISK', 'FINDING', 'OBSTACLE', 'COPY')),
    position INTEGER NOT NULL -- its place among those of its kind; places that nobody has are passed over
        CONSTRAINT meeting_item_position_is_positive CHECK (position > 0),
    text TEXT NOT NULL
        CONSTRAINT meeting_item_has_a_text CHECK (trim(text) <> ''),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table meeting_item_version
CREATE TABLE meeting_item_version (id INTEGER, meeting_id INTEGER, kind TEXT, position INTEGER, text TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table meeting_present
CREATE TABLE meeting_present (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    invited_id INTEGER REFERENCES meeting_invited (id), -- the invitation that is answered
    institution TEXT -- of somebody who came without an invitation, the institution
        CONSTRAINT meeting_present_institution_is_not_blank CHECK (trim(institution) <> ''),
    name TEXT NOT NULL -- who came
        CONSTRAINT meeting_present_has_a_name CHECK (trim(name) <> ''),
    office TEXT, -- the office of who came
    stands_in_for TEXT, -- in whose place (mewakili): an office or a name
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT meeting_present_is_of_one_institution CHECK ((invited_id IS NULL) <> (institution IS NULL))
) STRICT;

--- table meeting_present_version
CREATE TABLE meeting_present_version (id INTEGER, meeting_id INTEGER, invited_id INTEGER, institution TEXT, name TEXT, office TEXT, stands_in_for TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table meeting_version
CREATE TABLE meeting_version (id INTEGER, level TEXT, on_day TEXT, begins_at TEXT, ends_at TEXT, place TEXT, theme TEXT, opened_by TEXT, chair TEXT, secretary TEXT, note_taker TEXT, letter_number TEXT, letter_on TEXT, nature TEXT, attachments TEXT, signer TEXT, signer_office TEXT, signer_number TEXT, closed_on TEXT, closed_change INTEGER, no_decisions TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table passport
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

--- table passport_named
CREATE TABLE passport_named (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- of two that were named on one day, the later one counts
    resident_id INTEGER NOT NULL REFERENCES resident (id), -- whose passport it is
    passport_id INTEGER NOT NULL REFERENCES passport (id),
    on_day TEXT NOT NULL
        CONSTRAINT passport_named_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    retired_on TEXT -- since when it had been retired, up to that day; NULL: it was valid
        CONSTRAINT passport_named_retired_is_a_date CHECK (retired_on IS date(retired_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table passport_named_version
CREATE TABLE passport_named_version (id INTEGER, resident_id INTEGER, passport_id INTEGER, on_day TEXT, retired_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table passport_version
CREATE TABLE passport_version (id INTEGER, resident_id INTEGER, number TEXT, country TEXT, issued_on TEXT, expires_on TEXT, retired_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table permit
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
    valid_from TEXT -- the printed start; shown, no more
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
    change_id INTEGER NOT NULL REFERENCES change (id), unlimited INTEGER
    CONSTRAINT permit_unlimited_is_one CHECK (unlimited = 1)
    CONSTRAINT permit_unlimited_has_no_last_day CHECK (unlimited IS NULL OR expires_on IS NULL)
    CONSTRAINT permit_unlimited_is_a_kitap CHECK (unlimited IS NULL OR class_code = 'KITAP'),
    CONSTRAINT permit_starts_when_issued CHECK (issued_on IS NULL OR starts_on IS issued_on),
    CONSTRAINT permit_expires_after_issue CHECK (expires_on >= issued_on),
    CONSTRAINT permit_valid_from_within CHECK (valid_from <= expires_on),
    CONSTRAINT permit_ends_after_it_starts CHECK (ended_on >= starts_on),
    CONSTRAINT permit_end_has_a_reason CHECK ((ended_on IS NULL) = (end_reason IS NULL)),
    CONSTRAINT permit_new_follows_none CHECK ((granted_as = 'NEW') = (follows_id IS NULL))
) STRICT;

--- table permit_class
CREATE TABLE permit_class (
    code TEXT PRIMARY KEY,
    group_code TEXT NOT NULL REFERENCES permit_group (code),
    position INTEGER NOT NULL UNIQUE,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;

--- table permit_group
CREATE TABLE permit_group (
    code TEXT PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;

--- table permit_report
CREATE TABLE permit_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    permit_id INTEGER NOT NULL REFERENCES permit (id),
    on_day TEXT NOT NULL -- the day of the report
        CONSTRAINT permit_report_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT permit_report_is_made_once_a_day UNIQUE (permit_id, on_day)
) STRICT;

--- table permit_report_version
CREATE TABLE permit_report_version (id INTEGER, permit_id INTEGER, on_day TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table permit_version
CREATE TABLE permit_version (id INTEGER, resident_id INTEGER, class_code TEXT, index_code TEXT, number TEXT, issued_on TEXT, starts_on TEXT, valid_from TEXT, expires_on TEXT, office TEXT, follows_id INTEGER, granted_as TEXT, ended_on TEXT, end_reason TEXT, note TEXT, change_id INTEGER, until_change INTEGER NOT NULL, unlimited INTEGER) STRICT;

--- table province
CREATE TABLE province (
    code TEXT PRIMARY KEY
        CONSTRAINT province_code_is_kemendagri CHECK (code GLOB '[0-9][0-9]'),
    name TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table province_version
CREATE TABLE province_version (code TEXT, name TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table purged_digest
CREATE TABLE purged_digest (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sealed_change INTEGER NOT NULL REFERENCES change (id), -- the change that was sealed anew
    digest_before TEXT, -- NULL: it had none
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table purged_digest_version
CREATE TABLE purged_digest_version (id INTEGER, sealed_change INTEGER, digest_before TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table purged_person
CREATE TABLE purged_person (
    resident_id INTEGER PRIMARY KEY, -- it refers to no row: a removed record is purged too
    closed_on TEXT NOT NULL -- the day from which the person was gone for good
        CONSTRAINT purged_person_closed_is_a_date CHECK (closed_on IS date(closed_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table purged_person_version
CREATE TABLE purged_person_version (resident_id INTEGER, closed_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table purpose
CREATE TABLE purpose (
    code TEXT PRIMARY KEY,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;

--- table regency
CREATE TABLE regency (
    code TEXT PRIMARY KEY
        CONSTRAINT regency_code_is_kemendagri CHECK (code GLOB '[0-9][0-9].[0-9][0-9]'),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    province_code TEXT NOT NULL REFERENCES province (code),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table regency_version
CREATE TABLE regency_version (code TEXT, name TEXT, folded TEXT, province_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table region_past
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

--- table region_past_version
CREATE TABLE region_past_version (code TEXT, until_on TEXT, name TEXT, folded TEXT, parent_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table relief
CREATE TABLE relief (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    issued_on TEXT
        CONSTRAINT relief_issued_is_a_date CHECK (issued_on IS date(issued_on, '+0 days')),
    effective_from TEXT NOT NULL
        CONSTRAINT relief_from_is_a_date CHECK (effective_from IS date(effective_from, '+0 days')),
    effective_until TEXT -- the last day it keeps a permit valid; NULL: until another relief says otherwise
        CONSTRAINT relief_until_is_a_date CHECK (effective_until IS date(effective_until, '+0 days')),
    expired_from TEXT
        CONSTRAINT relief_expired_from_is_a_date CHECK (expired_from IS date(expired_from, '+0 days')),
    expired_until TEXT
        CONSTRAINT relief_expired_until_is_a_date CHECK (expired_until IS date(expired_until, '+0 days')),
    entered_from TEXT
        CONSTRAINT relief_entered_from_is_a_date CHECK (entered_from IS date(entered_from, '+0 days')),
    entered_until TEXT
        CONSTRAINT relief_entered_until_is_a_date CHECK (entered_until IS date(entered_until, '+0 days')),
    in_country_only INTEGER NOT NULL
        CONSTRAINT relief_in_country_only_is_a_flag CHECK (in_country_only IN (0, 1)),
    extendable TEXT NOT NULL
        CONSTRAINT relief_extendable_is_known CHECK (extendable IN ('yes', 'no', 'any')),
    action_required TEXT,
    supersedes TEXT
        CONSTRAINT relief_is_superseded_once UNIQUE REFERENCES relief (code),
    ended_on TEXT
        CONSTRAINT relief_ended_is_a_date CHECK (ended_on IS date(ended_on, '+0 days')),
    source_url TEXT NOT NULL,
    verified INTEGER NOT NULL
        CONSTRAINT relief_verified_is_a_flag CHECK (verified IN (0, 1)),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT relief_ends_after_it_begins CHECK (effective_until >= effective_from),
    CONSTRAINT relief_supersedes_another CHECK (supersedes <> code)
) STRICT;

--- table relief_class
CREATE TABLE relief_class (
    relief_code TEXT NOT NULL REFERENCES relief (code),
    class_code TEXT NOT NULL REFERENCES permit_class (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (relief_code, class_code)
) STRICT;

--- table relief_class_version
CREATE TABLE relief_class_version (relief_code TEXT, class_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table relief_version
CREATE TABLE relief_version (code TEXT, name TEXT, legal_basis TEXT, issued_on TEXT, effective_from TEXT, effective_until TEXT, expired_from TEXT, expired_until TEXT, entered_from TEXT, entered_until TEXT, in_country_only INTEGER, extendable TEXT, action_required TEXT, supersedes TEXT, ended_on TEXT, source_url TEXT, verified INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table remembered_mapping
CREATE TABLE remembered_mapping (
    header_row TEXT NOT NULL, -- SHA-256 of the header row: letters and digits of its cells, whatever their case
    column_named TEXT NOT NULL, -- a column, as it was typed: its header, number or letter
    field TEXT NOT NULL, -- the field that an import reads from it
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (header_row, column_named)
) STRICT;

--- table remembered_mapping_version
CREATE TABLE remembered_mapping_version (header_row TEXT, column_named TEXT, field TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table residence
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

--- table residence_version
CREATE TABLE residence_version (id INTEGER, resident_id INTEGER, village_code TEXT, district_code TEXT, address TEXT, rt TEXT, rw TEXT, from_on TEXT, until_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table resident
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
    
    CONSTRAINT resident_departed_after_arrival CHECK (departed >= arrived)
) STRICT;

--- table resident_version
CREATE TABLE resident_version (id INTEGER, full_name TEXT, sex TEXT, born TEXT, birthplace TEXT, nationality TEXT, purpose_code TEXT, occupation TEXT, contact TEXT, sponsor_id INTEGER, niora TEXT, arrived TEXT, departed TEXT, departed_how TEXT, note TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table rule
CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL
        CONSTRAINT rule_kind_is_known CHECK (
            kind IN (
                'RENEWAL_WINDOW_DAYS', 'CONVERSION_WINDOW_DAYS', 'APPLY_BEFORE_DAYS', 'TERM_DAYS', 'TERM_MONTHS',
                'EXTENSIONS', 'REPORT_EVERY_YEARS', 'AFTER_YEARS', 'AT_AGE_YEARS', 'CASE_LIMIT_HOURS', 'NOT_SEEN_DAYS', 'RETENTION_YEARS',
                'REPORTING_DAYS', 'OVERSTAY_RUPIAH_A_DAY', 'OVERSTAY_LIMIT_DAYS'
            )
        ),
    subject TEXT NOT NULL, -- the class, or what is to be reported; '' where a rule is for all
    value INTEGER NOT NULL
        CONSTRAINT rule_value_is_positive CHECK (value > 0 OR (value = 0 AND kind = 'EXTENSIONS')),
    valid_from TEXT
        CONSTRAINT rule_from_is_a_date CHECK (valid_from IS date(valid_from, '+0 days')),
    valid_until TEXT -- the last day
        CONSTRAINT rule_until_is_a_date CHECK (valid_until IS date(valid_until, '+0 days')),
    legal_basis TEXT NOT NULL,
    source TEXT NOT NULL,
    verified INTEGER NOT NULL
        CONSTRAINT rule_verified_is_a_flag CHECK (verified IN (0, 1)),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT rule_ends_after_it_begins CHECK (valid_until >= valid_from)
) STRICT;

--- table rule_version
CREATE TABLE rule_version (id INTEGER, kind TEXT, subject TEXT, value INTEGER, valid_from TEXT, valid_until TEXT, legal_basis TEXT, source TEXT, verified INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table setting
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

--- table setting_version
CREATE TABLE setting_version (key TEXT, value TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table sponsor
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

--- table sponsor_version
CREATE TABLE sponsor_version (id INTEGER, name TEXT, kind TEXT, address TEXT, contact TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table stay
CREATE TABLE stay (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    from_on TEXT -- the first day on which the person is present; NULL: it reaches back without limit
        CONSTRAINT stay_from_is_a_date CHECK (from_on IS date(from_on, '+0 days')),
    arrived TEXT -- the day of entry, where that is known: the stay begins on it
        CONSTRAINT stay_begins_at_arrival CHECK (arrived IS NULL OR arrived IS from_on),
    departed TEXT -- the first day on which the person is not present; NULL: still here
        CONSTRAINT stay_departed_is_a_date CHECK (departed IS date(departed, '+0 days')),
    departed_how TEXT -- the way of leaving for good, where that is known
        CONSTRAINT stay_departed_how_is_known CHECK (
            departed_how IN ('DEPARTED', 'DEPORTED', 'DIED', 'NATURALISED')
        ),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT stay_departure_has_a_day CHECK (departed_how IS NULL OR departed IS NOT NULL),
    CONSTRAINT stay_ends_after_it_begins CHECK (departed >= from_on)
) STRICT;

--- table stay_version
CREATE TABLE stay_version (id INTEGER, resident_id INTEGER, from_on TEXT, arrived TEXT, departed TEXT, departed_how TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table undone
CREATE TABLE undone (
    undone_id INTEGER PRIMARY KEY REFERENCES change (id), -- the change that is taken back
    change_id INTEGER NOT NULL REFERENCES change (id) -- the undo
) STRICT;

--- table undone_version
CREATE TABLE undone_version (undone_id INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table village
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
, from_on TEXT
    CONSTRAINT village_from_is_a_date CHECK (from_on IS date(from_on, '+0 days')), until_on TEXT
    CONSTRAINT village_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')), split_from TEXT REFERENCES village (code)) STRICT;

--- table village_successor
CREATE TABLE village_successor (
    code TEXT NOT NULL REFERENCES village (code), -- the one that has ended
    successor_code TEXT NOT NULL REFERENCES village (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (code, successor_code)
) STRICT;

--- table village_successor_version
CREATE TABLE village_successor_version (code TEXT, successor_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;

--- table village_version
CREATE TABLE village_version (code TEXT, name TEXT, folded TEXT, kind TEXT, district_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL, from_on TEXT, until_on TEXT, split_from TEXT) STRICT;

--- trigger accepted_finding_keeps_what_was_changed
CREATE TRIGGER accepted_finding_keeps_what_was_changed AFTER UPDATE ON accepted_finding
BEGIN
    INSERT INTO accepted_finding_version (key, facts, reason, change_id, until_change) VALUES (OLD.key, OLD.facts, OLD.reason, OLD.change_id, NEW.change_id);
END;

--- trigger accepted_finding_keeps_what_was_removed
CREATE TRIGGER accepted_finding_keeps_what_was_removed AFTER DELETE ON accepted_finding
BEGIN
    INSERT INTO accepted_finding_version (key, facts, reason, change_id, until_change) VALUES (OLD.key, OLD.facts, OLD.reason, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger case_event_keeps_what_was_changed
CREATE TRIGGER case_event_keeps_what_was_changed AFTER UPDATE ON case_event
BEGIN
    INSERT INTO case_event_version (id, case_id, at, state_code, other_case_id, step_code, settled, note, change_id, until_change) VALUES (OLD.id, OLD.case_id, OLD.at, OLD.state_code, OLD.other_case_id, OLD.step_code, OLD.settled, OLD.note, OLD.change_id, NEW.change_id);
END;

--- trigger case_event_keeps_what_was_removed
CREATE TRIGGER case_event_keeps_what_was_removed AFTER DELETE ON case_event
BEGIN
    INSERT INTO case_event_version (id, case_id, at, state_code, other_case_id, step_code, settled, note, change_id, until_change) VALUES (OLD.id, OLD.case_id, OLD.at, OLD.state_code, OLD.other_case_id, OLD.step_code, OLD.settled, OLD.note, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger case_file_keeps_what_was_changed
CREATE TRIGGER case_file_keeps_what_was_changed AFTER UPDATE ON case_file
BEGIN
    INSERT INTO case_file_version (id, kind_code, reported_at, reporter, happened_on, village_code, district_code, place, report, owner, resident_id, change_id, until_change) VALUES (OLD.id, OLD.kind_code, OLD.reported_at, OLD.reporter, OLD.happened_on, OLD.village_code, OLD.district_code, OLD.place, OLD.report, OLD.owner, OLD.resident_id, OLD.change_id, NEW.change_id);
END;

--- trigger case_file_keeps_what_was_removed
CREATE TRIGGER case_file_keeps_what_was_removed AFTER DELETE ON case_file
BEGIN
    INSERT INTO case_file_version (id, kind_code, reported_at, reporter, happened_on, village_code, district_code, place, report, owner, resident_id, change_id, until_change) VALUES (OLD.id, OLD.kind_code, OLD.reported_at, OLD.reporter, OLD.happened_on, OLD.village_code, OLD.district_code, OLD.place, OLD.report, OLD.owner, OLD.resident_id, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger case_follow_keeps_what_was_changed
CREATE TRIGGER case_follow_keeps_what_was_changed AFTER UPDATE ON case_follow
BEGIN
    INSERT INTO case_follow_version (state_code, next_code, change_id, until_change) VALUES (OLD.state_code, OLD.next_code, OLD.change_id, NEW.change_id);
END;

--- trigger case_follow_keeps_what_was_removed
CREATE TRIGGER case_follow_keeps_what_was_removed AFTER DELETE ON case_follow
BEGIN
    INSERT INTO case_follow_version (state_code, next_code, change_id, until_change) VALUES (OLD.state_code, OLD.next_code, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger case_kind_keeps_what_was_changed
CREATE TRIGGER case_kind_keeps_what_was_changed AFTER UPDATE ON case_kind
BEGIN
    INSERT INTO case_kind_version (code, position, name_id, name_en, change_id, until_change) VALUES (OLD.code, OLD.position, OLD.name_id, OLD.name_en, OLD.change_id, NEW.change_id);
END;

--- trigger case_kind_keeps_what_was_removed
CREATE TRIGGER case_kind_keeps_what_was_removed AFTER DELETE ON case_kind
BEGIN
    INSERT INTO case_kind_version (code, position, name_id, name_en, change_id, until_change) VALUES (OLD.code, OLD.position, OLD.name_id, OLD.name_en, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger case_state_keeps_what_was_changed
CREATE TRIGGER case_state_keeps_what_was_changed AFTER UPDATE ON case_state
BEGIN
    INSERT INTO case_state_version (code, position, name_id, name_en, is_closed, needs, source, change_id, until_change) VALUES (OLD.code, OLD.position, OLD.name_id, OLD.name_en, OLD.is_closed, OLD.needs, OLD.source, OLD.change_id, NEW.change_id);
END;

--- trigger case_state_keeps_what_was_removed
CREATE TRIGGER case_state_keeps_what_was_removed AFTER DELETE ON case_state
BEGIN
    INSERT INTO case_state_version (code, position, name_id, name_en, is_closed, needs, source, change_id, until_change) VALUES (OLD.code, OLD.position, OLD.name_id, OLD.name_en, OLD.is_closed, OLD.needs, OLD.source, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger case_step_keeps_what_was_changed
CREATE TRIGGER case_step_keeps_what_was_changed AFTER UPDATE ON case_step
BEGIN
    INSERT INTO case_step_version (code, kind_code, position, text_id, text_en, papers_id, papers_en, is_needed, counted_from, rule_kind, rule_subject, valid_from, valid_until, source, verified, change_id, until_change) VALUES (OLD.code, OLD.kind_code, OLD.position, OLD.text_id, OLD.text_en, OLD.papers_id, OLD.papers_en, OLD.is_needed, OLD.counted_from, OLD.rule_kind, OLD.rule_subject, OLD.valid_from, OLD.valid_until, OLD.source, OLD.verified, OLD.change_id, NEW.change_id);
END;

--- trigger case_step_keeps_what_was_removed
CREATE TRIGGER case_step_keeps_what_was_removed AFTER DELETE ON case_step
BEGIN
    INSERT INTO case_step_version (code, kind_code, position, text_id, text_en, papers_id, papers_en, is_needed, counted_from, rule_kind, rule_subject, valid_from, valid_until, source, verified, change_id, until_change) VALUES (OLD.code, OLD.kind_code, OLD.position, OLD.text_id, OLD.text_en, OLD.papers_id, OLD.papers_en, OLD.is_needed, OLD.counted_from, OLD.rule_kind, OLD.rule_subject, OLD.valid_from, OLD.valid_until, OLD.source, OLD.verified, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger clock_correction_keeps_what_was_changed
CREATE TRIGGER clock_correction_keeps_what_was_changed AFTER UPDATE ON clock_correction
BEGIN
    INSERT INTO clock_correction_version (id, first_change, last_change, read_at, change_id, until_change) VALUES (OLD.id, OLD.first_change, OLD.last_change, OLD.read_at, OLD.change_id, NEW.change_id);
END;

--- trigger clock_correction_keeps_what_was_removed
CREATE TRIGGER clock_correction_keeps_what_was_removed AFTER DELETE ON clock_correction
BEGIN
    INSERT INTO clock_correction_version (id, first_change, last_change, read_at, change_id, until_change) VALUES (OLD.id, OLD.first_change, OLD.last_change, OLD.read_at, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger decision_keeps_what_was_changed
CREATE TRIGGER decision_keeps_what_was_changed AFTER UPDATE ON decision
BEGIN
    INSERT INTO decision_version (id, meeting_id, text, owner, due_on, ended_on, ended_as, ended_reason, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.text, OLD.owner, OLD.due_on, OLD.ended_on, OLD.ended_as, OLD.ended_reason, OLD.change_id, NEW.change_id);
END;

--- trigger decision_keeps_what_was_removed
CREATE TRIGGER decision_keeps_what_was_removed AFTER DELETE ON decision
BEGIN
    INSERT INTO decision_version (id, meeting_id, text, owner, due_on, ended_on, ended_as, ended_reason, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.text, OLD.owner, OLD.due_on, OLD.ended_on, OLD.ended_as, OLD.ended_reason, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger disclosure_keeps_what_was_changed
CREATE TRIGGER disclosure_keeps_what_was_changed AFTER UPDATE ON disclosure
BEGIN
    INSERT INTO disclosure_version (id, kind, on_day, audience, resident_id, people, page, change_id, until_change) VALUES (OLD.id, OLD.kind, OLD.on_day, OLD.audience, OLD.resident_id, OLD.people, OLD.page, OLD.change_id, NEW.change_id);
END;

--- trigger disclosure_keeps_what_was_removed
CREATE TRIGGER disclosure_keeps_what_was_removed AFTER DELETE ON disclosure
BEGIN
    INSERT INTO disclosure_version (id, kind, on_day, audience, resident_id, people, page, change_id, until_change) VALUES (OLD.id, OLD.kind, OLD.on_day, OLD.audience, OLD.resident_id, OLD.people, OLD.page, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger district_keeps_what_was_changed
CREATE TRIGGER district_keeps_what_was_changed AFTER UPDATE ON district
BEGIN
    INSERT INTO district_version (code, name, folded, regency_code, ours, change_id, from_on, until_on, split_from, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.regency_code, OLD.ours, OLD.change_id, OLD.from_on, OLD.until_on, OLD.split_from, NEW.change_id);
END;

--- trigger district_keeps_what_was_removed
CREATE TRIGGER district_keeps_what_was_removed AFTER DELETE ON district
BEGIN
    INSERT INTO district_version (code, name, folded, regency_code, ours, change_id, from_on, until_on, split_from, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.regency_code, OLD.ours, OLD.change_id, OLD.from_on, OLD.until_on, OLD.split_from, (SELECT max(id) FROM change));
END;

--- trigger district_successor_keeps_what_was_changed
CREATE TRIGGER district_successor_keeps_what_was_changed AFTER UPDATE ON district_successor
BEGIN
    INSERT INTO district_successor_version (code, successor_code, change_id, until_change) VALUES (OLD.code, OLD.successor_code, OLD.change_id, NEW.change_id);
END;

--- trigger district_successor_keeps_what_was_removed
CREATE TRIGGER district_successor_keeps_what_was_removed AFTER DELETE ON district_successor
BEGIN
    INSERT INTO district_successor_version (code, successor_code, change_id, until_change) VALUES (OLD.code, OLD.successor_code, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger expiry_mark_keeps_what_was_changed
CREATE TRIGGER expiry_mark_keeps_what_was_changed AFTER UPDATE ON expiry_mark
BEGIN
    INSERT INTO expiry_mark_version (id, run_id, subject_id, subject_change, until_on, change_id, until_change) VALUES (OLD.id, OLD.run_id, OLD.subject_id, OLD.subject_change, OLD.until_on, OLD.change_id, NEW.change_id);
END;

--- trigger expiry_mark_keeps_what_was_removed
CREATE TRIGGER expiry_mark_keeps_what_was_removed AFTER DELETE ON expiry_mark
BEGIN
    INSERT INTO expiry_mark_version (id, run_id, subject_id, subject_change, until_on, change_id, until_change) VALUES (OLD.id, OLD.run_id, OLD.subject_id, OLD.subject_change, OLD.until_on, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger expiry_run_keeps_what_was_changed
CREATE TRIGGER expiry_run_keeps_what_was_changed AFTER UPDATE ON expiry_run
BEGIN
    INSERT INTO expiry_run_version (id, subject, threshold, on_day, listed, change_id, until_change) VALUES (OLD.id, OLD.subject, OLD.threshold, OLD.on_day, OLD.listed, OLD.change_id, NEW.change_id);
END;

--- trigger expiry_run_keeps_what_was_removed
CREATE TRIGGER expiry_run_keeps_what_was_removed AFTER DELETE ON expiry_run
BEGIN
    INSERT INTO expiry_run_version (id, subject, threshold, on_day, listed, change_id, until_change) VALUES (OLD.id, OLD.subject, OLD.threshold, OLD.on_day, OLD.listed, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger family_link_keeps_what_was_changed
CREATE TRIGGER family_link_keeps_what_was_changed AFTER UPDATE ON family_link
BEGIN
    INSERT INTO family_link_version (id, resident_id, relation, relative_id, citizen_name, born, from_on, until_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.relation, OLD.relative_id, OLD.citizen_name, OLD.born, OLD.from_on, OLD.until_on, OLD.change_id, NEW.change_id);
END;

--- trigger family_link_keeps_what_was_removed
CREATE TRIGGER family_link_keeps_what_was_removed AFTER DELETE ON family_link
BEGIN
    INSERT INTO family_link_version (id, resident_id, relation, relative_id, citizen_name, born, from_on, until_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.relation, OLD.relative_id, OLD.citizen_name, OLD.born, OLD.from_on, OLD.until_on, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger holiday_keeps_what_was_changed
CREATE TRIGGER holiday_keeps_what_was_changed AFTER UPDATE ON holiday
BEGIN
    INSERT INTO holiday_version (day, name, source, change_id, until_change) VALUES (OLD.day, OLD.name, OLD.source, OLD.change_id, NEW.change_id);
END;

--- trigger holiday_keeps_what_was_removed
CREATE TRIGGER holiday_keeps_what_was_removed AFTER DELETE ON holiday
BEGIN
    INSERT INTO holiday_version (day, name, source, change_id, until_change) VALUES (OLD.day, OLD.name, OLD.source, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger inspection_keeps_what_was_changed
CREATE TRIGGER inspection_keeps_what_was_changed AFTER UPDATE ON inspection
BEGIN
    INSERT INTO inspection_version (id, on_day, officers, letter_number, letter_on, is_urgent, village_code, district_code, place, finding, case_id, change_id, until_change) VALUES (OLD.id, OLD.on_day, OLD.officers, OLD.letter_number, OLD.letter_on, OLD.is_urgent, OLD.village_code, OLD.district_code, OLD.place, OLD.finding, OLD.case_id, OLD.change_id, NEW.change_id);
END;

--- trigger inspection_keeps_what_was_removed
CREATE TRIGGER inspection_keeps_what_was_removed AFTER DELETE ON inspection
BEGIN
    INSERT INTO inspection_version (id, on_day, officers, letter_number, letter_on, is_urgent, village_code, district_code, place, finding, case_id, change_id, until_change) VALUES (OLD.id, OLD.on_day, OLD.officers, OLD.letter_number, OLD.letter_on, OLD.is_urgent, OLD.village_code, OLD.district_code, OLD.place, OLD.finding, OLD.case_id, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger inspection_resident_keeps_what_was_changed
CREATE TRIGGER inspection_resident_keeps_what_was_changed AFTER UPDATE ON inspection_resident
BEGIN
    INSERT INTO inspection_resident_version (id, inspection_id, resident_id, is_seen, address, address_found, class, class_found, activity, activity_found, change_id, until_change) VALUES (OLD.id, OLD.inspection_id, OLD.resident_id, OLD.is_seen, OLD.address, OLD.address_found, OLD.class, OLD.class_found, OLD.activity, OLD.activity_found, OLD.change_id, NEW.change_id);
END;

--- trigger inspection_resident_keeps_what_was_removed
CREATE TRIGGER inspection_resident_keeps_what_was_removed AFTER DELETE ON inspection_resident
BEGIN
    INSERT INTO inspection_resident_version (id, inspection_id, resident_id, is_seen, address, address_found, class, class_found, activity, activity_found, change_id, until_change) VALUES (OLD.id, OLD.inspection_id, OLD.resident_id, OLD.is_seen, OLD.address, OLD.address_found, OLD.class, OLD.class_found, OLD.activity, OLD.activity_found, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger letter_keeps_what_was_changed
CREATE TRIGGER letter_keeps_what_was_changed AFTER UPDATE ON letter
BEGIN
    INSERT INTO letter_version (id, on_day, addressee, sponsor_id, family_link_id, change_id, until_change) VALUES (OLD.id, OLD.on_day, OLD.addressee, OLD.sponsor_id, OLD.family_link_id, OLD.change_id, NEW.change_id);
END;

--- trigger letter_keeps_what_was_removed
CREATE TRIGGER letter_keeps_what_was_removed AFTER DELETE ON letter
BEGIN
    INSERT INTO letter_version (id, on_day, addressee, sponsor_id, family_link_id, change_id, until_change) VALUES (OLD.id, OLD.on_day, OLD.addressee, OLD.sponsor_id, OLD.family_link_id, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger letter_person_keeps_what_was_changed
CREATE TRIGGER letter_person_keeps_what_was_changed AFTER UPDATE ON letter_person
BEGIN
    INSERT INTO letter_person_version (id, letter_id, permit_id, until_on, change_id, until_change) VALUES (OLD.id, OLD.letter_id, OLD.permit_id, OLD.until_on, OLD.change_id, NEW.change_id);
END;

--- trigger letter_person_keeps_what_was_removed
CREATE TRIGGER letter_person_keeps_what_was_removed AFTER DELETE ON letter_person
BEGIN
    INSERT INTO letter_person_version (id, letter_id, permit_id, until_on, change_id, until_change) VALUES (OLD.id, OLD.letter_id, OLD.permit_id, OLD.until_on, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger letterhead_keeps_what_was_changed
CREATE TRIGGER letterhead_keeps_what_was_changed AFTER UPDATE ON letterhead
BEGIN
    INSERT INTO letterhead_version (id, valid_from, position, text, change_id, until_change) VALUES (OLD.id, OLD.valid_from, OLD.position, OLD.text, OLD.change_id, NEW.change_id);
END;

--- trigger letterhead_keeps_what_was_removed
CREATE TRIGGER letterhead_keeps_what_was_removed AFTER DELETE ON letterhead
BEGIN
    INSERT INTO letterhead_version (id, valid_from, position, text, change_id, until_change) VALUES (OLD.id, OLD.valid_from, OLD.position, OLD.text, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger meeting_invited_keeps_what_was_changed
CREATE TRIGGER meeting_invited_keeps_what_was_changed AFTER UPDATE ON meeting_invited
BEGIN
    INSERT INTO meeting_invited_version (id, meeting_id, institution, office, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.institution, OLD.office, OLD.change_id, NEW.change_id);
END;

--- trigger meeting_invited_keeps_what_was_removed
CREATE TRIGGER meeting_invited_keeps_what_was_removed AFTER DELETE ON meeting_invited
BEGIN
    INSERT INTO meeting_invited_version (id, meeting_id, institution, office, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.institution, OLD.office, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger meeting_item_keeps_what_was_changed
CREATE TRIGGER meeting_item_keeps_what_was_changed AFTER UPDATE ON meeting_item
BEGIN
    INSERT INTO meeting_item_version (id, meeting_id, kind, position, text, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.kind, OLD.position, OLD.text, OLD.change_id, NEW.change_id);
END;

--- trigger meeting_item_keeps_what_was_removed
CREATE TRIGGER meeting_item_keeps_what_was_removed AFTER DELETE ON meeting_item
BEGIN
    INSERT INTO meeting_item_version (id, meeting_id, kind, position, text, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.kind, OLD.position, OLD.text, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger meeting_keeps_what_was_changed
CREATE TRIGGER meeting_keeps_what_was_changed AFTER UPDATE ON meeting
BEGIN
    INSERT INTO meeting_version (id, level, on_day, begins_at, ends_at, place, theme, opened_by, chair, secretary, note_taker, letter_number, letter_on, nature, attachments, signer, signer_office, signer_number, closed_on, closed_change, no_decisions, change_id, until_change) VALUES (OLD.id, OLD.level, OLD.on_day, OLD.begins_at, OLD.ends_at, OLD.place, OLD.theme, OLD.opened_by, OLD.chair, OLD.secretary, OLD.note_taker, OLD.letter_number, OLD.letter_on, OLD.nature, OLD.attachments, OLD.signer, OLD.signer_office, OLD.signer_number, OLD.closed_on, OLD.closed_change, OLD.no_decisions, OLD.change_id, NEW.change_id);
END;

--- trigger meeting_keeps_what_was_removed
CREATE TRIGGER meeting_keeps_what_was_removed AFTER DELETE ON meeting
BEGIN
    INSERT INTO meeting_version (id, level, on_day, begins_at, ends_at, place, theme, opened_by, chair, secretary, note_taker, letter_number, letter_on, nature, attachments, signer, signer_office, signer_number, closed_on, closed_change, no_decisions, change_id, until_change) VALUES (OLD.id, OLD.level, OLD.on_day, OLD.begins_at, OLD.ends_at, OLD.place, OLD.theme, OLD.opened_by, OLD.chair, OLD.secretary, OLD.note_taker, OLD.letter_number, OLD.letter_on, OLD.nature, OLD.attachments, OLD.signer, OLD.signer_office, OLD.signer_number, OLD.closed_on, OLD.closed_change, OLD.no_decisions, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger meeting_present_keeps_what_was_changed
CREATE TRIGGER meeting_present_keeps_what_was_changed AFTER UPDATE ON meeting_present
BEGIN
    INSERT INTO meeting_present_version (id, meeting_id, invited_id, institution, name, office, stands_in_for, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.invited_id, OLD.institution, OLD.name, OLD.office, OLD.stands_in_for, OLD.change_id, NEW.change_id);
END;

--- trigger meeting_present_keeps_what_was_removed
CREATE TRIGGER meeting_present_keeps_what_was_removed AFTER DELETE ON meeting_present
BEGIN
    INSERT INTO meeting_present_version (id, meeting_id, invited_id, institution, name, office, stands_in_for, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.invited_id, OLD.institution, OLD.name, OLD.office, OLD.stands_in_for, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger passport_keeps_what_was_changed
CREATE TRIGGER passport_keeps_what_was_changed AFTER UPDATE ON passport
BEGIN
    INSERT INTO passport_version (id, resident_id, number, country, issued_on, expires_on, retired_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.number, OLD.country, OLD.issued_on, OLD.expires_on, OLD.retired_on, OLD.change_id, NEW.change_id);
END;

--- trigger passport_keeps_what_was_removed
CREATE TRIGGER passport_keeps_what_was_removed AFTER DELETE ON passport
BEGIN
    INSERT INTO passport_version (id, resident_id, number, country, issued_on, expires_on, retired_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.number, OLD.country, OLD.issued_on, OLD.expires_on, OLD.retired_on, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger passport_named_keeps_what_was_changed
CREATE TRIGGER passport_named_keeps_what_was_changed AFTER UPDATE ON passport_named
BEGIN
    INSERT INTO passport_named_version (id, resident_id, passport_id, on_day, retired_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.passport_id, OLD.on_day, OLD.retired_on, OLD.change_id, NEW.change_id);
END;

--- trigger passport_named_keeps_what_was_removed
CREATE TRIGGER passport_named_keeps_what_was_removed AFTER DELETE ON passport_named
BEGIN
    INSERT INTO passport_named_version (id, resident_id, passport_id, on_day, retired_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.passport_id, OLD.on_day, OLD.retired_on, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger permit_chain_on_insert
CREATE TRIGGER permit_chain_on_insert BEFORE INSERT ON permit
WHEN NEW.follows_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM permit AS before
    WHERE before.id = NEW.follows_id AND before.resident_id = NEW.resident_id AND before.ended_on IS NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'permit_starts_where_the_one_before_ends'); END;

--- trigger permit_keeps_what_was_changed
CREATE TRIGGER permit_keeps_what_was_changed AFTER UPDATE ON permit
BEGIN
    INSERT INTO permit_version (id, resident_id, class_code, index_code, number, issued_on, starts_on, valid_from, expires_on, office, follows_id, granted_as, ended_on, end_reason, note, change_id, unlimited, until_change) VALUES (OLD.id, OLD.resident_id, OLD.class_code, OLD.index_code, OLD.number, OLD.issued_on, OLD.starts_on, OLD.valid_from, OLD.expires_on, OLD.office, OLD.follows_id, OLD.granted_as, OLD.ended_on, OLD.end_reason, OLD.note, OLD.change_id, OLD.unlimited, NEW.change_id);
END;

--- trigger permit_keeps_what_was_removed
CREATE TRIGGER permit_keeps_what_was_removed AFTER DELETE ON permit
BEGIN
    INSERT INTO permit_version (id, resident_id, class_code, index_code, number, issued_on, starts_on, valid_from, expires_on, office, follows_id, granted_as, ended_on, end_reason, note, change_id, unlimited, until_change) VALUES (OLD.id, OLD.resident_id, OLD.class_code, OLD.index_code, OLD.number, OLD.issued_on, OLD.starts_on, OLD.valid_from, OLD.expires_on, OLD.office, OLD.follows_id, OLD.granted_as, OLD.ended_on, OLD.end_reason, OLD.note, OLD.change_id, OLD.unlimited, (SELECT max(id) FROM change));
END;

--- trigger permit_number_on_insert
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

--- trigger permit_number_on_update
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

--- trigger permit_overlap_on_insert
CREATE TRIGGER permit_overlap_on_insert BEFORE INSERT ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE other.resident_id = NEW.resident_id
        AND coalesce(other.starts_on, '0000-01-01') < coalesce(NEW.ended_on, '9999-12-31')
        AND coalesce(NEW.starts_on, '0000-01-01') < coalesce(other.ended_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'permit_periods_do_not_overlap'); END;

--- trigger permit_overlap_on_update
CREATE TRIGGER permit_overlap_on_update BEFORE UPDATE ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE other.resident_id = NEW.resident_id
        AND other.id <> NEW.id
        AND coalesce(other.starts_on, '0000-01-01') < coalesce(NEW.ended_on, '9999-12-31')
        AND coalesce(NEW.starts_on, '0000-01-01') < coalesce(other.ended_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'permit_periods_do_not_overlap'); END;

--- trigger permit_report_keeps_what_was_changed
CREATE TRIGGER permit_report_keeps_what_was_changed AFTER UPDATE ON permit_report
BEGIN
    INSERT INTO permit_report_version (id, permit_id, on_day, change_id, until_change) VALUES (OLD.id, OLD.permit_id, OLD.on_day, OLD.change_id, NEW.change_id);
END;

--- trigger permit_report_keeps_what_was_removed
CREATE TRIGGER permit_report_keeps_what_was_removed AFTER DELETE ON permit_report
BEGIN
    INSERT INTO permit_report_version (id, permit_id, on_day, change_id, until_change) VALUES (OLD.id, OLD.permit_id, OLD.on_day, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger permit_report_of_another_class
CREATE TRIGGER permit_report_of_another_class BEFORE INSERT ON permit_report
WHEN NOT EXISTS (SELECT 1 FROM permit WHERE id = NEW.permit_id AND class_code = 'KITAP')
BEGIN SELECT RAISE(ABORT, 'permit_report_is_of_a_kitap'); END;

--- trigger permit_reported_changes_class
CREATE TRIGGER permit_reported_changes_class BEFORE UPDATE OF class_code ON permit
WHEN NEW.class_code <> 'KITAP' AND EXISTS (SELECT 1 FROM permit_report WHERE permit_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'permit_report_is_of_a_kitap'); END;

--- trigger province_keeps_what_was_changed
CREATE TRIGGER province_keeps_what_was_changed AFTER UPDATE ON province
BEGIN
    INSERT INTO province_version (code, name, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.change_id, NEW.change_id);
END;

--- trigger province_keeps_what_was_removed
CREATE TRIGGER province_keeps_what_was_removed AFTER DELETE ON province
BEGIN
    INSERT INTO province_version (code, name, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger purged_digest_keeps_what_was_changed
CREATE TRIGGER purged_digest_keeps_what_was_changed AFTER UPDATE ON purged_digest
BEGIN
    INSERT INTO purged_digest_version (id, sealed_change, digest_before, change_id, until_change) VALUES (OLD.id, OLD.sealed_change, OLD.digest_before, OLD.change_id, NEW.change_id);
END;

--- trigger purged_digest_keeps_what_was_removed
CREATE TRIGGER purged_digest_keeps_what_was_removed AFTER DELETE ON purged_digest
BEGIN
    INSERT INTO purged_digest_version (id, sealed_change, digest_before, change_id, until_change) VALUES (OLD.id, OLD.sealed_change, OLD.digest_before, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger purged_person_keeps_what_was_changed
CREATE TRIGGER purged_person_keeps_what_was_changed AFTER UPDATE ON purged_person
BEGIN
    INSERT INTO purged_person_version (resident_id, closed_on, change_id, until_change) VALUES (OLD.resident_id, OLD.closed_on, OLD.change_id, NEW.change_id);
END;

--- trigger purged_person_keeps_what_was_removed
CREATE TRIGGER purged_person_keeps_what_was_removed AFTER DELETE ON purged_person
BEGIN
    INSERT INTO purged_person_version (resident_id, closed_on, change_id, until_change) VALUES (OLD.resident_id, OLD.closed_on, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger regency_keeps_what_was_changed
CREATE TRIGGER regency_keeps_what_was_changed AFTER UPDATE ON regency
BEGIN
    INSERT INTO regency_version (code, name, folded, province_code, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.province_code, OLD.change_id, NEW.change_id);
END;

--- trigger regency_keeps_what_was_removed
CREATE TRIGGER regency_keeps_what_was_removed AFTER DELETE ON regency
BEGIN
    INSERT INTO regency_version (code, name, folded, province_code, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.province_code, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger region_past_keeps_what_was_changed
CREATE TRIGGER region_past_keeps_what_was_changed AFTER UPDATE ON region_past
BEGIN
    INSERT INTO region_past_version (code, until_on, name, folded, parent_code, change_id, until_change) VALUES (OLD.code, OLD.until_on, OLD.name, OLD.folded, OLD.parent_code, OLD.change_id, NEW.change_id);
END;

--- trigger region_past_keeps_what_was_removed
CREATE TRIGGER region_past_keeps_what_was_removed AFTER DELETE ON region_past
BEGIN
    INSERT INTO region_past_version (code, until_on, name, folded, parent_code, change_id, until_change) VALUES (OLD.code, OLD.until_on, OLD.name, OLD.folded, OLD.parent_code, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger relief_class_keeps_what_was_changed
CREATE TRIGGER relief_class_keeps_what_was_changed AFTER UPDATE ON relief_class
BEGIN
    INSERT INTO relief_class_version (relief_code, class_code, change_id, until_change) VALUES (OLD.relief_code, OLD.class_code, OLD.change_id, NEW.change_id);
END;

--- trigger relief_class_keeps_what_was_removed
CREATE TRIGGER relief_class_keeps_what_was_removed AFTER DELETE ON relief_class
BEGIN
    INSERT INTO relief_class_version (relief_code, class_code, change_id, until_change) VALUES (OLD.relief_code, OLD.class_code, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger relief_keeps_what_was_changed
CREATE TRIGGER relief_keeps_what_was_changed AFTER UPDATE ON relief
BEGIN
    INSERT INTO relief_version (code, name, legal_basis, issued_on, effective_from, effective_until, expired_from, expired_until, entered_from, entered_until, in_country_only, extendable, action_required, supersedes, ended_on, source_url, verified, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.legal_basis, OLD.issued_on, OLD.effective_from, OLD.effective_until, OLD.expired_from, OLD.expired_until, OLD.entered_from, OLD.entered_until, OLD.in_country_only, OLD.extendable, OLD.action_required, OLD.supersedes, OLD.ended_on, OLD.source_url, OLD.verified, OLD.change_id, NEW.change_id);
END;

--- trigger relief_keeps_what_was_removed
CREATE TRIGGER relief_keeps_what_was_removed AFTER DELETE ON relief
BEGIN
    INSERT INTO relief_version (code, name, legal_basis, issued_on, effective_from, effective_until, expired_from, expired_until, entered_from, entered_until, in_country_only, extendable, action_required, supersedes, ended_on, source_url, verified, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.legal_basis, OLD.issued_on, OLD.effective_from, OLD.effective_until, OLD.expired_from, OLD.expired_until, OLD.entered_from, OLD.entered_until, OLD.in_country_only, OLD.extendable, OLD.action_required, OLD.supersedes, OLD.ended_on, OLD.source_url, OLD.verified, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger remembered_mapping_keeps_what_was_changed
CREATE TRIGGER remembered_mapping_keeps_what_was_changed AFTER UPDATE ON remembered_mapping
BEGIN
    INSERT INTO remembered_mapping_version (header_row, column_named, field, change_id, until_change) VALUES (OLD.header_row, OLD.column_named, OLD.field, OLD.change_id, NEW.change_id);
END;

--- trigger remembered_mapping_keeps_what_was_removed
CREATE TRIGGER remembered_mapping_keeps_what_was_removed AFTER DELETE ON remembered_mapping
BEGIN
    INSERT INTO remembered_mapping_version (header_row, column_named, field, change_id, until_change) VALUES (OLD.header_row, OLD.column_named, OLD.field, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger residence_keeps_what_was_changed
CREATE TRIGGER residence_keeps_what_was_changed AFTER UPDATE ON residence
BEGIN
    INSERT INTO residence_version (id, resident_id, village_code, district_code, address, rt, rw, from_on, until_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.village_code, OLD.district_code, OLD.address, OLD.rt, OLD.rw, OLD.from_on, OLD.until_on, OLD.change_id, NEW.change_id);
END;

--- trigger residence_keeps_what_was_removed
CREATE TRIGGER residence_keeps_what_was_removed AFTER DELETE ON residence
BEGIN
    INSERT INTO residence_version (id, resident_id, village_code, district_code, address, rt, rw, from_on, until_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.village_code, OLD.district_code, OLD.address, OLD.rt, OLD.rw, OLD.from_on, OLD.until_on, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger residence_overlap_on_insert
CREATE TRIGGER residence_overlap_on_insert BEFORE INSERT ON residence
WHEN EXISTS (
    SELECT 1 FROM residence AS other
    WHERE other.resident_id = NEW.resident_id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.until_on, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.until_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'residence_periods_do_not_overlap'); END;

--- trigger residence_overlap_on_update
CREATE TRIGGER residence_overlap_on_update BEFORE UPDATE ON residence
WHEN EXISTS (
    SELECT 1 FROM residence AS other
    WHERE other.resident_id = NEW.resident_id
        AND other.id <> NEW.id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.until_on, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.until_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'residence_periods_do_not_overlap'); END;

--- trigger resident_keeps_what_was_changed
CREATE TRIGGER resident_keeps_what_was_changed AFTER UPDATE ON resident
BEGIN
    INSERT INTO resident_version (id, full_name, sex, born, birthplace, nationality, purpose_code, occupation, contact, sponsor_id, niora, arrived, departed, departed_how, note, change_id, until_change) VALUES (OLD.id, OLD.full_name, OLD.sex, OLD.born, OLD.birthplace, OLD.nationality, OLD.purpose_code, OLD.occupation, OLD.contact, OLD.sponsor_id, OLD.niora, OLD.arrived, OLD.departed, OLD.departed_how, OLD.note, OLD.change_id, NEW.change_id);
END;

--- trigger resident_keeps_what_was_removed
CREATE TRIGGER resident_keeps_what_was_removed AFTER DELETE ON resident
BEGIN
    INSERT INTO resident_version (id, full_name, sex, born, birthplace, nationality, purpose_code, occupation, contact, sponsor_id, niora, arrived, departed, departed_how, note, change_id, until_change) VALUES (OLD.id, OLD.full_name, OLD.sex, OLD.born, OLD.birthplace, OLD.nationality, OLD.purpose_code, OLD.occupation, OLD.contact, OLD.sponsor_id, OLD.niora, OLD.arrived, OLD.departed, OLD.departed_how, OLD.note, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger resident_niora_on_insert
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

--- trigger resident_niora_on_update
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

--- trigger rule_keeps_what_was_changed
CREATE TRIGGER rule_keeps_what_was_changed AFTER UPDATE ON rule
BEGIN
    INSERT INTO rule_version (id, kind, subject, value, valid_from, valid_until, legal_basis, source, verified, change_id, until_change) VALUES (OLD.id, OLD.kind, OLD.subject, OLD.value, OLD.valid_from, OLD.valid_until, OLD.legal_basis, OLD.source, OLD.verified, OLD.change_id, NEW.change_id);
END;

--- trigger rule_keeps_what_was_removed
CREATE TRIGGER rule_keeps_what_was_removed AFTER DELETE ON rule
BEGIN
    INSERT INTO rule_version (id, kind, subject, value, valid_from, valid_until, legal_basis, source, verified, change_id, until_change) VALUES (OLD.id, OLD.kind, OLD.subject, OLD.value, OLD.valid_from, OLD.valid_until, OLD.legal_basis, OLD.source, OLD.verified, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger setting_keeps_what_was_changed
CREATE TRIGGER setting_keeps_what_was_changed AFTER UPDATE ON setting
BEGIN
    INSERT INTO setting_version (key, value, change_id, until_change) VALUES (OLD.key, OLD.value, OLD.change_id, NEW.change_id);
END;

--- trigger setting_keeps_what_was_removed
CREATE TRIGGER setting_keeps_what_was_removed AFTER DELETE ON setting
BEGIN
    INSERT INTO setting_version (key, value, change_id, until_change) VALUES (OLD.key, OLD.value, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger sponsor_keeps_what_was_changed
CREATE TRIGGER sponsor_keeps_what_was_changed AFTER UPDATE ON sponsor
BEGIN
    INSERT INTO sponsor_version (id, name, kind, address, contact, change_id, until_change) VALUES (OLD.id, OLD.name, OLD.kind, OLD.address, OLD.contact, OLD.change_id, NEW.change_id);
END;

--- trigger sponsor_keeps_what_was_removed
CREATE TRIGGER sponsor_keeps_what_was_removed AFTER DELETE ON sponsor
BEGIN
    INSERT INTO sponsor_version (id, name, kind, address, contact, change_id, until_change) VALUES (OLD.id, OLD.name, OLD.kind, OLD.address, OLD.contact, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger stay_keeps_what_was_changed
CREATE TRIGGER stay_keeps_what_was_changed AFTER UPDATE ON stay
BEGIN
    INSERT INTO stay_version (id, resident_id, from_on, arrived, departed, departed_how, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.from_on, OLD.arrived, OLD.departed, OLD.departed_how, OLD.change_id, NEW.change_id);
END;

--- trigger stay_keeps_what_was_removed
CREATE TRIGGER stay_keeps_what_was_removed AFTER DELETE ON stay
BEGIN
    INSERT INTO stay_version (id, resident_id, from_on, arrived, departed, departed_how, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.from_on, OLD.arrived, OLD.departed, OLD.departed_how, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger stay_overlap_on_insert
CREATE TRIGGER stay_overlap_on_insert BEFORE INSERT ON stay
WHEN EXISTS (
    SELECT 1 FROM stay AS other
    WHERE other.resident_id = NEW.resident_id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.departed, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.departed, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'stays_do_not_overlap'); END;

--- trigger stay_overlap_on_update
CREATE TRIGGER stay_overlap_on_update BEFORE UPDATE ON stay
WHEN EXISTS (
    SELECT 1 FROM stay AS other
    WHERE other.resident_id = NEW.resident_id
        AND other.id <> NEW.id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.departed, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.departed, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'stays_do_not_overlap'); END;

--- trigger undone_keeps_what_was_changed
CREATE TRIGGER undone_keeps_what_was_changed AFTER UPDATE ON undone
BEGIN
    INSERT INTO undone_version (undone_id, change_id, until_change) VALUES (OLD.undone_id, OLD.change_id, NEW.change_id);
END;

--- trigger undone_keeps_what_was_removed
CREATE TRIGGER undone_keeps_what_was_removed AFTER DELETE ON undone
BEGIN
    INSERT INTO undone_version (undone_id, change_id, until_change) VALUES (OLD.undone_id, OLD.change_id, (SELECT max(id) FROM change));
END;

--- trigger village_keeps_what_was_changed
CREATE TRIGGER village_keeps_what_was_changed AFTER UPDATE ON village
BEGIN
    INSERT INTO village_version (code, name, folded, kind, district_code, change_id, from_on, until_on, split_from, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.kind, OLD.district_code, OLD.change_id, OLD.from_on, OLD.until_on, OLD.split_from, NEW.change_id);
END;

--- trigger village_keeps_what_was_removed
CREATE TRIGGER village_keeps_what_was_removed AFTER DELETE ON village
BEGIN
    INSERT INTO village_version (code, name, folded, kind, district_code, change_id, from_on, until_on, split_from, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.kind, OLD.district_code, OLD.change_id, OLD.from_on, OLD.until_on, OLD.split_from, (SELECT max(id) FROM change));
END;

--- trigger village_successor_keeps_what_was_changed
CREATE TRIGGER village_successor_keeps_what_was_changed AFTER UPDATE ON village_successor
BEGIN
    INSERT INTO village_successor_version (code, successor_code, change_id, until_change) VALUES (OLD.code, OLD.successor_code, OLD.change_id, NEW.change_id);
END;

--- trigger village_successor_keeps_what_was_removed
CREATE TRIGGER village_successor_keeps_what_was_removed AFTER DELETE ON village_successor
BEGIN
    INSERT INTO village_successor_version (code, successor_code, change_id, until_change) VALUES (OLD.code, OLD.successor_code, OLD.change_id, (SELECT max(id) FROM change));
END;

--- view change_moment
CREATE VIEW change_moment AS
SELECT
    change.id AS change_id,
    coalesce(
        (
            SELECT clock_correction.read_at
            FROM clock_correction
            WHERE change.id BETWEEN clock_correction.first_change AND clock_correction.last_change
            ORDER BY clock_correction.id DESC
            LIMIT 1
        ),
        change.at
    ) AS at,
    change.at AS recorded_at
FROM change;

--- view current_permit
CREATE VIEW current_permit AS
SELECT
    permit.id AS permit_id,
    permit.resident_id,
    resident.full_name,
    resident.nationality,
    permit.class_code AS class,
    permit_class.group_code AS permit_group,
    permit.index_code,
    permit.number AS permit_number,
    permit.issued_on,
    permit.valid_from,
    permit.expires_on,
    permit.office,
    permit.granted_as,
    permit.follows_id,
    permit.unlimited
FROM permit
JOIN resident ON resident.id = permit.resident_id
JOIN permit_class ON permit_class.code = permit.class_code
WHERE permit.ended_on IS NULL;

--- view current_residence
CREATE VIEW current_residence AS
SELECT
    residence.resident_id,
    residence.from_on AS since,
    residence.address,
    residence.rt,
    residence.rw,
    village.code AS village_code,
    village.name AS village,
    district.code AS district_code,
    district.name AS district,
    regency.code AS regency_code,
    regency.name AS regency
FROM residence
LEFT JOIN village ON village.code = residence.village_code
LEFT JOIN district ON district.code = coalesce(village.district_code, residence.district_code)
LEFT JOIN regency ON regency.code = district.regency_code
WHERE residence.until_on IS NULL;

--- view district_count
CREATE VIEW district_count AS
WITH place (district_code, district) AS (
    SELECT code, name FROM district WHERE ours = 1 AND until_on IS NULL
    UNION
    SELECT district_code, district FROM current_residence
)
SELECT
    place.district,
    place.district_code,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'KITAP') AS kitap,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'KITAS') AS kitas,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'VISIT') AS visit,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'ITKT') AS itkt,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'OFFICIAL') AS official,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_id IS NULL) AS none,
    count(current_residence.resident_id) AS total
FROM place
LEFT JOIN current_residence ON current_residence.district_code IS place.district_code
LEFT JOIN current_permit ON current_permit.resident_id = current_residence.resident_id
GROUP BY place.district_code
ORDER BY total DESC, place.district;

--- view expiry
CREATE VIEW expiry AS
SELECT
    current_permit.resident_id,
    current_permit.full_name,
    current_permit.nationality,
    current_permit.class,
    current_permit.permit_id,
    current_permit.permit_number,
    current_permit.expires_on,
    max(
        current_permit.expires_on,
        coalesce(
            (
                SELECT max(relief_coverage.kept_until)
                FROM relief_coverage
                WHERE relief_coverage.permit_id = current_permit.permit_id
            ),
            current_permit.expires_on
        )
    ) AS effective_until,
    current_residence.village,
    current_residence.district,
    current_residence.district_code,
    current_permit.unlimited
FROM current_permit
LEFT JOIN current_residence ON current_residence.resident_id = current_permit.resident_id;

--- view last_stay
CREATE VIEW last_stay AS
SELECT stay.resident_id, stay.from_on, stay.arrived, stay.departed, stay.departed_how
FROM stay
WHERE stay.id IS (
    SELECT other.id FROM stay AS other
    WHERE other.resident_id = stay.resident_id
    ORDER BY other.departed IS NOT NULL, other.departed DESC, other.from_on DESC
    LIMIT 1
);

--- view relief_coverage
CREATE VIEW relief_coverage AS
SELECT permit_id, relief_code, relief_name, speaks_from, speaks_until, keeps_valid_until, kept_until
FROM (
    SELECT
        relief_offer.*,
        iif(
            entered_from IS NULL AND entered_until IS NULL,
            NULL,
            (
                SELECT stay.arrived FROM stay
                WHERE stay.resident_id = relief_offer.resident_id
                    AND (relief_offer.ended_on IS NULL OR stay.from_on IS NULL OR stay.from_on < relief_offer.ended_on)
                ORDER BY stay.departed IS NOT NULL, stay.departed DESC, stay.from_on DESC
                LIMIT 1
            )
        ) AS entered
    FROM relief_offer
)
WHERE (entered_from IS NULL OR entered >= entered_from) AND (entered_until IS NULL OR entered <= entered_until);

--- view relief_offer
CREATE VIEW relief_offer AS
SELECT
    permit.id AS permit_id,
    permit.resident_id,
    permit.ended_on,
    relief_span.code AS relief_code,
    relief_span.name AS relief_name,
    relief_span.speaks_from,
    relief_span.speaks_until,
    relief_span.keeps_valid_until,
    iif(
        relief_span.speaks_until = '9999-12-31',
        relief_span.keeps_valid_until,
        min(relief_span.keeps_valid_until, date(relief_span.speaks_until, '-1 day'))
    ) AS kept_until,
    relief_span.entered_from,
    relief_span.entered_until
FROM permit
JOIN relief_class ON relief_class.class_code = permit.class_code
JOIN relief_span ON relief_span.code = relief_class.relief_code
WHERE permit.expires_on BETWEEN relief_span.expired_from AND relief_span.expired_until
    AND permit.expires_on < relief_span.keeps_valid_until;

--- view relief_span
CREATE VIEW relief_span AS
-- From the last relief of each chain back to the first: until when it speaks, and from when it or a later one does.
WITH RECURSIVE turn (code, supersedes, effective_from, speaks_until, taken_over_on) AS (
    SELECT
        code,
        supersedes,
        effective_from,
        coalesce(ended_on, '9999-12-31'),
        iif(effective_from < coalesce(ended_on, '9999-12-31'), effective_from, '9999-12-31')
    FROM relief
    WHERE code NOT IN (SELECT supersedes FROM relief WHERE supersedes IS NOT NULL)
    UNION ALL
    SELECT
        relief.code,
        relief.supersedes,
        relief.effective_from,
        min(coalesce(relief.ended_on, '9999-12-31'), turn.taken_over_on),
        iif(
            relief.effective_from < min(coalesce(relief.ended_on, '9999-12-31'), turn.taken_over_on),
            relief.effective_from,
            turn.taken_over_on
        )
    FROM turn
    JOIN relief ON relief.code = turn.supersedes
),
spoken (code, effective_from, speaks_until) AS (
    SELECT code, effective_from, speaks_until FROM turn WHERE effective_from < speaks_until
),
chain (code, ancestor) AS (
    SELECT code, code FROM relief
    UNION
    SELECT chain.code, relief.supersedes
    FROM chain
    JOIN relief ON relief.code = chain.ancestor
    WHERE relief.supersedes IS NOT NULL
)
SELECT
    relief.code,
    relief.name,
    relief.effective_from AS speaks_from,
    spoken.speaks_until,
    coalesce(relief.effective_until, '9999-12-31') AS keeps_valid_until,
    coalesce(
        relief.expired_from,
        (
            SELECT min(ancestor.effective_from)
            FROM chain
            JOIN spoken AS ancestor ON ancestor.code = chain.ancestor
            WHERE chain.code = relief.code
        )
    ) AS expired_from,
    coalesce(relief.expired_until, '9999-12-31') AS expired_until,
    relief.entered_from,
    relief.entered_until
FROM relief
JOIN spoken ON spoken.code = relief.code;

