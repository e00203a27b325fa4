-- Views of each connection to the books, which look into the mirror too. They read JSON, which views in the file may not do under
-- trusted_schema=OFF: SQLite does not count its JSON functions among the harmless ones.

-- Whose a charge is: its own word, its intent's, or a person's. Not for a LEFT JOIN, for which SQLite would first make a table of the owners
-- of all charges: views say it by joins of their own.
CREATE TEMP VIEW charge_owners AS
  SELECT c.pk AS charge_pk, c.id AS charge_id, p.id AS payment_id,
         ifnull (p.patient_id, a.patient_id) AS patient_id
  FROM mirror.charges c
    LEFT JOIN main.assignments a ON a.charge_id = c.id
    LEFT JOIN mirror.payment_intents i ON i.id = c.payment_intent
    LEFT JOIN main.payments p ON p.id = coalesce (a.payment_id, c.payment, i.payment);

-- What happened in one second stands in the order in which it was caused: hence the ranges of keys.
CREATE TEMP VIEW timeline_view AS
  SELECT a.pk AS pk, 'evt_' || a.pk AS id, 1 AS revision, a.at, a.subject_id AS payment_id,
         -- What waits for Stripe is only asked for, and Stripe may refuse it.
         -- Who takes a part leaves a payment for the rest.
         CASE WHEN a.before IS NULL AND a.after ->> '$.split-from' IS NOT NULL THEN 'payment-rest'
              WHEN a.person = 'stripe' AND a.verb <> 'link-cancel' AND a.verb NOT GLOB 'invoice-*' THEN a.verb || '-refused'
              WHEN a.verb = 'payment-refund' AND a.after ->> '$.tender' = 'stripe' THEN 'payment-refund-asked'
              ELSE a.verb END AS what,
         coalesce (p.name, iif (a.person = 'stripe', 'Stripe', a.person)) AS person,
         -- Of an insurer's answer, what it paid.
         coalesce (a.after ->> '$.amount', nullif (a.after ->> '$.collected', 0), a.before ->> '$.collected', a.after ->> '$.paid',
                   a.before ->> '$.paid', 0) AS amount,
         ifnull (a.after ->> '$.currency', (SELECT currency FROM main.practice)) AS currency,
         coalesce (a.reason, a.after ->> '$.text', a.after ->> '$.name', nullif (a.after ->> '$.tender', 'none'),
                   a.after ->> '$.expires-on', iif (a.verb = 'service-insurer', a.after ->> '$.reference', NULL))
           AS detail
  FROM main.audit a LEFT JOIN main.people p ON p.account = a.person
  WHERE a.verb NOT IN ('patient-view', 'document-open', 'document-rename', 'document-remove', 'document-restore', 'note-edit')
  UNION ALL
  -- What became of its documents and notes stands in the audit under their own ids.
  SELECT a.pk, 'evt_' || a.pk, 1, a.at, d.subject_id, a.verb, coalesce (p.name, a.person), 0, NULL,
         ifnull (a.before ->> '$.name' || ' → ' || (a.after ->> '$.name'), d.name)
  FROM main.documents d JOIN main.audit a ON a.subject_id = d.id LEFT JOIN main.people p ON p.account = a.person
  WHERE a.verb <> 'document-open'
  UNION ALL
  SELECT a.pk, 'evt_' || a.pk, 1, a.at, n.subject_id, a.verb, coalesce (p.name, a.person), 0, NULL, a.after ->> '$.text'
  FROM main.notes n JOIN main.audit a ON a.subject_id = n.id LEFT JOIN main.people p ON p.account = a.person
  UNION ALL
  -- A message of an invoice stands with the invoice and with its payments.
  SELECT a.pk, 'evt_' || a.pk, 1, a.at, m.invoice_id, iif (a.verb = 'message-send', 'message-' || ifnull (a.after ->> '$.state', 'queued'), a.verb),
         coalesce (p.name, a.person), 0, NULL, coalesce (a.after ->> '$.problem', m.subject)
  FROM main.messages m JOIN main.audit a ON a.subject_id = m.id LEFT JOIN main.people p ON p.account = a.person
  WHERE m.invoice_id IS NOT NULL
  UNION ALL
  SELECT a.pk, 'evt_' || a.pk, 1, a.at, y.id, iif (a.verb = 'message-send', 'message-' || ifnull (a.after ->> '$.state', 'queued'), a.verb),
         coalesce (p.name, a.person), 0, NULL, coalesce (a.after ->> '$.problem', m.subject)
  FROM main.payments y JOIN main.messages m ON m.payment_id = y.id OR (m.payment_id IS NULL AND m.invoice_id = y.invoice_id)
    JOIN main.audit a ON a.subject_id = m.id LEFT JOIN main.people p ON p.account = a.person
  UNION ALL
  -- Of what was held, perhaps only a part was taken, and later: an attempt's own time is that of its beginning.
  SELECT 1000000000000 + t.pk, t.id, 1,
         max (t.at, ifnull (CASE t.state WHEN 'succeeded' THEN b.created
                                         WHEN 'released' THEN i.json ->> '$.canceled_at'
                                         WHEN 'expired' THEN i.json ->> '$.canceled_at' END, 0)),
         t.payment_id, 'attempt-' || t.state, 'Stripe',
         iif (t.state = 'succeeded', coalesce (nullif (c.amount_captured, 0), t.amount), t.amount), t.currency, t.reason
  FROM main.attempts t
    LEFT JOIN mirror.charges c ON c.id = t.source
    LEFT JOIN mirror.balance_transactions b ON b.id = c.balance_transaction
    LEFT JOIN mirror.payment_intents i ON i.id = c.payment_intent
  UNION ALL
  SELECT 900000000000 + t.pk, 'evt_held_' || t.source, 1, t.at, t.payment_id, 'attempt-authorised', 'Stripe',
         t.amount, t.currency, NULL
  FROM main.attempts t
    JOIN mirror.charges c ON c.id = t.source
    JOIN mirror.payment_intents i ON i.id = c.payment_intent
  WHERE t.state IN ('succeeded', 'released', 'expired') AND i.json ->> '$.capture_method' = 'manual'
  UNION ALL
  -- What Stripe did with the money; the fee and the payout are known to the mirror alone.
  SELECT 2000000000000 + t.pk, 'evt_' || t.source, 1, t.at, t.payment_id, 'stripe-' || t.act, 'Stripe',
         (SELECT sum (s.amount) FROM main.postings s WHERE s.transaction_pk = t.pk AND s.amount > 0),
         (SELECT currency FROM main.postings s WHERE s.transaction_pk = t.pk LIMIT 1), t.reason
  FROM main.transactions t WHERE t.person = 'stripe' AND t.act <> 'collect'
  UNION ALL
  SELECT 5000000000000 + c.pk, 'evt_problem_' || m.charge_id, 1, m.at, m.payment_id, 'stripe-problem', 'Stripe',
         c.amount, upper (c.currency), m.sentence
  FROM main.posting_problems m JOIN mirror.charges c ON c.id = m.charge_id
  UNION ALL
  -- What was not captured is taken back by a line of Stripe's ledger of its own, without a fee. Its charge is looked up by the id in the
  -- transaction's source, “ch_…:collect”: comparing that with what each charge would make would read all charges for one payment.
  SELECT 3000000000000 + b.pk, 'evt_fee_' || b.id, 1, b.created, t.payment_id, 'stripe-fee', 'Stripe',
         b.fee, upper (b.currency),
         printf ('%lld', b.net - iif (b.currency = c.currency AND c.amount_captured > 0, c.amount - c.amount_captured, 0))
  FROM main.transactions t CROSS JOIN mirror.charges c ON c.id = substr (t.source, 1, length (t.source) - 8)
    JOIN mirror.balance_transactions b ON b.id = c.balance_transaction
  WHERE t.person = 'stripe' AND t.act = 'collect' AND t.source LIKE '%:collect' AND b.fee <> 0
  UNION ALL
  SELECT 4000000000000 + b.pk, 'evt_out_' || b.id, 1, o.created, t.payment_id, 'stripe-payout', 'Stripe',
         b.net - iif (b.currency = c.currency AND c.amount_captured > 0, c.amount - c.amount_captured, 0),
         upper (b.currency), o.id
  FROM main.transactions t CROSS JOIN mirror.charges c ON c.id = substr (t.source, 1, length (t.source) - 8)
    JOIN mirror.balance_transactions b ON b.id = c.balance_transaction
    JOIN mirror.payout_items n ON n.transaction_id = b.id JOIN mirror.payouts o ON o.id = n.payout
  WHERE t.person = 'stripe' AND t.act = 'collect' AND t.source LIKE '%:collect';

CREATE TEMP VIEW charges_view AS
  SELECT c.pk, c.id, 1 AS revision, c.created AS created_at, c.amount, upper (c.currency) AS currency, c.status,
         (SELECT s.status FROM mirror.stripe_payments s WHERE s.charge = c.id) AS standing, c.amount_captured AS captured,
         -- Stripe counts what was not captured among what was refunded.
         c.amount_refunded - iif (c.amount_captured > 0, min (c.amount - c.amount_captured, c.amount_refunded), 0)
           AS refunded, c.disputed,
         c.method, coalesce (c.json ->> '$.payment_method_details.card.brand',
                             c.json ->> '$.payment_method_details.us_bank_account.bank_name') AS brand,
         coalesce (c.json ->> '$.payment_method_details.card.last4',
                   c.json ->> '$.payment_method_details.us_bank_account.last4') AS last4,
         coalesce (c.json ->> '$.billing_details.name', u.json ->> '$.name') AS payer,
         coalesce (c.json ->> '$.billing_details.email', c.json ->> '$.receipt_email', u.email) AS email,
         c.json ->> '$.description' AS description,
         coalesce (c.json ->> '$.failure_message', c.json ->> '$.outcome.seller_message') AS outcome,
         c.json ->> '$.outcome.risk_level' AS risk, c.json ->> '$.receipt_url' AS receipt_url,
         c.customer, c.payment_intent,
         ifnull (b.fee, 0) AS fee,
         ifnull (b.net - iif (b.currency = c.currency AND c.amount_captured > 0, c.amount - c.amount_captured, 0), 0) AS net,
         ifnull (b.available_on, 0) AS available_at,
         n.payout, p.id AS payment_id, p.number AS payment, ifnull (p.patient_id, w.patient_id) AS patient_id, t.name AS patient_name
  FROM mirror.charges c
    LEFT JOIN mirror.balance_transactions b ON b.id = c.balance_transaction
    LEFT JOIN mirror.payout_items n ON n.transaction_id = b.id
    LEFT JOIN mirror.customers u ON u.id = c.customer
    LEFT JOIN main.assignments w ON w.charge_id = c.id LEFT JOIN mirror.payment_intents wi ON wi.id = c.payment_intent
    LEFT JOIN main.payments p ON p.id = coalesce (w.payment_id, c.payment, wi.payment)
    LEFT JOIN main.patients t ON t.id = ifnull (p.patient_id, w.patient_id);

-- What of Stripe's ledger belongs to a payment: the lines of all its charges, of their refunds and disputes. From the payment on, whatever
-- SQLite thinks of it without statistics; and no UNION of whole rows, into which it would not carry which payment is meant.
CREATE TEMP VIEW stripe_payment_moves AS
  SELECT s.pk AS payment_pk, b.pk AS pk, b.source, b.fee, b.net, b.currency
  FROM mirror.stripe_payments s CROSS JOIN mirror.charges c ON c.payment_intent = s.id OR c.id = s.id
    CROSS JOIN mirror.balance_transactions b
      ON b.source IN (SELECT c.id
                      UNION ALL SELECT r.id FROM mirror.stripe_refunds r WHERE r.charge = c.id
                      UNION ALL SELECT d.id FROM mirror.disputes d WHERE d.charge = c.id);

CREATE TEMP VIEW stripe_payments_view AS
  SELECT s.pk, s.id, 1 AS revision, s.created AS created_at, s.amount, upper (s.currency) AS currency, s.status,
         ifnull (c.amount_captured, 0) AS captured,
         -- Stripe counts what was not captured among what was refunded; what never was is no refund.
         CASE WHEN c.captured = 1 THEN max (c.amount_refunded - (c.amount - c.amount_captured), 0) ELSE 0 END AS refunded,
         -- Most payments are one line of the ledger.
         ifnull (CASE WHEN c.amount_refunded = 0 AND c.disputed = 0 AND c.status = 'succeeded' THEN b.fee
                 ELSE (SELECT sum (m.fee) FROM stripe_payment_moves m
                       WHERE m.payment_pk = s.pk AND m.currency = b.currency) END, 0) AS fee,
         ifnull (CASE WHEN c.amount_refunded = 0 AND c.disputed = 0 AND c.status = 'succeeded' THEN b.net
                 ELSE (SELECT sum (m.net) FROM stripe_payment_moves m
                       WHERE m.payment_pk = s.pk AND m.currency = b.currency) END, 0) AS net,
         upper (b.currency) AS settled, s.method,
         coalesce (c.json ->> '$.payment_method_details.card.brand',
                   c.json ->> '$.payment_method_details.us_bank_account.bank_name') AS brand,
         coalesce (c.json ->> '$.payment_method_details.card.last4',
                   c.json ->> '$.payment_method_details.us_bank_account.last4') AS last4,
         coalesce (c.json ->> '$.billing_details.name', u.json ->> '$.name') AS payer,
         coalesce (c.json ->> '$.billing_details.email', c.json ->> '$.receipt_email', i.json ->> '$.receipt_email', u.email)
           AS email,
         ifnull (c.json ->> '$.description', i.json ->> '$.description') AS description,
         ifnull (c.json ->> '$.failure_message', i.json ->> '$.last_payment_error.message') AS problem,
         ifnull (c.customer, i.customer) AS customer, s.charge, i.id AS payment_intent,
         ifnull (ifnull (c.json ->> '$.livemode', i.json ->> '$.livemode'), 0) AS live,
         p.id AS payment_id, p.number AS payment, t.id AS patient_id, t.name AS patient_name
  FROM mirror.stripe_payments s
    LEFT JOIN mirror.charges c ON c.id = s.charge
    LEFT JOIN mirror.payment_intents i ON i.id = s.id
    LEFT JOIN mirror.balance_transactions b ON b.id = c.balance_transaction
    LEFT JOIN mirror.customers u ON u.id = ifnull (c.customer, i.customer)
    LEFT JOIN main.assignments a ON a.charge_id = s.charge
    LEFT JOIN main.payments p ON p.id = coalesce (a.payment_id, s.payment)
    LEFT JOIN main.patients t ON t.id = ifnull (p.patient_id, a.patient_id);

CREATE TEMP VIEW payment_intents_view AS
  SELECT i.pk, i.id, 1 AS revision, i.created AS created_at, i.amount, upper (i.currency) AS currency, i.status,
         i.json ->> '$.description' AS description, i.customer, i.latest_charge AS charge,
         i.json ->> '$.last_payment_error.message' AS problem, i.json ->> '$.amount_capturable' AS capturable,
         i.json ->> '$.amount_received' AS received, p.id AS payment_id, p.number AS payment
  FROM mirror.payment_intents i LEFT JOIN main.payments p ON p.id = i.payment;

CREATE TEMP VIEW stripe_refunds_view AS
  SELECT r.pk, r.id, 1 AS revision, r.created AS created_at, r.amount, upper (r.currency) AS currency, r.status,
         r.reason, r.failure_reason AS problem, r.charge, p.id AS payment_id, p.number AS payment
  FROM mirror.stripe_refunds r
    LEFT JOIN mirror.charges c ON c.id = r.charge
    LEFT JOIN main.assignments w ON w.charge_id = c.id LEFT JOIN mirror.payment_intents wi ON wi.id = c.payment_intent
    LEFT JOIN main.payments p ON p.id = coalesce (w.payment_id, c.payment, wi.payment);

CREATE TEMP VIEW payouts_view AS
  SELECT o.pk, o.id, 1 AS revision, o.created AS created_at, o.arrival_date AS arrives_at,
         date (nullif (o.arrival_date, 0), 'unixepoch') AS arrives_on, o.amount,
         upper (o.currency) AS currency, o.status, o.automatic, o.reconciliation_status AS reconciliation,
         coalesce (o.json ->> '$.destination.bank_name', o.json ->> '$.destination.brand') AS bank,
         o.json ->> '$.destination.last4' AS last4, o.json ->> '$.type' AS kind, o.json ->> '$.method' AS method,
         o.json ->> '$.trace_id.value' AS trace, o.json ->> '$.trace_id.status' AS trace_status,
         o.json ->> '$.statement_descriptor' AS descriptor, o.json ->> '$.description' AS description,
         o.json ->> '$.failure_code' AS failure, o.json ->> '$.failure_message' AS problem,
         -- Of other payouts, one made by hand in between or one that came back, some may stand among its transactions.
         (SELECT ifnull (sum (b.net), 0) FROM mirror.payout_items n
            JOIN mirror.balance_transactions b ON b.id = n.transaction_id
          WHERE n.payout = o.id AND NOT (b.type = 'payout' AND b.source = o.id)) AS itemised
  FROM mirror.payouts o;

CREATE TEMP VIEW disputes_view AS
  SELECT d.pk, d.id, 1 AS revision, d.created AS created_at, d.amount, upper (d.currency) AS currency, d.status,
         d.reason, d.due_by AS due_at, d.charge, p.id AS payment_id, p.number AS payment,
         ifnull (p.patient_id, w.patient_id) AS patient_id, t.name AS patient_name,
         d.json ->> '$.payment_method_details.card.brand' AS brand,
         coalesce (d.json ->> '$.payment_method_details.card.network_reason_code', d.json ->> '$.network_reason_code')
           AS network_code,
         coalesce (c.json ->> '$.billing_details.name', u.json ->> '$.name', c.json ->> '$.billing_details.email',
                   c.json ->> '$.receipt_email', u.email) AS payer,
         c.last4, d.json ->> '$.payment_method_details.card.case_type' AS case_type,
         ifnull (d.json ->> '$.evidence_details.has_evidence', 0) AS has_evidence,
         ifnull (d.json ->> '$.evidence_details.past_due', 0) AS past_due,
         ifnull (d.json ->> '$.evidence_details.submission_count', 0) AS submissions,
         d.json ->> '$.evidence_details.submission_method' AS submission_method,
         ifnull (d.json ->> '$.is_charge_refundable', 0) AS refundable,
         (SELECT ifnull (-sum (value ->> '$.amount'), 0) FROM json_each (d.json, '$.balance_transactions')) AS withdrawn,
         (SELECT ifnull (sum (value ->> '$.fee'), 0) FROM json_each (d.json, '$.balance_transactions')) AS fee,
         a.state AS answer, ifnull (a.submitted_at, 0) AS submitted_at, nullif (a.outcome, 'none') AS outcome
  FROM mirror.disputes d LEFT JOIN main.dispute_answers a ON a.dispute_id = d.id
    LEFT JOIN mirror.charges c ON c.id = d.charge LEFT JOIN mirror.customers u ON u.id = c.customer
    LEFT JOIN main.assignments w ON w.charge_id = c.id LEFT JOIN mirror.payment_intents wi ON wi.id = c.payment_intent
    LEFT JOIN main.payments p ON p.id = coalesce (w.payment_id, c.payment, wi.payment)
    LEFT JOIN main.patients t ON t.id = ifnull (p.patient_id, w.patient_id);

CREATE TEMP VIEW balance_transactions_view AS
  SELECT b.pk, b.id, 1 AS revision, b.created AS created_at, b.available_on AS available_at,
         date (nullif (b.available_on, 0), 'unixepoch') AS available_on, b.amount, b.fee, b.net,
         upper (b.currency) AS currency, b.status, b.type, b.reporting_category AS category, b.source,
         b.json ->> '$.description' AS description, n.payout,
         p.id AS payment_id, p.number AS payment, t.name AS patient_name, d.id AS dispute, c.id AS charge
  FROM mirror.balance_transactions b LEFT JOIN mirror.payout_items n ON n.transaction_id = b.id
    -- What it is for leads to a charge: itself, or that of its refund or dispute.
    LEFT JOIN mirror.stripe_refunds r ON r.id = b.source
    LEFT JOIN mirror.disputes d ON d.id = b.source
    LEFT JOIN mirror.charges c ON c.id = coalesce (r.charge, d.charge, b.source)
    LEFT JOIN main.assignments w ON w.charge_id = c.id LEFT JOIN mirror.payment_intents wi ON wi.id = c.payment_intent
    LEFT JOIN main.payments p ON p.id = coalesce (w.payment_id, c.payment, wi.payment)
    LEFT JOIN main.patients t ON t.id = ifnull (p.patient_id, w.patient_id);

CREATE TEMP VIEW customers_view AS
  SELECT u.pk, u.id, 1 AS revision, u.created AS created_at, u.json ->> '$.name' AS name, u.email,
         u.json ->> '$.phone' AS phone, u.json ->> '$.description' AS description, u.deleted
  FROM mirror.customers u;

CREATE TEMP VIEW events_view AS
  SELECT e.pk, e.id, 1 AS revision, e.created AS created_at, e.type, e.object, e.object_id
  FROM mirror.events e;

CREATE TEMP VIEW tax_registrations_view AS
  SELECT x.pk, x.id, 1 AS revision, x.created AS created_at, x.country, x.status,
         coalesce (x.options ->> '$.state', x.options ->> '$.province_standard.province') AS region, x.options ->> '$.type' AS type,
         x.options -> (x.options ->> '$.type') ->> '$.jurisdiction' AS jurisdiction,
         x.options ->> '$.standard.place_of_supply_scheme' AS scheme,
         ifnull (x.json ->> '$.active_from', 0) AS active_from, ifnull (x.json ->> '$.expires_at', 0) AS expires_at
  -- What is registered for stands under the country's own name.
  FROM (SELECT *, json -> '$.country_options' -> lower (country) AS options FROM mirror.tax_registrations) x;

CREATE TEMP VIEW tax_settings_view AS
  SELECT 1 AS pk, 'tax_settings' AS id, 1 AS revision, s.json ->> '$.status' AS status,
         (SELECT group_concat (value) FROM json_each (s.json, '$.status_details.pending.missing_fields')) AS missing,
         s.json ->> '$.head_office.address.country' AS country, s.json ->> '$.head_office.address.state' AS state,
         s.json ->> '$.head_office.address.postal_code' AS postal_code, s.json ->> '$.head_office.address.city' AS city,
         s.json ->> '$.head_office.address.line1' AS line1, s.json ->> '$.head_office.address.line2' AS line2,
         s.json ->> '$.defaults.tax_code' AS tax_code, c.json ->> '$.name' AS tax_code_name,
         s.json ->> '$.defaults.tax_behavior' AS tax_behavior, s.json ->> '$.defaults.provider' AS provider,
         t.state AS fetch_state, t.problem, ifnull (s.fetched, 0) / 1000000 AS fetched_at
  FROM (SELECT 'tax_settings' AS name) n
    LEFT JOIN mirror.singles s ON s.name = n.name LEFT JOIN mirror.streams t ON t.name = n.name
    LEFT JOIN mirror.tax_codes c ON c.id = s.json ->> '$.defaults.tax_code';

CREATE TEMP VIEW tax_codes_view AS
  SELECT c.pk, c.id, 1 AS revision, c.json ->> '$.name' AS name, c.json ->> '$.description' AS description
  FROM mirror.tax_codes c;
