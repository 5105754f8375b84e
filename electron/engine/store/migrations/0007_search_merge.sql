-- By itself the index merges its segments 64 pages and more at a time, in the middle of a commit. Analysis merges a few
-- with each slice instead; eight segments of a size become one.
INSERT INTO search (search, rank) VALUES ('automerge', 0);
INSERT INTO search (search, rank) VALUES ('usermerge', 8);
