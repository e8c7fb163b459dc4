-- The proxy's two visits: what becomes of an inquiry letter, and events that nobody's hand brings.

ALTER TABLE letters ADD COLUMN posted_on TEXT;     -- the day it was handed to the post
ALTER TABLE letters ADD COLUMN deadline TEXT;      -- the last day for the reply, fixed when it is posted
ALTER TABLE letters ADD COLUMN ended_on TEXT;      -- replied, returned, lapsed or voided on
ALTER TABLE letters ADD COLUMN ended_reason TEXT;  -- 宛所不明, 異動 …

-- one living inquiry letter a case: an old one is void before a new one is made
CREATE UNIQUE INDEX letters_one_inquiry ON letters (case_id)
    WHERE kind IN ('inquiry', 're_inquiry') AND state IN ('drafted', 'printed', 'posted');
CREATE INDEX letters_by_case ON letters (case_id) WHERE case_id IS NOT NULL;

-- A file or a day can move a case too: such events have no member of staff.
CREATE TABLE case_events_2 (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES cases (id),
    event      TEXT NOT NULL,                                           -- rules::case_states::CaseEvent code
    from_state TEXT NOT NULL,
    to_state   TEXT NOT NULL,
    staff_id   INTEGER REFERENCES staff (id),                           -- null: the program by itself
    at         TEXT NOT NULL,
    sentence   TEXT NOT NULL                                            -- as the history shows it
) STRICT;
INSERT INTO case_events_2 SELECT id, case_id, event, from_state, to_state, staff_id, at, sentence FROM case_events;
DROP TABLE case_events;
ALTER TABLE case_events_2 RENAME TO case_events;
CREATE INDEX case_events_by_case ON case_events (case_id);
