-- What a person has set. One row a field that was ever changed; an absent one has its default.
CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL              -- JSON
) STRICT, WITHOUT ROWID;
