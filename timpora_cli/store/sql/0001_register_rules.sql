-- The dated law, and the rules between rows: triggers whose message is their name.

-- The law in rows -----------------------------------------------------------------------------------------------

-- A row per policy that keeps permits valid past their printed day.
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

-- A row per class of permit that a relief covers.
CREATE TABLE relief_class (
    relief_code TEXT NOT NULL REFERENCES relief (code),
    class_code TEXT NOT NULL REFERENCES permit_class (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (relief_code, class_code)
) STRICT;

-- A row per dated rule: a renewal window, an overstay rate or limit, a time to report.
CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL
        CONSTRAINT rule_kind_is_known CHECK (
            kind IN ('RENEWAL_WINDOW_DAYS', 'OVERSTAY_RUPIAH_A_DAY', 'OVERSTAY_LIMIT_DAYS', 'REPORTING_DAYS')
        ),
    subject TEXT NOT NULL, -- the class, or what is to be reported; '' where a rule is for all
    value INTEGER NOT NULL
        CONSTRAINT rule_value_is_positive CHECK (value > 0),
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

-- Rules between rows --------------------------------------------------------------------------------------------

CREATE TRIGGER permit_overlap_on_insert BEFORE INSERT ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE other.resident_id = NEW.resident_id
        AND coalesce(other.starts_on, '0000-01-01') < coalesce(NEW.ended_on, '9999-12-31')
        AND coalesce(NEW.starts_on, '0000-01-01') < coalesce(other.ended_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'permit_periods_do_not_overlap'); END;

CREATE TRIGGER permit_overlap_on_update BEFORE UPDATE ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE other.resident_id = NEW.resident_id
        AND other.id <> NEW.id
        AND coalesce(other.starts_on, '0000-01-01') < coalesce(NEW.ended_on, '9999-12-31')
        AND coalesce(NEW.starts_on, '0000-01-01') < coalesce(other.ended_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'permit_periods_do_not_overlap'); END;

CREATE TRIGGER permit_number_on_insert BEFORE INSERT ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE other.number = NEW.number COLLATE NOCASE
        AND (other.resident_id <> NEW.resident_id OR other.expires_on IS NEW.expires_on OR other.ended_on IS NULL)
)
BEGIN SELECT RAISE(ABORT, 'permit_number_is_unique'); END;

CREATE TRIGGER permit_number_on_update BEFORE UPDATE OF number, resident_id ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE other.number = NEW.number COLLATE NOCASE
        AND other.id <> NEW.id
        AND (other.resident_id <> NEW.resident_id OR other.expires_on IS NEW.expires_on)
)
BEGIN SELECT RAISE(ABORT, 'permit_number_is_unique'); END;

CREATE TRIGGER permit_chain_on_insert BEFORE INSERT ON permit
WHEN NEW.follows_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM permit AS before
    WHERE before.id = NEW.follows_id AND before.resident_id = NEW.resident_id AND before.ended_on IS NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'permit_starts_where_the_one_before_ends'); END;

CREATE TRIGGER permit_needs_a_residence BEFORE INSERT ON permit
WHEN NEW.ended_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM residence WHERE resident_id = NEW.resident_id AND until_on IS NULL
)
BEGIN SELECT RAISE(ABORT, 'permit_holder_is_present'); END;

CREATE TRIGGER residence_overlap_on_insert BEFORE INSERT ON residence
WHEN EXISTS (
    SELECT 1 FROM residence AS other
    WHERE other.resident_id = NEW.resident_id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.until_on, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.until_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'residence_periods_do_not_overlap'); END;

CREATE TRIGGER residence_overlap_on_update BEFORE UPDATE ON residence
WHEN EXISTS (
    SELECT 1 FROM residence AS other
    WHERE other.resident_id = NEW.resident_id
        AND other.id <> NEW.id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.until_on, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.until_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'residence_periods_do_not_overlap'); END;

CREATE TRIGGER residence_of_a_departed BEFORE INSERT ON residence
WHEN NEW.until_on IS NULL AND EXISTS (SELECT 1 FROM resident WHERE id = NEW.resident_id AND departed IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'residence_is_of_the_present'); END;

CREATE TRIGGER resident_departs_closed BEFORE UPDATE OF departed ON resident
WHEN NEW.departed IS NOT NULL AND (
    EXISTS (SELECT 1 FROM residence WHERE resident_id = NEW.id AND until_on IS NULL)
    OR EXISTS (SELECT 1 FROM permit WHERE resident_id = NEW.id AND ended_on IS NULL)
)
BEGIN SELECT RAISE(ABORT, 'departure_closes_permit_and_residence'); END;
