-- Lists order what is equal by its time and then by its row. With the row in the index too, SQLite reads the order from it and sorts nothing.
DROP INDEX payments_by_created;
CREATE INDEX payments_by_created
  ON payments (created_at, pk, status_rank, location_id, due_on, amount, patient_id);
DROP INDEX payments_by_amount;
CREATE INDEX payments_by_amount
  ON payments (amount, created_at, pk, status_rank, location_id, due_on, patient_id);
DROP INDEX payments_by_due;
CREATE INDEX payments_by_due
  ON payments (due_on, created_at, pk, status_rank, location_id, amount, patient_id);
DROP INDEX payments_by_status;
CREATE INDEX payments_by_status
  ON payments (status_rank, created_at, pk, location_id, due_on, amount, patient_id);
DROP INDEX payments_by_patient_name;
CREATE INDEX payments_by_patient_name
  ON payments (patient_key, created_at, pk, status_rank, location_id, due_on, amount, patient_id);
DROP INDEX payments_by_patient;
CREATE INDEX payments_by_patient
  ON payments (patient_id, created_at, pk, status_rank, location_id, due_on, amount);

DROP INDEX treatments_by_charges;
CREATE INDEX treatments_by_charges ON treatments (charges, pk, starts_at, location_id, patient_id);
CREATE INDEX treatments_by_number ON treatments (pk, starts_at, location_id, patient_id, charges);
