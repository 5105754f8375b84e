-- What the rules on metadata ask of the past: how many texts of a property were empty, and how sources write their keys.
ALTER TABLE catalog_property ADD COLUMN empty_texts INTEGER NOT NULL DEFAULT 0;

CREATE TABLE source_key_style (
  source TEXT    NOT NULL,
  style  TEXT    NOT NULL,  -- snake_case, camelCase, …
  keys   INTEGER NOT NULL,  -- of track calls, counted with each call; a single word counts for none
  PRIMARY KEY (source, style)
) STRICT, WITHOUT ROWID;
