-- The practice's side of invoicing: billing rates, services, invoices (seeds/client-invoices-and-portal.txt).

-- What stands on paper, and the form of the numbers of invoices. Nothing clinical stands there unless somebody switches it on.
ALTER TABLE practice ADD COLUMN logo TEXT;
ALTER TABLE practice ADD COLUMN invoice_note TEXT;
ALTER TABLE practice ADD COLUMN invoice_prefix TEXT NOT NULL DEFAULT 'INV-';
ALTER TABLE practice ADD COLUMN invoice_digits INTEGER NOT NULL DEFAULT 3;
ALTER TABLE practice ADD COLUMN invoice_days INTEGER NOT NULL DEFAULT 30;
ALTER TABLE practice ADD COLUMN show_services INTEGER NOT NULL DEFAULT 0;
ALTER TABLE practice ADD COLUMN show_codes INTEGER NOT NULL DEFAULT 0;

-- What a patient wants to hear from the practice, and whether they turned out to be another one.
ALTER TABLE patients ADD COLUMN no_mail INTEGER NOT NULL DEFAULT 0;
ALTER TABLE patients ADD COLUMN no_reminders INTEGER NOT NULL DEFAULT 0;
ALTER TABLE patients ADD COLUMN merged_into TEXT REFERENCES patients (id);
CREATE INDEX patients_merged ON patients (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE rates (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  number TEXT NOT NULL UNIQUE,
  code_system TEXT NOT NULL DEFAULT 'own',
  code TEXT,
  name TEXT NOT NULL,
  payer_kind TEXT NOT NULL DEFAULT 'self-pay' CHECK (payer_kind IN ('self-pay', 'insurance')),
  billable INTEGER NOT NULL DEFAULT 1,
  invoiced INTEGER NOT NULL DEFAULT 0 CHECK (invoiced <= billable),
  twin_id TEXT REFERENCES rates (id),
  currency TEXT NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX rates_by_code ON rates (code, payer_kind, retired);
CREATE INDEX rates_by_name ON rates (name);

CREATE TABLE rate_prices (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  rate_id TEXT NOT NULL REFERENCES rates (id),
  payer TEXT,
  from_on TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX rate_prices_once ON rate_prices (rate_id, ifnull (payer, ''), from_on);

CREATE TABLE invoices (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  number TEXT NOT NULL UNIQUE,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  invoiced_on TEXT NOT NULL,
  due_on TEXT,
  currency TEXT NOT NULL,
  charges INTEGER NOT NULL,
  insurer INTEGER NOT NULL DEFAULT 0,
  amount INTEGER NOT NULL CHECK (amount > 0),
  prepaid INTEGER NOT NULL DEFAULT 0 CHECK (prepaid BETWEEN 0 AND amount),
  lowered INTEGER NOT NULL DEFAULT 0,
  credited INTEGER NOT NULL DEFAULT 0,
  -- Kept by triggers from the payments that belong to it.
  collected INTEGER NOT NULL DEFAULT 0,
  written_off INTEGER NOT NULL DEFAULT 0,
  balance INTEGER NOT NULL DEFAULT 0 CHECK (balance >= 0),
  voided_at INTEGER NOT NULL DEFAULT 0,
  memo TEXT,
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  patient_key BLOB NOT NULL DEFAULT x'',
  status TEXT NOT NULL GENERATED ALWAYS AS (CASE
    WHEN voided_at > 0 THEN 'void'
    WHEN balance > 0 AND collected + prepaid > 0 THEN 'partly-paid'
    WHEN balance > 0 THEN 'open'
    WHEN written_off > 0 THEN 'written-off'
    ELSE 'paid' END) STORED
) STRICT;
CREATE INDEX invoices_by_number ON invoices (pk, status, due_on, balance, amount, patient_id);
CREATE INDEX invoices_by_invoiced ON invoices (invoiced_on, pk, status, due_on, balance, amount, patient_id);
CREATE INDEX invoices_by_due ON invoices (due_on, pk, status, balance, amount, patient_id, invoiced_on);
CREATE INDEX invoices_by_patient ON invoices (patient_id, pk, status, due_on, balance, amount, invoiced_on);
CREATE INDEX invoices_by_patient_name ON invoices (patient_key, pk, status, due_on, balance, amount, patient_id, invoiced_on);
CREATE INDEX invoices_by_status ON invoices (status, pk, due_on, balance, amount, patient_id, invoiced_on);
CREATE INDEX invoices_by_amount ON invoices (amount, pk, status, due_on, balance, patient_id, invoiced_on);
CREATE INDEX invoices_by_balance ON invoices (balance, pk, status, due_on, amount, patient_id, invoiced_on);

CREATE TABLE services (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  number TEXT NOT NULL UNIQUE,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  treatment_id TEXT REFERENCES treatments (id),
  location_id TEXT REFERENCES locations (id),
  source TEXT UNIQUE,
  rate_id TEXT REFERENCES rates (id),
  day TEXT NOT NULL,
  code_system TEXT,
  code TEXT,
  name TEXT NOT NULL,
  units INTEGER NOT NULL DEFAULT 1 CHECK (units > 0),
  price INTEGER NOT NULL CHECK (price >= 0),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  currency TEXT NOT NULL,
  billable INTEGER NOT NULL DEFAULT 1,
  rate_invoiced INTEGER NOT NULL DEFAULT 0,
  payer_kind TEXT NOT NULL DEFAULT 'self-pay' CHECK (payer_kind IN ('self-pay', 'insurance')),
  payer TEXT,
  insurer_part INTEGER NOT NULL DEFAULT 0 CHECK (insurer_part BETWEEN 0 AND amount),
  allowed INTEGER NOT NULL DEFAULT -1,
  insurer_paid INTEGER NOT NULL DEFAULT 0,
  insurer_adjusted INTEGER NOT NULL DEFAULT 0,
  answered_on TEXT,
  reviewed_at INTEGER NOT NULL DEFAULT 0,
  reviewed_by TEXT,
  invoice_id TEXT REFERENCES invoices (id),
  removed_at INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  patient_key BLOB NOT NULL DEFAULT x'',
  patient_part INTEGER NOT NULL GENERATED ALWAYS AS (amount - insurer_part) STORED,
  insurer_open INTEGER NOT NULL GENERATED ALWAYS AS (insurer_part - insurer_paid - insurer_adjusted) STORED,
  state TEXT NOT NULL GENERATED ALWAYS AS (CASE
    WHEN removed_at > 0 THEN 'removed'
    WHEN invoice_id IS NOT NULL THEN 'invoiced'
    WHEN billable = 0 THEN 'not-billed'
    WHEN amount > insurer_part AND (rate_invoiced = 1 OR answered_on IS NOT NULL) THEN 'to-invoice'
    WHEN insurer_part > 0 AND (answered_on IS NULL OR insurer_part > insurer_paid + insurer_adjusted) THEN 'with-insurer'
    WHEN amount > insurer_part THEN 'not-invoiced'
    ELSE 'settled' END) STORED
) STRICT;
CREATE INDEX services_by_day ON services (day, pk, state, location_id, patient_part, patient_id, rate_id);
CREATE INDEX services_by_patient_name ON services (patient_key, day, pk, state, location_id, patient_part, patient_id, rate_id);
CREATE INDEX services_by_state ON services (state, day, pk, location_id, patient_part, patient_id, rate_id);
CREATE INDEX services_by_state_and_name ON services (state, patient_key, day, pk, location_id, patient_part, patient_id, rate_id);
CREATE INDEX services_by_patient ON services (patient_id, day, pk, state, patient_part);
CREATE INDEX services_by_treatment ON services (treatment_id);
CREATE INDEX services_by_rate ON services (rate_id, state);
CREATE INDEX services_by_invoice ON services (invoice_id) WHERE invoice_id IS NOT NULL;

CREATE TABLE insurer_answers (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  service_id TEXT NOT NULL REFERENCES services (id),
  payer TEXT,
  day TEXT NOT NULL,
  reference TEXT,
  allowed INTEGER NOT NULL DEFAULT -1,
  paid INTEGER NOT NULL DEFAULT 0,
  adjusted INTEGER NOT NULL DEFAULT 0,
  patient INTEGER NOT NULL DEFAULT -1,
  codes TEXT,
  source TEXT UNIQUE,
  moved INTEGER NOT NULL DEFAULT 0,
  lowered INTEGER NOT NULL DEFAULT 0,
  credited INTEGER NOT NULL DEFAULT 0,
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  taken_back_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX insurer_answers_by_service ON insurer_answers (service_id, pk);
CREATE INDEX insurer_answers_by_day ON insurer_answers (day, pk);

CREATE TABLE invoice_lines (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  invoice_id TEXT NOT NULL REFERENCES invoices (id),
  service_id TEXT NOT NULL REFERENCES services (id),
  day TEXT NOT NULL,
  code TEXT,
  name TEXT NOT NULL,
  units INTEGER NOT NULL,
  price INTEGER NOT NULL,
  charge INTEGER NOT NULL,
  insurer INTEGER NOT NULL DEFAULT 0,
  amount INTEGER NOT NULL
) STRICT;
CREATE INDEX invoice_lines_by_invoice ON invoice_lines (invoice_id, pk);
CREATE INDEX invoice_lines_by_service ON invoice_lines (service_id);
CREATE TRIGGER invoice_lines_kept BEFORE UPDATE OF charge, insurer, amount, units, price, service_id, invoice_id ON invoice_lines BEGIN
  SELECT raise (ABORT, 'what an invoice said is never changed');
END;

-- What paid pre-payments of a treatment paid of its invoice. Those still open join the invoice instead (payments.joined).
CREATE TABLE prepayments (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  invoice_id TEXT NOT NULL REFERENCES invoices (id),
  payment_id TEXT NOT NULL REFERENCES payments (id),
  amount INTEGER NOT NULL CHECK (amount > 0),
  UNIQUE (invoice_id, payment_id)
) STRICT;
CREATE INDEX prepayments_by_payment ON prepayments (payment_id);

ALTER TABLE payments ADD COLUMN invoice_id TEXT REFERENCES invoices (id);
ALTER TABLE payments ADD COLUMN joined INTEGER NOT NULL DEFAULT 0;
-- What has no payment (credit paid back, insurers' answers) is found for a statement by its patient.
CREATE INDEX transactions_by_patient ON transactions (patient_id) WHERE payment_id IS NULL;

CREATE INDEX payments_by_invoice ON payments (invoice_id) WHERE invoice_id IS NOT NULL;

-- Many invoices at once are written with the balance that their payments are about to bring: what says so already is not written again.
CREATE TRIGGER invoice_of_new_payment AFTER INSERT ON payments WHEN new.invoice_id IS NOT NULL BEGIN
  UPDATE invoices SET (collected, written_off, balance) =
    (SELECT ifnull (sum (collected), 0), ifnull (sum (amount) FILTER (WHERE written_off_at > 0), 0),
            ifnull (sum (amount) FILTER (WHERE status_rank IN (0, 1, 2, 4)), 0) FROM payments WHERE invoice_id = new.invoice_id)
    WHERE id = new.invoice_id AND (collected, written_off, balance) IS NOT
      (SELECT ifnull (sum (collected), 0), ifnull (sum (amount) FILTER (WHERE written_off_at > 0), 0),
              ifnull (sum (amount) FILTER (WHERE status_rank IN (0, 1, 2, 4)), 0) FROM payments WHERE invoice_id = new.invoice_id);
END;
CREATE TRIGGER invoice_of_payment AFTER UPDATE OF status, amount, collected, written_off_at, invoice_id ON payments
WHEN new.invoice_id IS NOT NULL BEGIN
  UPDATE invoices SET (collected, written_off, balance) =
    (SELECT ifnull (sum (collected), 0), ifnull (sum (amount) FILTER (WHERE written_off_at > 0), 0),
            ifnull (sum (amount) FILTER (WHERE status_rank IN (0, 1, 2, 4)), 0) FROM payments WHERE invoice_id = new.invoice_id)
    WHERE id = new.invoice_id;
END;
CREATE TRIGGER invoice_of_payment_before AFTER UPDATE OF invoice_id ON payments
WHEN old.invoice_id IS NOT NULL AND old.invoice_id IS NOT new.invoice_id BEGIN
  UPDATE invoices SET (collected, written_off, balance) =
    (SELECT ifnull (sum (collected), 0), ifnull (sum (amount) FILTER (WHERE written_off_at > 0), 0),
            ifnull (sum (amount) FILTER (WHERE status_rank IN (0, 1, 2, 4)), 0) FROM payments WHERE invoice_id = old.invoice_id)
    WHERE id = old.invoice_id;
END;

DROP VIEW payments_view;
CREATE VIEW payments_view AS
  SELECT p.*, c.name AS patient_name, c.number AS patient_number,
         t.number AS treatment, l.name AS location, i.number AS invoice
  FROM payments p JOIN patients c ON c.id = p.patient_id
    LEFT JOIN treatments t ON t.id = p.treatment_id LEFT JOIN locations l ON l.id = p.location_id
    LEFT JOIN invoices i ON i.id = p.invoice_id;

CREATE VIEW rates_view AS
  SELECT r.*, w.number AS twin, w.name AS twin_name,
         ifnull ((SELECT amount FROM rate_prices WHERE rate_id = r.id AND payer IS NULL AND from_on <= date ('now')
                  ORDER BY from_on DESC LIMIT 1), -1) AS price,
         (SELECT count (*) FROM services WHERE rate_id = r.id AND state <> 'removed') AS n_services
  FROM rates r LEFT JOIN rates w ON w.id = r.twin_id;

CREATE VIEW services_view AS
  SELECT s.*, c.name AS patient_name, c.number AS patient_number, t.number AS treatment, l.name AS location,
         d.name AS physician, r.name AS rate, r.number AS rate_number, i.number AS invoice
  FROM services s JOIN patients c ON c.id = s.patient_id
    LEFT JOIN treatments t ON t.id = s.treatment_id LEFT JOIN locations l ON l.id = s.location_id
    LEFT JOIN physicians d ON d.id = t.physician_id
    LEFT JOIN rates r ON r.id = s.rate_id LEFT JOIN invoices i ON i.id = s.invoice_id;

CREATE VIEW insurer_answers_view AS
  SELECT a.*, s.number AS service, c.name AS patient_name
  FROM insurer_answers a JOIN services s ON s.id = a.service_id JOIN patients c ON c.id = s.patient_id;

CREATE VIEW invoices_view AS
  SELECT i.*, c.name AS patient_name, c.number AS patient_number, c.email AS patient_email,
         (SELECT count (*) FROM invoice_lines WHERE invoice_id = i.id) AS n_services
  FROM invoices i JOIN patients c ON c.id = i.patient_id;

CREATE VIEW invoice_lines_view AS
  SELECT n.*, s.number AS service, t.number AS treatment
  FROM invoice_lines n JOIN services s ON s.id = n.service_id LEFT JOIN treatments t ON t.id = s.treatment_id;

CREATE VIEW prepayments_view AS
  SELECT y.*, p.number AS payment, p.paid_on FROM prepayments y JOIN payments p ON p.id = y.payment_id;
