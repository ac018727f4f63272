-- 0110: what was entered in a month, for the rates by which the use of the system is assessed.

CREATE INDEX record_created ON record (root, created_at);
