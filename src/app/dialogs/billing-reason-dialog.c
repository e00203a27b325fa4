/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-reason-dialog"

#include "config.h"

#include "billing-reason-dialog.h"

#include <glib/gi18n.h>

#include "billing-entry.h"
#include "billing-format.h"

struct _BillingReasonDialog {
  AdwMessageDialog parent_instance;

  /* Template widgets */
  AdwEntryRow *reason_row; /* (not owned) */
};

G_DEFINE_FINAL_TYPE (BillingReasonDialog, billing_reason_dialog, ADW_TYPE_MESSAGE_DIALOG)

static const char *
get_heading (BillingVerb verb)
{
  switch ((int) verb)
    {
    case BILLING_VERB_PAYMENT_WRITE_OFF:
    case BILLING_VERB_INVOICE_WRITE_OFF:
      return _("Write Off %s?");
    case BILLING_VERB_PAYMENT_VOID:
      return _("Void %s?");
    case BILLING_VERB_INVOICE_VOID:
      return C_("invoice", "Void %s?");
    default:
      return _("Reverse the Collection of %s?");
    }
}

/* What will be so afterwards. The amount is the one thing that the sentences need. */
static const char *
get_body (BillingVerb verb)
{
  switch ((int) verb)
    {
    case BILLING_VERB_PAYMENT_WRITE_OFF:
      return _("%s is given up and will no longer be asked for. It can be taken back within a day.");
    case BILLING_VERB_PAYMENT_VOID:
      return _("The authorisation is released: %s is no longer held on the patient’s card, and will not be asked for any more. This "
               "cannot be undone.");
    case BILLING_VERB_INVOICE_WRITE_OFF:
      return _("%s is given up and will no longer be asked for. The invoice stays, and says so.");
    case BILLING_VERB_INVOICE_VOID:
      return _("The invoice was a mistake: %s is no longer asked for, and its services can be invoiced again. Its number stays.");
    default:
      return _("Because the collection was a mistake, or a cheque came back. %s will be owed again.");
    }
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *
fill_in (const char *format,
         const char *text)
{
  return g_strdup_printf (format, text);
}
#pragma GCC diagnostic pop

static void
billing_reason_dialog_class_init (BillingReasonDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/reason-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingReasonDialog, reason_row);
}

static void
billing_reason_dialog_init (BillingReasonDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_reason_dialog_new:
 * @verb: cancel, write off, reverse or void
 * @payment: what would be done to
 *
 * Returns: (transfer none): the question, to be presented
 */
AdwMessageDialog *
billing_reason_dialog_new (BillingVerb     verb,
                           BillingPayment *payment)
{
  return billing_reason_dialog_new_for (verb, payment->number, payment->amount, payment->currency);
}

/**
 * billing_reason_dialog_new_for:
 * @verb: write off or void
 * @number: what it would be done to: PAY-001, INV-001
 * @amount: minor units that it is about
 * @currency: ISO 4217
 *
 * Returns: (transfer none): the question, to be presented
 */
AdwMessageDialog *
billing_reason_dialog_new_for (BillingVerb  verb,
                               const char  *number,
                               gint64       amount,
                               const char  *currency)
{
  AdwMessageDialog *self = g_object_new (BILLING_TYPE_REASON_DIALOG, NULL);
  g_autofree char *text = billing_format_money (NULL, amount, currency);
  g_autofree char *heading = fill_in (get_heading (verb), number);
  g_autofree char *body = fill_in (get_body (verb), text);

  adw_message_dialog_set_heading (self, heading);
  adw_message_dialog_set_body (self, body);
  adw_message_dialog_set_response_label (self, "do", billing_verb_get_label (verb));

  return self;
}

/**
 * billing_reason_dialog_dup_reason:
 * @self: the question
 *
 * Returns: (transfer full): why, empty where nobody said
 */
char *
billing_reason_dialog_dup_reason (BillingReasonDialog *self)
{
  return billing_entry_row_dup_text (self->reason_row);
}
