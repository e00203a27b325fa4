/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-search-stripe"

#include "config.h"

#include "billing-list-search-private.h"

#include <inttypes.h>

#include "billing-text.h"

/*
 * Stripe's payments are found by what we know of them, the patient and the number of our payment, and by what Stripe does: who paid, what
 * for, the last four digits, the amount, and ids. Each word must be found; each place it may be in is a set of payments that an index knows. The
 * joins are as they are written: what matches comes first. A payment's own words are found from three characters on, like memos.
 */

/* Which payment of ours it is: somebody may have said so, against what Stripe's metadata says. */
#define OWNER "coalesce ((SELECT a.payment_id FROM main.assignments a WHERE a.charge_id = s.charge), s.payment)"

#define OF_PATIENT \
  "SELECT s.pk FROM main.payments p CROSS JOIN mirror.stripe_payments s ON s.payment = p.id WHERE " OWNER " = p.id AND p.patient_id IN (%s)" \
  " UNION ALL SELECT s.pk FROM main.assignments a CROSS JOIN mirror.stripe_payments s ON s.charge = a.charge_id" \
  " LEFT JOIN main.payments p ON p.id = ifnull (a.payment_id, s.payment) WHERE ifnull (p.patient_id, a.patient_id) IN (%s)"
/* ':' is the character after '9'. */
#define OF_NUMBER \
  " UNION ALL SELECT s.pk FROM main.payments p CROSS JOIN mirror.stripe_payments s ON s.payment = p.id" \
  " WHERE p.number >= ?%u AND p.number < ?%u || ':' AND " OWNER " = p.id" \
  " UNION ALL SELECT s.pk FROM main.assignments a CROSS JOIN main.payments p ON p.id = a.payment_id" \
  " CROSS JOIN mirror.stripe_payments s ON s.charge = a.charge_id WHERE p.number >= ?%u AND p.number < ?%u || ':'"
#define OF_WORDS \
  " UNION ALL SELECT rowid FROM mirror.stripe_payments_search WHERE stripe_payments_search MATCH ?%u" \
  " UNION ALL SELECT s.pk FROM mirror.customers_search CROSS JOIN mirror.customers u ON u.pk = customers_search.rowid" \
  " CROSS JOIN mirror.stripe_payments s ON s.customer = u.id WHERE customers_search MATCH ?%u"
#define OF_AMOUNT \
  " UNION ALL SELECT pk FROM mirror.stripe_payments INDEXED BY stripe_payments_by_amount WHERE amount = %" PRId64
/* '~' comes after all that an id is made of. An earlier charge of the payment finds it, too. */
#define BEGINS(id) id " >= ?%1$u AND " id " < ?%1$u || '~'"
#define OF_ID \
  " UNION ALL SELECT s.pk FROM mirror.stripe_payments s WHERE " BEGINS ("s.id") \
  " UNION ALL SELECT s.pk FROM mirror.stripe_payments s WHERE " BEGINS ("s.customer") \
  " UNION ALL SELECT s.pk FROM mirror.charges c CROSS JOIN mirror.stripe_payments s ON s.id = ifnull (c.payment_intent, c.id) WHERE " \
  BEGINS ("c.id") \
  " UNION ALL SELECT s.pk FROM mirror.stripe_refunds r CROSS JOIN mirror.stripe_payments s ON s.charge = r.charge WHERE " BEGINS ("r.id") \
  " UNION ALL SELECT s.pk FROM mirror.disputes d CROSS JOIN mirror.stripe_payments s ON s.charge = d.charge WHERE " BEGINS ("d.id")

/* Of few patients their ids, else what finds them. */
static char *
build_patients (BillingConnection  *connection,
                const char         *word,
                GPtrArray          *values,
                GError            **error)
{
  const char *words[] = { word, NULL };
  g_autoptr (GError) local = NULL;
  g_autofree char *few = _billing_search_find_few (connection, (GStrv) words, &local);
  g_autoptr (GString) sql = g_string_new (NULL);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (few != NULL)
    return g_strdup_printf ("SELECT value FROM json_each (?%u)", _billing_search_add_value (values, g_steal_pointer (&few)));

  g_string_append (sql, "SELECT id FROM main.patients WHERE ");
  _billing_search_append_patients (sql, values, (GStrv) words);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gboolean
append_word (BillingConnection  *connection,
             const char         *word,
             GString            *where,
             GPtrArray          *values,
             GError            **error)
{
  g_autofree char *folded = billing_text_fold (word);
  g_autofree char *patients = build_patients (connection, folded, values, error);
  g_autofree char *number = _billing_search_get_number_start ("PAY", folded);
  gint64 amount = _billing_search_read_amount (connection, folded);

  if (patients == NULL)
    return FALSE;

  g_string_append_printf (where, " AND pk IN (" OF_PATIENT, patients, patients);
  if (number != NULL)
    {
      guint i = _billing_search_add_value (values, g_steal_pointer (&number));

      g_string_append_printf (where, OF_NUMBER, i, i, i, i);
    }
  if (g_utf8_strlen (folded, -1) >= BILLING_SEARCH_TRIGRAM)
    {
      guint i = _billing_search_add_value (values, _billing_search_quote (folded));

      g_string_append_printf (where, OF_WORDS, i, i);
    }
  if (amount > 0)
    g_string_append_printf (where, OF_AMOUNT, amount);
  /* Ids tell capitals from small letters. */
  if (strchr (word, '_') != NULL)
    g_string_append_printf (where, OF_ID, _billing_search_add_value (values, g_strdup (word)));
  g_string_append_c (where, ')');
  return TRUE;
}

/*
 * _billing_search_stripe_payments:
 * @text: what was typed
 * @where: gets the conditions on a row of stripe_payments
 *
 * Returns: whether the conditions could be made
 */
gboolean
_billing_search_stripe_payments (BillingConnection  *connection,
                                 const char         *text,
                                 GString            *where,
                                 GPtrArray          *values,
                                 GError            **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0' && !append_word (connection, words[i], where, values, error))
        return FALSE;
    }

  return TRUE;
}
