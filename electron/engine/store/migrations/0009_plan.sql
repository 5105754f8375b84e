-- The tracking plan: one, or none.
CREATE TABLE plan (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  json       TEXT    NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
