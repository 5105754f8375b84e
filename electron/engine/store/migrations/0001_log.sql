-- The log: what arrived, never changed after it is written. Everything else is derived from it.
CREATE TABLE request (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  received_at    INTEGER NOT NULL,
  method         TEXT    NOT NULL,
  path           TEXT    NOT NULL,
  headers        TEXT    NOT NULL,  -- JSON [[name, value]], secrets masked
  encoding       TEXT,
  body_bytes     INTEGER NOT NULL,
  remote_address TEXT,
  envelope       TEXT,              -- JSON object: what a batch says about all of its calls
  raw_body       BLOB               -- of a rejected request, up to 64 KB
) STRICT;

CREATE TABLE event (
  id                 INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id         INTEGER NOT NULL,
  batch_index        INTEGER,
  received_at        INTEGER NOT NULL,
  type               TEXT,
  name               TEXT,
  user_id            TEXT,
  anonymous_id       TEXT,
  previous_id        TEXT,
  account_id         TEXT,
  message_id         TEXT,
  source             TEXT,
  timestamp          INTEGER NOT NULL,
  original_timestamp INTEGER,
  sent_at            INTEGER,
  library_name       TEXT,
  library_version    TEXT,
  accepted           INTEGER NOT NULL,
  rejection_code     TEXT,
  rejection_message  TEXT,
  payload            TEXT           -- the JSON text of the call, exactly as sent
) STRICT;

-- Ids and times of arrival grow together, so this index costs an append almost nothing.
CREATE INDEX event_received_at ON event (received_at);
CREATE INDEX event_request ON event (request_id);

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
