-- What a request was like on the wire, and what it was answered. Null in rows that were written before.
ALTER TABLE request ADD COLUMN http_version       TEXT;
ALTER TABLE request ADD COLUMN secure             INTEGER;  -- whether it came over https
ALTER TABLE request ADD COLUMN connection         INTEGER;  -- counts up from 1 with each start of the engine
ALTER TABLE request ADD COLUMN connection_request INTEGER;  -- its place on the connection, from 1
ALTER TABLE request ADD COLUMN remote_port        INTEGER;
ALTER TABLE request ADD COLUMN unpacked_bytes     INTEGER;  -- null where it was not compressed
ALTER TABLE request ADD COLUMN arrival_ms         INTEGER;  -- from its head to the end of its body
ALTER TABLE request ADD COLUMN answer_status      INTEGER;  -- null where it was never answered
ALTER TABLE request ADD COLUMN fault              TEXT;     -- the name of what was answered on purpose: 503, slow, …
ALTER TABLE request ADD COLUMN fault_answer       TEXT;     -- JSON: all of it
CREATE INDEX request_fault ON request (fault) WHERE fault IS NOT NULL;
