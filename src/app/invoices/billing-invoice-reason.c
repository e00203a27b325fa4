/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice-reason"

#include "config.h"

#include "billing-invoice-reason.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-invoice-acts.h"
#include "billing-invoice.h"
#include "billing-reason-dialog.h"

/* Asks once more, and why, before an invoice is voided or written off. */

typedef struct {
  GtkWidget *widget; /* (owned) */
  BillingDesk *desk; /* (owned) */
  BillingVerb verb;
  BillingInvoice *invoice; /* (owned) */
} Asking;

static void
asking_free (gpointer  data,
             GClosure *closure)
{
  Asking *asking = data;

  g_object_unref (asking->widget);
  g_object_unref (asking->desk);
  g_object_unref (asking->invoice);
  g_free (asking);
}

static void
response_cb (BillingReasonDialog *question,
             const char          *response,
             Asking              *asking)
{
  g_autoptr (BillingAct) act = NULL;
  g_autofree char *reason = billing_reason_dialog_dup_reason (question);
  g_autofree char *toast = NULL;

  if (!g_str_equal (response, "do"))
    return;

  act = billing_act_new (asking->verb, billing_record_get_id (BILLING_RECORD (asking->invoice)));
  g_object_set (act, "notes", *reason != '\0' ? reason : NULL, NULL);
  toast = g_strdup_printf (asking->verb == BILLING_VERB_INVOICE_VOID ? _("%s is void") : _("%s was written off"), asking->invoice->number);
  billing_invoice_acts_do (asking->widget, asking->desk, act, toast);
}

/**
 * billing_invoice_reason_ask:
 * @widget: a widget in the window
 * @desk: who acts
 * @verb: void or write off
 * @invoice: id or number of an invoice
 */
void
billing_invoice_reason_ask (GtkWidget   *widget,
                            BillingDesk *desk,
                            BillingVerb  verb,
                            const char  *invoice)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRecord) record = billing_desk_find_of (desk, BILLING_TYPE_INVOICE, invoice, &error);
  AdwMessageDialog *question;
  Asking *asking;

  if (record == NULL)
    {
      gtk_widget_activate_action (widget, "win.warn", "s", error->message);
      return;
    }

  asking = g_new0 (Asking, 1);
  asking->widget = g_object_ref (widget);
  asking->desk = g_object_ref (desk);
  asking->verb = verb;
  asking->invoice = BILLING_INVOICE (g_steal_pointer (&record));
  question = billing_reason_dialog_new_for (verb, asking->invoice->number, asking->invoice->balance, asking->invoice->currency);
  g_signal_connect_data (question, "response", G_CALLBACK (response_cb), asking, asking_free, 0);
  billing_invoice_acts_present (widget, GTK_WINDOW (question));
}
