-- 0004: what persons confirmed of the words of reports: which indicator they mean, or that they mean none the ledger has.

CREATE TABLE claim_link (
  root int NOT NULL,
  id uuid NOT NULL,
  org int NOT NULL REFERENCES org_unit,
  wording text COLLATE "C" NOT NULL,        -- the words around the number, # in its place
  base text COLLATE "C" NOT NULL,           -- what the number is counted in
  indicator text COLLATE "C",               -- null: none
  dims text NOT NULL DEFAULT '{}',          -- canonical JSON of the narrowing
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (root, id),
  UNIQUE (root, org, wording, base)
);
