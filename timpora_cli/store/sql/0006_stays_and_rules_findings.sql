-- What `timpora check` finds and an officer has accepted as true.

-- A row per accepted finding.
CREATE TABLE accepted_finding (
    key TEXT PRIMARY KEY, -- the finding's key: its kind and the ids that it is about
    facts TEXT NOT NULL, -- a digest of the facts it was found by; with other facts it is shown again
    reason TEXT NOT NULL
        CONSTRAINT accepted_finding_has_a_reason CHECK (trim(reason) <> ''),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
