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
