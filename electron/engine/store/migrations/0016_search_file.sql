-- Words have an index in a file of its own, which another thread keeps: `store/search-file.ts`.
DROP TABLE search;
DROP TABLE search_partition;

-- What that file has to be an index of: another id once something was deleted. Words of the log that was are then no
-- longer kept.
CREATE TABLE indexed_log (
  id TEXT NOT NULL
) STRICT;
INSERT INTO indexed_log (id) VALUES (lower(hex(randomblob(16))));
