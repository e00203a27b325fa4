/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "billing-rate-sheet.h"
#include "billing-rate.h"
#include "billing-safe-file.h"

/* Billing rates: made, changed, priced, taken in from a file and written into one. */

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

/* What happens is a result; what does not come in is said where errors are. */
static void
print_lines (BillingRateSheet *sheet)
{
  GPtrArray *lines = billing_rate_sheet_get_lines (sheet);

  for (guint i = 0; i < lines->len; i++)
    {
      BillingRateSheetLine *line = lines->pdata[i];

      if (line->fate == BILLING_RATE_SHEET_FATE_REFUSED)
        g_printerr (_("row %" PRIu64 ": %s: %s\n"), line->line, line->what, line->text);
      else if (line->fate != BILLING_RATE_SHEET_FATE_SAME)
        printf (_("row %" PRIu64 ": %s: %s\n"), line->line, line->what, line->text);
    }
}

gboolean
billing_command_rate_import (BillingCall  *call,
                             GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);
  g_autoptr (BillingRateSheet) sheet = desk != NULL ? billing_rate_sheet_read (desk, call->arguments[0], NULL, error) : NULL;
  g_autofree char *summary = NULL;

  if (sheet == NULL)
    return FALSE;

  print_lines (sheet);
  summary = billing_rate_sheet_summarise (sheet);
  if (billing_call_get (call, "dry-run") == NULL && !billing_rate_sheet_apply (sheet, error))
    return FALSE;

  printf ("%s\n", summary);
  if (billing_rate_sheet_count (sheet, BILLING_RATE_SHEET_FATE_REFUSED) == 0)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("Not every row came in; what is said above names them"));
  return FALSE;
}

gboolean
billing_command_rate_export (BillingCall  *call,
                             GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);
  g_autofree char *text = desk != NULL ? billing_rate_sheet_build (desk, NULL, error) : NULL;

  if (text == NULL)
    return FALSE;
  if (g_str_equal (call->arguments[0], "-"))
    return fputs (text, stdout) >= 0;

  return billing_safe_file_write (call->arguments[0], text, error);
}
