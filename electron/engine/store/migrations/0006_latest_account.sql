-- The account that a person was last seen in is asked for with every call that names none: found at once, though
-- they are in thousands.
DROP INDEX member_person;
CREATE INDEX member_person ON member (person_id, last_seen_at DESC, account_id);
