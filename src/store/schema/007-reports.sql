-- Payments by the day of their collection: behind the Total Collected chart, and the reports of what came in.
CREATE INDEX payments_by_paid
  ON payments (paid_on, created_at, pk, status_rank, location_id, due_on, amount, patient_id, tender, patient_key)
  WHERE paid_on IS NOT NULL;
