/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-day-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "billing-day-close.h"
#include "billing-deposit-slip.h"
#include "billing-money.h"
#include "billing-printer.h"

/* The close of a day. */

static gboolean
print_comparison (BillingCall  *call,
                  const char   *id,
                  GError      **error)
{
  g_autoptr (BillingRecord) record = billing_desk_find (call->desk, id, error);
  BillingDayClose *close_;
  g_autofree char *counted = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *variance = NULL;

  if (record == NULL)
    return FALSE;

  close_ = BILLING_DAY_CLOSE (record);
  counted = billing_money_format_plain (billing_money_new (close_->counted, close_->currency));
  expected = billing_money_format_plain (billing_money_new (close_->expected, close_->currency));
  variance = billing_money_format_plain (billing_money_new (close_->variance, close_->currency));
  printf (_("%s: counted %s, expected %s, variance %s\n"), close_->day, counted, expected, variance);
  return TRUE;
}

/* The count is kept before anything is said of what it should be. */
gboolean
billing_command_day_close (BillingCall  *call,
                           GError      **error)
{
  g_autoptr (BillingAct) count = billing_act_new (BILLING_VERB_DAY_CLOSE, NULL);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_DAY_CLOSE, NULL);
  const char *slip = billing_call_get (call, "slip");

  if (billing_call_open_desk (call, error) == NULL ||
      !billing_call_fill_money (call, "counted", billing_call_get_format (call).currency, count, error))
    return FALSE;

  count->draft = TRUE;
  count->date = g_strdup (billing_call_get (call, "date"));
  act->date = g_strdup (billing_call_get (call, "date"));
  act->notes = g_strdup (billing_call_get (call, "notes"));
  return billing_desk_do (call->desk, count, error) && print_comparison (call, count->result, error) &&
         billing_desk_do (call->desk, act, error) &&
         (slip == NULL || billing_deposit_slip_write (call->desk, act->result, slip, error));
}

/* What each person took in by each tender, up to each close. */
gboolean
billing_command_day_report (BillingCall   *call,
                            BillingQuery  *query,
                            GError       **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_REPORT_VIEW, NULL);
  g_autoptr (BillingPrinter) printer = NULL;
  BillingColumnFormat columns = billing_call_get_format (call);

  act->text = g_strdup ("day-close");
  printer = billing_printer_new (billing_call_get (call, "format"), query->list, &columns, error);
  if (printer == NULL || !billing_desk_do (call->desk, act, error) ||
      !billing_desk_list (call->desk, query, billing_command_print_cb, printer, NULL, error))
    return FALSE;

  billing_printer_finish (printer);
  return TRUE;
}
