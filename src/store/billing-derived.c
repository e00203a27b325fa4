/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-derived"

#include "config.h"

#include "billing-derived.h"

/* Columns that no record shows. */
static const struct {
  const char *kind;
  const char *column;
  const char *expression;
} derived_columns[] = {
  { "patients", "sort_key",
    "billing_sort_key (ifnull (:family_name || ' ', '') || ifnull (:given_name, :name),"
    " (SELECT locale FROM practice))" },
  { "patients", "search",
    "billing_fold (:name || ' ' || :number || ifnull (' ' || :birth_date, '')"
    " || ifnull (' ' || :email, '') || ifnull (' ' || :phone, '') || ifnull (' ' || :also, ''))" },
  { "payments", "patient_key", "(SELECT sort_key FROM patients WHERE id = :patient_id)" },
  { "services", "patient_key", "(SELECT sort_key FROM patients WHERE id = :patient_id)" },
  { "invoices", "patient_key", "(SELECT sort_key FROM patients WHERE id = :patient_id)" },
  { "notes", "search", "billing_fold (:text)" },
};

/**
 * billing_derived_append:
 * @kind: what lists call a kind of record
 * @columns: of an INSERT of it
 * @values: what it inserts, with the record's columns as parameters of their names
 *
 * Adds the derived columns of the kind.
 */
void
billing_derived_append (const char *kind,
                        GString    *columns,
                        GString    *values)
{
  for (guint i = 0; i < G_N_ELEMENTS (derived_columns); i++)
    {
      if (!g_str_equal (derived_columns[i].kind, kind))
        continue;

      g_string_append_printf (columns, ", %s", derived_columns[i].column);
      g_string_append_printf (values, ", %s", derived_columns[i].expression);
    }
}

/* Column names inside the expressions are the new values of the row, which is written by then. */
static char *
build_update (const char *kind)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (derived_columns); i++)
    {
      g_autofree char *expression = NULL;

      if (!g_str_equal (derived_columns[i].kind, kind))
        continue;

      expression = g_strdup (derived_columns[i].expression);
      g_strdelimit (expression, ":", ' ');
      g_string_append_printf (sql, "%s%s = %s", sql->len > 0 ? ", " : "", derived_columns[i].column, expression);
    }

  return g_strdup_printf ("UPDATE %s SET %s", kind, sql->str);
}

static gboolean
run_where (BillingConnection  *connection,
           const char         *statement,
           const char         *which,
           gint64              first,
           gint64              last,
           GError            **error)
{
  g_autofree char *sql = g_strconcat (statement, " WHERE ", which, NULL);

  return billing_connection_run (connection, error, sql, "ii", first, last);
}

/**
 * billing_derived_index_patients:
 * @connection: inside a writing transaction
 * @which: a condition on the columns of patients, with ?1 and ?2 in it
 * @first: ?1
 * @last: ?2
 * @error: return location for a #BillingStoreError
 *
 * Tells the search, which has no content of its own, of patients whose rows are whole.
 *
 * Returns: whether they will be found
 */
gboolean
billing_derived_index_patients (BillingConnection  *connection,
                                const char         *which,
                                gint64              first,
                                gint64              last,
                                GError            **error)
{
  return run_where (connection, "INSERT INTO patients_search (rowid, search) SELECT pk, search FROM patients", which,
                    first, last, error);
}

/**
 * billing_derived_unindex_patients:
 * @connection: inside a writing transaction
 * @which: a condition on the columns of patients, with ?1 and ?2 in it
 * @first: ?1
 * @last: ?2
 * @error: return location for a #BillingStoreError
 *
 * Takes patients out of the search. To be done while their rows still say what was indexed.
 *
 * Returns: whether it was done
 */
gboolean
billing_derived_unindex_patients (BillingConnection  *connection,
                                  const char         *which,
                                  gint64              first,
                                  gint64              last,
                                  GError            **error)
{
  return run_where (connection,
                    "INSERT INTO patients_search (patients_search, rowid, search)"
                    " SELECT 'delete', pk, search FROM patients", which, first, last, error);
}

/* What is listed by the names of patients keeps them in the order of those names. */
static gboolean
resort_their_rows (BillingConnection  *connection,
                   const char         *of_patients,
                   gint64              first,
                   gint64              last,
                   GError            **error)
{
  static const char * const kinds[] = { "payments", "services", "invoices" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *update = g_strdup_printf ("UPDATE %s SET patient_key = (SELECT sort_key FROM patients WHERE id = patient_id)",
                                                 kinds[i]);

      if (!run_where (connection, update, of_patients, first, last, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * billing_derived_update_patients:
 * @connection: inside a writing transaction
 * @which: a condition on the columns of patients, with ?1 and ?2 in it
 * @first: ?1
 * @last: ?2
 * @error: return location for a #BillingStoreError
 *
 * Works out what follows from rows of patients that were written and are not in the search: their own derived columns, the search, and
 * the key by which payments, services and invoices are sorted by their names.
 *
 * Returns: whether it was done
 */
gboolean
billing_derived_update_patients (BillingConnection  *connection,
                                 const char         *which,
                                 gint64              first,
                                 gint64              last,
                                 GError            **error)
{
  g_autofree char *update = build_update ("patients");
  g_autofree char *of_patients = g_strdup_printf ("patient_id IN (SELECT id FROM patients WHERE %s)", which);

  return run_where (connection, update, which, first, last, error) &&
         billing_derived_index_patients (connection, which, first, last, error) &&
         resort_their_rows (connection, of_patients, first, last, error);
}

/**
 * billing_derived_resort_patients:
 * @connection: inside a writing transaction
 * @error: return location for a #BillingStoreError
 *
 * Sorts all patients anew: the practice's locale changed.
 *
 * Returns: whether they are sorted
 */
gboolean
billing_derived_resort_patients (BillingConnection  *connection,
                                 GError            **error)
{
  g_autofree char *sql = build_update ("patients");

  return billing_connection_run (connection, error, sql, "") &&
         resort_their_rows (connection, "?1 = ?2", 0, 0, error);
}

/* Most memos were there before. */
static gboolean
index_memo (BillingConnection  *connection,
            gint64              pk,
            GError            **error)
{
  if (!billing_connection_run (connection, error,
                               "INSERT INTO memos (text, search) SELECT memo, billing_fold (memo) FROM payments"
                               " WHERE pk = ? AND memo IS NOT NULL ON CONFLICT DO NOTHING", "i", pk))
    return FALSE;

  return billing_connection_get_n_changed (connection) == 0 ||
         billing_connection_run (connection, error,
                                 "INSERT INTO memos_search (rowid, search) SELECT pk, search FROM memos"
                                 " WHERE text = (SELECT memo FROM payments WHERE pk = ?)", "i", pk);
}

static gboolean
index_note (BillingConnection  *connection,
            gint64              pk,
            GError            **error)
{
  return billing_connection_run (connection, error,
                                 "INSERT INTO notes_search (rowid, search) SELECT pk, search FROM notes WHERE pk = ?",
                                 "i", pk);
}

/* What was indexed has to be said once more to be taken out. */
static gboolean
update_note (BillingConnection  *connection,
             gint64              pk,
             GError            **error)
{
  g_autofree char *update = build_update ("notes");
  g_autofree char *sql = g_strconcat (update, " WHERE pk = ?", NULL);

  return billing_connection_run (connection, error,
                                 "INSERT INTO notes_search (notes_search, rowid, search)"
                                 " SELECT 'delete', pk, search FROM notes WHERE pk = ?", "i", pk) &&
         billing_connection_run (connection, error, sql, "i", pk) && index_note (connection, pk, error);
}

/**
 * billing_derived_inserted:
 * @connection: inside a writing transaction
 * @kind: what lists call a kind of record
 * @pk: one that was inserted with what billing_derived_append() adds
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether the search will find it
 */
gboolean
billing_derived_inserted (BillingConnection  *connection,
                          const char         *kind,
                          gint64              pk,
                          GError            **error)
{
  if (g_str_equal (kind, "patients"))
    return billing_derived_index_patients (connection, BILLING_DERIVED_PKS, pk, pk, error);
  if (g_str_equal (kind, "payments"))
    return index_memo (connection, pk, error);
  if (g_str_equal (kind, "notes"))
    return index_note (connection, pk, error);

  return TRUE;
}

/**
 * billing_derived_updated:
 * @connection: inside a writing transaction
 * @kind: what lists call a kind of record
 * @pk: one whose columns of its own say something else than before
 * @error: return location for a #BillingStoreError
 *
 * Of a payment only the memo decides: its patient never changes.
 *
 * Returns: whether what follows from them was worked out again
 */
gboolean
billing_derived_updated (BillingConnection  *connection,
                         const char         *kind,
                         gint64              pk,
                         GError            **error)
{
  if (g_str_equal (kind, "patients"))
    return billing_derived_unindex_patients (connection, BILLING_DERIVED_PKS, pk, pk, error) &&
           billing_derived_update_patients (connection, BILLING_DERIVED_PKS, pk, pk, error);
  if (g_str_equal (kind, "payments"))
    return index_memo (connection, pk, error);
  if (g_str_equal (kind, "notes"))
    return update_note (connection, pk, error);

  return TRUE;
}
