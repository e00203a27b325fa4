/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice-format"

#include "config.h"

#include "billing-invoice-format.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "billing-enums.h"
#include "billing-list-statuses.h"

/**
 * billing_invoice_format_service_class:
 * @state: where a service stands
 *
 * Returns: the CSS class that gives it its colour
 */
const char *
billing_invoice_format_service_class (BillingServiceState state)
{
  switch (state)
    {
    case BILLING_SERVICE_STATE_TO_INVOICE:
      return "pending";
    case BILLING_SERVICE_STATE_WITH_INSURER:
      return "processing";
    case BILLING_SERVICE_STATE_INVOICED:
    case BILLING_SERVICE_STATE_SETTLED:
      return "paid";
    case BILLING_SERVICE_STATE_NOT_BILLED:
    case BILLING_SERVICE_STATE_NOT_INVOICED:
    case BILLING_SERVICE_STATE_REMOVED:
    default:
      return "quiet";
    }
}

/**
 * billing_invoice_format_is_overdue:
 * @invoice: an invoice
 * @today: which day it is in the practice
 *
 * Returns: whether something of it was to be paid before today, and still is
 */
gboolean
billing_invoice_format_is_overdue (BillingInvoice *invoice,
                                   const char     *today)
{
  return invoice->balance > 0 && invoice->voided_at == 0 && invoice->due_on != NULL && strcmp (invoice->due_on, today) < 0;
}

/**
 * billing_invoice_format_status:
 * @invoice: an invoice
 * @today: which day it is in the practice
 *
 * Returns: (transfer full): where it stands, in a word or two
 */
char *
billing_invoice_format_status (BillingInvoice *invoice,
                               const char     *today)
{
  if (billing_invoice_format_is_overdue (invoice, today))
    return g_strdup (_("Overdue"));

  return billing_list_statuses_get_label ("invoices", billing_enum_nick (BILLING_TYPE_INVOICE_STATUS, invoice->status));
}

const char *
billing_invoice_format_class (BillingInvoice *invoice,
                              const char     *today)
{
  if (billing_invoice_format_is_overdue (invoice, today))
    return "failed";

  switch (invoice->status)
    {
    case BILLING_INVOICE_STATUS_OPEN:
      return "pending";
    case BILLING_INVOICE_STATUS_PARTLY_PAID:
      return "processing";
    case BILLING_INVOICE_STATUS_PAID:
      return "paid";
    case BILLING_INVOICE_STATUS_WRITTEN_OFF:
    case BILLING_INVOICE_STATUS_VOID:
    default:
      return "quiet";
    }
}

static char *
format_count (const char *list,
              gint64      n)
{
  if (g_str_equal (list, "services"))
    return g_strdup_printf (ngettext ("%'" PRId64 " service", "%'" PRId64 " services", (gulong) n), n);

  return g_strdup_printf (ngettext ("%'" PRId64 " invoice", "%'" PRId64 " invoices", (gulong) n), n);
}

/**
 * billing_invoice_format_choice:
 * @list: `services` or `invoices`
 * @n: how many are ticked
 * @n_patients: of how many patients; -1: that is being counted
 * @sum: (nullable): what they come to, written
 *
 * Returns: (transfer full): what is ticked, in one line
 */
char *
billing_invoice_format_choice (const char *list,
                               gint64      n,
                               gint64      n_patients,
                               const char *sum)
{
  g_autofree char *what = format_count (list, n);
  g_autofree char *whose = NULL;

  if (n == 0)
    return g_strdup (_("Nothing chosen"));
  if (n_patients < 0)
    return g_steal_pointer (&what);

  whose = g_strdup_printf (ngettext ("%'" PRId64 " patient", "%'" PRId64 " patients", (gulong) n_patients), n_patients);
  return g_strjoin (" · ", what, whose, sum, NULL);
}

/**
 * billing_invoice_format_code:
 * @code_system: (nullable): CPT, HCPCS or own
 * @code: (nullable): the code
 * @name: what it means
 *
 * Returns: (transfer full): the code with what it means
 */
char *
billing_invoice_format_code (const char *code_system,
                             const char *code,
                             const char *name)
{
  if (code == NULL || *code == '\0')
    return g_strdup (name);
  if (code_system == NULL || *code_system == '\0' || g_strcmp0 (code_system, "own") == 0)
    return g_strdup_printf ("%s · %s", code, name);

  return g_strdup_printf ("%s %s · %s", code_system, code, name);
}
