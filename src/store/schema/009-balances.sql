-- What patients owe: of each patient, and for each treatment, what is Pending, Processing or Failed, and the first day on which some of it
-- is due. Read with the few rows that are on the screen, so that there is nothing to keep.
CREATE VIEW patients_view AS
  SELECT c.*,
         (SELECT ifnull (sum (amount), 0) FROM payments INDEXED BY payments_by_patient
          WHERE patient_id = c.id AND status_rank IN (1, 2, 4)) AS balance,
         (SELECT min (due_on) FROM payments INDEXED BY payments_by_patient
          WHERE patient_id = c.id AND status_rank IN (1, 2, 4)) AS owed_since
  FROM patients c;

DROP VIEW treatments_view;
CREATE VIEW treatments_view AS
  SELECT t.*, c.name AS patient_name, l.name AS location, d.name AS physician,
         (SELECT group_concat (code, ', ') FROM treatment_codes WHERE treatment_id = t.id) AS codes,
         (SELECT ifnull (sum (amount), 0) FROM payments
          WHERE treatment_id = t.id AND status_rank IN (1, 2, 4)) AS balance,
         (SELECT min (due_on) FROM payments
          WHERE treatment_id = t.id AND status_rank IN (1, 2, 4)) AS owed_since
  FROM treatments t JOIN patients c ON c.id = t.patient_id
    LEFT JOIN locations l ON l.id = t.location_id LEFT JOIN physicians d ON d.id = t.physician_id;
