/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-connect"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-sync.h"
#include "billing-table.h"

/* Binding a practice to its Stripe account. The key itself never comes here. */

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_OTHER_ACCOUNT, sentence);
  return FALSE;
}

/**
 * billing_desk_check_binding:
 * @practice: as it stands in the books
 * @account: whose key it is
 * @live: whether it moves real money
 * @error: return location for %BILLING_SYNC_ERROR_OTHER_ACCOUNT
 *
 * A practice keeps the account and the mode of its first key for ever: what it knows of Stripe
 * would make no sense in another one.
 *
 * Returns: whether such a key may be used for @practice
 */
gboolean
billing_desk_check_binding (BillingPractice  *practice,
                            const char       *account,
                            gboolean          live,
                            GError          **error)
{
  g_autofree char *sentence = NULL;

  if (practice->stripe_account == NULL)
    return TRUE;

  if (!g_str_equal (practice->stripe_account, account))
    {
      sentence = g_strdup_printf (_("This key belongs to the Stripe account %s, but this practice "
                                    "to %s. Nothing was changed. Use a key of that account, or "
                                    "make another practice for the other one."),
                                  account, practice->stripe_account);
      return refuse (error, sentence);
    }
  if (practice->stripe_live && !live)
    return refuse (error, _("This is a key for test mode, but this practice is for real money. "
                            "Nothing was changed. Use a key for live mode (sk_live_… or "
                            "rk_live_…), or make another practice to try things out in."));
  if (!practice->stripe_live && live)
    return refuse (error, _("This is a key for live mode, which moves real money, but this "
                            "practice is for trying things out. Nothing was changed. Make another "
                            "practice for real money."));

  return TRUE;
}

/**
 * billing_desk_connect_stripe:
 * @turn: account and live of a key that Stripe has taken, and in text which key, without itself; no
 *   account: the keys were removed
 * @error: return location for %BILLING_SYNC_ERROR_OTHER_ACCOUNT
 *
 * Binds the practice to the account and mode of its first key, and notes each key in the audit.
 *
 * Returns: whether the key may be used
 */
gboolean
billing_desk_connect_stripe (BillingTurn  *turn,
                             GError      **error)
{
  g_autoptr (GPtrArray) found = billing_table_select (turn->connection, BILLING_TYPE_PRACTICE, "pk",
                                                      "1", error);
  g_autoptr (BillingPractice) practice = billing_practice_new ();
  BillingAct *act = turn->act;

  if (found == NULL || found->len == 0 || !billing_turn_check_text (act->text, error))
    return FALSE;

  billing_record_copy (BILLING_RECORD (practice), found->pdata[0]);
  if (act->account != NULL &&
      !billing_desk_check_binding (practice, act->account, act->live, error))
    return FALSE;

  if (act->account != NULL && practice->stripe_account == NULL)
    {
      g_object_set (practice, "stripe-account", act->account, "stripe-live", act->live, NULL);
      if (!billing_table_update (turn->connection, BILLING_RECORD (practice), error))
        return FALSE;
    }

  billing_turn_set_result (turn, practice->stripe_account);
  return billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (practice)),
                             found->pdata[0], BILLING_RECORD (practice), act->text, error);
}
