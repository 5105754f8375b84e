-- What each source has of a kind of problem, and when. Derived: analysis fills it anew.
DROP TABLE problem_group_source;
CREATE TABLE problem_group_source (
  rule           TEXT    NOT NULL,
  type           TEXT    NOT NULL,
  name           TEXT    NOT NULL,
  source         TEXT    NOT NULL,
  severity       TEXT    NOT NULL,
  events         INTEGER NOT NULL,
  first_event_id INTEGER NOT NULL,
  last_event_id  INTEGER NOT NULL,
  trend          TEXT    NOT NULL,
  PRIMARY KEY (rule, type, name, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX problem_group_source_source ON problem_group_source (source);
