-- 0100: the mail network: events of items and bags, custody, runs, handovers; see docs/decisions/006.

-- What happened to an item or bag, append-only. A partition a day, made by the program when its first event comes.
CREATE TABLE mail_event (
  root int NOT NULL,
  day date NOT NULL,                        -- of `time`, in Asia/Shanghai
  id uuid NOT NULL,                         -- hash of subject, code, place and time: the same event is the same row
  seq bigint NOT NULL,                      -- the journal entry of its batch
  place int NOT NULL,                       -- its number within the batch
  org int NOT NULL,
  at timestamptz NOT NULL,                  -- when it was recorded here
  time timestamptz NOT NULL,                -- when it happened
  subject text COLLATE "C" NOT NULL,        -- item number; bag code with the year it was closed in
  kind text NOT NULL,                       -- 'item' | 'bag'
  code text COLLATE "C" NOT NULL,           -- EMSEVT codes, and PCK UNP CLS OPN HND ADJ of our own
  office text COLLATE "C",                  -- office code, 8 digits
  run text COLLATE "C",
  bag text COLLATE "C",                     -- PCK, UNP: the bag
  giver text COLLATE "C",                   -- HND, ADJ: 'office:…' | 'run:…'
  receiver text COLLATE "C",
  product text,
  origin text COLLATE "C",
  destination text COLLATE "C",             -- postcode of an item, office code of a bag
  weight int,                               -- g
  amount bigint,                            -- fen
  items int,
  registered int,
  wave int,
  late int,                                 -- HND at a stop: minutes behind the timetable
  handover uuid,
  remark text,
  PRIMARY KEY (root, day, id)
) PARTITION BY RANGE (day);
CREATE INDEX mail_event_subject ON mail_event (root, subject, time);
CREATE INDEX mail_event_org ON mail_event (root, org, code);

CREATE FUNCTION mail_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER mail_event_no_change BEFORE UPDATE OR DELETE ON mail_event
  FOR EACH ROW EXECUTE FUNCTION mail_event_is_append_only();

-- Projection: where each item and bag is, computed from the set of its events.
CREATE TABLE mail_piece (
  root int NOT NULL,
  subject text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL,
  custodian text COLLATE "C",               -- 'office:…' | 'run:…' | 'bag:…' | 'ended'
  state text NOT NULL,
  since timestamptz NOT NULL,               -- of the last event that moved it
  last_time timestamptz NOT NULL,
  last_id uuid NOT NULL,
  flags text[] NOT NULL DEFAULT '{}',       -- 'no-origin' | 'custody-gap' | 'double-custody'
  flagged uuid[] NOT NULL DEFAULT '{}',     -- the events that did not fit
  origin text COLLATE "C",
  destination text COLLATE "C",
  product text,
  weight int,
  items int,
  registered int,
  wave int,
  posted timestamptz,
  PRIMARY KEY (root, subject)
);
CREATE INDEX mail_piece_custodian ON mail_piece (root, custodian, kind);
CREATE INDEX mail_piece_flagged ON mail_piece (root) WHERE flags <> '{}';

-- What could not be taken in, with the reason; kept until somebody settles it.
CREATE TABLE mail_quarantine (
  root int NOT NULL,
  id uuid NOT NULL,                         -- hash of the payload: the same bad event is kept once
  org int NOT NULL,
  payload text NOT NULL,                    -- JSON as it came, even where a database could not read it
  reason text NOT NULL,
  problem text NOT NULL,
  received_at timestamptz NOT NULL,
  received_by uuid,
  settled_at timestamptz,
  settled_by uuid,
  settlement text,
  PRIMARY KEY (root, id)
);
CREATE INDEX mail_quarantine_open ON mail_quarantine (root, received_at) WHERE settled_at IS NULL;

CREATE TABLE mail_run (
  root int NOT NULL,
  id text COLLATE "C" NOT NULL,             -- ROUTE-YYYYMMDD-WAVE
  org int NOT NULL,
  route text COLLATE "C" NOT NULL,
  day date NOT NULL,
  wave int NOT NULL,
  departs timestamptz NOT NULL,
  capacity int NOT NULL,
  stops jsonb NOT NULL,                     -- [{office, arrives, leaves, km}], km from the start
  vehicle text,
  extra boolean NOT NULL DEFAULT false,
  held_until timestamptz,
  closed_at timestamptz,
  PRIMARY KEY (root, id)
);
CREATE INDEX mail_run_day ON mail_run (root, day);

CREATE TABLE mail_device (
  root int NOT NULL,
  id text COLLATE "C" NOT NULL,
  org int NOT NULL,
  holder text COLLATE "C" NOT NULL,         -- 'office:…' | 'run-org:…': on whose behalf it signs
  public_key bytea NOT NULL,                -- Ed25519, SPKI DER
  registered_at timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (root, id)
);

CREATE TABLE mail_handover (
  root int NOT NULL,
  id uuid NOT NULL,
  org int NOT NULL,                         -- of the office where it takes place
  giver text COLLATE "C" NOT NULL,
  receiver text COLLATE "C" NOT NULL,
  office text COLLATE "C" NOT NULL,
  run text COLLATE "C",
  time timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('half', 'differs', 'complete')),
  content text,                             -- canonical JSON that both signed, once complete
  seq bigint,
  PRIMARY KEY (root, id)
);
CREATE INDEX mail_handover_open ON mail_handover (root, time) WHERE state <> 'complete';

-- One signature of a handover list. `counter` grows with each signature of a device: one used twice is a replay.
CREATE TABLE mail_signature (
  root int NOT NULL,
  device text COLLATE "C" NOT NULL,
  counter bigint NOT NULL,
  handover uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('giver', 'receiver')),
  content text NOT NULL,
  signed_at timestamptz NOT NULL,
  signature bytea NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (root, device, counter)
);
CREATE INDEX mail_signature_handover ON mail_signature (root, handover);

-- A branch's shift, closed balanced or with a reasoned exception.
CREATE TABLE mail_shift (
  root int NOT NULL,
  office text COLLATE "C" NOT NULL,
  day date NOT NULL,
  shift int NOT NULL,
  org int NOT NULL,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz NOT NULL,
  balance jsonb NOT NULL,
  reason text,
  closed_by uuid,
  PRIMARY KEY (root, office, day, shift)
);

-- What is owed between offices and the carrier; corrected by reversing rows.
CREATE TABLE mail_charge (
  root int NOT NULL,
  day date NOT NULL,
  id uuid NOT NULL,
  seq bigint NOT NULL,
  place int NOT NULL,
  org int NOT NULL,
  at timestamptz NOT NULL,
  month text NOT NULL,
  basis text COLLATE "C" NOT NULL,          -- what is charged: 'carry:BAG:RUN' | 'handle:BAG:OFFICE'
  times int NOT NULL,                       -- 1, or -1 where it reverses
  rule text NOT NULL,                       -- tariff it follows
  office text COLLATE "C" NOT NULL,         -- who pays
  route text COLLATE "C",
  run text COLLATE "C",
  bag text COLLATE "C" NOT NULL,
  metres int,
  amount bigint NOT NULL,                   -- fen, of one time
  reason text,
  PRIMARY KEY (root, id)
);
CREATE INDEX mail_charge_office ON mail_charge (root, month, office);
CREATE INDEX mail_charge_basis ON mail_charge (root, bag);

-- How long an accepted item took to its addressee, once both are known; corrected by reversing rows.
CREATE TABLE mail_transit (
  root int NOT NULL,
  day date NOT NULL,
  id uuid NOT NULL,
  seq bigint NOT NULL,
  place int NOT NULL,
  org int NOT NULL,
  at timestamptz NOT NULL,
  subject text COLLATE "C" NOT NULL,
  times int NOT NULL,
  product text NOT NULL,
  origin text COLLATE "C" NOT NULL,
  office text COLLATE "C" NOT NULL,
  minutes int NOT NULL,
  on_time boolean NOT NULL,
  PRIMARY KEY (root, id)
);
CREATE INDEX mail_transit_subject ON mail_transit (root, subject);

-- Messages with neighbours, kept as they came or went.
CREATE TABLE mail_message (
  root int NOT NULL,
  direction text NOT NULL CHECK (direction IN ('in', 'out')),
  partner text COLLATE "C" NOT NULL,
  number text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  org int NOT NULL,
  received_at timestamptz NOT NULL,
  content text NOT NULL,
  outcome jsonb NOT NULL,
  PRIMARY KEY (root, direction, partner, number)
);

-- Where vehicles were. A partition a day, like events.
CREATE TABLE mail_position (
  root int NOT NULL,
  day date NOT NULL,
  vehicle text COLLATE "C" NOT NULL,
  time timestamptz NOT NULL,
  lat int NOT NULL,                         -- 10^-6 degree
  lon int NOT NULL,
  speed int NOT NULL,                       -- 0.1 km/h
  course int NOT NULL,
  mileage int,                              -- 0.1 km
  alarm int NOT NULL,
  status int NOT NULL,
  PRIMARY KEY (root, day, vehicle, time)
) PARTITION BY RANGE (day);
