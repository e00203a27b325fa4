-- What imports have to remember, so that the same file again changes nothing, a later version changes what it should, and what
-- comes in today finds what came in last year.

-- By which names the sources of imports speak of a record: `Patient/123`, an absolute address, `urn:uuid:…`,
-- `Patient?identifier=system|value`. The kind `sources` is for what is no record by itself (a Claim): its id is the first of its names.
-- The kind `insurers` is for organisations of which only the name is kept: it is the id.
CREATE TABLE identities (
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (key, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_by_id ON identities (id, kind);

-- What was imported last of a record or a source, by the type that it has there.
CREATE TABLE imported (
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  digest TEXT NOT NULL,
  version TEXT,
  updated_at INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  PRIMARY KEY (id, type)
) STRICT, WITHOUT ROWID;

-- What each source says about the money of a treatment. The tiers are 0 claim, 1 benefit, 2 charge, 3 procedure, 4 visit: the same
-- service stands in several, and the first that has it counts.
CREATE TABLE import_parts (
  source TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  treatment_id TEXT NOT NULL REFERENCES treatments (id),
  tier INTEGER NOT NULL,
  charges INTEGER NOT NULL,
  coinsurance INTEGER NOT NULL,
  deductible INTEGER NOT NULL,
  copay INTEGER NOT NULL,
  insurer_paid INTEGER NOT NULL,
  PRIMARY KEY (source, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_parts_by_treatment ON import_parts (treatment_id, tier);

-- Likewise about its codes.
CREATE TABLE import_codes (
  source TEXT NOT NULL,
  line INTEGER NOT NULL,
  treatment_id TEXT NOT NULL REFERENCES treatments (id),
  tier INTEGER NOT NULL,
  system TEXT NOT NULL,
  code TEXT NOT NULL,
  display TEXT,
  units INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (source, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_codes_by_treatment ON import_codes (treatment_id, system, code, tier);

-- What a record refers to and can be without (a treatment's location) until it comes in.
CREATE TABLE import_pending (
  id TEXT NOT NULL,
  role TEXT NOT NULL,
  rank INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (role, id, rank)
) STRICT, WITHOUT ROWID;

-- Entries without what they cannot be without (an encounter without its patient), as they stood in their file. Every later import reads
-- them again.
CREATE TABLE import_waiting (
  pk INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  what TEXT NOT NULL,
  waits_for TEXT NOT NULL,
  entry BLOB NOT NULL,
  since INTEGER NOT NULL
) STRICT;

-- One row an import.
CREATE TABLE imports (
  pk INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  person TEXT NOT NULL,
  files TEXT NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  waiting INTEGER NOT NULL
) STRICT;
