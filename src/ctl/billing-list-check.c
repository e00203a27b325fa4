/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-check"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>

#include "billing-stripe-status.h"

/* What is asked of a list and can only be a slip: without a word about it, the empty list that comes would be believed. */

typedef struct {
  const char *list;
  const char *words;
} Statuses;

/* Those of payments are refused by the store, for they are ours alone. Stripe may think of new ones for its own. */
static const Statuses statuses[] = {
  { "charges", "succeeded pending failed" },
  { "payment_intents", "requires_payment_method requires_confirmation requires_action processing requires_capture canceled succeeded" },
  { "refunds", "waiting posted failed withdrawn pending requires_action succeeded canceled" },
  { "payouts", "pending in_transit paid failed canceled" },
  { "disputes", "needs_response under_review appeal_needs_response appeal_under_review won lost prevented warning_needs_response"
                " warning_under_review warning_closed needs-answer under-review closed" },
  { "tax_registrations", "active scheduled expired" },
  { "notices", "open new read done snoozed ended" },
  { "messages", "queued sending sent handed unknown failed cancelled" },
  { "services", "to-invoice with-insurer invoiced not-billed not-invoiced settled removed" },
  { "invoices", "open partly-paid paid written-off void" },
  { "outbox", "queued sending done failed withdrawn unknown" },
};

static const char *
find_statuses (const char *list)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_str_equal (statuses[i].list, list))
        return statuses[i].words;
    }

  return NULL;
}

static gboolean
found_cb (BillingRecord  *record,
          gpointer        data,
          GError        **error)
{
  gboolean *found = data;

  *found = TRUE;
  return TRUE;
}

/* Whether a row has a status that we do not know. */
static gboolean
is_there (BillingCall   *call,
          const char    *list,
          const char    *word,
          gboolean      *found,
          GError       **error)
{
  g_autoptr (BillingQuery) query = billing_desk_query (call->desk, list);

  *found = FALSE;
  query->status = g_strdup (word);
  query->limit = 1;
  return billing_desk_list (call->desk, query, found_cb, found, NULL, error);
}

static gboolean
check_status (BillingCall   *call,
              BillingQuery  *query,
              const char    *word,
              const char    *known,
              GError       **error)
{
  g_auto (GStrv) words = g_strsplit (known, " ", -1);
  g_autofree char *all = NULL;
  gboolean found;

  if (g_strv_contains ((const char * const *) words, word))
    return TRUE;
  if (g_str_equal (query->list, "charges") && g_strv_contains (billing_stripe_status_list_words (), word))
    return TRUE;
  if (!is_there (call, query->list, word, &found, error))
    return FALSE;
  if (found)
    return TRUE;

  all = g_strjoinv (", ", words);
  /* Translators: the first is a word that was asked for, the second a list as it is called on the command line: payouts */
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is no status in the list of %s. There are: %s."), word,
               g_str_equal (call->command->name, "list") || g_str_equal (call->command->name, "export") ? call->arguments[0] : query->list, all);
  return FALSE;
}

static gboolean
check_statuses (BillingCall   *call,
                BillingQuery  *query,
                GError       **error)
{
  const char *known = find_statuses (query->list);
  g_auto (GStrv) words = query->status != NULL && known != NULL ? g_strsplit (query->status, ",", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      if (!check_status (call, query, words[i], known, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_days (const char  *from,
            const char  *to,
            GError     **error)
{
  if (from == NULL || to == NULL || g_strcmp0 (from, to) <= 0)
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("The first day is after the last one."));
  return FALSE;
}

/**
 * billing_command_check_query:
 * @call: a call with its desk open
 * @query: what it asks for
 * @error: return location for an error
 *
 * Returns: whether that can have been meant
 */
gboolean
billing_command_check_query (BillingCall   *call,
                             BillingQuery  *query,
                             GError       **error)
{
  if (!check_days (query->from, query->to, error) || !check_days (query->due_from, query->due_to, error) ||
      !check_days (query->paid_from, query->paid_to, error))
    return FALSE;

  if (query->min >= 0 && query->max >= 0 && query->min > query->max)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("The least amount is more than the most."));
      return FALSE;
    }

  return check_statuses (call, query, error);
}
