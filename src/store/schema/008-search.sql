-- Lists of what one physician treated begin at the treatments.
CREATE INDEX treatments_by_physician ON treatments (physician_id, id);

-- The search finds payments by any part of their memo and of their notes. The program keeps what follows, as it keeps patients_search.
--
-- Memos say the same again and again (“Copay”): each is there once, and stays when no payment says it any more.
CREATE TABLE memos (
  pk INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE,
  search TEXT NOT NULL
) STRICT;
INSERT INTO memos (text, search)
  SELECT memo, billing_fold (memo) FROM (SELECT DISTINCT memo FROM payments WHERE memo IS NOT NULL);
CREATE INDEX payments_by_memo ON payments (memo) WHERE memo IS NOT NULL;

CREATE VIRTUAL TABLE memos_search USING fts5 (
  search, content = 'memos', content_rowid = 'pk', tokenize = 'trigram'
);
INSERT INTO memos_search (memos_search) VALUES ('rebuild');

ALTER TABLE notes ADD COLUMN search TEXT NOT NULL DEFAULT '';
UPDATE notes SET search = billing_fold (text);

CREATE VIRTUAL TABLE notes_search USING fts5 (
  search, content = 'notes', content_rowid = 'pk', tokenize = 'trigram'
);
INSERT INTO notes_search (notes_search) VALUES ('rebuild');
