-- Cases: what a village or an agency reports about a foreigner. What may follow what, which steps a case has and how long
-- each state may last are rows. The state of a case is worked out from its events, and no deadline is stored.
-- A moment is that of the office's clock: a day and a time, or the day alone where the time is not known.

-- More kinds of rules, as in 0006_stays_and_rules_rule_kinds.sql. The kinds are those of RULE_KINDS in model/law.py.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(
    sql,
    '''REPORT_EVERY_YEARS'', ',
    '''REPORT_EVERY_YEARS'', ''AFTER_YEARS'', ''AT_AGE_YEARS'', ''CASE_LIMIT_HOURS'', ''NOT_SEEN_DAYS'',
                '
)
WHERE type = 'table' AND name = 'rule';
PRAGMA writable_schema = RESET;

-- A row per kind of case.
CREATE TABLE case_kind (
    code TEXT PRIMARY KEY
        CONSTRAINT case_kind_code_is_a_word CHECK (code <> '' AND code NOT GLOB '*[^A-Z0-9_]*'),
    position INTEGER NOT NULL,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;

-- A row per state that a case can be in. The first by position is that of a case that has just been reported.
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

-- A row per state that may follow another.
CREATE TABLE case_follow (
    state_code TEXT NOT NULL REFERENCES case_state (code),
    next_code TEXT NOT NULL REFERENCES case_state (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (state_code, next_code),
    CONSTRAINT case_follow_is_another CHECK (next_code <> state_code)
) STRICT;

-- A row per step of a kind of case: what the office explains, and what has to be done.
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
CREATE INDEX case_step_by_kind ON case_step (kind_code, position);

-- A row per case.
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
CREATE INDEX case_file_by_resident ON case_file (resident_id) WHERE resident_id IS NOT NULL;

-- A row per event of a case after the report: it comes into a state, a step is settled, or something is noted.
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
CREATE INDEX case_event_by_case ON case_event (case_id, at);
