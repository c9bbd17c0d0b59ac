-- Meetings of the Timpora: who is invited, who came, what was said and what was decided. The state of a meeting, and of a
-- decision, is worked out from its days. No figure is stored: the figures of a meeting are counted anew for its day, as
-- the register knew them when the meeting was closed.

-- A row per meeting.
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

-- A row per institution that is invited to a meeting; one of which two officials are invited has two.
CREATE TABLE meeting_invited (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    institution TEXT NOT NULL -- the agency or the village, as in Polsek Tanjungpandan
        CONSTRAINT meeting_invited_has_an_institution CHECK (trim(institution) <> ''),
    office TEXT -- whom of it: the office (jabatan) that is invited, as in Kapolsek
        CONSTRAINT meeting_invited_office_is_not_blank CHECK (trim(office) <> ''),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE UNIQUE INDEX meeting_invited_once ON meeting_invited (
    meeting_id, institution COLLATE NOCASE, coalesce(office, '') COLLATE NOCASE
);

-- A row per person who came to a meeting.
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
CREATE INDEX meeting_present_by_meeting ON meeting_present (meeting_id);
CREATE INDEX meeting_present_by_invited ON meeting_present (invited_id) WHERE invited_id IS NOT NULL;

-- A row per text of a meeting: an item of the agenda, a weak point of the area, a finding, an obstacle, or somebody who
-- gets a copy of the invitation.
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
CREATE INDEX meeting_item_by_meeting ON meeting_item (meeting_id, kind, position);

-- A row per decision of a meeting. It is carried over to every later meeting until it ends.
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
CREATE INDEX decision_by_meeting ON decision (meeting_id);

-- A row per line of the letterhead (kop surat), from a day on. The letterhead of a day is that of the last day of
-- `valid_from` up to it, so an older page keeps the older letterhead.
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
CREATE UNIQUE INDEX letterhead_line_is_one ON letterhead (valid_from, position);
