-- 0101: a signature is over the instant as the device wrote it, which an instant of the database does not keep.
ALTER TABLE mail_signature ALTER COLUMN signed_at TYPE text;
