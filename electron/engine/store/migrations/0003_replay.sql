-- Where replays go. Secrets are sealed by the host's key before they come here.
CREATE TABLE destination (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  name              TEXT    NOT NULL,
  url               TEXT    NOT NULL,  -- up to where /batch is appended
  production        INTEGER NOT NULL,
  auth              TEXT    NOT NULL,  -- basic, bearer, header, none
  write_key         BLOB,              -- sealed
  secret            BLOB,              -- sealed
  header_names      TEXT    NOT NULL,  -- JSON [name]: what may be shown of the extra headers
  headers           BLOB,              -- sealed JSON {name: value}
  mode              TEXT    NOT NULL,  -- batch, single
  events_per_second INTEGER NOT NULL,
  concurrency       INTEGER NOT NULL,
  created_at        INTEGER NOT NULL
) STRICT;

-- A job. All that decides what is sent is fixed when it is made: a resumed job sends what the plan has shown.
CREATE TABLE replay (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  query            TEXT    NOT NULL,
  preset           TEXT    NOT NULL,
  options          TEXT    NOT NULL,  -- JSON, without the write key
  write_key        BLOB,              -- sealed; null where the destination's own counts
  destination_id   INTEGER NOT NULL,
  destination_name TEXT    NOT NULL,  -- outlives the destination
  host             TEXT    NOT NULL,  -- what was confirmed
  state            TEXT    NOT NULL,  -- planned, running, paused, done, cancelled, failed
  message          TEXT,
  seed             TEXT    NOT NULL,  -- of new message ids
  total            INTEGER NOT NULL,
  last_timestamp   INTEGER,           -- of the latest event that is sent: `live` moves it to created_at
  created_at       INTEGER NOT NULL,
  ended_at         INTEGER
) STRICT;

CREATE TABLE replay_outcome (
  replay_id INTEGER NOT NULL,
  event_id  INTEGER NOT NULL,
  person    INTEGER NOT NULL,  -- whose events keep their order; fixed here, since analysis may number people anew
  outcome   TEXT    NOT NULL,  -- pending, sent, failed, skipped
  status    INTEGER,
  attempts  INTEGER NOT NULL,
  message   TEXT,
  at        INTEGER,
  PRIMARY KEY (replay_id, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX replay_outcome_event ON replay_outcome (event_id);
-- What is still to be sent, and what went wrong: few, at the end. The many that were sent are found by the key.
CREATE INDEX replay_outcome_unsent ON replay_outcome (replay_id, outcome, event_id) WHERE outcome <> 'sent';

-- Counts of a job's outcomes, kept with them, because progress is asked for many times a second.
CREATE TABLE replay_tally (
  replay_id INTEGER NOT NULL,
  outcome   TEXT    NOT NULL,
  status    INTEGER NOT NULL,  -- 0 where there was no answer
  events    INTEGER NOT NULL,
  PRIMARY KEY (replay_id, outcome, status)
) STRICT, WITHOUT ROWID;
