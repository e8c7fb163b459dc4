-- Versions of the words of each paper, named by their content, so that an old letter prints again as it was.
CREATE TABLE wordings (
    id      TEXT PRIMARY KEY CHECK (length(id) = 32),                   -- forms::Wording::id
    paper   TEXT NOT NULL CHECK (paper <> ''),                          -- forms::Paper code
    text    TEXT NOT NULL,
    made_by INTEGER REFERENCES staff (id),                              -- null: it came with the program or as a file
    made_at TEXT NOT NULL                                               -- when it was first used or last put in force
) STRICT;
CREATE INDEX wordings_by_paper ON wordings (paper, made_at);

-- The files of a run for the print room, decided when the run is made: what is in a part never changes, so a part that
-- was broken off is made again without a gap or a double.
CREATE TABLE notice_parts (
    run_id       INTEGER NOT NULL REFERENCES notice_runs (id),
    part         INTEGER NOT NULL CHECK (part > 0),
    first_number INTEGER NOT NULL,                                      -- letters.number
    last_number  INTEGER NOT NULL CHECK (last_number >= first_number),
    letters      INTEGER NOT NULL CHECK (letters > 0),
    pages        INTEGER,                                               -- null until it is printed
    printed_at   TEXT,
    PRIMARY KEY (run_id, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_parts_waiting ON notice_parts (run_id) WHERE printed_at IS NULL;
