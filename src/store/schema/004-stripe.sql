-- The practice is bound to the account and the mode of its first key (design.md, section 7).
ALTER TABLE practice ADD COLUMN stripe_account TEXT;
ALTER TABLE practice ADD COLUMN stripe_live INTEGER NOT NULL DEFAULT 0;

-- What an intent is about, how its delivery goes, and what became of it. `sent_at` is when it was sent last, `first_sent_at` from when
-- Stripe may know its idempotency key, `next_at` when it is sent again.
ALTER TABLE outbox ADD COLUMN record_id TEXT;
ALTER TABLE outbox ADD COLUMN amount INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN currency TEXT;
ALTER TABLE outbox ADD COLUMN first_sent_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN next_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN problem TEXT;
ALTER TABLE outbox ADD COLUMN request_id TEXT;
ALTER TABLE outbox ADD COLUMN result_id TEXT;
CREATE INDEX outbox_by_subject ON outbox (subject_id);

-- How the newest dispute of a payment stands, in Stripe's word.
ALTER TABLE payments ADD COLUMN dispute TEXT;

-- Whose a charge is that carries no payment of ours: a person said so.
CREATE TABLE assignments (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  charge_id TEXT NOT NULL UNIQUE,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  payment_id TEXT REFERENCES payments (id),
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Charges that carry a payment of ours and cannot be posted, and why: a person has to look.
CREATE TABLE posting_problems (
  charge_id TEXT PRIMARY KEY,
  payment_id TEXT,
  patient_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  sentence TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_problems_by_payment ON posting_problems (payment_id);

-- What was taken back is asked for often, and is little.
CREATE INDEX transactions_by_reversed ON transactions (reverses) WHERE reverses IS NOT NULL;

CREATE INDEX refunds_by_reference ON refunds (reference) WHERE reference IS NOT NULL;

DROP VIEW payments_view;
CREATE VIEW payments_view AS
  SELECT p.*, c.name AS patient_name, c.number AS patient_number,
         t.number AS treatment, l.name AS location
  FROM payments p JOIN patients c ON c.id = p.patient_id
    LEFT JOIN treatments t ON t.id = p.treatment_id LEFT JOIN locations l ON l.id = p.location_id;

-- The outbox as people see it: of which payment, of whom.
CREATE VIEW outbox_view AS
  SELECT o.*, p.number AS payment_number, c.name AS patient_name
  FROM outbox o LEFT JOIN payments p ON p.id = o.subject_id LEFT JOIN patients c ON c.id = p.patient_id;
