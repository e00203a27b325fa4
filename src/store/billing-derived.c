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
    " || ifnull (' ' || :email, '') || ifnull (' ' || :phone, ''))" },
  { "payments", "patient_key", "(SELECT sort_key FROM patients WHERE id = :patient_id)" },
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

/**
 * billing_derived_update_patients:
 * @connection: inside a writing transaction
 * @which: a condition on the columns of patients, with ?1 and ?2 in it
 * @first: ?1
 * @last: ?2
 * @error: return location for a #BillingStoreError
 *
 * Works out what follows from rows of patients that were written and are not in the search: their own derived columns, the search, and
 * the key by which payments are sorted by their names.
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
         run_where (connection, "UPDATE payments SET patient_key = (SELECT sort_key FROM patients WHERE id = patient_id)",
                    of_patients, first, last, error);
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
         billing_connection_run (connection, error,
                                 "UPDATE payments SET patient_key ="
                                 " (SELECT sort_key FROM patients WHERE id = patient_id)", "");
}
