/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-age"

#include "config.h"

#include "billing-list-age.h"

#include "billing-age.h"
#include "billing-day.h"

/* Instants in [@from, @to], in the query's time zone; any end may be open. Days become instants once here, not instants days in each row. */
static char *
build_created (BillingQuery *query,
               const char   *from,
               const char   *to)
{
  g_autoptr (GString) sql = g_string_new ("true");
  g_autofree char *next = to != NULL ? billing_day_add (to, 1) : NULL;

  if (from != NULL)
    g_string_append_printf (sql, " AND created_at >= %" G_GINT64_FORMAT, billing_day_start (from, query->time_zone));
  if (next != NULL)
    g_string_append_printf (sql, " AND created_at < %" G_GINT64_FORMAT, billing_day_start (next, query->time_zone));

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* The days were checked, and so are no way into the SQL. */
static char *
build_day (const char *column,
           const char *from,
           const char *to)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "%s IS NOT NULL", column);
  if (from != NULL)
    g_string_append_printf (sql, " AND %s >= '%s'", column, from);
  if (to != NULL)
    g_string_append_printf (sql, " AND %s <= '%s'", column, to);

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

#define SERVICE_DAY "(SELECT t.day FROM treatments t WHERE t.id = treatment_id)"

/* What is of an age; what has no day of the basis goes by that on which it was made. */
static char *
build_age (BillingQuery *query,
           const char   *age,
           const char   *basis)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *created = NULL;
  g_autofree char *day = NULL;
  gboolean by_service = g_strcmp0 (basis, BILLING_AGE_BASIS_SERVICE) == 0;

  billing_age_get_days (age, query->today, &from, &to);
  created = build_created (query, from, to);
  if (g_strcmp0 (basis, BILLING_AGE_BASIS_CREATED) == 0)
    return g_strdup_printf ("(%s)", created);

  day = build_day (by_service ? SERVICE_DAY : "due_on", from, to);
  return g_strdup_printf ("(%s OR %s IS NULL AND %s)", day, by_service ? "treatment_id" : "due_on", created);
}

/**
 * billing_list_check_age:
 * @query: what somebody wants to see
 * @error: return location for %BILLING_STORE_ERROR_QUERY
 *
 * Returns: whether its age and its basis make sense
 */
gboolean
billing_list_check_age (BillingQuery  *query,
                        GError       **error)
{
  g_autoptr (GError) own_error = NULL;

  if (billing_age_check (query->age, query->age_basis, &own_error))
    return TRUE;

  g_set_error_literal (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY, own_error->message);
  return FALSE;
}

/**
 * billing_list_add_age:
 * @query: a checked query for payments
 * @where: a WHERE clause that grows
 */
void
billing_list_add_age (BillingQuery *query,
                      GString      *where)
{
  g_autofree char *sql = NULL;

  if (query->age == NULL)
    return;

  sql = build_age (query, query->age, query->age_basis);
  g_string_append_printf (where, " AND %s", sql);
}

/**
 * billing_list_build_age_key:
 * @query: with today and time zone
 * @basis: (nullable): by which days
 *
 * Returns: (transfer full): the SQL that gives the age of a payment, as a number in the order of billing_age_list_words()
 */
char *
billing_list_build_age_key (BillingQuery *query,
                            const char   *basis)
{
  const char * const *words = billing_age_list_words ();
  g_autoptr (GString) sql = g_string_new ("CASE");

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *age = build_age (query, words[i], basis);

      g_string_append_printf (sql, " WHEN %s THEN %u", age, i);
    }
  g_string_append (sql, " END");

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/**
 * billing_list_build_month_key:
 * @query: with the time zone
 * @day: (nullable): a column of days, perhaps empty
 * @instant: a column of instants, for rows without a day
 *
 * Returns: (transfer full): the SQL that gives the month of a row
 */
char *
billing_list_build_month_key (BillingQuery *query,
                              const char   *day,
                              const char   *instant)
{
  g_autoptr (GString) zone = g_string_new (query->time_zone != NULL ? query->time_zone : "");

  g_string_replace (zone, "'", "''", 0);
  return g_strdup_printf ("substr (ifnull (%s, billing_day (%s, nullif ('%s', ''))), 1, 7)",
                          day != NULL ? day : "NULL", instant, zone->str);
}
