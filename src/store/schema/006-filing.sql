-- A removed document can be brought back; its file stays.
ALTER TABLE documents ADD COLUMN removed_at INTEGER NOT NULL DEFAULT 0;

-- A note that its author changed; what it said before is in the audit.
ALTER TABLE notes ADD COLUMN edited_at INTEGER NOT NULL DEFAULT 0;

-- Both with the name of who wrote or filed them, as people know them.
CREATE VIEW notes_view AS
  SELECT n.*, p.name AS person_name FROM notes n LEFT JOIN people p ON p.account = n.person;
CREATE VIEW documents_view AS
  SELECT d.*, p.name AS person_name FROM documents d LEFT JOIN people p ON p.account = d.person;

-- The head of receipts and other letters, and a sentence below them.
ALTER TABLE practice ADD COLUMN address_line TEXT;
ALTER TABLE practice ADD COLUMN city TEXT;
ALTER TABLE practice ADD COLUMN region TEXT;
ALTER TABLE practice ADD COLUMN postal_code TEXT;
ALTER TABLE practice ADD COLUMN country TEXT;
ALTER TABLE practice ADD COLUMN phone TEXT;
ALTER TABLE practice ADD COLUMN email TEXT;
ALTER TABLE practice ADD COLUMN receipt_note TEXT;
