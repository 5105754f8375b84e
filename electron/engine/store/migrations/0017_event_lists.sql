-- Which events an account has, and which a name: `store/event-lists.ts`. An index of either grew in the middle with each
-- event, on a page of its own.
DROP INDEX analysed_event_account;
DROP INDEX analysed_event_name;

CREATE TABLE account_event (
  account_id TEXT    NOT NULL,
  event_id   INTEGER NOT NULL,
  PRIMARY KEY (account_id, event_id)
) STRICT, WITHOUT ROWID;

-- Of tracks alone: only they have a name that anybody looks for.
CREATE TABLE name_event (
  name     TEXT    NOT NULL,
  event_id INTEGER NOT NULL,
  PRIMARY KEY (name, event_id)
) STRICT, WITHOUT ROWID;

-- The order in which names have come.
ALTER TABLE catalog_name ADD COLUMN first_event_id INTEGER NOT NULL DEFAULT 0;
