/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payout-command"

#include "config.h"

#include "billing-commands.h"

#include <stdio.h>

#include "billing-json-texts.h"

/* Payouts: made, cancelled, and when Stripe makes them itself. */

static gboolean
perform (BillingCall  *call,
         BillingAct   *act,
         GError      **error)
{
  if (!billing_desk_do (call->desk, act, error))
    return FALSE;

  printf ("%s\n", act->result);
  return billing_command_deliver (call, act->result, error);
}

/* Prints the intent's id, by which the queue knows it. */
gboolean
billing_command_payout (BillingCall  *call,
                        GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, call->arguments[0]);

  return billing_call_open_desk (call, error) != NULL && billing_call_fill (call, act, error) &&
         billing_call_fill_money (call, "amount", NULL, act, error) && perform (call, act, error);
}

/* “--days” are days of the week or of the month, as the interval wants. */
gboolean
billing_command_payout_schedule (BillingCall  *call,
                                 GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean is_monthly = g_strcmp0 (billing_call_get (call, "interval"), "monthly") == 0;

  billing_call_copy (call, fields, "interval", "interval");
  billing_call_copy (call, fields, "days", is_monthly ? "monthly_payout_days" : "weekly_payout_days");
  billing_call_copy (call, fields, "descriptor", "statement_descriptor");
  act->fields = billing_json_texts_build (fields);
  act->notes = g_strdup (billing_call_get (call, "notes"));
  return billing_call_open_desk (call, error) != NULL && billing_call_fill_money (call, "minimum", NULL, act, error) &&
         perform (call, act, error);
}
