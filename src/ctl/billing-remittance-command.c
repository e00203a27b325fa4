/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "billing-desk-kept-estimates.h"
#include "billing-desk-remittances.h"
#include "billing-money.h"
#include "billing-printer.h"

/* What insurers paid: posted, told which service it is about, or set aside. */

static char *
format (gint64      minor,
        const char *currency)
{
  return billing_money_format (billing_money_new (minor, currency), NULL);
}

static gboolean
print_preview (BillingCall  *call,
               const char   *remittance,
               GError      **error)
{
  g_autoptr (BillingRemittancePreview) preview = billing_desk_preview_remittance (call->desk, remittance, error);
  g_autofree char *paid = NULL;
  g_autofree char *adjusted = NULL;
  g_autofree char *lowered = NULL;
  g_autofree char *credited = NULL;

  if (preview == NULL)
    return FALSE;

  paid = format (preview->paid, preview->currency);
  adjusted = format (preview->adjusted, preview->currency);
  lowered = format (preview->lowered, preview->currency);
  credited = format (preview->credited, preview->currency);
  printf (_("%s: %" PRId64 " lines would be posted, %s paid and %s adjusted; %" PRId64 " invoices would change, open payments fall by "
            "%s, %s become credit; %" PRId64 " lines would be refused\n"), remittance, preview->n, paid, adjusted, preview->n_invoices,
          lowered, credited, preview->n_refused);
  if (preview->refusal != NULL)
    printf ("%s\n", preview->refusal);
  return TRUE;
}

static gboolean
print_remittance (BillingCall  *call,
                  const char   *name,
                  GError      **error)
{
  g_autoptr (BillingRecord) record = billing_desk_find (call->desk, name, error);
  BillingRemittance *remittance;
  g_autofree char *posted = NULL;
  g_autofree char *amount = NULL;

  if (record == NULL)
    return FALSE;

  remittance = BILLING_REMITTANCE (record);
  posted = format (remittance->posted, remittance->currency);
  amount = format (remittance->amount, remittance->currency);
  printf (_("%s: %" PRId64 " of %" PRId64 " lines posted, %s of %s; %" PRId64 " still to be dealt with\n"), remittance->number,
          remittance->n_posted, remittance->n_lines, posted, amount, remittance->n_open);
  return TRUE;
}

static gboolean
perform (BillingCall  *call,
         const char   *subject,
         const char   *service,
         GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, subject);

  act->selection = g_strdup (service);
  return billing_call_fill (call, act, error) && billing_desk_do (call->desk, act, error) &&
         print_remittance (call, act->result, error);
}

/* Says what was posted of each, or with --dry-run what would be. */
gboolean
billing_command_remittance_post (BillingCall  *call,
                                 GError      **error)
{
  gboolean dry = billing_call_get (call, "dry-run") != NULL;

  if (billing_call_open_desk (call, error) == NULL)
    return FALSE;

  for (guint i = 0; call->arguments[i] != NULL; i++)
    {
      if (!(dry ? print_preview (call, call->arguments[i], error) : perform (call, call->arguments[i], NULL, error)))
        return FALSE;
    }

  return TRUE;
}

gboolean
billing_command_remittance (BillingCall  *call,
                            GError      **error)
{
  return billing_call_open_desk (call, error) != NULL &&
         perform (call, call->arguments[0], call->arguments[0] != NULL ? call->arguments[1] : NULL, error);
}

/* How near estimates came to what the insurers left to the patients. */
gboolean
billing_command_report_estimates (BillingCall  *call,
                                  GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);
  BillingColumnFormat columns = billing_call_get_format (call);
  g_autoptr (BillingPrinter) printer = NULL;
  g_autoptr (GPtrArray) scores = NULL;

  if (desk == NULL)
    return FALSE;

  printer = billing_printer_new (billing_call_get (call, "format"), "estimate_scores", &columns, error);
  scores = printer != NULL ? billing_desk_list_estimate_scores (desk, billing_call_get (call, "from"), billing_call_get (call, "to"), error)
                           : NULL;
  for (guint i = 0; scores != NULL && i < scores->len; i++)
    billing_printer_add (printer, scores->pdata[i]);

  if (scores != NULL)
    billing_printer_finish (printer);
  return scores != NULL;
}
