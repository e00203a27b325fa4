-- The books of a practice. Money is an integer of minor units with its currency, an instant Unix seconds, a day an ISO
-- string, an enumeration the nick of its value. `pk` is the row of this database and never leaves it; `id` is unique
-- in the world and carries the desk that made it.

CREATE TABLE practice (
  pk INTEGER PRIMARY KEY CHECK (pk = 1),
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  currency TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  locale TEXT,
  desk TEXT NOT NULL,
  refund_limit INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

-- The next id of each kind and the next number of each series, of this desk.
CREATE TABLE sequences (
  name TEXT PRIMARY KEY,
  next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  account TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  passphrase TEXT,
  retired INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE patients (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  given_name TEXT,
  family_name TEXT,
  birth_date TEXT,
  gender TEXT,
  phone TEXT,
  email TEXT,
  address_line TEXT,
  city TEXT,
  region TEXT,
  postal_code TEXT,
  country TEXT,
  language TEXT,
  deceased INTEGER NOT NULL DEFAULT 0,
  credit INTEGER NOT NULL DEFAULT 0 CHECK (credit >= 0),
  created_at INTEGER NOT NULL,
  -- Kept by the program on every write (they need ICU, which the sqlite3 shell lacks).
  sort_key BLOB NOT NULL DEFAULT x'',
  search TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX patients_by_name ON patients (sort_key);
CREATE INDEX patients_by_birth_date ON patients (birth_date);
CREATE INDEX patients_by_created ON patients (created_at);

-- Any part of a name, number, e-mail or phone; shorter words than three characters go by the start of a word. The program keeps
-- it: with trusted_schema off, SQLite lets no trigger write to it.
CREATE VIRTUAL TABLE patients_search USING fts5 (
  search, content = 'patients', content_rowid = 'pk', tokenize = 'trigram'
);
CREATE TABLE coverages (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  payer TEXT NOT NULL,
  member_id TEXT,
  plan TEXT,
  precedence INTEGER NOT NULL DEFAULT 1,
  status TEXT NOT NULL DEFAULT 'active',
  starts_on TEXT,
  ends_on TEXT
) STRICT;
CREATE INDEX coverages_by_patient ON coverages (patient_id, precedence);

CREATE TABLE eligibility_checks (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  coverage_id TEXT REFERENCES coverages (id),
  payer TEXT NOT NULL,
  plan TEXT,
  status TEXT NOT NULL DEFAULT 'unknown',
  checked_on TEXT NOT NULL,
  disposition TEXT
) STRICT;
CREATE INDEX eligibility_checks_by_patient ON eligibility_checks (patient_id, checked_on);

CREATE TABLE benefits (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  check_id TEXT NOT NULL REFERENCES eligibility_checks (id),
  type TEXT NOT NULL DEFAULT 'other',
  category TEXT,
  code TEXT,
  network TEXT,
  unit TEXT,
  term TEXT,
  amount INTEGER NOT NULL DEFAULT -1,
  used INTEGER NOT NULL DEFAULT -1,
  currency TEXT,
  percent INTEGER NOT NULL DEFAULT -1
) STRICT;
CREATE INDEX benefits_by_check ON benefits (check_id);

CREATE TABLE locations (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  address_line TEXT,
  city TEXT,
  region TEXT,
  postal_code TEXT,
  country TEXT,
  phone TEXT
) STRICT;
CREATE INDEX locations_by_name ON locations (name);

CREATE TABLE physicians (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  npi TEXT,
  specialty TEXT
) STRICT;
CREATE INDEX physicians_by_name ON physicians (name);

CREATE TABLE treatments (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  number TEXT NOT NULL UNIQUE,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  location_id TEXT REFERENCES locations (id),
  physician_id TEXT REFERENCES physicians (id),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL DEFAULT 0,
  day TEXT NOT NULL,
  description TEXT,
  state TEXT NOT NULL DEFAULT 'finished',
  currency TEXT NOT NULL,
  charges INTEGER NOT NULL DEFAULT 0,
  coinsurance INTEGER NOT NULL DEFAULT 0,
  deductible INTEGER NOT NULL DEFAULT 0,
  copay INTEGER NOT NULL DEFAULT 0,
  insurer_paid INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX treatments_by_patient ON treatments (patient_id, starts_at);
CREATE INDEX treatments_by_start ON treatments (starts_at, pk, location_id, patient_id, charges);
CREATE INDEX treatments_by_charges ON treatments (charges, pk, location_id, patient_id);
CREATE INDEX treatments_by_location ON treatments (location_id);

CREATE TABLE treatment_codes (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  treatment_id TEXT NOT NULL REFERENCES treatments (id),
  system TEXT NOT NULL,
  code TEXT NOT NULL,
  display TEXT,
  units INTEGER NOT NULL DEFAULT 1,
  amount INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX treatment_codes_by_treatment ON treatment_codes (treatment_id);

CREATE TABLE payments (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  number TEXT NOT NULL UNIQUE,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  treatment_id TEXT REFERENCES treatments (id),
  location_id TEXT REFERENCES locations (id),
  payment_type TEXT NOT NULL DEFAULT 'none',
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  due_on TEXT,
  memo TEXT,
  status TEXT NOT NULL DEFAULT 'draft',
  created_at INTEGER NOT NULL,
  submitted_at INTEGER NOT NULL DEFAULT 0,
  cancelled_at INTEGER NOT NULL DEFAULT 0,
  written_off_at INTEGER NOT NULL DEFAULT 0,
  failed_at INTEGER NOT NULL DEFAULT 0,
  voided_at INTEGER NOT NULL DEFAULT 0,
  attempt TEXT NOT NULL DEFAULT 'none',
  paid_on TEXT,
  tender TEXT NOT NULL DEFAULT 'none',
  reference TEXT,
  collected INTEGER NOT NULL DEFAULT 0 CHECK (collected IN (0, amount)),
  refunded INTEGER NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND collected),
  waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting BETWEEN 0 AND collected - refunded),
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn >= 0),
  split_from TEXT REFERENCES payments (id),
  -- The place of the status in a payment's life, by which lists sort it.
  status_rank INTEGER NOT NULL GENERATED ALWAYS AS (CASE status
    WHEN 'draft' THEN 0 WHEN 'pending' THEN 1 WHEN 'processing' THEN 2 WHEN 'paid' THEN 3
    WHEN 'failed' THEN 4 WHEN 'cancelled' THEN 5 WHEN 'refunded' THEN 6
    WHEN 'partially-refunded' THEN 7 ELSE 8 END) STORED,
  -- The patient's, so that an index can sort by it.
  patient_key BLOB NOT NULL DEFAULT x''
) STRICT;

-- One index for each order offered, newest first within it; each covers every filter and the sum, so that a list never
-- reads the table. They name pk before what only filters: what is last in an order would else be sorted by.
CREATE INDEX payments_by_created
  ON payments (created_at, pk, status_rank, location_id, due_on, amount, patient_id);
CREATE INDEX payments_by_amount
  ON payments (amount, created_at, pk, status_rank, location_id, due_on, patient_id);
CREATE INDEX payments_by_due
  ON payments (due_on, created_at, pk, status_rank, location_id, amount, patient_id);
CREATE INDEX payments_by_status
  ON payments (status_rank, created_at, pk, location_id, due_on, amount, patient_id);
CREATE INDEX payments_by_patient_name
  ON payments (patient_key, created_at, pk, status_rank, location_id, due_on, amount, patient_id);
CREATE INDEX payments_by_patient
  ON payments (patient_id, created_at, pk, status_rank, location_id, due_on, amount);
CREATE INDEX payments_by_treatment ON payments (treatment_id) WHERE treatment_id IS NOT NULL;

CREATE TABLE attempts (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  payment_id TEXT NOT NULL REFERENCES payments (id),
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  source TEXT NOT NULL UNIQUE,
  reason TEXT,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL
) STRICT;
CREATE INDEX attempts_by_payment ON attempts (payment_id, at);

CREATE TABLE refunds (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  payment_id TEXT NOT NULL REFERENCES payments (id),
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  reason TEXT NOT NULL,
  notes TEXT,
  tender TEXT NOT NULL,
  state TEXT NOT NULL,
  refunded_on TEXT,
  reference TEXT,
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX refunds_by_payment ON refunds (payment_id, state);

CREATE TABLE notes (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  subject_id TEXT NOT NULL,
  text TEXT NOT NULL,
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notes_by_subject ON notes (subject_id, created_at);

CREATE TABLE documents (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  subject_id TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX documents_by_subject ON documents (subject_id, created_at);

-- The ledger. Debits are positive, credits negative; the postings of a transaction sum to zero.
-- A source (a desk verb on a record, or a Stripe object and step) posts at most once.
CREATE TABLE transactions (
  pk INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  day TEXT NOT NULL,
  act TEXT NOT NULL,
  person TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  payment_id TEXT,
  reason TEXT,
  source TEXT NOT NULL UNIQUE,
  reverses INTEGER REFERENCES transactions (pk)
) STRICT;
CREATE INDEX transactions_by_payment ON transactions (payment_id);

CREATE TABLE postings (
  pk INTEGER PRIMARY KEY,
  transaction_pk INTEGER NOT NULL REFERENCES transactions (pk),
  account TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount <> 0)
) STRICT;
CREATE INDEX postings_by_transaction ON postings (transaction_pk);

CREATE TABLE audit (
  pk INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  person TEXT NOT NULL,
  verb TEXT NOT NULL,
  subject_id TEXT,
  before TEXT,
  after TEXT,
  reason TEXT
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject_id, pk);

-- Each seal digests the transactions, postings and audit rows up to the named ones, and the seal before it.
CREATE TABLE seals (
  pk INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  desk TEXT NOT NULL,
  transaction_pk INTEGER NOT NULL,
  posting_pk INTEGER NOT NULL,
  audit_pk INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  digest BLOB NOT NULL
) STRICT;

CREATE TRIGGER transactions_kept BEFORE UPDATE ON transactions BEGIN
  SELECT raise (ABORT, 'the ledger is never changed');
END;
CREATE TRIGGER transactions_kept_whole BEFORE DELETE ON transactions BEGIN
  SELECT raise (ABORT, 'the ledger is never changed');
END;
CREATE TRIGGER postings_kept BEFORE UPDATE ON postings BEGIN
  SELECT raise (ABORT, 'the ledger is never changed');
END;
CREATE TRIGGER postings_kept_whole BEFORE DELETE ON postings BEGIN
  SELECT raise (ABORT, 'the ledger is never changed');
END;
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN
  SELECT raise (ABORT, 'the audit is never changed');
END;
CREATE TRIGGER audit_kept_whole BEFORE DELETE ON audit BEGIN
  SELECT raise (ABORT, 'the audit is never changed');
END;
CREATE TRIGGER seals_kept BEFORE UPDATE ON seals BEGIN
  SELECT raise (ABORT, 'seals are never changed');
END;
CREATE TRIGGER seals_kept_whole BEFORE DELETE ON seals BEGIN
  SELECT raise (ABORT, 'seals are never changed');
END;

-- What is still to be told to Stripe, stored before anything is sent (design.md, section 6).
CREATE TABLE outbox (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  api_version TEXT NOT NULL,
  body TEXT NOT NULL,
  idempotency_key TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL DEFAULT 'queued',
  created_at INTEGER NOT NULL,
  sent_at INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  after_id TEXT REFERENCES outbox (id),
  answer TEXT,
  person TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_waiting ON outbox (pk) WHERE state IN ('queued', 'sending', 'unknown');

-- Totals are kept, not counted.
CREATE TABLE payment_totals (
  currency TEXT NOT NULL,
  status_rank INTEGER NOT NULL,
  location_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (currency, status_rank, location_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payment_totals_insert AFTER INSERT ON payments BEGIN
  INSERT INTO payment_totals VALUES
    (new.currency, new.status_rank, ifnull (new.location_id, ''), 1, new.amount)
    ON CONFLICT DO UPDATE SET n = n + 1, amount = amount + excluded.amount;
END;
CREATE TRIGGER payment_totals_update AFTER UPDATE OF status, amount, location_id ON payments
WHEN old.status <> new.status OR old.amount <> new.amount OR old.location_id IS NOT new.location_id BEGIN
  UPDATE payment_totals SET n = n - 1, amount = amount - old.amount
    WHERE currency = old.currency AND status_rank = old.status_rank
      AND location_id = ifnull (old.location_id, '');
  INSERT INTO payment_totals VALUES
    (new.currency, new.status_rank, ifnull (new.location_id, ''), 1, new.amount)
    ON CONFLICT DO UPDATE SET n = n + 1, amount = amount + excluded.amount;
END;

-- What came in by the day of its collection, and what went back by the day of the refund.
CREATE TABLE collection_totals (
  day TEXT NOT NULL,
  currency TEXT NOT NULL,
  tender TEXT NOT NULL,
  location_id TEXT NOT NULL,
  collected INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  PRIMARY KEY (day, currency, tender, location_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER collection_totals_reversed AFTER UPDATE OF collected ON payments
WHEN old.collected <> 0 AND old.collected <> new.collected BEGIN
  UPDATE collection_totals SET collected = collected - old.collected
    WHERE day = old.paid_on AND currency = old.currency AND tender = old.tender
      AND location_id = ifnull (old.location_id, '');
END;
CREATE TRIGGER collection_totals_collected AFTER UPDATE OF collected ON payments
WHEN new.collected <> 0 AND old.collected <> new.collected BEGIN
  INSERT INTO collection_totals VALUES
    (new.paid_on, new.currency, new.tender, ifnull (new.location_id, ''), new.collected, 0)
    ON CONFLICT DO UPDATE SET collected = collected + excluded.collected;
END;
CREATE TRIGGER collection_totals_refunded AFTER INSERT ON refunds WHEN new.state = 'posted' BEGIN
  INSERT INTO collection_totals
    SELECT new.refunded_on, new.currency, new.tender, ifnull (location_id, ''), 0, new.amount
    FROM payments WHERE id = new.payment_id
    ON CONFLICT DO UPDATE SET refunded = refunded + excluded.refunded;
END;
CREATE TRIGGER collection_totals_refund_moved AFTER UPDATE OF state ON refunds
WHEN (old.state = 'posted') <> (new.state = 'posted') BEGIN
  INSERT INTO collection_totals
    SELECT ifnull (new.refunded_on, old.refunded_on), new.currency, new.tender,
           ifnull (location_id, ''), 0, iif (new.state = 'posted', new.amount, -new.amount)
    FROM payments WHERE id = new.payment_id
    ON CONFLICT DO UPDATE SET refunded = refunded + excluded.refunded;
END;

-- What other programs that have the practice open should look at again; row 0: all of the kind.
CREATE TABLE changes (
  pk INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  row INTEGER NOT NULL
) STRICT;

-- Records whose fields are partly kept elsewhere are read from these.
CREATE VIEW payments_view AS
  SELECT p.*, c.name AS patient_name, c.number AS patient_number,
         t.number AS treatment, l.name AS location
  FROM payments p JOIN patients c ON c.id = p.patient_id
    LEFT JOIN treatments t ON t.id = p.treatment_id LEFT JOIN locations l ON l.id = p.location_id;

CREATE VIEW treatments_view AS
  SELECT t.*, c.name AS patient_name, l.name AS location, d.name AS physician,
         (SELECT group_concat (code, ', ') FROM treatment_codes WHERE treatment_id = t.id) AS codes
  FROM treatments t JOIN patients c ON c.id = t.patient_id
    LEFT JOIN locations l ON l.id = t.location_id LEFT JOIN physicians d ON d.id = t.physician_id;

CREATE VIEW eligibility_checks_view AS
  SELECT e.*, c.name AS patient_name FROM eligibility_checks e JOIN patients c ON c.id = e.patient_id;

CREATE VIEW audit_view AS
  SELECT a.*, 'aud_' || a.pk AS id, 1 AS revision, p.name AS person_name
  FROM audit a LEFT JOIN people p ON p.account = a.person;

CREATE VIEW postings_view AS
  SELECT s.*, 'pos_' || s.pk AS id, 1 AS revision,
         t.at, t.day, t.act, t.person, t.patient_id, t.payment_id, t.source
  FROM postings s JOIN transactions t ON t.pk = s.transaction_pk;
