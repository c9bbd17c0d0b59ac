-- Nothing is overwritten to make history disappear: a row version that a change replaces or removes moves to the twin
-- table, with the number of the change that ended it. Triggers do it, so that a change by any other program is kept too.
-- An insert costs nothing extra: each row carries the number of the change that wrote it.

CREATE TABLE setting_version (
    key TEXT,
    value TEXT,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX setting_version_by_key ON setting_version (key);
CREATE TRIGGER setting_keeps_what_was_changed AFTER UPDATE ON setting
BEGIN
    INSERT INTO setting_version VALUES (
        OLD.key, OLD.value, OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER setting_keeps_what_was_removed AFTER DELETE ON setting
BEGIN
    INSERT INTO setting_version VALUES (
        OLD.key, OLD.value, OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE province_version (
    code TEXT,
    name TEXT,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX province_version_by_key ON province_version (code);
CREATE TRIGGER province_keeps_what_was_changed AFTER UPDATE ON province
BEGIN
    INSERT INTO province_version VALUES (
        OLD.code, OLD.name, OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER province_keeps_what_was_removed AFTER DELETE ON province
BEGIN
    INSERT INTO province_version VALUES (
        OLD.code, OLD.name, OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE regency_version (
    code TEXT,
    name TEXT,
    folded TEXT,
    province_code TEXT,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX regency_version_by_key ON regency_version (code);
CREATE TRIGGER regency_keeps_what_was_changed AFTER UPDATE ON regency
BEGIN
    INSERT INTO regency_version VALUES (
        OLD.code, OLD.name, OLD.folded, OLD.province_code, OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER regency_keeps_what_was_removed AFTER DELETE ON regency
BEGIN
    INSERT INTO regency_version VALUES (
        OLD.code, OLD.name, OLD.folded, OLD.province_code, OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE district_version (
    code TEXT,
    name TEXT,
    folded TEXT,
    regency_code TEXT,
    ours INTEGER,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX district_version_by_key ON district_version (code);
CREATE TRIGGER district_keeps_what_was_changed AFTER UPDATE ON district
BEGIN
    INSERT INTO district_version VALUES (
        OLD.code, OLD.name, OLD.folded, OLD.regency_code, OLD.ours, OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER district_keeps_what_was_removed AFTER DELETE ON district
BEGIN
    INSERT INTO district_version VALUES (
        OLD.code, OLD.name, OLD.folded, OLD.regency_code, OLD.ours, OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE village_version (
    code TEXT,
    name TEXT,
    folded TEXT,
    kind TEXT,
    district_code TEXT,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX village_version_by_key ON village_version (code);
CREATE TRIGGER village_keeps_what_was_changed AFTER UPDATE ON village
BEGIN
    INSERT INTO village_version VALUES (
        OLD.code, OLD.name, OLD.folded, OLD.kind, OLD.district_code, OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER village_keeps_what_was_removed AFTER DELETE ON village
BEGIN
    INSERT INTO village_version VALUES (
        OLD.code, OLD.name, OLD.folded, OLD.kind, OLD.district_code, OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE sponsor_version (
    id INTEGER,
    name TEXT,
    kind TEXT,
    address TEXT,
    contact TEXT,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX sponsor_version_by_key ON sponsor_version (id);
CREATE TRIGGER sponsor_keeps_what_was_changed AFTER UPDATE ON sponsor
BEGIN
    INSERT INTO sponsor_version VALUES (
        OLD.id, OLD.name, OLD.kind, OLD.address, OLD.contact, OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER sponsor_keeps_what_was_removed AFTER DELETE ON sponsor
BEGIN
    INSERT INTO sponsor_version VALUES (
        OLD.id, OLD.name, OLD.kind, OLD.address, OLD.contact, OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE resident_version (
    id INTEGER,
    full_name TEXT,
    sex TEXT,
    born TEXT,
    birthplace TEXT,
    nationality TEXT,
    purpose_code TEXT,
    occupation TEXT,
    contact TEXT,
    sponsor_id INTEGER,
    niora TEXT,
    arrived TEXT,
    departed TEXT,
    departed_how TEXT,
    note TEXT,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX resident_version_by_key ON resident_version (id);
CREATE TRIGGER resident_keeps_what_was_changed AFTER UPDATE ON resident
BEGIN
    INSERT INTO resident_version VALUES (
        OLD.id, OLD.full_name, OLD.sex, OLD.born, OLD.birthplace, OLD.nationality, OLD.purpose_code, OLD.occupation,
        OLD.contact, OLD.sponsor_id, OLD.niora, OLD.arrived, OLD.departed, OLD.departed_how, OLD.note,
        OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER resident_keeps_what_was_removed AFTER DELETE ON resident
BEGIN
    INSERT INTO resident_version VALUES (
        OLD.id, OLD.full_name, OLD.sex, OLD.born, OLD.birthplace, OLD.nationality, OLD.purpose_code, OLD.occupation,
        OLD.contact, OLD.sponsor_id, OLD.niora, OLD.arrived, OLD.departed, OLD.departed_how, OLD.note,
        OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE passport_version (
    id INTEGER,
    resident_id INTEGER,
    number TEXT,
    country TEXT,
    issued_on TEXT,
    expires_on TEXT,
    retired_on TEXT,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX passport_version_by_key ON passport_version (id);
CREATE TRIGGER passport_keeps_what_was_changed AFTER UPDATE ON passport
BEGIN
    INSERT INTO passport_version VALUES (
        OLD.id, OLD.resident_id, OLD.number, OLD.country, OLD.issued_on, OLD.expires_on, OLD.retired_on,
        OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER passport_keeps_what_was_removed AFTER DELETE ON passport
BEGIN
    INSERT INTO passport_version VALUES (
        OLD.id, OLD.resident_id, OLD.number, OLD.country, OLD.issued_on, OLD.expires_on, OLD.retired_on,
        OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE residence_version (
    id INTEGER,
    resident_id INTEGER,
    village_code TEXT,
    district_code TEXT,
    address TEXT,
    rt TEXT,
    rw TEXT,
    from_on TEXT,
    until_on TEXT,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX residence_version_by_key ON residence_version (id);
CREATE TRIGGER residence_keeps_what_was_changed AFTER UPDATE ON residence
BEGIN
    INSERT INTO residence_version VALUES (
        OLD.id, OLD.resident_id, OLD.village_code, OLD.district_code, OLD.address, OLD.rt, OLD.rw, OLD.from_on,
        OLD.until_on, OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER residence_keeps_what_was_removed AFTER DELETE ON residence
BEGIN
    INSERT INTO residence_version VALUES (
        OLD.id, OLD.resident_id, OLD.village_code, OLD.district_code, OLD.address, OLD.rt, OLD.rw, OLD.from_on,
        OLD.until_on, OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE family_link_version (
    id INTEGER,
    resident_id INTEGER,
    relation TEXT,
    relative_id INTEGER,
    citizen_name TEXT,
    born TEXT,
    from_on TEXT,
    until_on TEXT,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX family_link_version_by_key ON family_link_version (id);
CREATE TRIGGER family_link_keeps_what_was_changed AFTER UPDATE ON family_link
BEGIN
    INSERT INTO family_link_version VALUES (
        OLD.id, OLD.resident_id, OLD.relation, OLD.relative_id, OLD.citizen_name, OLD.born, OLD.from_on,
        OLD.until_on, OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER family_link_keeps_what_was_removed AFTER DELETE ON family_link
BEGIN
    INSERT INTO family_link_version VALUES (
        OLD.id, OLD.resident_id, OLD.relation, OLD.relative_id, OLD.citizen_name, OLD.born, OLD.from_on,
        OLD.until_on, OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE permit_version (
    id INTEGER,
    resident_id INTEGER,
    class_code TEXT,
    index_code TEXT,
    number TEXT,
    issued_on TEXT,
    starts_on TEXT,
    valid_from TEXT,
    expires_on TEXT,
    office TEXT,
    follows_id INTEGER,
    granted_as TEXT,
    ended_on TEXT,
    end_reason TEXT,
    note TEXT,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX permit_version_by_key ON permit_version (id);
CREATE TRIGGER permit_keeps_what_was_changed AFTER UPDATE ON permit
BEGIN
    INSERT INTO permit_version VALUES (
        OLD.id, OLD.resident_id, OLD.class_code, OLD.index_code, OLD.number, OLD.issued_on, OLD.starts_on,
        OLD.valid_from, OLD.expires_on, OLD.office, OLD.follows_id, OLD.granted_as, OLD.ended_on, OLD.end_reason,
        OLD.note, OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER permit_keeps_what_was_removed AFTER DELETE ON permit
BEGIN
    INSERT INTO permit_version VALUES (
        OLD.id, OLD.resident_id, OLD.class_code, OLD.index_code, OLD.number, OLD.issued_on, OLD.starts_on,
        OLD.valid_from, OLD.expires_on, OLD.office, OLD.follows_id, OLD.granted_as, OLD.ended_on, OLD.end_reason,
        OLD.note, OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE relief_version (
    code TEXT,
    name TEXT,
    legal_basis TEXT,
    issued_on TEXT,
    effective_from TEXT,
    effective_until TEXT,
    expired_from TEXT,
    expired_until TEXT,
    entered_from TEXT,
    entered_until TEXT,
    in_country_only INTEGER,
    extendable TEXT,
    action_required TEXT,
    supersedes TEXT,
    ended_on TEXT,
    source_url TEXT,
    verified INTEGER,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX relief_version_by_key ON relief_version (code);
CREATE TRIGGER relief_keeps_what_was_changed AFTER UPDATE ON relief
BEGIN
    INSERT INTO relief_version VALUES (
        OLD.code, OLD.name, OLD.legal_basis, OLD.issued_on, OLD.effective_from, OLD.effective_until,
        OLD.expired_from, OLD.expired_until, OLD.entered_from, OLD.entered_until, OLD.in_country_only,
        OLD.extendable, OLD.action_required, OLD.supersedes, OLD.ended_on, OLD.source_url, OLD.verified,
        OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER relief_keeps_what_was_removed AFTER DELETE ON relief
BEGIN
    INSERT INTO relief_version VALUES (
        OLD.code, OLD.name, OLD.legal_basis, OLD.issued_on, OLD.effective_from, OLD.effective_until,
        OLD.expired_from, OLD.expired_until, OLD.entered_from, OLD.entered_until, OLD.in_country_only,
        OLD.extendable, OLD.action_required, OLD.supersedes, OLD.ended_on, OLD.source_url, OLD.verified,
        OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE relief_class_version (
    relief_code TEXT,
    class_code TEXT,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX relief_class_version_by_key ON relief_class_version (relief_code, class_code);
CREATE TRIGGER relief_class_keeps_what_was_changed AFTER UPDATE ON relief_class
BEGIN
    INSERT INTO relief_class_version VALUES (
        OLD.relief_code, OLD.class_code, OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER relief_class_keeps_what_was_removed AFTER DELETE ON relief_class
BEGIN
    INSERT INTO relief_class_version VALUES (
        OLD.relief_code, OLD.class_code, OLD.change_id, (SELECT max(id) FROM change)
    );
END;

CREATE TABLE rule_version (
    id INTEGER,
    kind TEXT,
    subject TEXT,
    value INTEGER,
    valid_from TEXT,
    valid_until TEXT,
    legal_basis TEXT,
    source TEXT,
    verified INTEGER,
    change_id INTEGER,
    until_change INTEGER NOT NULL
) STRICT;
CREATE INDEX rule_version_by_key ON rule_version (id);
CREATE TRIGGER rule_keeps_what_was_changed AFTER UPDATE ON rule
BEGIN
    INSERT INTO rule_version VALUES (
        OLD.id, OLD.kind, OLD.subject, OLD.value, OLD.valid_from, OLD.valid_until, OLD.legal_basis, OLD.source,
        OLD.verified, OLD.change_id, NEW.change_id
    );
END;
CREATE TRIGGER rule_keeps_what_was_removed AFTER DELETE ON rule
BEGIN
    INSERT INTO rule_version VALUES (
        OLD.id, OLD.kind, OLD.subject, OLD.value, OLD.valid_from, OLD.valid_until, OLD.legal_basis, OLD.source,
        OLD.verified, OLD.change_id, (SELECT max(id) FROM change)
    );
END;
