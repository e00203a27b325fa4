/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "billing-rate.h"

/* Billing rates: made, changed, priced. */

/* A price is of the rate's currency. */
static gboolean
fill_price (BillingCall  *call,
            BillingAct   *act,
            GError      **error)
{
  g_autoptr (BillingRecord) rate = billing_desk_find (call->desk, act->subject, error);
  gboolean removes = billing_call_get (call, "remove") != NULL;

  if (rate == NULL)
    return FALSE;
  if (removes == (billing_call_get (call, "amount") != NULL))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("Say either --amount or --remove"));
      return FALSE;
    }

  return !BILLING_IS_RATE (rate) || billing_call_fill_money (call, "amount", BILLING_RATE (rate)->currency, act, error);
}

static void
print_result (BillingAct *act)
{
  if (act->verb != BILLING_VERB_RATE_CREATE)
    return;

  printf ("%s\n", act->result);
  if (act->remainder != NULL)
    printf ("%s\n", act->remainder);
}

/* Prints the number of what was made, and of its twin. */
gboolean
billing_command_rate (BillingCall  *call,
                      GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, call->arguments[0]);

  if (billing_call_open_desk (call, error) == NULL || !billing_call_fill (call, act, error) ||
      !(act->verb == BILLING_VERB_RATE_PRICE ? fill_price (call, act, error)
                                             : billing_call_fill_money (call, "amount", NULL, act, error)) ||
      !billing_desk_do (call->desk, act, error))
    return FALSE;

  print_result (act);
  return TRUE;
}
