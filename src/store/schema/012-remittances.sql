-- What insurers paid and for what (X12 835, FHIR ExplanationOfBenefit), and estimates kept to be compared with it.

CREATE TABLE remittances (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  number TEXT NOT NULL UNIQUE,
  format TEXT NOT NULL,
  payer TEXT NOT NULL DEFAULT '',
  payer_code TEXT,
  payee TEXT,
  reference TEXT NOT NULL,
  method TEXT,
  day TEXT,
  amount INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  provider_adjusted INTEGER NOT NULL DEFAULT 0,
  provider_codes TEXT,
  imbalance INTEGER NOT NULL DEFAULT 0,
  currency TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Kept by triggers from its lines.
  n_lines INTEGER NOT NULL DEFAULT 0,
  n_open INTEGER NOT NULL DEFAULT 0,
  n_posted INTEGER NOT NULL DEFAULT 0,
  posted INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL GENERATED ALWAYS AS (CASE
    WHEN n_open > 0 AND n_posted > 0 THEN 'partly-posted'
    WHEN n_open > 0 OR n_lines = 0 THEN 'open'
    WHEN n_posted = n_lines THEN 'posted'
    ELSE 'closed' END) STORED
) STRICT;
CREATE INDEX remittances_by_day ON remittances (day, pk, state, amount);
CREATE INDEX remittances_by_state ON remittances (state, day, pk, amount);
CREATE INDEX remittances_by_payer ON remittances (payer, pk, state, amount);
CREATE INDEX remittances_by_amount ON remittances (amount, pk, state);

CREATE TABLE remittance_lines (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  remittance_id TEXT NOT NULL REFERENCES remittances (id),
  place INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('service', 'claim', 'rest')),
  claim TEXT NOT NULL,
  payer_claim TEXT,
  claim_status TEXT,
  patient_name TEXT,
  member_id TEXT,
  treatment_id TEXT REFERENCES treatments (id),
  day TEXT,
  code TEXT,
  modifiers TEXT,
  units INTEGER NOT NULL DEFAULT 1,
  charge INTEGER NOT NULL,
  allowed INTEGER NOT NULL DEFAULT -1,
  paid INTEGER NOT NULL,
  adjusted INTEGER NOT NULL,
  prior INTEGER NOT NULL DEFAULT 0,
  patient INTEGER NOT NULL,
  imbalance INTEGER NOT NULL DEFAULT 0,
  codes TEXT,
  service_id TEXT REFERENCES services (id),
  answer_id TEXT UNIQUE REFERENCES insurer_answers (id),
  state TEXT NOT NULL DEFAULT 'unmatched' CHECK (state IN ('unmatched', 'matched', 'posted', 'refused', 'dismissed')),
  why TEXT,
  done_at INTEGER NOT NULL DEFAULT 0,
  done_by TEXT,
  chosen_by TEXT,
  CHECK ((state = 'posted') = (answer_id IS NOT NULL)),
  CHECK (state NOT IN ('matched', 'posted') OR service_id IS NOT NULL)
) STRICT;
CREATE INDEX remittance_lines_by_remittance ON remittance_lines (remittance_id, pk, state, paid);
CREATE INDEX remittance_lines_by_state ON remittance_lines (state, remittance_id, pk);
CREATE INDEX remittance_lines_by_service ON remittance_lines (service_id) WHERE service_id IS NOT NULL;

CREATE TRIGGER remittance_of_new_line AFTER INSERT ON remittance_lines BEGIN
  UPDATE remittances SET n_lines = n_lines + 1, n_open = n_open + 1 WHERE id = new.remittance_id;
END;
CREATE TRIGGER remittance_of_line AFTER UPDATE OF state ON remittance_lines WHEN old.state <> new.state BEGIN
  UPDATE remittances SET
    n_open = n_open + (new.state IN ('unmatched', 'matched', 'refused')) - (old.state IN ('unmatched', 'matched', 'refused')),
    n_posted = n_posted + (new.state = 'posted') - (old.state = 'posted'),
    posted = posted + iif (new.state = 'posted', new.paid, 0) - iif (old.state = 'posted', old.paid, 0)
    WHERE id = new.remittance_id;
END;
-- A file that comes again with other figures changes nothing that was dealt with.
CREATE TRIGGER remittance_lines_kept BEFORE UPDATE OF charge, paid, adjusted, patient, prior, code, day, claim ON remittance_lines
WHEN old.state IN ('posted', 'dismissed') AND new.state = old.state BEGIN
  SELECT raise (IGNORE);
END;
-- An answer that is taken back can be posted again.
CREATE TRIGGER remittance_line_of_answer AFTER UPDATE OF taken_back_at ON insurer_answers
WHEN old.taken_back_at = 0 AND new.taken_back_at > 0 BEGIN
  UPDATE remittance_lines SET revision = revision + 1, state = 'matched', answer_id = NULL, why = NULL, done_at = 0, done_by = NULL
    WHERE answer_id = new.id;
END;

CREATE VIEW remittances_view AS
  SELECT r.*, (SELECT count (*) FROM remittance_lines WHERE remittance_id = r.id AND state = 'matched') AS n_matched,
         (SELECT ifnull (sum (paid), 0) FROM remittance_lines WHERE remittance_id = r.id AND state = 'matched') AS to_post
  FROM remittances r;

CREATE VIEW remittance_lines_view AS
  SELECT n.*, r.number AS remittance, r.payer, r.reference, r.day AS paid_on, r.currency, s.number AS service, s.name AS service_name
  FROM remittance_lines n JOIN remittances r ON r.id = n.remittance_id LEFT JOIN services s ON s.id = n.service_id;

CREATE TABLE estimates (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  payment_id TEXT NOT NULL UNIQUE REFERENCES payments (id),
  treatment_id TEXT REFERENCES treatments (id),
  payer TEXT,
  charge INTEGER NOT NULL,
  estimated INTEGER NOT NULL,
  currency TEXT NOT NULL,
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX estimates_by_treatment ON estimates (treatment_id);
CREATE INDEX estimates_by_payer ON estimates (payer, pk);

-- What the patient's part turned out to be: known when the insurer has answered every service of the treatment that it is asked for.
CREATE VIEW estimates_view AS
  SELECT e.*, p.number AS payment, t.number AS treatment, c.name AS patient_name,
         iif (a.n > 0 AND a.n_waiting = 0, a.day, NULL) AS day,
         iif (a.n > 0 AND a.n_waiting = 0, a.patient, -1) AS actual
  FROM estimates e JOIN payments p ON p.id = e.payment_id JOIN patients c ON c.id = p.patient_id
    LEFT JOIN treatments t ON t.id = e.treatment_id
    LEFT JOIN (SELECT treatment_id, sum (answered_on IS NOT NULL) AS n, sum (answered_on IS NULL AND insurer_part > 0) AS n_waiting,
                      max (answered_on) AS day, sum (patient_part) AS patient
               FROM services WHERE removed_at = 0 AND billable = 1 AND treatment_id IS NOT NULL GROUP BY treatment_id) a
      ON a.treatment_id = e.treatment_id;
