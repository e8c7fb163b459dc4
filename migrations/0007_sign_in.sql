-- Signing in: the second factor, wrong tries, how fresh a session's proof is, and the hidden screen.

-- The first password is somebody else's idea: its owner changes it before anything else.
ALTER TABLE staff ADD COLUMN first_password INTEGER NOT NULL DEFAULT 0 CHECK (first_password IN (0, 1));
-- RFC 6238's key, sealed with the key file of the data directory; null: no second factor yet.
ALTER TABLE staff ADD COLUMN totp_secret BLOB;
-- The step of the last code that was taken: no code opens twice.
ALTER TABLE staff ADD COLUMN totp_last_step INTEGER NOT NULL DEFAULT 0;
-- Wrong tries are counted for whatever was typed, so that a lock doesn't tell which accounts there are.
ALTER TABLE staff DROP COLUMN failed_logins;
ALTER TABLE staff DROP COLUMN locked_until;

-- When its owner last proved to be there. A session from before this migration has proved nothing lately.
ALTER TABLE sessions ADD COLUMN proven_at TEXT NOT NULL DEFAULT '1970-01-01T00:00:00+09:00';
-- The screen is hidden until the password is entered.
ALTER TABLE sessions ADD COLUMN locked_at TEXT;
CREATE INDEX sessions_by_staff ON sessions (staff_id);

-- For the day on which the device with the codes is gone. Each opens once.
CREATE TABLE recovery_codes (
    staff_id  INTEGER NOT NULL REFERENCES staff (id),
    number    INTEGER NOT NULL CHECK (number BETWEEN 1 AND 10),         -- stands in front of the code
    code_hash TEXT NOT NULL,                                            -- argon2id, PHC string
    made_at   TEXT NOT NULL,
    used_at   TEXT,
    PRIMARY KEY (staff_id, number)
) STRICT, WITHOUT ROWID;

-- Tries at a door: of one login as typed, or from one address. The key is a hash: people type passwords into any field.
CREATE TABLE sign_in_tries (
    door         TEXT NOT NULL CHECK (door IN ('login', 'address')),
    key          BLOB NOT NULL CHECK (length(key) = 32),
    tries        INTEGER NOT NULL CHECK (tries >= 0),
    last_at      TEXT NOT NULL,
    closed_until TEXT,
    PRIMARY KEY (door, key)
) STRICT, WITHOUT ROWID;
