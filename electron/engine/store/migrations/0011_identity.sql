-- Whether an identify or a track has named the user: that of a user's first track is told when it came before both.
ALTER TABLE identity ADD COLUMN introduced INTEGER NOT NULL DEFAULT 0;
-- Who was put where by group calls: asked for with each call that names an account which its user was never put in.
CREATE INDEX member_group ON member (person_id, account_id) WHERE via = 'group';
