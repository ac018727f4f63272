-- 0005: a pending delta names every indicator it is the same for, so that a save of a type with two hundred of them adds a handful of rows.
ALTER TABLE tally_pending ADD COLUMN indicators text[] COLLATE "C";
UPDATE tally_pending SET indicators = ARRAY[indicator];
ALTER TABLE tally_pending ALTER COLUMN indicators SET NOT NULL, DROP COLUMN indicator;
CREATE INDEX tally_pending_root ON tally_pending (root);
