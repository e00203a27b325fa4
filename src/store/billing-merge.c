/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-merge"

#include "config.h"

#include "billing-merge.h"

#include <string.h>

#include "billing-derived.h"

/*
 * Two patients who turned out to be one. Everything of the one is moved to the other, set by set, and what was moved is noted, so that it can
 * go back. The ledger is never changed: its entries keep whom they were posted for, and patients.merged_into says who that is now. Nor are the
 * names by which imports know the one: what they lead to is followed to who stays (billing-import-compare.c).
 */

/* What belongs to a patient: all that has a column of its own for them. */
static const struct {
  const char *kind;
  const char *id;
  const char *column;
  const char *besides; /* what else follows from whose it is */
} belongings[] = {
  { "payments", "id", "patient_id", ", revision = revision + 1, patient_key = (SELECT sort_key FROM patients WHERE id = ?2)" },
  { "invoices", "id", "patient_id", ", revision = revision + 1, patient_key = (SELECT sort_key FROM patients WHERE id = ?2)" },
  { "treatments", "id", "patient_id", ", revision = revision + 1" },
  { "services", "id", "patient_id", ", revision = revision + 1, patient_key = (SELECT sort_key FROM patients WHERE id = ?2)" },
  { "coverages", "id", "patient_id", ", revision = revision + 1" },
  { "eligibility_checks", "id", "patient_id", ", revision = revision + 1" },
  { "documents", "id", "subject_id", ", revision = revision + 1" },
  { "notes", "id", "subject_id", ", revision = revision + 1" },
  { "late_money", "id", "patient_id", ", revision = revision + 1" },
  { "messages", "id", "patient_id", ", revision = revision + 1" },
  { "assignments", "id", "patient_id", ", revision = revision + 1" },
  { "posting_problems", "charge_id", "patient_id", "" },
};

static void
pair_free (gpointer data)
{
  BillingMergePair *pair = data;

  g_free (pair->first);
  g_free (pair->second);
  g_free (pair);
}

/**
 * billing_merge_count:
 * @connection: inside a transaction
 * @patient: id of a patient
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingMergeCount): what belongs to them, kind by kind
 */
GPtrArray *
billing_merge_count (BillingConnection  *connection,
                     const char         *patient,
                     GError            **error)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (belongings); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s WHERE %s = ?", belongings[i].kind, belongings[i].column);
      BillingMergeCount *count = g_new0 (BillingMergeCount, 1);

      g_ptr_array_add (counts, count);
      count->kind = belongings[i].kind;
      if (!billing_connection_get_integer (connection, &count->n, error, sql, "t", patient))
        return NULL;
    }

  return g_steal_pointer (&counts);
}

static gboolean
note_rows (BillingConnection  *connection,
           guint               i,
           gint64              merge,
           const char         *from,
           GError            **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO merged_rows SELECT ?, '%s', %s FROM %s WHERE %s = ?", belongings[i].kind,
                                          belongings[i].id, belongings[i].kind, belongings[i].column);

  return billing_connection_run (connection, error, sql, "it", merge, from);
}

static gboolean
move_rows (BillingConnection  *connection,
           guint               i,
           const char         *from,
           const char         *into,
           const char         *which,
           GError            **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET %s = ?2%s WHERE %s = ?1%s", belongings[i].kind, belongings[i].column,
                                          belongings[i].besides, belongings[i].column, which);

  return billing_connection_run (connection, error, sql, "tt", from, into);
}

/* Who is found by whose number and name; the rows are taken out of the search before. */
static gboolean
reindex (BillingConnection  *connection,
         gint64              first,
         gint64              last,
         GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE patients SET revision = revision + 1, also ="
                                 " (SELECT group_concat (m.number || ' ' || m.name, ', ') FROM"
                                 "   (SELECT q.number, q.name FROM patients q WHERE q.merged_into = patients.id ORDER BY q.pk) m)"
                                 " WHERE pk IN (?, ?)", "ii", first, last) &&
         billing_derived_update_patients (connection, "pk IN (?1, ?2)", first, last, error);
}

static gboolean
find_pk (BillingConnection  *connection,
         const char         *id,
         gint64             *pk,
         GError            **error)
{
  return billing_connection_get_integer (connection, pk, error, "SELECT pk FROM patients WHERE id = ?", "t", id);
}

/**
 * billing_merge_patients:
 * @connection: inside a writing transaction
 * @from: id of a patient who stands for themselves
 * @into: id of the one who they turned out to be; another one who stands for themselves
 * @person: who says so
 * @at: Unix seconds
 * @error: return location for a #BillingStoreError
 *
 * Moves everything of @from to @into. Whoever had turned out to be @from is @into from now on.
 *
 * Returns: whether all of it moved
 */
gboolean
billing_merge_patients (BillingConnection  *connection,
                        const char         *from,
                        const char         *into,
                        const char         *person,
                        gint64              at,
                        GError            **error)
{
  gint64 first, last, merge;

  if (!find_pk (connection, from, &first, error) || !find_pk (connection, into, &last, error) ||
      !billing_connection_run (connection, error,
                               "INSERT INTO merges (from_id, into_id, credit, ledger, person, at) SELECT id, ?, credit,"
                               " (SELECT ifnull (max (pk), 0) FROM transactions), ?, ? FROM patients WHERE id = ?",
                               "ttit", into, person, at, from))
    return FALSE;

  merge = billing_connection_get_last_pk (connection);
  for (guint i = 0; i < G_N_ELEMENTS (belongings); i++)
    {
      if (!note_rows (connection, i, merge, from, error) || !move_rows (connection, i, from, into, "", error))
        return FALSE;
    }

  return billing_derived_unindex_patients (connection, "pk IN (?1, ?2)", first, last, error) &&
         billing_connection_run (connection, error,
                                 "UPDATE patients SET (credit, credit_held) = (SELECT patients.credit + f.credit,"
                                 " patients.credit_held + f.credit_held FROM patients f WHERE f.id = ?) WHERE id = ?",
                                 "tt", from, into) &&
         billing_connection_run (connection, error,
                                 "UPDATE patients SET merged_into = ?2, credit = iif (id = ?1, 0, credit),"
                                 " credit_held = iif (id = ?1, 0, credit_held) WHERE id = ?1 OR merged_into = ?1",
                                 "tt", from, into) &&
         reindex (connection, first, last, error);
}

/**
 * billing_merge_find:
 * @connection: inside a transaction
 * @from: id of a patient
 * @pk: (out): the merge by which they are another one; 0: they are themselves
 * @into: (out) (transfer full) (nullable): id of that other one
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_merge_find (BillingConnection  *connection,
                    const char         *from,
                    gint64             *pk,
                    char              **into,
                    GError            **error)
{
  *into = NULL;
  if (!billing_connection_get_integer (connection, pk, error,
                                       "SELECT ifnull (max (pk), 0) FROM merges WHERE from_id = ? AND taken_back_at = 0", "t", from))
    return FALSE;
  if (*pk == 0)
    return TRUE;

  *into = billing_connection_get_text (connection, error, "SELECT into_id FROM merges WHERE pk = ?", "i", *pk);
  return *into != NULL;
}

/* What goes back: what came along and is still there, and what was made since of it. In an order in which each can follow from the ones before:
 * an invoice goes by its lines, and its payments go with it. One that was voided may stay where it is. */
static const char * const going_back[] = {
  "CREATE TEMP TABLE IF NOT EXISTS going_back (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID",
  "DELETE FROM temp.going_back",
  "INSERT INTO temp.going_back SELECT kind, id FROM merged_rows WHERE merge_pk = ?1",
  "INSERT OR IGNORE INTO temp.going_back SELECT 'services', s.id FROM merged_rows m JOIN services s ON s.treatment_id = m.id"
  " WHERE m.merge_pk = ?1 AND m.kind = 'treatments'",
  "INSERT OR IGNORE INTO temp.going_back SELECT DISTINCT 'invoices', i.id FROM temp.going_back g"
  " JOIN invoice_lines n ON n.service_id = g.id JOIN invoices i ON i.id = n.invoice_id WHERE g.kind = 'services'"
  " AND (i.voided_at = 0 OR NOT EXISTS (SELECT 1 FROM invoice_lines x WHERE x.invoice_id = i.id"
  "   AND x.service_id NOT IN (SELECT id FROM temp.going_back WHERE kind = 'services')))",
  "INSERT OR IGNORE INTO temp.going_back SELECT 'payments', p.id FROM temp.going_back g JOIN payments p ON p.treatment_id = g.id"
  " WHERE g.kind = 'treatments'",
  "INSERT OR IGNORE INTO temp.going_back SELECT 'payments', p.id FROM temp.going_back g JOIN payments p ON p.invoice_id = g.id"
  " WHERE g.kind = 'invoices'",
  "INSERT OR IGNORE INTO temp.going_back SELECT 'messages', m.id FROM temp.going_back g JOIN messages m ON m.invoice_id = g.id"
  " WHERE g.kind = 'invoices'",
  "INSERT OR IGNORE INTO temp.going_back SELECT 'messages', m.id FROM temp.going_back g JOIN messages m ON m.payment_id = g.id"
  " WHERE g.kind = 'payments'",
  NULL,
};

static gboolean
collect_rows (BillingConnection  *connection,
              gint64              merge,
              GError            **error)
{
  for (guint i = 0; going_back[i] != NULL; i++)
    {
      const char *values = strstr (going_back[i], "?1") != NULL ? "i" : "";

      if (!billing_connection_run (connection, error, going_back[i], values, merge))
        return FALSE;
    }

  return TRUE;
}

/* Credit belongs to a patient, not to what it came of: as soon as it moved, nobody can say any more whose it was. */
static const char credit_snag[] =
  "SELECT ifnull (p.number, '') FROM merges m JOIN transactions t ON t.pk > m.ledger JOIN patients c ON c.id = t.patient_id"
  "   AND ifnull (c.merged_into, c.id) = m.into_id JOIN postings s ON s.transaction_pk = t.pk AND s.account = 'credit'"
  " LEFT JOIN payments p ON p.id = t.payment_id"
  " WHERE m.pk = ?1 AND t.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM transactions r WHERE r.reverses = t.pk)"
  "   AND (m.credit > 0 AND s.amount > 0"
  "     OR EXISTS (SELECT 1 FROM temp.going_back g WHERE g.kind = 'payments' AND g.id = t.payment_id))"
  " ORDER BY t.pk LIMIT 1";

/* What else stands against it is found when everything has moved: each of these has the number of what is about things of both. */
static const struct {
  BillingMergeSnag snag;
  const char *sql;
} snags[] = {
  { BILLING_MERGE_SNAG_INVOICE,
    "SELECT i.number FROM temp.going_back g JOIN invoices i ON i.id = g.id JOIN invoice_lines n ON n.invoice_id = i.id"
    " JOIN services s ON s.id = n.service_id WHERE g.kind = 'invoices' AND i.voided_at = 0 AND s.patient_id <> i.patient_id LIMIT 1" },
  { BILLING_MERGE_SNAG_INVOICE,
    "SELECT i.number FROM merges m JOIN payments p ON p.patient_id IN (m.from_id, m.into_id) JOIN invoices i ON i.id = p.invoice_id"
    " WHERE m.pk = ?1 AND i.voided_at = 0 AND i.patient_id <> p.patient_id LIMIT 1" },
  { BILLING_MERGE_SNAG_INVOICE,
    "SELECT i.number FROM merges m JOIN payments p ON p.patient_id IN (m.from_id, m.into_id)"
    " JOIN prepayments y ON y.payment_id = p.id JOIN invoices i ON i.id = y.invoice_id"
    " WHERE m.pk = ?1 AND i.voided_at = 0 AND i.patient_id <> p.patient_id LIMIT 1" },
  { BILLING_MERGE_SNAG_INVOICE,
    "SELECT s.number FROM merges m JOIN services s ON s.patient_id IN (m.from_id, m.into_id)"
    " JOIN treatments t ON t.id = s.treatment_id WHERE m.pk = ?1 AND t.patient_id <> s.patient_id LIMIT 1" },
  { BILLING_MERGE_SNAG_PAYMENT,
    "SELECT p.number FROM merges m JOIN payments p ON p.patient_id IN (m.from_id, m.into_id)"
    " JOIN treatments t ON t.id = p.treatment_id WHERE m.pk = ?1 AND t.patient_id <> p.patient_id LIMIT 1" },
};

/* A row says what the snag is; without one there is none. */
static gboolean
find_snag (BillingConnection  *connection,
           const char         *sql,
           gint64              merge,
           char              **what,
           GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  if (strstr (sql, "?1") != NULL)
    billing_statement_bind_integer (statement, 1, merge);
  if (!billing_statement_step (statement, &row, error))
    return FALSE;

  if (row)
    *what = g_strdup (billing_statement_get_text (statement, 0));
  return TRUE;
}

static gboolean
move_back (BillingConnection  *connection,
           const char         *from,
           const char         *into,
           GError            **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (belongings); i++)
    {
      g_autofree char *which = g_strdup_printf (" AND %s IN (SELECT id FROM temp.going_back WHERE kind = '%s')", belongings[i].id,
                                                belongings[i].kind);

      if (!move_rows (connection, i, into, from, which, error))
        return FALSE;
    }

  return TRUE;
}

/* Whoever had turned out to be the one before goes back with them. */
static gboolean
part (BillingConnection  *connection,
      gint64              merge,
      const char         *from,
      const char         *into,
      GError            **error)
{
  return billing_connection_run (connection, error,
                                 "WITH RECURSIVE those (id) AS (SELECT from_id FROM merges WHERE into_id = ?1 AND taken_back_at = 0"
                                 "   UNION SELECT m.from_id FROM those JOIN merges m ON m.into_id = those.id AND m.taken_back_at = 0)"
                                 " UPDATE patients SET merged_into = ?1 WHERE id IN (SELECT id FROM those)", "t", from) &&
         billing_connection_run (connection, error,
                                 "UPDATE patients SET merged_into = NULL, credit = (SELECT credit FROM merges WHERE pk = ?1),"
                                 " credit_held = (SELECT ifnull (sum (held), 0) FROM late_money WHERE patient_id = patients.id)"
                                 " WHERE id = ?2", "it", merge, from) &&
         billing_connection_run (connection, error,
                                 "UPDATE patients SET credit = credit - (SELECT credit FROM merges WHERE pk = ?1),"
                                 " credit_held = (SELECT ifnull (sum (held), 0) FROM late_money WHERE patient_id = patients.id)"
                                 " WHERE id = ?2", "it", merge, into);
}

/**
 * billing_merge_take_back:
 * @connection: inside a writing transaction
 * @pk: a merge that stands, into somebody who stands for themselves
 * @at: Unix seconds
 * @snag: (out): what stands against it; the transaction must not be committed then
 * @what: (out) (transfer full) (nullable): number of what that is about; empty where there is none
 * @error: return location for a #BillingStoreError
 *
 * Moves back what a merge moved and still stands there, with what was made of it since.
 *
 * Returns: whether it was done, or there is a snag
 */
gboolean
billing_merge_take_back (BillingConnection  *connection,
                         gint64              pk,
                         gint64              at,
                         BillingMergeSnag   *snag,
                         char              **what,
                         GError            **error)
{
  g_autofree char *from = billing_connection_get_text (connection, error, "SELECT from_id FROM merges WHERE pk = ?", "i", pk);
  g_autofree char *into = from != NULL
    ? billing_connection_get_text (connection, error, "SELECT into_id FROM merges WHERE pk = ?", "i", pk) : NULL;
  gint64 first, last;

  *snag = BILLING_MERGE_SNAG_NONE;
  *what = NULL;
  if (into == NULL || !find_pk (connection, from, &first, error) || !find_pk (connection, into, &last, error) ||
      !collect_rows (connection, pk, error))
    return FALSE;

  if (!find_snag (connection, credit_snag, pk, what, error))
    return FALSE;
  if (*what != NULL)
    {
      *snag = BILLING_MERGE_SNAG_CREDIT;
      return TRUE;
    }

  if (!move_back (connection, from, into, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (snags); i++)
    {
      if (!find_snag (connection, snags[i].sql, pk, what, error))
        return FALSE;
      if (*what != NULL)
        {
          *snag = snags[i].snag;
          return TRUE;
        }
    }

  return billing_derived_unindex_patients (connection, "pk IN (?1, ?2)", first, last, error) &&
         billing_connection_run (connection, error, "UPDATE merges SET taken_back_at = ? WHERE pk = ?", "ii", at, pk) &&
         part (connection, pk, from, into, error) && reindex (connection, first, last, error);
}

/* The same name and birth date; or the same insurance number or e-mail, unless their birth dates and names say that they are of one family.
 * Each is compared with the one of theirs who has been there longest: an address that a hundred people have makes a hundred pairs. */
static const char duplicates_sql[] =
  "WITH p AS MATERIALIZED (SELECT pk, id, birth_date, billing_fold (name) AS name, lower (nullif (email, '')) AS email"
  "   FROM patients WHERE merged_into IS NULL),"
  " c AS MATERIALIZED (SELECT DISTINCT p.pk, x.member_id FROM coverages x JOIN p ON p.id = x.patient_id WHERE x.member_id <> ''),"
  " named AS (SELECT min (pk) AS pk, birth_date, name FROM p WHERE birth_date IS NOT NULL GROUP BY birth_date, name"
  "   HAVING count (*) > 1),"
  " insured AS (SELECT min (pk) AS pk, member_id FROM c GROUP BY member_id HAVING count (*) > 1),"
  " mailed AS (SELECT min (pk) AS pk, email FROM p WHERE email IS NOT NULL GROUP BY email HAVING count (*) > 1),"
  " pairs (first, second, reason) AS ("
  "   SELECT n.pk, p.pk, 0 FROM named n JOIN p ON p.birth_date = n.birth_date AND p.name = n.name AND p.pk <> n.pk"
  "   UNION ALL SELECT n.pk, c.pk, 1 FROM insured n JOIN c ON c.member_id = n.member_id AND c.pk <> n.pk"
  "   UNION ALL SELECT n.pk, p.pk, 2 FROM mailed n JOIN p ON p.email = n.email AND p.pk <> n.pk)"
  " SELECT a.id, b.id, min (x.reason) FROM pairs x JOIN patients a ON a.pk = x.first JOIN patients b ON b.pk = x.second"
  " WHERE a.birth_date IS NULL OR b.birth_date IS NULL OR a.birth_date = b.birth_date"
  "   OR billing_fold (a.name) = billing_fold (b.name)"
  " GROUP BY x.first, x.second ORDER BY 3, a.sort_key, x.first, x.second LIMIT ?";

/**
 * billing_merge_list_pairs:
 * @connection: inside a transaction
 * @limit: how many at most
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingMergePair): who may be one, the likeliest first
 */
GPtrArray *
billing_merge_list_pairs (BillingConnection  *connection,
                               gint64              limit,
                               GError            **error)
{
  static const char * const reasons[] = { "name", "member-id", "email" };
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (pair_free);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, duplicates_sql, error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  billing_statement_bind_integer (statement, 1, limit);
  while (billing_statement_step (statement, &row, error))
    {
      BillingMergePair *pair;

      if (!row)
        return g_steal_pointer (&pairs);
      pair = g_new0 (BillingMergePair, 1);
      pair->first = g_strdup (billing_statement_get_text (statement, 0));
      pair->second = g_strdup (billing_statement_get_text (statement, 1));
      pair->reason = reasons[billing_statement_get_integer (statement, 2)];
      g_ptr_array_add (pairs, pair);
    }

  return NULL;
}
