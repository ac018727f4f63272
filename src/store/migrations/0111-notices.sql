-- 0111: notices to people, how they went out, and where people want them. They tell of records and prove nothing.

CREATE TABLE person_contact (
  person uuid PRIMARY KEY REFERENCES person,
  email text,
  phone text,
  by_mail boolean NOT NULL DEFAULT true,
  by_sms boolean NOT NULL DEFAULT false
);

CREATE TABLE notice (
  root int NOT NULL,
  id uuid NOT NULL,
  person uuid NOT NULL REFERENCES person,
  key text COLLATE "C" NOT NULL,            -- what it tells of, so that nobody is told the same twice
  org int NOT NULL REFERENCES org_unit,
  zh text NOT NULL,
  en text NOT NULL,
  link text NOT NULL,                       -- within the web application: /returns?org=…
  created_at timestamptz NOT NULL,
  read_at timestamptz,
  PRIMARY KEY (root, id),
  UNIQUE (root, person, key)
);
CREATE INDEX notice_person ON notice (person, created_at DESC, id);

CREATE TABLE notice_delivery (
  root int NOT NULL,
  notice uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('mail', 'sms')),
  state text NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed')),
  attempts int NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL,             -- not tried before; while sending: since when
  error text,
  PRIMARY KEY (root, notice, channel),
  FOREIGN KEY (root, notice) REFERENCES notice
);
CREATE INDEX notice_delivery_waiting ON notice_delivery (channel, next_at) WHERE state IN ('waiting', 'sending');
