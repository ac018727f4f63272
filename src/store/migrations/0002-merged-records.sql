-- 0002: from a kept record to those merged into it, without looking through all records of its type.

CREATE INDEX record_merged ON record (root, merged_into) WHERE merged_into IS NOT NULL;
