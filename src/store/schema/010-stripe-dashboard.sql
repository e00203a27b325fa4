-- What somebody should know of Stripe, found by the rules of billing-notice-rules.h at each sync, and what people made of it. `ended_at`
-- is when it was no longer so.
CREATE TABLE notices (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  key TEXT NOT NULL UNIQUE,
  rule TEXT NOT NULL,
  urgent INTEGER NOT NULL DEFAULT 0,
  subject TEXT,
  payment_id TEXT REFERENCES payments (id),
  amount INTEGER NOT NULL DEFAULT 0,
  currency TEXT,
  detail TEXT,
  due_at INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  found_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'new',
  snoozed_until INTEGER NOT NULL DEFAULT 0,
  person TEXT,
  changed_at INTEGER NOT NULL DEFAULT 0,
  told_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX notices_by_created ON notices (created_at);
CREATE INDEX notices_now ON notices (urgent, state, snoozed_until, told_at) WHERE ended_at = 0;

CREATE VIEW notices_view AS
  SELECT n.*, p.number AS payment, c.name AS patient_name
  FROM notices n LEFT JOIN payments p ON p.id = n.payment_id LEFT JOIN patients c ON c.id = p.patient_id;

-- The answer to a dispute: a draft until it is submitted, which happens once (stripe-facts 2.7). `outcome` is what became of the money
-- of a lost one.
CREATE TABLE dispute_answers (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  dispute_id TEXT NOT NULL UNIQUE,
  evidence TEXT NOT NULL DEFAULT '{}',
  state TEXT NOT NULL DEFAULT 'draft',
  problem TEXT,
  submitted_at INTEGER NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL DEFAULT 'none',
  outcome_id TEXT REFERENCES payments (id),
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

-- Its documents: one for each of Stripe's evidence fields.
CREATE TABLE dispute_files (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  dispute_id TEXT NOT NULL,
  slot TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents (id),
  file_id TEXT,
  problem TEXT,
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (dispute_id, slot)
) STRICT;

CREATE VIEW dispute_files_view AS
  SELECT f.*, d.name, d.size FROM dispute_files f JOIN documents d ON d.id = f.document_id;

-- What Stripe moved in the books on each day, for the reconciliation with its ledger.
CREATE INDEX transactions_of_stripe ON transactions (day, source) WHERE person = 'stripe';
