-- Derived from the log by analysis; `trackside rebuild` empties all of it and reads the log anew.
CREATE TABLE analysed_event (
  event_id    INTEGER PRIMARY KEY,
  received_at INTEGER NOT NULL,
  type        TEXT,
  name        TEXT,
  person_id   INTEGER,
  account_id  TEXT,
  source      TEXT,
  message_id  TEXT,
  accepted    INTEGER NOT NULL,
  problems    INTEGER NOT NULL,
  worst       INTEGER NOT NULL      -- 0 none, 1 info, 2 warning, 3 error or rejected
) STRICT;
-- Everything that the histogram of all events reads, in the order of time.
CREATE INDEX analysed_event_time ON analysed_event (received_at, type, worst);
CREATE INDEX analysed_event_person ON analysed_event (person_id);
CREATE INDEX analysed_event_account ON analysed_event (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX analysed_event_name ON analysed_event (name) WHERE name IS NOT NULL;
CREATE INDEX analysed_event_source ON analysed_event (source);
CREATE INDEX analysed_event_message ON analysed_event (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX analysed_event_problems ON analysed_event (event_id) WHERE problems > 0;

CREATE TABLE person (
  id             INTEGER PRIMARY KEY,
  user_id        TEXT,
  anonymous_id   TEXT,
  name           TEXT,
  email          TEXT,
  traits         TEXT    NOT NULL,
  events         INTEGER NOT NULL,
  problems       INTEGER NOT NULL,
  first_seen_at  INTEGER NOT NULL,
  last_seen_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX person_last_seen ON person (last_seen_at, id);

CREATE TABLE identity (
  kind           TEXT    NOT NULL,  -- user, anonymous
  value          TEXT    NOT NULL,
  person_id      INTEGER NOT NULL,
  first_event_id INTEGER NOT NULL,
  how            TEXT    NOT NULL,  -- seen, identify, alias, call
  PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_person ON identity (person_id);

CREATE TABLE account (
  id            TEXT PRIMARY KEY,
  name          TEXT,
  traits        TEXT    NOT NULL,
  described     INTEGER NOT NULL,
  events        INTEGER NOT NULL,
  problems      INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX account_last_seen ON account (last_seen_at, id);

CREATE TABLE member (
  account_id   TEXT    NOT NULL,
  person_id    INTEGER NOT NULL,
  via          TEXT    NOT NULL,    -- group, context
  events       INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_person ON member (person_id);

CREATE TABLE source (
  source         TEXT PRIMARY KEY,
  events         INTEGER NOT NULL,
  library        TEXT,
  sends_accounts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE catalog_name (
  name          TEXT PRIMARY KEY,
  events        INTEGER NOT NULL,
  problems      INTEGER NOT NULL,
  worst         INTEGER NOT NULL,
  suggestion    TEXT,
  first_seen_at INTEGER NOT NULL,
  last_seen_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE catalog_source (
  name   TEXT NOT NULL,
  source TEXT NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (name, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE catalog_property (
  name    TEXT NOT NULL,
  path    TEXT NOT NULL,
  type    TEXT NOT NULL,
  events  INTEGER NOT NULL,
  example TEXT NOT NULL,
  PRIMARY KEY (name, path, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE problem (
  event_id   INTEGER NOT NULL,
  ordinal    INTEGER NOT NULL,
  rule       TEXT    NOT NULL,
  severity   TEXT    NOT NULL,
  path       TEXT    NOT NULL,
  message    TEXT    NOT NULL,
  reason     TEXT    NOT NULL,
  suggestion TEXT,
  PRIMARY KEY (event_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX problem_rule ON problem (rule, event_id);

-- One kind of problem at one name. '' stands for no name, so that the key is never null.
CREATE TABLE problem_group (
  rule           TEXT    NOT NULL,
  type           TEXT    NOT NULL,
  name           TEXT    NOT NULL,
  severity       TEXT    NOT NULL,
  events         INTEGER NOT NULL,
  first_event_id INTEGER NOT NULL,
  last_event_id  INTEGER NOT NULL,
  PRIMARY KEY (rule, type, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE problem_group_source (
  rule   TEXT NOT NULL,
  type   TEXT NOT NULL,
  name   TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (rule, type, name, source)
) STRICT, WITHOUT ROWID;

-- The words of an event: its names, ids, keys and values. The text itself stays in the log.
CREATE VIRTUAL TABLE search USING fts5(text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
