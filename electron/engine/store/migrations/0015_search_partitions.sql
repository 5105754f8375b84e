-- Each word stands with its event's partition before it, so that no word's list of events grows with the log. The words
-- come ready, in lower case and parted by spaces: another tokenizer would only see other words than the page does.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5(text, content = '', contentless_delete = 1, tokenize = 'ascii');
INSERT INTO search (search, rank) VALUES ('automerge', 0);
INSERT INTO search (search, rank) VALUES ('usermerge', 16);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);

-- The partitions that have words.
CREATE TABLE search_partition (
  number INTEGER PRIMARY KEY, -- event ids by 16,384
  prefix TEXT NOT NULL
) STRICT;
