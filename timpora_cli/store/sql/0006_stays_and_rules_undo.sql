-- Which changes are taken back now, so that undo and redo go back and forth over the same changes. An undo from before
-- this table has no row here: it counts as an ordinary change.

-- A row per change that is taken back. The change that wrote the row took it back; a redo removes the row.
CREATE TABLE undone (
    undone_id INTEGER PRIMARY KEY REFERENCES change (id), -- the change that is taken back
    change_id INTEGER NOT NULL REFERENCES change (id) -- the undo
) STRICT;
