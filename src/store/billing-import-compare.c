/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-import-compare"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "billing-import-private.h"

/*
 * What is staged, compared with the books: which things are known, which of them changed, what refers to what, and what has to wait. All of
 * it set by set. Nothing here writes to the books.
 */

/* A name that is only unique on its server does not name what has another address. */
#define LOOSE \
  "(r.rank > 0 AND r.key NOT LIKE '%?identifier=%' AND r.key NOT LIKE 'http%')"

#define STAGED "s.item BETWEEN ?1 AND ?2 AND s.winner"

/* Keys of X12 answers: `patients#member:1963-05-19|john|123456789`, `patients#insured:john smith|123456789`,
 * `coverages#member:1963-05-19|john smith|123456789`. */
#define KEYS_OF(kind) "k.key >= '" kind ":' AND k.key < '" kind ";'"
#define BEFORE_BAR(text) "substr (" text ", 1, instr (" text ", '|') - 1)"
#define BEHIND_BAR(text) "substr (" text ", instr (" text ", '|') + 1)"

static const char * const clear_statements[] = {
  "DELETE FROM stage_links",
  "DELETE FROM stage_state",
  "INSERT INTO stage_state SELECT ifnull (max (pk), 0) FROM imports",
  "UPDATE stage_items SET id = NULL, outcome = NULL, number = NULL WHERE outcome IS NOT NULL",
  NULL,
};

static const char * const match_statements[] = {
  "DELETE FROM stage_matches",

  /* The record of the books that is the same thing: by the best name that any record has, if only one has it. */
  "INSERT INTO stage_matches SELECT s.item, k.strength, i.id"
  " FROM stage_items AS s JOIN stage_keys AS k ON k.entity = s.entity AND k.matches"
  " JOIN identities AS i ON i.key = k.key AND i.kind = ifnull (s.kind, 'sources')"
  " WHERE " STAGED " AND (k.strength <> 1"
  "   OR NOT EXISTS (SELECT 1 FROM stage_keys AS u WHERE u.entity = s.entity AND u.strength = 0)"
  "   OR NOT EXISTS (SELECT 1 FROM identities AS u WHERE u.id = i.id AND u.kind = i.kind"
  "                  AND u.key LIKE 'http%'))",
  "INSERT INTO stage_matches SELECT s.item, k.strength, p.id"
  " FROM stage_items AS s JOIN stage_keys AS k ON k.entity = s.entity AND k.matches"
  "   AND k.key >= 'patients#number:' AND k.key < 'patients#number;'"
  " JOIN patients AS p ON p.number = substr (k.key, 17) WHERE " STAGED " AND s.type = 'patients'",
  "INSERT INTO stage_matches SELECT s.item, k.strength, p.id"
  " FROM stage_items AS s JOIN stage_keys AS k ON k.entity = s.entity AND k.matches"
  "   AND k.key >= 'patients#name:' AND k.key < 'patients#name;'"
  " JOIN patients AS p ON p.birth_date = substr (k.key, 15, 10) AND billing_fold (p.name) = substr (k.key, 26)"
  " WHERE " STAGED " AND s.type IN ('patients', 'x12-patients')",
  "INSERT INTO stage_matches SELECT s.item, k.strength, p.id"
  " FROM stage_items AS s JOIN stage_keys AS k ON k.entity = s.entity AND k.matches AND " KEYS_OF ("patients#member")
  " JOIN patients AS p ON p.birth_date = substr (k.key, 17, 10)"
  "   AND substr (billing_fold (p.name) || ' ', 1, instr (substr (k.key, 28), '|'))"
  "     = " BEFORE_BAR ("substr (k.key, 28)") " || ' '"
  " JOIN coverages AS c ON c.patient_id = ifnull (p.merged_into, p.id) AND c.member_id = " BEHIND_BAR ("substr (k.key, 28)")
  " WHERE " STAGED " AND s.type = 'x12-patients'",
  "INSERT INTO stage_matches SELECT s.item, k.strength, p.id"
  " FROM stage_items AS s JOIN stage_keys AS k ON k.entity = s.entity AND k.matches AND " KEYS_OF ("patients#insured")
  " JOIN coverages AS c ON c.member_id = " BEHIND_BAR ("substr (k.key, 18)")
  " JOIN patients AS p ON (p.id = c.patient_id OR p.merged_into = c.patient_id)"
  "   AND billing_fold (p.name) = " BEFORE_BAR ("substr (k.key, 18)")
  " WHERE " STAGED " AND s.type = 'x12-patients'",
  "INSERT INTO stage_matches SELECT s.item, k.strength, c.id"
  " FROM stage_items AS s JOIN stage_keys AS k ON k.entity = s.entity AND k.matches AND " KEYS_OF ("coverages#member")
  " JOIN patients AS p ON p.birth_date = substr (k.key, 18, 10)"
  "   AND billing_fold (p.name) = " BEFORE_BAR ("substr (k.key, 29)")
  " JOIN coverages AS c ON c.patient_id = ifnull (p.merged_into, p.id) AND c.member_id = " BEHIND_BAR ("substr (k.key, 29)")
  " WHERE " STAGED " AND s.type = 'x12-coverages'",
  "INSERT INTO stage_matches SELECT s.item, k.strength, t.id"
  " FROM stage_items AS s JOIN stage_keys AS k ON k.entity = s.entity AND k.matches"
  "   AND k.key >= 'treatments#number:' AND k.key < 'treatments#number;'"
  " JOIN treatments AS t ON t.number = substr (k.key, 19) WHERE " STAGED " AND s.type = 'treatments'",
  "INSERT INTO stage_matches SELECT s.item, k.strength, l.id"
  " FROM stage_items AS s JOIN stage_keys AS k ON k.entity = s.entity JOIN locations AS l ON l.name = substr (k.key, 16)"
  " WHERE " STAGED " AND s.type = 'locations'",
  "INSERT INTO stage_matches SELECT s.item, k.strength, l.id"
  " FROM stage_items AS s JOIN stage_keys AS k ON k.entity = s.entity JOIN physicians AS l ON l.name = substr (k.key, 17)"
  " WHERE " STAGED " AND s.type = 'physicians'",
  /* Two patients who turned out to be one are one; whoever turned out to be another one only where nobody else is meant. */
  "UPDATE stage_items SET id ="
  " (SELECT CASE WHEN count (DISTINCT ifnull (p.merged_into, m.id)) = 1"
  "    THEN ifnull (min (iif (p.merged_into IS NULL, m.id, NULL)), min (m.id)) END"
  "  FROM stage_matches AS m LEFT JOIN patients AS p ON p.id = m.id WHERE m.item = stage_items.item"
  "    AND m.strength = (SELECT min (x.strength) FROM stage_matches AS x WHERE x.item = stage_items.item))"
  " WHERE item IN (SELECT item FROM stage_matches)",

  /* An insurer's word on who somebody is gives way to that of the practice's own files in the same import. Where the books have several
   * whom it may mean, none is added to them: what refers to it finds them all, and does not come in. */
  "UPDATE stage_items SET winner = 0 WHERE item BETWEEN ?1 AND ?2 AND winner AND id IS NULL"
  " AND type IN ('x12-patients', 'x12-coverages') AND (item IN (SELECT item FROM stage_matches)"
  "   OR EXISTS (SELECT 1 FROM stage_keys AS k JOIN stage_patients AS p ON p.birth_date = substr (k.key, 15, 10)"
  "     AND billing_fold (p.name) = substr (k.key, 26)"
  "     JOIN stage_items AS t ON t.item = p.item AND t.winner AND t.type <> 'x12-patients'"
  "     WHERE k.entity = stage_items.entity AND " KEYS_OF ("patients#name") "))",

  /* What came in already says so by its digest; what is older than that does not come in. A place or a person of whom a row says
   * only the name is not changed by it, nor are a patient and a coverage of the practice's own by an insurer's word on them. Nor is the patient
   * who stays changed by what a source says of one who turned out to be them. */
  "UPDATE stage_items SET id = ifnull (id, iif (winner AND kind IS NULL, name, NULL)),"
  " outcome = CASE WHEN NOT winner THEN 'same'"
  " WHEN id IS NULL THEN 'added'"
  " WHEN type IN ('locations', 'physicians', 'x12-patients') THEN 'same'"
  " WHEN kind = 'patients' AND EXISTS (SELECT 1 FROM patients AS p WHERE p.id = stage_items.id AND p.merged_into IS NOT NULL) THEN 'same'"
  " WHEN type = 'x12-coverages' AND NOT EXISTS (SELECT 1 FROM imported AS m WHERE m.id = stage_items.id"
  "   AND m.type = stage_items.type) THEN 'same' ELSE ifnull ("
  " (SELECT CASE WHEN m.digest = stage_items.digest THEN 'same'"
  "   WHEN stage_items.updated_at <> 0 AND stage_items.updated_at < m.updated_at THEN 'same' ELSE 'changed' END"
  "  FROM imported AS m WHERE m.id = stage_items.id AND m.type = stage_items.type), 'changed') END"
  " WHERE item BETWEEN ?1 AND ?2",
  NULL,
};

static const char * const link_statements[] = {
  "DELETE FROM stage_candidates",

  /* Where references lead: to what is staged, to what the books know. */
  "INSERT INTO stage_candidates SELECT r.item, r.role, r.ordinal, r.rank, t.id, t.item"
  " FROM stage_items AS s JOIN stage_refs AS r ON r.item = s.item"
  " JOIN stage_keys AS k ON k.key = r.key JOIN stage_items AS t ON t.entity = k.entity AND t.winner AND t.kind = r.kind"
  " WHERE " STAGED " AND s.outcome <> 'same'"
  "   AND (NOT " LOOSE " OR NOT EXISTS (SELECT 1 FROM stage_keys AS u WHERE u.entity = k.entity AND u.strength = 0))",
  "INSERT INTO stage_candidates SELECT r.item, r.role, r.ordinal, r.rank, t.insurer, NULL"
  " FROM stage_items AS s JOIN stage_refs AS r ON r.item = s.item AND r.kind = 'insurers'"
  " JOIN stage_keys AS k ON k.key = r.key"
  " JOIN stage_items AS t ON t.entity = k.entity AND t.winner AND t.insurer IS NOT NULL"
  " WHERE " STAGED " AND s.outcome <> 'same'",
  "INSERT INTO stage_candidates SELECT r.item, r.role, r.ordinal, r.rank, i.id, NULL"
  " FROM stage_items AS s JOIN stage_refs AS r ON r.item = s.item JOIN identities AS i ON i.key = r.key AND i.kind = r.kind"
  " WHERE " STAGED " AND s.outcome <> 'same'"
  "   AND (NOT " LOOSE " OR NOT EXISTS (SELECT 1 FROM identities AS u WHERE u.id = i.id AND u.kind = i.kind"
  "                                     AND u.key LIKE 'http%'))",
  "INSERT INTO stage_candidates SELECT r.item, r.role, r.ordinal, r.rank, p.id, NULL"
  " FROM stage_items AS s JOIN stage_refs AS r ON r.item = s.item JOIN patients AS p ON p.number = substr (r.key, 17)"
  " WHERE " STAGED " AND s.outcome <> 'same' AND r.key >= 'patients#number:' AND r.key < 'patients#number;'",
  "INSERT INTO stage_candidates SELECT r.item, r.role, r.ordinal, r.rank, p.id, NULL"
  " FROM stage_items AS s JOIN stage_refs AS r ON r.item = s.item"
  " JOIN patients AS p ON p.birth_date = substr (r.key, 15, 10) AND billing_fold (p.name) = substr (r.key, 26)"
  " WHERE " STAGED " AND s.outcome <> 'same' AND r.key >= 'patients#name:' AND r.key < 'patients#name;'",
  "INSERT INTO stage_candidates SELECT r.item, r.role, r.ordinal, r.rank, t.id, t.item"
  " FROM stage_items AS s JOIN stage_refs AS r ON r.item = s.item"
  " JOIN stage_patients AS p ON p.birth_date = substr (r.key, 15, 10) AND billing_fold (p.name) = substr (r.key, 26)"
  " JOIN stage_items AS t ON t.item = p.item AND t.winner AND t.type <> 'x12-patients'"
  " WHERE " STAGED " AND s.outcome <> 'same' AND s.type IN ('x12-coverages', 'x12-checks')"
  "   AND r.key >= 'patients#name:' AND r.key < 'patients#name;'",
  "INSERT INTO stage_candidates SELECT r.item, r.role, r.ordinal, r.rank, l.id, NULL"
  " FROM stage_items AS s JOIN stage_refs AS r ON r.item = s.item JOIN locations AS l ON l.name = substr (r.key, 16)"
  " WHERE " STAGED " AND s.outcome <> 'same' AND r.key >= 'locations#name:' AND r.key < 'locations#name;'",
  "INSERT INTO stage_candidates SELECT r.item, r.role, r.ordinal, r.rank, l.id, NULL"
  " FROM stage_items AS s JOIN stage_refs AS r ON r.item = s.item JOIN physicians AS l ON l.name = substr (r.key, 17)"
  " WHERE " STAGED " AND s.outcome <> 'same' AND r.key >= 'physicians#name:' AND r.key < 'physicians#name;'",
  /* What refers to a patient who turned out to be another one is about that one. */
  "UPDATE stage_candidates SET target = (SELECT p.merged_into FROM patients AS p WHERE p.id = stage_candidates.target)"
  " WHERE target IN (SELECT id FROM patients WHERE merged_into IS NOT NULL)",
  "INSERT INTO stage_links SELECT c.item, c.role, c.ordinal, min (c.target), min (c.target_item),"
  "   count (DISTINCT ifnull (c.target, '#' || c.target_item))"
  " FROM stage_candidates AS c WHERE c.rank = (SELECT min (x.rank) FROM stage_candidates AS x"
  "   WHERE x.item = c.item AND x.role = c.role AND x.ordinal = c.ordinal)"
  " GROUP BY c.item, c.role, c.ordinal",
  NULL,
};

/* A benefit without an encounter is about that of its claim. */
static const char * const claim_statements[] = {
  "INSERT INTO stage_links SELECT r.item, r.role, r.ordinal, min (l.target), min (l.target_item), 1"
  " FROM stage_items AS s JOIN stage_refs AS r ON r.item = s.item AND r.kind = 'claims'"
  " JOIN stage_keys AS k ON k.key = r.key JOIN stage_items AS t ON t.entity = k.entity AND t.winner AND t.type = 'Claim'"
  " JOIN stage_links AS l ON l.item = t.item AND l.role = 'treatment_id' AND l.ordinal = 0 AND l.n = 1"
  " WHERE " STAGED " AND s.outcome <> 'same' GROUP BY r.item, r.role, r.ordinal ON CONFLICT DO NOTHING",
  "INSERT INTO stage_links SELECT r.item, r.role, r.ordinal, min (p.treatment_id), NULL, 1"
  " FROM stage_items AS s JOIN stage_refs AS r ON r.item = s.item AND r.kind = 'claims'"
  " JOIN identities AS i ON i.key = r.key AND i.kind = 'sources'"
  " JOIN import_parts AS p ON p.source = i.id AND p.ordinal = 0"
  " WHERE " STAGED " AND s.outcome <> 'same' GROUP BY r.item, r.role, r.ordinal ON CONFLICT DO NOTHING",
  NULL,
};

/* Once for each step of the longest chain of things that wait for one another. What came as text that can be read again waits; a row of
 * a CSV file does not. */
static const char wait_statement[] =
  "UPDATE stage_items SET outcome = iif (waits, 'waiting', 'refused')"
  " WHERE winner AND outcome IN ('added', 'changed') AND item IN"
  "  (SELECT r.item FROM stage_refs AS r LEFT JOIN stage_links AS l USING (item, role, ordinal)"
  "   LEFT JOIN stage_items AS t ON t.item = l.target_item"
  "   WHERE r.required AND (l.item IS NULL OR l.n > 1"
  "     OR (l.target IS NULL AND t.outcome IN ('waiting', 'refused'))))";

static gboolean
run_statements (BillingConnection         *connection,
                const BillingImportRange  *range,
                gconstpointer              data,
                GError                   **error)
{
  return billing_import_run_all (connection, data, range, error);
}

/**
 * billing_import_compare:
 * @connection: one that has the books and the stage, inside a writing transaction
 * @cancellable: (nullable): looked at between the steps
 * @error: return location for an error
 *
 * Returns: whether every staged item has its outcome
 */
gboolean
billing_import_compare (BillingConnection  *connection,
                        GCancellable       *cancellable,
                        GError            **error)
{
  static const BillingImportRange all = { 0, G_MAXINT64 };

  if (!billing_import_run_all (connection, clear_statements, &all, error) ||
      !billing_import_each_range (connection, run_statements, match_statements, cancellable, error) ||
      !billing_import_each_range (connection, run_statements, link_statements, cancellable, error) ||
      !billing_import_each_range (connection, run_statements, claim_statements, cancellable, error))
    return FALSE;

  do
    {
      if (!billing_connection_execute (connection, wait_statement, error))
        return FALSE;
    }
  while (billing_connection_get_n_changed (connection) > 0);

  return TRUE;
}

static void
interrupt_cb (GCancellable *cancellable,
              gpointer      data)
{
  billing_connection_interrupt (data);
}

/**
 * billing_import_stage_compare:
 * @self: a stage, no file being read
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Compares what is staged with the books as they are now.
 *
 * Returns: whether that is done
 */
gboolean
billing_import_stage_compare (BillingImportStage  *self,
                              GCancellable        *cancellable,
                              GError             **error)
{
  gulong handler = 0;
  gboolean ok;

  if (!billing_import_begin (self, error))
    return FALSE;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (interrupt_cb), self->connection, NULL);

  ok = billing_import_compare (self->connection, cancellable, error);

  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);

  return ok && billing_connection_commit (self->connection, error);
}

static void
tally_free (gpointer data)
{
  BillingImportTally *tally = data;

  g_free (tally->type);
  g_free (tally);
}

/**
 * billing_import_stage_list_tallies:
 * @self: a stage that was compared
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (element-type BillingImportTally) (nullable): what becomes of each type
 */
GPtrArray *
billing_import_stage_list_tallies (BillingImportStage  *self,
                                   GError             **error)
{
  g_autoptr (GPtrArray) tallies = g_ptr_array_new_with_free_func (tally_free);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->connection,
    "SELECT type, total (outcome = 'added'), total (outcome = 'changed'), total (outcome = 'same'),"
    "  total (outcome = 'waiting'), total (outcome = 'refused'), total (outcome = 'unused') FROM ("
    "  SELECT type, outcome FROM stage_items WHERE file > 0 OR outcome IN ('added', 'changed')"
    "  UNION ALL SELECT type, 'refused' FROM stage_problems WHERE type IS NOT NULL"
    "  UNION ALL SELECT type, 'refused' FROM (SELECT '' AS type FROM stage_problems WHERE type IS NULL AND entry > 0))"
    " GROUP BY type UNION ALL SELECT type, 0, 0, 0, 0, 0, sum (n) FROM stage_unused GROUP BY type", error);
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      BillingImportTally *tally;

      if (!row)
        return g_steal_pointer (&tallies);

      tally = g_new0 (BillingImportTally, 1);
      tally->type = g_strdup (billing_statement_get_text (statement, 0));
      tally->added = billing_statement_get_integer (statement, 1);
      tally->changed = billing_statement_get_integer (statement, 2);
      tally->same = billing_statement_get_integer (statement, 3);
      tally->waiting = billing_statement_get_integer (statement, 4);
      tally->refused = billing_statement_get_integer (statement, 5);
      tally->unused = billing_statement_get_integer (statement, 6);
      g_ptr_array_add (tallies, tally);
    }

  return NULL;
}

static void
complaint_free (gpointer data)
{
  BillingImportComplaint *complaint = data;

  g_free (complaint->file);
  g_free (complaint->what);
  g_free (complaint->text);
  g_free (complaint);
}

#define COMPLAINTS \
  "SELECT f.name AS name, p.file AS file, p.entry AS entry, p.what AS what, p.text AS text, 0 AS waits, 0 AS many" \
  " FROM stage_problems AS p JOIN stage_files AS f USING (file)" \
  " UNION ALL SELECT f.name, i.file, i.entry, i.what," \
  "   (SELECT min (r.shown) FROM stage_refs AS r LEFT JOIN stage_links AS l USING (item, role, ordinal)" \
  "    LEFT JOIN stage_items AS t ON t.item = l.target_item" \
  "    WHERE r.item = i.item AND r.required AND (l.item IS NULL OR l.n > 1" \
  "      OR (l.target IS NULL AND t.outcome IN ('waiting', 'refused')))), 1," \
  "   EXISTS (SELECT 1 FROM stage_refs AS r JOIN stage_links AS l USING (item, role, ordinal)" \
  "           WHERE r.item = i.item AND r.required AND l.n > 1)" \
  " FROM stage_items AS i JOIN stage_files AS f USING (file) WHERE i.outcome IN ('waiting', 'refused')"

/**
 * billing_import_stage_list_complaints:
 * @self: a stage that was compared
 * @limit: how many, at most
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (element-type BillingImportComplaint) (nullable): what does not come in, in order of the files
 */
GPtrArray *
billing_import_stage_list_complaints (BillingImportStage  *self,
                                      gint64               limit,
                                      GError             **error)
{
  g_autoptr (GPtrArray) complaints = g_ptr_array_new_with_free_func (complaint_free);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->connection,
    "SELECT name, entry, what, text, waits, many FROM (" COMPLAINTS ") ORDER BY file, entry LIMIT ?", error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  billing_statement_bind_integer (statement, 1, limit);
  while (billing_statement_step (statement, &row, error))
    {
      BillingImportComplaint *complaint;

      if (!row)
        return g_steal_pointer (&complaints);

      complaint = g_new0 (BillingImportComplaint, 1);
      complaint->file = g_strdup (billing_statement_get_text (statement, 0));
      complaint->entry = billing_statement_get_integer (statement, 1);
      complaint->what = g_strdup (billing_statement_get_text (statement, 2));
      complaint->text = g_strdup (billing_statement_get_text (statement, 3));
      complaint->waits = billing_statement_get_integer (statement, 4) != 0;
      complaint->ambiguous = billing_statement_get_integer (statement, 5) != 0;
      g_ptr_array_add (complaints, complaint);
    }

  return NULL;
}

gboolean
billing_import_stage_count_complaints (BillingImportStage  *self,
                                       gint64              *n,
                                       GError             **error)
{
  return billing_connection_get_integer (self->connection, n, error,
    "SELECT (SELECT count (*) FROM stage_problems WHERE file > 0)"
    " + (SELECT count (*) FROM stage_items WHERE file > 0 AND outcome IN ('waiting', 'refused'))", "");
}
