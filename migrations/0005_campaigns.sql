-- Notice campaigns: a run of notices gets a life, and everybody it looked at is in it exactly once.

CREATE TABLE campaigns (
    id          INTEGER PRIMARY KEY,
    first_month TEXT NOT NULL CHECK (first_month GLOB '????-??'),      -- the certificates end from this month
    last_month  TEXT NOT NULL CHECK (last_month >= first_month),        -- to the end of this one
    notices_to  TEXT NOT NULL CHECK (notices_to IN ('everyone', 'left_out_by_jlis')),
    again       INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1)),     -- those who have a notice get a new one
    straight    INTEGER NOT NULL DEFAULT 0 CHECK (straight IN (0, 1)),  -- no second person: the list goes on to print
    planned_on  TEXT NOT NULL,                                          -- the day the list is made
    state       TEXT NOT NULL CHECK (state IN ('planned', 'making', 'awaiting_release', 'released', 'printing', 'printed',
                                               'posted', 'ended', 'cancelled')), -- rules::campaign::CampaignState code
    remark      TEXT,                                                   -- why it stands there, where that needs words
    planned_by  INTEGER REFERENCES staff (id),                          -- null: the command line
    planned_at  TEXT NOT NULL,
    made_by     INTEGER REFERENCES staff (id),                          -- whose list it is: four eyes
    made_at     TEXT,
    released_by INTEGER REFERENCES staff (id),
    released_at TEXT,
    printed_at  TEXT,
    posted_on   TEXT,
    ended_at    TEXT,
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX campaigns_living ON campaigns (state) WHERE state NOT IN ('ended', 'cancelled');

ALTER TABLE letters ADD COLUMN campaign_id INTEGER REFERENCES campaigns (id);
ALTER TABLE letters ADD COLUMN expiring_last TEXT;    -- notices: the last month they list, where that is another
CREATE INDEX letters_by_campaign ON letters (campaign_id, number) WHERE campaign_id IS NOT NULL;

-- Everybody is in one state, so the counts add up: targets = printed (posted and returned ones too) + excluded + open.
CREATE TABLE campaign_targets (
    campaign_id     INTEGER NOT NULL REFERENCES campaigns (id),
    resident_number TEXT NOT NULL REFERENCES residents (resident_number),
    state           TEXT NOT NULL CHECK (state IN ('open', 'printed', 'posted', 'returned', 'excluded')),
    reason          TEXT,                                               -- why excluded: rules::campaign::exclusion
    place           INTEGER,                                            -- in post order; null: left out from the start
    letter_number   INTEGER REFERENCES letters (number),                -- the newest one
    note            TEXT,                                               -- what the register said after it was posted
    changed_at      TEXT NOT NULL,
    PRIMARY KEY (campaign_id, resident_number),
    CHECK ((state = 'excluded') = (reason IS NOT NULL)),
    CHECK (state IN ('open', 'excluded') OR letter_number IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_targets_in_order ON campaign_targets (campaign_id, state, place);
CREATE INDEX campaign_targets_by_resident ON campaign_targets (resident_number);
CREATE UNIQUE INDEX campaign_targets_by_letter ON campaign_targets (letter_number) WHERE letter_number IS NOT NULL;

-- The files of a campaign for the print room, as they were those of a run.
CREATE TABLE campaign_parts (
    campaign_id  INTEGER NOT NULL REFERENCES campaigns (id),
    part         INTEGER NOT NULL CHECK (part > 0),
    first_number INTEGER NOT NULL,                                      -- letters.number
    last_number  INTEGER NOT NULL CHECK (last_number >= first_number),
    letters      INTEGER NOT NULL CHECK (letters > 0),
    pages        INTEGER,                                               -- null until it is printed
    printed_at   TEXT,
    PRIMARY KEY (campaign_id, part)
) STRICT, WITHOUT ROWID;

-- What the post brought back. It stays when the letter is made anew.
CREATE TABLE returned_notices (
    letter_number INTEGER PRIMARY KEY REFERENCES letters (number),
    reason        TEXT NOT NULL,                                        -- rules::campaign::ReturnReason code
    returned_on   TEXT NOT NULL,
    noted_by      INTEGER NOT NULL REFERENCES staff (id),
    noted_at      TEXT NOT NULL
) STRICT;
CREATE INDEX returned_notices_by_day ON returned_notices (returned_on);

-- What a member of staff is told on the next page: work in the background that they began has ended.
CREATE TABLE staff_messages (
    id       INTEGER PRIMARY KEY,
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    tone     TEXT NOT NULL CHECK (tone IN ('done', 'failed')),
    sentence TEXT NOT NULL,
    href     TEXT NOT NULL,                                             -- opening it is reading the message
    made_at  TEXT NOT NULL,
    read_at  TEXT
) STRICT;
CREATE INDEX staff_messages_unread ON staff_messages (staff_id) WHERE read_at IS NULL;

-- Each certificate with its card, its person and the notice that lists it: what a plan is made from.
CREATE VIEW notice_candidates AS
SELECT residents.resident_number, residents.name, residents.kana, residents.birth, residents.postal_code,
       residents.address, residents.building, residents.stay_until, residents.suppressed,
       residents.registered_elsewhere, residents.status AS resident_status,
       cards.card_number, cards.kind AS card_kind, cards.face_only, cards.expires AS card_expires,
       cards.status AS card_status,
       certificates.kind, certificates.issued, certificates.expires, certificates.status, certificates.current,
       (SELECT max(letters.number) FROM letters
        WHERE letters.resident_number = residents.resident_number AND letters.kind = 'notice'
          AND letters.state <> 'voided'
          AND substr(certificates.expires, 1, 7)
              BETWEEN letters.expiring AND coalesce(letters.expiring_last, letters.expiring)) AS letter_number,
       EXISTS (SELECT 1 FROM cards AS others CROSS JOIN certificates AS newer
               WHERE others.resident_number = residents.resident_number AND newer.card_number = others.card_number AND others.status = 'active'
                 AND newer.kind = certificates.kind AND newer.current = 1 AND newer.status = 'valid'
                 AND newer.expires > certificates.expires) AS renewed
FROM certificates
JOIN cards ON cards.card_number = certificates.card_number
JOIN residents ON residents.resident_number = cards.resident_number;
CREATE INDEX certificates_former_by_expiry ON certificates (expires) WHERE current = 0;

-- The runs so far. Whom they left out was counted and not listed; the number goes into the remark.
INSERT INTO campaigns (id, first_month, last_month, notices_to, planned_on, state, remark, planned_by, planned_at, made_by,
                       made_at, released_by, released_at, printed_at)
SELECT id, expiring, expiring, 'everyone', substr(run_at, 1, 10),
       CASE WHEN EXISTS (SELECT 1 FROM notice_parts WHERE run_id = id AND notice_parts.printed_at IS NULL)
            THEN 'printing' ELSE 'printed' END,
       'この回で対象外とした' || excluded || '人は、一覧に残っていません。', run_by, run_at, run_by, run_at, run_by, run_at,
       CASE WHEN EXISTS (SELECT 1 FROM notice_parts WHERE run_id = id AND notice_parts.printed_at IS NULL)
            THEN NULL ELSE run_at END
FROM notice_runs;
UPDATE letters SET campaign_id = (SELECT max(run_id) FROM notice_run_letters WHERE letter_number = number)
WHERE kind = 'notice';
INSERT INTO campaign_targets (campaign_id, resident_number, state, reason, place, letter_number, changed_at)
SELECT campaign_id, resident_number,
       CASE state WHEN 'drafted' THEN 'open' WHEN 'voided' THEN 'excluded' ELSE 'printed' END,
       CASE state WHEN 'voided' THEN 'remade' END, number, number, coalesce(printed_at, made_at)
FROM letters WHERE campaign_id IS NOT NULL;
INSERT INTO campaign_parts SELECT run_id, part, first_number, last_number, letters, pages, printed_at FROM notice_parts;
DROP TABLE notice_parts;
DROP TABLE notice_run_letters;
DROP TABLE notice_runs;
