-- 0006: what a record is found by that it names stands apart from its search terms, in an index that is never behind: rules look it up at every save, and a list of terms yet to be indexed would be searched one by one.
ALTER TABLE record ADD COLUMN links text[];   -- '@<id>' of each record it refers to, '@<field>=<text>' of linked texts
UPDATE record SET links = ARRAY(SELECT t FROM unnest(terms) t WHERE t LIKE '@%')
WHERE EXISTS (SELECT 1 FROM unnest(terms) t WHERE t LIKE '@%');
CREATE INDEX record_links ON record USING gin (links) WITH (fastupdate = off) WHERE links IS NOT NULL;
