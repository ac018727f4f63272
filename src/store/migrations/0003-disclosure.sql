-- 0003: what an org unit has chosen to show to the public: figures and issued reports. Nothing is public unless it stands here.

CREATE TABLE disclosure (
  root int NOT NULL,
  id uuid NOT NULL,
  org int NOT NULL REFERENCES org_unit,
  indicator text COLLATE "C",
  period text,                              -- a period, or a rule that moves with the day: this-year, last-month, …
  report uuid,
  created_at timestamptz NOT NULL,
  created_by uuid,
  PRIMARY KEY (root, id),
  UNIQUE (root, org, indicator, period),
  UNIQUE (root, org, report),
  CHECK ((report IS NULL) = (indicator IS NOT NULL) AND (indicator IS NULL) = (period IS NULL))
);
