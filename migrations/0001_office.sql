-- The office's first schema. Dates are TEXT 'YYYY-MM-DD' (Japan), moments TEXT 'YYYY-MM-DDTHH:MM:SS+09:00'.
-- Every table is STRICT; states are checked here as well as in `rules`, so that no path can write an unknown one.

-- Who works here ---------------------------------------------------------------------------------
CREATE TABLE staff (
    id            INTEGER PRIMARY KEY,
    login         TEXT NOT NULL UNIQUE CHECK (login <> ''),
    name          TEXT NOT NULL CHECK (name <> ''),
    role          TEXT NOT NULL CHECK (role IN ('clerk', 'supervisor', 'back_office', 'auditor', 'administrator')),
    password_hash TEXT NOT NULL,
    disabled_at   TEXT,
    failed_logins INTEGER NOT NULL DEFAULT 0,
    locked_until  TEXT,
    created_at    TEXT NOT NULL
) STRICT;

-- A counter window: its reader, its PIN pad, its clerk's browser.
CREATE TABLE stations (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE CHECK (name <> ''),
    -- 'simulated', or 'pcsc' with the reader's own name (never its index: the order changes)
    reader_kind TEXT NOT NULL CHECK (reader_kind IN ('none', 'simulated', 'pcsc')),
    reader_name TEXT,
    -- what writes the card: the 統合端末 beside us, or an issuer whose commands we relay
    update_path TEXT NOT NULL CHECK (update_path IN ('terminal', 'relay'))
) STRICT;

CREATE TABLE sessions (
    token_hash   BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    staff_id     INTEGER NOT NULL REFERENCES staff (id),
    station_id   INTEGER REFERENCES stations (id),
    csrf_token   TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    ended_at     TEXT
) STRICT;

-- The PIN pad's browser: it may see /pinpad of one station and nothing else.
CREATE TABLE pads (
    token_hash   BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    station_id   INTEGER NOT NULL REFERENCES stations (id),
    csrf_token   TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    ended_at     TEXT
) STRICT;

-- Who lives here ---------------------------------------------------------------------------------
CREATE TABLE residents (
    resident_number    TEXT PRIMARY KEY CHECK (resident_number <> ''),  -- 宛名番号
    household_number   TEXT NOT NULL,
    name               TEXT NOT NULL CHECK (name <> ''),                -- every code point as registered
    kana               TEXT NOT NULL,
    old_surname        TEXT,
    alias              TEXT,
    birth              TEXT NOT NULL CHECK (birth GLOB '????-??-??'),
    sex                TEXT NOT NULL CHECK (sex IN ('male', 'female', 'other')),
    postal_code        TEXT NOT NULL,                                   -- 7 digits, no hyphen
    address            TEXT NOT NULL,
    building           TEXT,                                            -- 方書
    resident_kind      TEXT NOT NULL CHECK (resident_kind IN ('japanese', 'foreign')),
    residence_status   TEXT,                                            -- 在留資格
    stay_until         TEXT,                                            -- 在留期間満了日
    adult_ward         INTEGER NOT NULL DEFAULT 0 CHECK (adult_ward IN (0, 1)),
    suppressed         INTEGER NOT NULL DEFAULT 0 CHECK (suppressed IN (0, 1)),          -- 支援措置
    registered_elsewhere INTEGER NOT NULL DEFAULT 0 CHECK (registered_elsewhere IN (0, 1)), -- 居所登録
    -- what last happened in the register (異動事由), as the file says it, and what it means to the counter
    change_reason      TEXT,
    change_date        TEXT,
    status             TEXT NOT NULL DEFAULT 'resident'
                       CHECK (status IN ('resident', 'moved_out', 'moved_abroad', 'dead', 'deleted')),
    version            INTEGER NOT NULL DEFAULT 1,
    updated_at         TEXT NOT NULL
) STRICT;
CREATE INDEX residents_by_household ON residents (household_number);
CREATE INDEX residents_by_birth ON residents (birth);

-- Folded keys for finding people; the record itself is never normalised.
CREATE TABLE search_keys (
    key             TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('name', 'kana', 'old_surname', 'alias', 'address')),
    resident_number TEXT NOT NULL REFERENCES residents (resident_number) ON DELETE CASCADE,
    PRIMARY KEY (kind, key, resident_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_keys_by_resident ON search_keys (resident_number);

CREATE TABLE cards (
    card_number     TEXT PRIMARY KEY CHECK (card_number <> ''),         -- 15 characters, as the chip says it
    resident_number TEXT NOT NULL REFERENCES residents (resident_number),
    kind            TEXT NOT NULL CHECK (kind IN ('individual', 'specified_residence')), -- 個人番号カード, 特定在留カード
    face_only       INTEGER NOT NULL DEFAULT 0 CHECK (face_only IN (0, 1)),
    issued          TEXT NOT NULL,
    expires         TEXT NOT NULL,
    status          TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'abolished')),
    version         INTEGER NOT NULL DEFAULT 1,
    updated_at      TEXT NOT NULL
) STRICT;
CREATE INDEX cards_by_resident ON cards (resident_number);

CREATE TABLE certificates (
    id           INTEGER PRIMARY KEY,
    card_number  TEXT NOT NULL REFERENCES cards (card_number),
    kind         TEXT NOT NULL CHECK (kind IN ('signature', 'authentication')),
    serial       TEXT NOT NULL CHECK (serial <> ''),                    -- hexadecimal, upper case, no leading zeros
    issued       TEXT NOT NULL,
    expires      TEXT NOT NULL,
    status       TEXT NOT NULL CHECK (status IN ('valid', 'suspended', 'revoked')), -- expiry follows from the date
    revoked_on   TEXT,
    reason       TEXT,
    -- the newest one of its kind on its card; older ones stay for the history
    current      INTEGER NOT NULL DEFAULT 1 CHECK (current IN (0, 1)),
    UNIQUE (kind, serial)
) STRICT;
CREATE UNIQUE INDEX certificates_current ON certificates (card_number, kind) WHERE current = 1;
-- all of a card's certificates, former ones too: for its page, and for each row of an import
CREATE INDEX certificates_by_card ON certificates (card_number);
CREATE INDEX certificates_by_expiry ON certificates (expires) WHERE current = 1;

-- The counter ------------------------------------------------------------------------------------
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT; -- reception:R8, letter

CREATE TABLE cases (
    id               INTEGER PRIMARY KEY,
    reception_number TEXT NOT NULL UNIQUE,                              -- R8-000123
    resident_number  TEXT NOT NULL REFERENCES residents (resident_number),
    card_number      TEXT REFERENCES cards (card_number),
    procedure        TEXT NOT NULL,                                     -- rules::procedure::Procedure code
    applicant        TEXT NOT NULL CHECK (applicant IN ('principal', 'legal_representative', 'proxy', 'household_member')),
    state            TEXT NOT NULL,                                     -- rules::case_states::CaseState code
    state_reason     TEXT,
    station_id       INTEGER REFERENCES stations (id),
    opened_by        INTEGER NOT NULL REFERENCES staff (id),
    opened_at        TEXT NOT NULL,
    closed_at        TEXT,
    -- what the procedure has gathered so far, by step (JSON; never a PIN)
    facts            TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(facts)),
    version          INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX cases_by_resident ON cases (resident_number);
CREATE INDEX cases_open ON cases (state) WHERE closed_at IS NULL;

CREATE TABLE case_events (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES cases (id),
    event      TEXT NOT NULL,                                           -- rules::case_states::CaseEvent code
    from_state TEXT NOT NULL,
    to_state   TEXT NOT NULL,
    staff_id   INTEGER NOT NULL REFERENCES staff (id),
    at         TEXT NOT NULL,
    sentence   TEXT NOT NULL                                            -- as the history shows it
) STRICT;
CREATE INDEX case_events_by_case ON case_events (case_id);

-- What is about to be done to a card is here before the first command goes out.
CREATE TABLE card_updates (
    id            INTEGER PRIMARY KEY,
    case_id       INTEGER NOT NULL REFERENCES cases (id),
    card_number   TEXT NOT NULL REFERENCES cards (card_number),
    station_id    INTEGER NOT NULL REFERENCES stations (id),
    plan          TEXT NOT NULL CHECK (json_valid(plan)),               -- predicted expiries, old serials; never a PIN
    started_at    TEXT NOT NULL,
    ended_at      TEXT,
    outcome       TEXT CHECK (outcome IN ('proven', 'interrupted', 'aborted', 'differs'))
) STRICT;
CREATE UNIQUE INDEX card_updates_running ON card_updates (card_number) WHERE ended_at IS NULL;

CREATE TABLE card_update_steps (
    update_id INTEGER NOT NULL REFERENCES card_updates (id),
    number    INTEGER NOT NULL,
    step      TEXT NOT NULL,                                            -- card::update::Step code
    detail    TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
    at        TEXT NOT NULL,
    PRIMARY KEY (update_id, number)
) STRICT, WITHOUT ROWID;

-- Paper ------------------------------------------------------------------------------------------
CREATE TABLE letters (
    number          INTEGER PRIMARY KEY,                                -- 文書番号
    kind            TEXT NOT NULL CHECK (kind IN ('notice', 'inquiry', 're_inquiry')),
    resident_number TEXT NOT NULL REFERENCES residents (resident_number),
    case_id         INTEGER REFERENCES cases (id),
    state           TEXT NOT NULL CHECK (state IN ('drafted', 'printed', 'posted', 'returned', 'replied', 'lapsed', 'voided')),
    expiring        TEXT,                                               -- 'YYYY-MM' for notices
    -- all that the sheet says, so that it reprints as it was
    content         TEXT NOT NULL CHECK (json_valid(content)),
    -- random, on the sheet as QR: finds the letter again and says nothing about the person
    token           TEXT NOT NULL UNIQUE,
    made_at         TEXT NOT NULL,
    printed_at      TEXT,
    version         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX letters_by_resident ON letters (resident_number);
-- one live notice a person and month: running it again prints nobody twice
CREATE UNIQUE INDEX letters_one_notice ON letters (resident_number, expiring) WHERE kind = 'notice' AND state <> 'voided';

-- A run of notices for one month, by browser or command line.
CREATE TABLE notice_runs (
    id         INTEGER PRIMARY KEY,
    expiring   TEXT NOT NULL,
    run_by     INTEGER REFERENCES staff (id),                           -- null: the command line
    run_at     TEXT NOT NULL,
    included   INTEGER NOT NULL,
    excluded   INTEGER NOT NULL
) STRICT;
CREATE TABLE notice_run_letters (
    run_id        INTEGER NOT NULL REFERENCES notice_runs (id),
    letter_number INTEGER NOT NULL REFERENCES letters (number),
    PRIMARY KEY (run_id, letter_number)
) STRICT, WITHOUT ROWID;

-- Files that came in -----------------------------------------------------------------------------
CREATE TABLE imports (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('residents', 'cards')),
    file_name   TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    taken_by    INTEGER REFERENCES staff (id),
    taken_at    TEXT NOT NULL,
    added       INTEGER NOT NULL,
    changed     INTEGER NOT NULL,
    unchanged   INTEGER NOT NULL,
    refused     INTEGER NOT NULL
) STRICT;

-- Settings and the trail --------------------------------------------------------------------------
CREATE TABLE settings (
    key        TEXT PRIMARY KEY,
    value      TEXT NOT NULL CHECK (json_valid(value)),
    changed_by INTEGER REFERENCES staff (id),
    changed_at TEXT NOT NULL
) STRICT;

-- A POST that must not happen twice (print, write a card) carries a key; the answer is remembered.
CREATE TABLE idempotency_keys (
    key        TEXT PRIMARY KEY,
    staff_id   INTEGER NOT NULL REFERENCES staff (id),
    route      TEXT NOT NULL,
    location   TEXT NOT NULL,
    at         TEXT NOT NULL
) STRICT;

-- Who did what to whom, when, and how it ended: written in the transaction of what it records, chained by hash.
CREATE TABLE audit (
    number     INTEGER PRIMARY KEY,                                     -- 1, 2, 3 … without a gap
    at         TEXT NOT NULL,
    kind       INTEGER NOT NULL,                                        -- server::audit::Kind, numbered for ever
    actor      TEXT NOT NULL,                                           -- staff login, 'system' or 'command line'
    subject    TEXT,                                                    -- 宛名番号 of the person it concerns
    case_id    INTEGER REFERENCES cases (id),
    object     TEXT,                                                    -- card number, letter number, setting …
    outcome    TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
    sentence   TEXT NOT NULL,
    previous   BLOB NOT NULL CHECK (length(previous) = 32),
    hash       BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject) WHERE subject IS NOT NULL;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
