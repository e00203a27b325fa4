-- The close of a day, and patients who turned out to be one.

-- What a person typed of how to reach a patient stays as it is, whatever a later import says: the names of these columns. And under which
-- numbers and names a patient is found besides: those of whoever turned out to be them.
ALTER TABLE patients ADD COLUMN typed TEXT;
ALTER TABLE patients ADD COLUMN also TEXT;

-- Who turned out to be whom. patients.merged_into says who stays, at the end of any chain; here stands each step of it, and what it moved:
-- so that it can be taken back.
CREATE TABLE merges (
  pk INTEGER PRIMARY KEY,
  from_id TEXT NOT NULL REFERENCES patients (id),
  into_id TEXT NOT NULL REFERENCES patients (id),
  credit INTEGER NOT NULL DEFAULT 0 CHECK (credit >= 0),
  -- The last entry of the ledger before it.
  ledger INTEGER NOT NULL,
  person TEXT NOT NULL,
  at INTEGER NOT NULL,
  taken_back_at INTEGER NOT NULL DEFAULT 0,
  CHECK (from_id <> into_id)
) STRICT;
CREATE UNIQUE INDEX merges_once ON merges (from_id) WHERE taken_back_at = 0;
CREATE INDEX merges_by_into ON merges (into_id) WHERE taken_back_at = 0;

CREATE TABLE merged_rows (
  merge_pk INTEGER NOT NULL REFERENCES merges (pk),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (merge_pk, kind, id)
) STRICT, WITHOUT ROWID;

-- Entries of the ledger keep the patient whom they were posted for; whose they are now is said here.
DROP VIEW postings_view;
CREATE VIEW postings_view AS
  SELECT s.*, 'pos_' || s.pk AS id, 1 AS revision,
         t.at, t.day, t.act, t.person, ifnull (c.merged_into, t.patient_id) AS patient_id, t.payment_id, t.source
  FROM postings s JOIN transactions t ON t.pk = s.transaction_pk LEFT JOIN patients c ON c.id = t.patient_id;

-- Who owes something, since when, and who has credit: few of many.
CREATE INDEX payments_owed ON payments (patient_id, due_on) WHERE status_rank IN (1, 2, 4);
CREATE INDEX patients_with_credit ON patients (credit) WHERE credit > 0;
CREATE INDEX treatments_by_place ON treatments (location_id, patient_id);

-- The close of a day: cash counted blind, compared with the ledger, and the day locked. What was counted and not closed locks nothing.
CREATE TABLE day_closes (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  day TEXT NOT NULL,
  since_on TEXT NOT NULL,
  currency TEXT NOT NULL,
  expected INTEGER NOT NULL,
  counted INTEGER NOT NULL CHECK (counted >= 0),
  reason TEXT,
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL DEFAULT 0,
  reopened_at INTEGER NOT NULL DEFAULT 0,
  reopened_by TEXT,
  reopened_because TEXT,
  CHECK (since_on <= day),
  CHECK (closed_at = 0 OR counted = expected OR ifnull (reason, '') <> '')
) STRICT;
CREATE UNIQUE INDEX day_closes_once ON day_closes (day) WHERE reopened_at = 0;
CREATE INDEX day_closes_standing ON day_closes (day) WHERE reopened_at = 0 AND closed_at > 0;

CREATE TABLE day_totals (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  close_id TEXT NOT NULL REFERENCES day_closes (id),
  account TEXT NOT NULL,
  account_of TEXT NOT NULL,
  currency TEXT NOT NULL,
  count INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  UNIQUE (close_id, account, account_of, currency)
) STRICT;

CREATE VIEW day_closes_view AS SELECT d.*, d.counted - d.expected AS variance FROM day_closes d;
CREATE VIEW day_totals_view AS
  SELECT o.*, d.day, ifnull (p.name, o.account_of) AS who
  FROM day_totals o JOIN day_closes d ON d.id = o.close_id LEFT JOIN people p ON p.account = o.account_of;

CREATE INDEX transactions_by_day ON transactions (day);
-- Whatever verb it is: people post nothing of a day that is closed. What Stripe says has the day that Stripe says.
CREATE TRIGGER closed_days_kept BEFORE INSERT ON transactions
WHEN new.person NOT IN ('stripe', 'clock')
  AND EXISTS (SELECT 1 FROM day_closes WHERE reopened_at = 0 AND closed_at > 0 AND day >= new.day) BEGIN
  SELECT raise (ABORT, 'the day is closed');
END;
