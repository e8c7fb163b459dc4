-- The trail in its second version: who did it and with whom are typed, and signed checkpoints leave the machine.
-- Rows that are there stay as they are: they are of version 1, and none of the new columns is theirs.

ALTER TABLE audit ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version IN (1, 2));
ALTER TABLE audit ADD COLUMN actor_kind TEXT CHECK (actor_kind IN ('staff', 'system', 'command_line', 'pad'));
-- the counter it was done at: a number and no reference, so that nothing keeps a row from being written
ALTER TABLE audit ADD COLUMN station INTEGER;
ALTER TABLE audit ADD COLUMN counterparty_kind TEXT
    CHECK (counterparty_kind IN ('proxy', 'legal_representative', 'household_member', 'second_person'));
ALTER TABLE audit ADD COLUMN counterparty TEXT;      -- a name, or the login of the second pair of eyes

-- Each ends with the row's number, so that a page of a long list is read from where the last one ended.
CREATE INDEX audit_by_at ON audit (at);
CREATE INDEX audit_by_kind ON audit (kind);
CREATE INDEX audit_by_actor ON audit (actor);
CREATE INDEX audit_by_case ON audit (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX audit_by_outcome ON audit (outcome) WHERE outcome <> 'done';

-- The public halves of the keys that sign checkpoints; the private half is a file beside the database.
CREATE TABLE audit_keys (
    number     INTEGER PRIMARY KEY,
    public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
    made_at    TEXT NOT NULL
) STRICT;

-- What was signed; a copy of each has left the machine.
CREATE TABLE audit_checkpoints (
    number     INTEGER PRIMARY KEY,                                     -- 1, 2, 3 … without a gap
    at         TEXT NOT NULL,
    occasion   TEXT NOT NULL CHECK (occasion IN ('closing', 'backup', 'hand')),
    count      INTEGER NOT NULL UNIQUE,                                 -- the number of the row that says it was made
    head       BLOB NOT NULL CHECK (length(head) = 32),                 -- the hash of that row
    public_key BLOB NOT NULL REFERENCES audit_keys (public_key),
    signature  BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

CREATE TRIGGER audit_keys_are_never_changed BEFORE UPDATE ON audit_keys
    BEGIN SELECT RAISE(ABORT, 'audit keys are never changed'); END;
CREATE TRIGGER audit_keys_are_never_deleted BEFORE DELETE ON audit_keys
    BEGIN SELECT RAISE(ABORT, 'audit keys are never deleted'); END;
CREATE TRIGGER audit_checkpoints_are_never_changed BEFORE UPDATE ON audit_checkpoints
    BEGIN SELECT RAISE(ABORT, 'audit checkpoints are never changed'); END;
CREATE TRIGGER audit_checkpoints_are_never_deleted BEFORE DELETE ON audit_checkpoints
    BEGIN SELECT RAISE(ABORT, 'audit checkpoints are never deleted'); END;
