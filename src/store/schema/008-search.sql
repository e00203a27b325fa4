-- Lists of what one physician treated begin at the treatments.
CREATE INDEX treatments_by_physician ON treatments (physician_id, id);
