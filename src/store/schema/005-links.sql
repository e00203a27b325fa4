-- For how many days a payment link is open, unless somebody says otherwise.
ALTER TABLE practice ADD COLUMN link_days INTEGER NOT NULL DEFAULT 30;

-- The payment links of a payment: Stripe's page on which one payment can be paid. Stripe ends none by itself: `expires_at` is ours, and
-- enforced by whoever looks (design.md, section 6). `state` is waiting (to be made), open, closing, closed or failed.
CREATE TABLE links (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  payment_id TEXT NOT NULL REFERENCES payments (id),
  state TEXT NOT NULL,
  stripe_id TEXT UNIQUE,
  url TEXT,
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  opened_at INTEGER NOT NULL DEFAULT 0,
  closed_at INTEGER NOT NULL DEFAULT 0,
  why TEXT,
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX links_by_payment ON links (payment_id, pk);
CREATE INDEX links_by_expiry ON links (expires_at) WHERE state IN ('waiting', 'open');
CREATE UNIQUE INDEX links_one_at_a_time ON links (payment_id) WHERE state IN ('waiting', 'open');

-- Money that came for a payment that wanted none any more, kept as the patient's credit until somebody says: keep it, or refund it.
-- `refunded` is what of it went back, `held` what Stripe was asked to give back and has not.
CREATE TABLE late_money (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  charge_id TEXT NOT NULL UNIQUE,
  payment_id TEXT NOT NULL REFERENCES payments (id),
  patient_id TEXT NOT NULL REFERENCES patients (id),
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  refunded INTEGER NOT NULL DEFAULT 0,
  held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
  state TEXT NOT NULL DEFAULT 'open',
  person TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX late_money_by_payment ON late_money (payment_id);
CREATE INDEX late_money_by_patient ON late_money (patient_id);
CREATE INDEX late_money_open ON late_money (pk) WHERE state = 'open';

-- Of a patient's credit, what is on its way back by Stripe and can no longer be used.
ALTER TABLE patients ADD COLUMN credit_held INTEGER NOT NULL DEFAULT 0 CHECK (credit_held >= 0);

-- What came late before anybody was asked was kept.
INSERT INTO late_money (id, charge_id, payment_id, patient_id, amount, currency, state, created_at)
  SELECT 'lat_' || substr (t.source, 1, instr (t.source, ':') - 1), substr (t.source, 1, instr (t.source, ':') - 1),
         t.payment_id, t.patient_id, -s.amount, s.currency, 'kept', t.at
  FROM transactions t JOIN postings s ON s.transaction_pk = t.pk AND s.account = 'credit' AND s.amount < 0
  WHERE t.person = 'stripe' AND t.payment_id IS NOT NULL
    AND t.source IN (substr (t.source, 1, instr (t.source, ':') - 1) || ':late', substr (t.source, 1, instr (t.source, ':') - 1) || ':overpay');
