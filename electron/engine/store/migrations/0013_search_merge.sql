-- Sixteen segments of a size become one: a text is then written anew four times until a million are there, and not six.
-- Analysis merges in its own time; what the index would merge by itself, all at once, it has to be far behind for.
INSERT INTO search (search, rank) VALUES ('usermerge', 16);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);
