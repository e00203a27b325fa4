-- The mirror of Stripe's objects, which may be dropped and fetched again at any time. Each object is kept as its JSON, as Stripe sent it but
-- for blanks, with the few columns that lists and postings need. `fetched` is when it was asked for, in microseconds: an older answer
-- never replaces a newer one. Nothing refers to anything: what belongs together arrives in any order.

CREATE TABLE state (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How far each stream is: `state` is empty, done, denied (the key may not read it) or missing (no such list there).
CREATE TABLE streams (
  name TEXT PRIMARY KEY,
  state TEXT NOT NULL DEFAULT '',
  sweep INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL DEFAULT 0,
  objects INTEGER NOT NULL DEFAULT 0,
  problem TEXT
) STRICT, WITHOUT ROWID;

-- What of a stream is still to be listed: [low, high) by creation, from the newest down, behind `cursor`.
CREATE TABLE ranges (
  pk INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  low INTEGER NOT NULL,
  high INTEGER NOT NULL,
  cursor TEXT,
  reached INTEGER NOT NULL
) STRICT;
CREATE INDEX ranges_by_stream ON ranges (stream);

-- What changed and may concern our payments, until it was looked at.
CREATE TABLE posting_queue (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  row INTEGER NOT NULL
) STRICT;

-- What has no list: account, balance, balance settings, tax settings.
CREATE TABLE singles (
  name TEXT PRIMARY KEY,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customers (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  email TEXT
) STRICT;
CREATE INDEX customers_by_created ON customers (created, pk);
CREATE INDEX customers_by_email ON customers (email) WHERE email IS NOT NULL;

CREATE TABLE payment_intents (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  amount INTEGER NOT NULL DEFAULT 0,
  currency TEXT,
  status TEXT,
  customer TEXT,
  latest_charge TEXT,
  canceled_at INTEGER NOT NULL DEFAULT 0,
  cancellation_reason TEXT,
  problem TEXT,
  payment TEXT,
  intent TEXT
) STRICT;
CREATE INDEX payment_intents_by_created ON payment_intents (created, pk, status, amount);
CREATE INDEX payment_intents_by_payment ON payment_intents (payment) WHERE payment IS NOT NULL;

CREATE TABLE charges (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  amount INTEGER NOT NULL DEFAULT 0,
  amount_captured INTEGER NOT NULL DEFAULT 0,
  amount_refunded INTEGER NOT NULL DEFAULT 0,
  currency TEXT,
  status TEXT,
  captured INTEGER NOT NULL DEFAULT 0,
  refunded INTEGER NOT NULL DEFAULT 0,
  disputed INTEGER NOT NULL DEFAULT 0,
  customer TEXT,
  payment_intent TEXT,
  balance_transaction TEXT,
  method TEXT,
  last4 TEXT,
  outcome TEXT,
  payment TEXT
) STRICT;
CREATE INDEX charges_by_created ON charges (created, pk, status, amount, payment);
CREATE INDEX charges_by_amount ON charges (amount, created, pk, status, payment);
CREATE INDEX charges_by_intent ON charges (payment_intent) WHERE payment_intent IS NOT NULL;
CREATE INDEX charges_by_payment ON charges (payment) WHERE payment IS NOT NULL;
CREATE INDEX charges_by_last4 ON charges (last4) WHERE last4 IS NOT NULL;
CREATE INDEX charges_by_customer ON charges (customer) WHERE customer IS NOT NULL;

CREATE TABLE stripe_refunds (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  amount INTEGER NOT NULL DEFAULT 0,
  currency TEXT,
  status TEXT,
  reason TEXT,
  failure_reason TEXT,
  charge TEXT,
  payment_intent TEXT,
  payment TEXT,
  refund TEXT,
  intent TEXT
) STRICT;
CREATE INDEX stripe_refunds_by_created ON stripe_refunds (created, pk, status, amount);
CREATE INDEX stripe_refunds_by_charge ON stripe_refunds (charge) WHERE charge IS NOT NULL;

CREATE TABLE balance_transactions (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  available_on INTEGER NOT NULL DEFAULT 0,
  amount INTEGER NOT NULL DEFAULT 0,
  fee INTEGER NOT NULL DEFAULT 0,
  net INTEGER NOT NULL DEFAULT 0,
  currency TEXT,
  status TEXT,
  type TEXT,
  reporting_category TEXT,
  source TEXT
) STRICT;
CREATE INDEX balance_transactions_by_created ON balance_transactions (created, pk, type, amount);
CREATE INDEX balance_transactions_by_currency ON balance_transactions (currency, created, reporting_category, amount, fee, net) WHERE deleted = 0;
CREATE INDEX balance_transactions_by_source ON balance_transactions (source) WHERE source IS NOT NULL;
CREATE INDEX balance_transactions_pending ON balance_transactions (available_on) WHERE status = 'pending';

CREATE TABLE payouts (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  arrival_date INTEGER NOT NULL DEFAULT 0,
  amount INTEGER NOT NULL DEFAULT 0,
  currency TEXT,
  status TEXT,
  automatic INTEGER NOT NULL DEFAULT 0,
  reconciliation_status TEXT,
  balance_transaction TEXT
) STRICT;
CREATE INDEX payouts_by_created ON payouts (created, pk, status, amount);
CREATE INDEX payouts_open ON payouts (arrival_date) WHERE status IN ('pending', 'in_transit');

-- Which payout a balance transaction is in: Stripe tells it only by the list of a payout's transactions.
CREATE TABLE payout_items (
  transaction_id TEXT PRIMARY KEY,
  payout TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX payout_items_by_payout ON payout_items (payout);

-- How far the list of a payout's transactions is: behind `cursor`; whole where that is NULL.
CREATE TABLE payout_lists (
  payout TEXT PRIMARY KEY,
  cursor TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE disputes (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  amount INTEGER NOT NULL DEFAULT 0,
  currency TEXT,
  status TEXT,
  reason TEXT,
  charge TEXT,
  payment_intent TEXT,
  due_by INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX disputes_by_created ON disputes (created, pk, status, amount);
CREATE INDEX disputes_open ON disputes (due_by)
  WHERE status IN ('needs_response', 'warning_needs_response', 'appeal_needs_response');
CREATE INDEX disputes_by_charge ON disputes (charge) WHERE charge IS NOT NULL;

CREATE TABLE checkout_sessions (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL DEFAULT 0,
  amount_total INTEGER NOT NULL DEFAULT 0,
  currency TEXT,
  status TEXT,
  payment_status TEXT,
  payment_intent TEXT,
  payment_link TEXT,
  payment TEXT,
  intent TEXT
) STRICT;
CREATE INDEX checkout_sessions_by_created ON checkout_sessions (created, pk, status);
CREATE INDEX checkout_sessions_open ON checkout_sessions (expires_at) WHERE status = 'open';
CREATE INDEX checkout_sessions_by_intent ON checkout_sessions (payment_intent) WHERE payment_intent IS NOT NULL;

CREATE TABLE payment_links (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  active INTEGER NOT NULL DEFAULT 0,
  payment TEXT,
  intent TEXT
) STRICT;

CREATE TABLE stripe_invoices (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  due_date INTEGER NOT NULL DEFAULT 0,
  amount_due INTEGER NOT NULL DEFAULT 0,
  amount_paid INTEGER NOT NULL DEFAULT 0,
  currency TEXT,
  status TEXT,
  number TEXT,
  customer TEXT
) STRICT;
CREATE INDEX stripe_invoices_by_created ON stripe_invoices (created, pk, status);

CREATE TABLE invoice_payments (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  amount_paid INTEGER NOT NULL DEFAULT 0,
  currency TEXT,
  status TEXT,
  invoice TEXT,
  payment_intent TEXT
) STRICT;
CREATE INDEX invoice_payments_by_invoice ON invoice_payments (invoice) WHERE invoice IS NOT NULL;

-- Kept for 35 days, by which those that come again are known.
CREATE TABLE events (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  type TEXT,
  object TEXT,
  object_id TEXT
) STRICT;
CREATE INDEX events_by_created ON events (created, pk, type);
CREATE INDEX events_of_disputes ON events (object_id, created) WHERE type = 'charge.dispute.closed';

-- The card's network says that a payment is likely to be disputed.
CREATE TABLE early_fraud_warnings (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  actionable INTEGER NOT NULL DEFAULT 0,
  fraud_type TEXT,
  charge TEXT,
  payment_intent TEXT
) STRICT;
CREATE INDEX early_fraud_warnings_by_created ON early_fraud_warnings (created, pk);
CREATE INDEX early_fraud_warnings_by_charge ON early_fraud_warnings (charge) WHERE charge IS NOT NULL;

-- What Stripe says in the header `stripe-notice` of an answer.
CREATE TABLE header_notices (
  text TEXT PRIMARY KEY,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tax_registrations (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  status TEXT,
  country TEXT
) STRICT;

CREATE TABLE tax_codes (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fetched INTEGER NOT NULL,
  json TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TRIGGER payment_intents_new AFTER INSERT ON payment_intents BEGIN
  INSERT INTO posting_queue (kind, row) VALUES ('payment_intents', new.pk);
END;
CREATE TRIGGER payment_intents_changed AFTER UPDATE ON payment_intents WHEN old.json <> new.json BEGIN
  INSERT INTO posting_queue (kind, row) VALUES ('payment_intents', new.pk);
END;
CREATE TRIGGER charges_new AFTER INSERT ON charges BEGIN
  INSERT INTO posting_queue (kind, row) VALUES ('charges', new.pk);
END;
CREATE TRIGGER charges_changed AFTER UPDATE ON charges WHEN old.json <> new.json BEGIN
  INSERT INTO posting_queue (kind, row) VALUES ('charges', new.pk);
END;
CREATE TRIGGER stripe_refunds_new AFTER INSERT ON stripe_refunds BEGIN
  INSERT INTO posting_queue (kind, row) VALUES ('stripe_refunds', new.pk);
END;
CREATE TRIGGER stripe_refunds_changed AFTER UPDATE ON stripe_refunds WHEN old.json <> new.json BEGIN
  INSERT INTO posting_queue (kind, row) VALUES ('stripe_refunds', new.pk);
END;
CREATE TRIGGER disputes_new AFTER INSERT ON disputes BEGIN
  INSERT INTO posting_queue (kind, row) VALUES ('disputes', new.pk);
END;
CREATE TRIGGER disputes_changed AFTER UPDATE ON disputes WHEN old.json <> new.json BEGIN
  INSERT INTO posting_queue (kind, row) VALUES ('disputes', new.pk);
END;
-- A dispute's money moves by balance transactions, of which there are no events.
CREATE TRIGGER balance_transactions_new AFTER INSERT ON balance_transactions
WHEN new.type = 'adjustment' OR new.type = 'payment_failure_refund' OR new.type = 'refund_failure' BEGIN
  INSERT INTO posting_queue (kind, row) VALUES ('balance_transactions', new.pk);
END;

-- Every payment at Stripe, once: a payment intent with its latest charge, or a charge that has no intent or whose intent may not be read. Its
-- status is that of Stripe's own list of payments; lists find it by an index, so it is kept here by the triggers below.
CREATE TABLE stripe_payments (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  created INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT,
  status TEXT,
  method TEXT,
  charge TEXT,
  payment TEXT,
  customer TEXT
) STRICT;
CREATE INDEX stripe_payments_by_created ON stripe_payments (created, pk, status, amount, method, payment);
CREATE INDEX stripe_payments_by_amount ON stripe_payments (amount, created, pk, status, method, payment);
CREATE INDEX stripe_payments_by_charge ON stripe_payments (charge) WHERE charge IS NOT NULL;
CREATE INDEX stripe_payments_by_payment ON stripe_payments (payment) WHERE payment IS NOT NULL;
CREATE INDEX stripe_payments_by_customer ON stripe_payments (customer) WHERE customer IS NOT NULL;

-- One rule for each status (stripe-facts 2.4); the first that holds is it. What Stripe calls by a word that nobody knows yet keeps it. Joins only:
-- into a UNION, SQLite would not carry which payment a trigger means.
CREATE VIEW stripe_payment_states AS
  SELECT s.id, c.method, ifnull (c.payment, i.payment) AS payment, ifnull (c.customer, i.customer) AS customer,
    CASE
      -- An authorisation that was let go of is no refund, though Stripe counts it as one.
      WHEN i.status = 'canceled' OR (c.status = 'succeeded' AND c.captured = 0 AND c.refunded = 1) THEN 'canceled'
      WHEN c.status = 'failed' AND c.outcome = 'blocked' THEN 'blocked'
      WHEN c.status = 'failed' OR (c.id IS NULL AND i.status = 'requires_payment_method' AND i.problem IS NOT NULL)
        THEN 'failed'
      -- A dispute that was lost stays one: the money is gone. Before the dispute is fetched, the charge tells of it.
      WHEN EXISTS (SELECT 1 FROM disputes d WHERE d.charge = c.id AND d.status NOT IN ('won', 'warning_closed', 'prevented'))
           OR (c.disputed = 1 AND NOT EXISTS (SELECT 1 FROM disputes d WHERE d.charge = c.id)) THEN 'disputed'
      WHEN EXISTS (SELECT 1 FROM early_fraud_warnings w WHERE w.charge = c.id AND w.actionable = 1) THEN 'early_fraud_warning'
      WHEN EXISTS (SELECT 1 FROM stripe_refunds r WHERE r.charge = c.id AND r.status IN ('pending', 'requires_action'))
        THEN 'refund_pending'
      WHEN c.refunded = 1 THEN 'refunded'
      -- Stripe counts what was not captured among what was refunded.
      WHEN c.captured = 1 AND c.amount_refunded > c.amount - c.amount_captured THEN 'partially_refunded'
      WHEN (c.status = 'succeeded' AND c.captured = 0) OR (c.id IS NULL AND i.status = 'requires_capture')
        THEN 'uncaptured'
      WHEN c.status = 'pending' OR (c.id IS NULL AND i.status = 'processing') THEN 'pending'
      WHEN c.status = 'succeeded' OR (c.id IS NULL AND i.status = 'succeeded') THEN 'successful'
      WHEN c.id IS NULL AND i.status IN ('requires_payment_method', 'requires_confirmation', 'requires_action')
        THEN 'incomplete'
      ELSE ifnull (c.status, i.status)
    END AS status
  FROM stripe_payments s LEFT JOIN payment_intents i ON i.id = s.id LEFT JOIN charges c ON c.id = s.charge;

CREATE TRIGGER payment_intents_payment_new AFTER INSERT ON payment_intents BEGIN
  INSERT INTO stripe_payments (id, created, amount, currency, charge)
    VALUES (new.id, new.created, new.amount, new.currency, new.latest_charge)
    ON CONFLICT (id) DO UPDATE SET created = excluded.created, amount = excluded.amount, currency = excluded.currency,
      charge = excluded.charge;
  UPDATE stripe_payments SET (status, method, payment, customer) =
    (SELECT x.status, x.method, x.payment, x.customer FROM stripe_payment_states x WHERE x.id = stripe_payments.id)
    WHERE id = new.id;
END;
CREATE TRIGGER payment_intents_payment_changed AFTER UPDATE ON payment_intents WHEN old.json <> new.json BEGIN
  INSERT INTO stripe_payments (id, created, amount, currency, charge)
    VALUES (new.id, new.created, new.amount, new.currency, new.latest_charge)
    ON CONFLICT (id) DO UPDATE SET created = excluded.created, amount = excluded.amount, currency = excluded.currency,
      charge = excluded.charge;
  UPDATE stripe_payments SET (status, method, payment, customer) =
    (SELECT x.status, x.method, x.payment, x.customer FROM stripe_payment_states x WHERE x.id = stripe_payments.id)
    WHERE id = new.id;
END;

CREATE TRIGGER charges_payment_new AFTER INSERT ON charges BEGIN
  INSERT INTO stripe_payments (id, created, amount, currency, charge)
    SELECT ifnull (new.payment_intent, new.id), new.created, new.amount, new.currency, new.id
    WHERE NOT EXISTS (SELECT 1 FROM payment_intents WHERE id = new.payment_intent)
    ON CONFLICT (id) DO UPDATE SET created = excluded.created, amount = excluded.amount, currency = excluded.currency,
      charge = excluded.charge WHERE excluded.created >= created;
  UPDATE stripe_payments SET (status, method, payment, customer) =
    (SELECT x.status, x.method, x.payment, x.customer FROM stripe_payment_states x WHERE x.id = stripe_payments.id)
    WHERE id = ifnull (new.payment_intent, new.id);
END;
CREATE TRIGGER charges_payment_changed AFTER UPDATE ON charges WHEN old.json <> new.json BEGIN
  INSERT INTO stripe_payments (id, created, amount, currency, charge)
    SELECT ifnull (new.payment_intent, new.id), new.created, new.amount, new.currency, new.id
    WHERE NOT EXISTS (SELECT 1 FROM payment_intents WHERE id = new.payment_intent)
    ON CONFLICT (id) DO UPDATE SET created = excluded.created, amount = excluded.amount, currency = excluded.currency,
      charge = excluded.charge WHERE excluded.created >= created;
  UPDATE stripe_payments SET (status, method, payment, customer) =
    (SELECT x.status, x.method, x.payment, x.customer FROM stripe_payment_states x WHERE x.id = stripe_payments.id)
    WHERE id = ifnull (new.payment_intent, new.id);
END;

CREATE TRIGGER stripe_refunds_payment_new AFTER INSERT ON stripe_refunds BEGIN
  UPDATE stripe_payments SET status = (SELECT x.status FROM stripe_payment_states x WHERE x.id = stripe_payments.id)
    WHERE charge = new.charge;
END;
CREATE TRIGGER stripe_refunds_payment_changed AFTER UPDATE ON stripe_refunds WHEN old.json <> new.json BEGIN
  UPDATE stripe_payments SET status = (SELECT x.status FROM stripe_payment_states x WHERE x.id = stripe_payments.id)
    WHERE charge = new.charge;
END;

CREATE TRIGGER disputes_payment_new AFTER INSERT ON disputes BEGIN
  UPDATE stripe_payments SET status = (SELECT x.status FROM stripe_payment_states x WHERE x.id = stripe_payments.id)
    WHERE charge = new.charge;
END;
CREATE TRIGGER disputes_payment_changed AFTER UPDATE ON disputes WHEN old.json <> new.json BEGIN
  UPDATE stripe_payments SET status = (SELECT x.status FROM stripe_payment_states x WHERE x.id = stripe_payments.id)
    WHERE charge = new.charge;
END;

CREATE TRIGGER early_fraud_warnings_payment_new AFTER INSERT ON early_fraud_warnings BEGIN
  UPDATE stripe_payments SET status = (SELECT x.status FROM stripe_payment_states x WHERE x.id = stripe_payments.id)
    WHERE charge = new.charge;
END;
CREATE TRIGGER early_fraud_warnings_payment_changed AFTER UPDATE ON early_fraud_warnings WHEN old.json <> new.json BEGIN
  UPDATE stripe_payments SET status = (SELECT x.status FROM stripe_payment_states x WHERE x.id = stripe_payments.id)
    WHERE charge = new.charge;
END;

-- What payments and customers are searched by: names, e-mails, descriptions, the last four digits, folded as patients' are. The program fills it at
-- the end of each transaction (billing-mirror-words.c) from what stands in the queue: with trusted_schema off, SQLite lets no trigger
-- read JSON or write to a virtual table.
CREATE VIRTUAL TABLE stripe_payments_search USING fts5 (search, tokenize = 'trigram', columnsize = 0);
CREATE VIRTUAL TABLE customers_search USING fts5 (search, tokenize = 'trigram', columnsize = 0);

-- `kind` is a stream, `row` the key of its row; it may stand there twice.
CREATE TABLE words_queue (
  kind TEXT NOT NULL,
  row INTEGER NOT NULL
) STRICT;

CREATE TRIGGER payment_intents_words_new AFTER INSERT ON payment_intents BEGIN
  INSERT INTO words_queue (kind, row) VALUES ('payment_intents', new.pk);
END;
CREATE TRIGGER payment_intents_words_changed AFTER UPDATE ON payment_intents WHEN old.json <> new.json BEGIN
  INSERT INTO words_queue (kind, row) VALUES ('payment_intents', new.pk);
END;
CREATE TRIGGER charges_words_new AFTER INSERT ON charges BEGIN
  INSERT INTO words_queue (kind, row) VALUES ('charges', new.pk);
END;
CREATE TRIGGER charges_words_changed AFTER UPDATE ON charges WHEN old.json <> new.json BEGIN
  INSERT INTO words_queue (kind, row) VALUES ('charges', new.pk);
END;
CREATE TRIGGER customers_words_new AFTER INSERT ON customers BEGIN
  INSERT INTO words_queue (kind, row) VALUES ('customers', new.pk);
END;
CREATE TRIGGER customers_words_changed AFTER UPDATE ON customers WHEN old.json <> new.json BEGIN
  INSERT INTO words_queue (kind, row) VALUES ('customers', new.pk);
END;
