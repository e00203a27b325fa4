/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-reconcile-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-month.h"
#include "billing-printer.h"
#include "billing-reconcile.h"

/* Where no days are said it is the last whole month: that is what is closed. */
static void
choose_days (BillingCall  *call,
             char        **from,
             char        **to)
{
  g_autofree char *today = billing_desk_get_today (call->desk);
  g_autofree char *month = billing_month_of (today);
  g_autofree char *last = billing_month_add (month, -1);

  *from = g_strdup (billing_call_get (call, "from"));
  *to = g_strdup (billing_call_get (call, "to"));
  if (*from == NULL)
    {
      g_autofree char *month_of_end = *to != NULL ? billing_month_of (*to) : g_strdup (last);

      *from = billing_month_first_day (month_of_end);
    }
  if (*to == NULL)
    *to = billing_call_get (call, "from") != NULL ? g_strdup (today) : billing_month_last_day (last);
}

static BillingReconciliation *
read_reconciliation (BillingCall  *call,
                     GError      **error)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  choose_days (call, &from, &to);
  return billing_desk_reconcile (call->desk, billing_call_get (call, "currency"), from, to, NULL, error);
}

/**
 * billing_command_reconcile:
 * @call: days and a currency
 * @error: return location for an error: also that something does not fit
 *
 * Prints Stripe's ledger of a period, and what of it does not fit.
 *
 * Returns: whether everything fits
 */
gboolean
billing_command_reconcile (BillingCall  *call,
                           GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);
  g_autoptr (BillingReconciliation) result = desk != NULL ? read_reconciliation (call, error) : NULL;
  BillingColumnFormat columns;
  g_autoptr (BillingPrinter) printer = NULL;
  g_autofree char *sentence = NULL;

  if (result == NULL)
    return FALSE;

  columns = billing_call_get_format (call);
  printer = billing_printer_new (billing_call_get (call, "format"), "reconciliation", &columns, error);
  if (printer == NULL)
    return FALSE;

  for (guint i = 0; i < result->lines->len; i++)
    billing_printer_add (printer, result->lines->pdata[i]);
  billing_printer_finish (printer);

  sentence = billing_reconciliation_describe (result);
  if (billing_reconciliation_fits (result))
    {
      g_printerr ("%s\n", sentence);
      return TRUE;
    }

  g_set_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID, "%s – %s: %s", result->from, result->to, sentence);
  return FALSE;
}
