-- The end of a day: what the counter did, what didn't come out and why, and the trail's head at that moment.
-- A day is closed once; one that was reopened keeps its row, and is closed again in another.
CREATE TABLE day_closings (
    id              INTEGER PRIMARY KEY,
    day             TEXT NOT NULL CHECK (day GLOB '????-??-??'),
    closed_by       INTEGER NOT NULL REFERENCES staff (id),
    closed_at       TEXT NOT NULL,
    -- What the report is about: case_events after the first number, up to the second. Work done after a day was closed
    -- belongs to the next report, so nothing is lost between two of them and nothing is told twice.
    events_after    INTEGER NOT NULL CHECK (events_after >= 0),
    events_until    INTEGER NOT NULL CHECK (events_until >= events_after),
    counts          TEXT NOT NULL CHECK (json_valid(counts)),       -- server::counter::closing::DayCounts
    explanations    TEXT NOT NULL CHECK (json_valid(explanations)), -- server::counter::closing::Explained
    report          TEXT NOT NULL CHECK (json_valid(report)),       -- forms::daily_report, so that it prints again as it was
    audit_count     INTEGER NOT NULL CHECK (audit_count > 0),
    audit_head      BLOB NOT NULL CHECK (length(audit_head) = 32),
    reopened_by     INTEGER REFERENCES staff (id),
    reopened_at     TEXT,
    reopened_reason TEXT,
    CHECK ((reopened_at IS NULL) = (reopened_by IS NULL) AND (reopened_at IS NULL) = (reopened_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX day_closings_once ON day_closings (day) WHERE reopened_at IS NULL;

-- What a setting was and became, beside the trail's row that says who changed it and when.
CREATE TABLE setting_values (
    audit_number INTEGER PRIMARY KEY REFERENCES audit (number),
    old_value    TEXT NOT NULL,
    new_value    TEXT NOT NULL
) STRICT;
CREATE INDEX audit_of_settings ON audit (object, number) WHERE kind = 70;

-- For lists of work, closings and statistics: each is asked for a few rows among years of them.
CREATE INDEX cases_by_opening ON cases (opened_at, procedure, applicant, station_id, opened_by, state);
CREATE INDEX cases_by_end ON cases (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX case_events_by_time ON case_events (at);
CREATE INDEX case_events_of_kind ON case_events (case_id, event, at);
CREATE INDEX letters_at_work ON letters (state, kind, expiring);
CREATE INDEX letters_by_print ON letters (kind, printed_at) WHERE printed_at IS NOT NULL;
CREATE INDEX letters_by_post ON letters (kind, posted_on) WHERE posted_on IS NOT NULL;
CREATE INDEX letters_by_end ON letters (kind, state, ended_on) WHERE ended_on IS NOT NULL;
-- Everything the forecast of expiries asks of 600,000 certificates, without a look at their rows.
CREATE INDEX certificates_due ON certificates (expires, card_number, kind) WHERE current = 1 AND status = 'valid';
CREATE INDEX cards_out_of_use ON cards (card_number) WHERE status <> 'active';
CREATE INDEX residents_gone ON residents (resident_number) WHERE status <> 'resident';
