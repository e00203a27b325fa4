-- What is mailed to patients, and what it says.

-- A message is kept as it goes out. Where it waits for a payment link, U+FFFC stands in its place in the body until the link is there.
CREATE TABLE messages (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL CHECK (kind IN ('invoice', 'reminder', 'statement', 'receipt', 'request')),
  channel TEXT NOT NULL CHECK (channel IN ('smtp', 'portal')),
  patient_id TEXT NOT NULL REFERENCES patients (id),
  invoice_id TEXT REFERENCES invoices (id),
  payment_id TEXT REFERENCES payments (id),
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  language TEXT,
  with_link INTEGER NOT NULL DEFAULT 0,
  message_id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'handed', 'unknown', 'failed', 'cancelled')),
  day TEXT NOT NULL,
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  sent_at INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0,
  problem TEXT
) STRICT;

-- Whatever became of the first one: nobody is reminded of the same thing twice a day.
CREATE UNIQUE INDEX messages_remind_once ON messages (invoice_id, day) WHERE kind = 'reminder';
CREATE INDEX messages_open ON messages (pk) WHERE state IN ('queued', 'sending');
CREATE INDEX messages_by_state ON messages (state, pk);
CREATE INDEX messages_by_patient ON messages (patient_id, pk);
CREATE INDEX messages_by_invoice ON messages (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX messages_by_payment ON messages (payment_id) WHERE payment_id IS NOT NULL;

CREATE VIEW messages_view AS
  SELECT m.*, c.name AS patient_name, c.number AS patient_number, i.number AS invoice, p.number AS payment
  FROM messages m JOIN patients c ON c.id = m.patient_id LEFT JOIN invoices i ON i.id = m.invoice_id
    LEFT JOIN payments p ON p.id = m.payment_id;

-- What the practice says in place of the built-in texts; an empty language is for all that have none of their own.
CREATE TABLE templates (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (kind, language)
) STRICT;

-- One row. The password of the mail server is in the keyring. Reminders count days before and after the due day, as “7,1”; reminded_on is
-- the last day for which they were made.
CREATE TABLE mail_settings (
  pk INTEGER PRIMARY KEY CHECK (pk = 1),
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  channel TEXT NOT NULL DEFAULT 'none' CHECK (channel IN ('none', 'smtp', 'portal')),
  from_address TEXT,
  from_name TEXT,
  host TEXT,
  port INTEGER NOT NULL DEFAULT 0,
  security TEXT NOT NULL DEFAULT 'starttls' CHECK (security IN ('tls', 'starttls', 'none')),
  user TEXT,
  with_link INTEGER NOT NULL DEFAULT 1,
  remind_before TEXT,
  remind_after TEXT,
  reminded_on TEXT
) STRICT;
INSERT INTO mail_settings (pk, id) VALUES (1, 'mail');
