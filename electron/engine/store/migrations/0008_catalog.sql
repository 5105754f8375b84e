-- The catalog also knows how a name comes over time, what looks like it, and of each property its values and since when
-- it has had each of its types. It is derived: the tables are made anew, and analysis fills them from the log.
DROP TABLE catalog_name;
DROP TABLE catalog_property;

CREATE TABLE catalog_name (
  name            TEXT    PRIMARY KEY,
  events          INTEGER NOT NULL,
  problems        INTEGER NOT NULL,
  worst           INTEGER NOT NULL,
  suggestion      TEXT,
  first_seen_at   INTEGER NOT NULL,
  last_seen_at    INTEGER NOT NULL,
  family          TEXT,              -- the same for names that differ by case, spacing, tense or plural only
  has_look_alikes INTEGER NOT NULL,
  trend           TEXT    NOT NULL   -- JSON: events by stretches of time, wider the older they are
) STRICT, WITHOUT ROWID;
-- Neither changes while a name's events are counted.
CREATE INDEX catalog_name_family ON catalog_name (family, has_look_alikes) WHERE family IS NOT NULL;
CREATE INDEX catalog_name_first_seen ON catalog_name (first_seen_at);

-- Families one letter apart, each pair both ways round.
CREATE TABLE catalog_near_family (
  family TEXT NOT NULL,
  other  TEXT NOT NULL,
  PRIMARY KEY (family, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX catalog_source_names ON catalog_source (source, name);

CREATE TABLE catalog_property (
  name           TEXT    NOT NULL,
  path           TEXT    NOT NULL,
  type           TEXT    NOT NULL,
  events         INTEGER NOT NULL,
  shared_events  INTEGER NOT NULL,  -- of them, those that have another type at this path as well: in a list
  first_event_id INTEGER NOT NULL,
  first_seen_at  INTEGER NOT NULL,
  last_event_id  INTEGER NOT NULL,
  last_seen_at   INTEGER NOT NULL,
  example        TEXT    NOT NULL,  -- a value as JSON text, in short
  value_counts   TEXT,              -- JSON [[value, events]]; null where they are many, long or personal
  is_personal    INTEGER NOT NULL,
  PRIMARY KEY (name, path, type)
) STRICT, WITHOUT ROWID;
