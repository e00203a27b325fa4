/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-patients"

#include "config.h"

#include "billing-list-private.h"

#include <glib/gi18n-lib.h>

#include "billing-day.h"

/*
 * What a list of patients is narrowed to. Whoever owes something or has credit is found by an index that has only them, and a row of the list
 * is looked up among what that finds: the list itself is read from an index that knows nothing of money. Whoever turned out to be somebody
 * else is in no list but the one that asks for them.
 */

#define OWED "SELECT patient_id FROM payments INDEXED BY payments_owed WHERE status_rank IN (1, 2, 4)"
#define THOSE(ids) " AND pk IN (SELECT c.pk FROM patients c WHERE c.id IN (" ids "))"
#define MERGED "pk %sIN (SELECT pk FROM patients WHERE merged_into IS NOT NULL)"

static const struct {
  const char *word;
  const char *sql;
} states[] = {
  { "owing", THOSE (OWED) },
  { "overdue", THOSE (OWED " AND due_on < '%s'") },
  { "credit", " AND pk IN (SELECT c.pk FROM patients c INDEXED BY patients_with_credit WHERE c.credit > 0)" },
  { "merged", "" },
};

static gboolean
has_state (BillingQuery *query,
           const char   *word)
{
  g_auto (GStrv) words = query->status != NULL ? g_strsplit (query->status, ",", -1) : NULL;

  return words != NULL && g_strv_contains ((const char * const *) words, word);
}

gboolean
_billing_list_check_patients (BillingQuery  *query,
                              GError       **error)
{
  g_auto (GStrv) words = query->status != NULL && *query->status != '\0' ? g_strsplit (query->status, ",", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      gboolean is_known = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (states); j++)
        is_known |= g_str_equal (states[j].word, words[i]);
      if (!is_known)
        return _billing_list_refuse (error, _("Patients cannot be filtered by “%s”. There are: %s."), words[i],
                                     "owing, overdue, credit, merged");
    }

  return TRUE;
}

/* All of the words are meant: who owes something and has credit. */
void
_billing_list_add_patients (BillingListWhere *where,
                            BillingQuery     *query)
{
  const char *today = query->today != NULL && billing_day_is_valid (query->today) ? query->today : "";

  g_string_append_printf (where->sql, " AND " MERGED, has_state (query, "merged") ? "" : "NOT ");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_auto (GStrv) parts = g_strsplit (states[i].sql, "%s", -1);
      g_autofree char *sql = g_strjoinv (today, parts);

      if (has_state (query, states[i].word) || (query->overdue && g_str_equal (states[i].word, "overdue")))
        g_string_append (where->sql, sql);
    }

  if (query->location == NULL || *query->location == '\0')
    return;

  if (g_str_equal (query->location, BILLING_QUERY_NO_LOCATION))
    {
      g_string_append (where->sql, " AND pk NOT IN (SELECT c.pk FROM patients c WHERE c.id IN"
                       " (SELECT patient_id FROM treatments INDEXED BY treatments_by_place WHERE location_id > ''))");
      return;
    }

  g_ptr_array_add (where->values, g_strdup (query->location));
  g_string_append_printf (where->sql, THOSE ("SELECT patient_id FROM treatments INDEXED BY treatments_by_place WHERE location_id IN"
                                             " (SELECT id FROM locations WHERE id = ?%u OR name = ?%u)"),
                          where->values->len, where->values->len);
}
