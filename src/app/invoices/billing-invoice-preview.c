/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice-preview"

#include "config.h"

#include "billing-invoice-preview.h"

#include "billing-invoice-letter.h"
#include "billing-letter-view.h"

struct _BillingInvoicePreview {
  AdwBin parent_instance;

  /* Template widgets (not owned) */
  GtkActionable *button;
  BillingLetterView *view;

  char *invoice; /* (owned) (nullable): whose page stands there, or is on its way */
  GCancellable *building; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingInvoicePreview, billing_invoice_preview, ADW_TYPE_BIN)

/* An invoice without a page still has its pane: why there is none is said where it is to be printed. */
static void
built_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  BillingInvoicePreview *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingLetter) letter = billing_invoice_letter_build_finish (BILLING_DESK (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (letter == NULL)
    g_info ("No preview of %s: %s", self->invoice, error->message);
  billing_letter_view_set_letter (self->view, letter);
  gtk_widget_set_visible (GTK_WIDGET (self), letter != NULL);
}

static void
stop (BillingInvoicePreview *self)
{
  g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
}

static void
billing_invoice_preview_dispose (GObject *object)
{
  BillingInvoicePreview *self = BILLING_INVOICE_PREVIEW (object);

  stop (self);
  /* AdwBin looks for its child afterwards, which gtk_widget_dispose_template() would have taken away. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_pointer (&self->invoice, g_free);

  G_OBJECT_CLASS (billing_invoice_preview_parent_class)->dispose (object);
}

static void
billing_invoice_preview_class_init (BillingInvoicePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_invoice_preview_dispose;
  g_type_ensure (BILLING_TYPE_LETTER_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/invoice-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicePreview, button);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicePreview, view);
}

static void
billing_invoice_preview_init (BillingInvoicePreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_invoice_preview_set_invoice:
 * @self: the preview
 * @desk: whose practice
 * @invoice: id of the invoice
 *
 * Makes the page of the invoice as the books now are. Until it is there, the page before stays if it is of the same invoice.
 */
void
billing_invoice_preview_set_invoice (BillingInvoicePreview *self,
                                     BillingDesk           *desk,
                                     const char            *invoice)
{
  stop (self);
  if (g_strcmp0 (self->invoice, invoice) != 0)
    billing_letter_view_set_letter (self->view, NULL);
  g_free (self->invoice);
  self->invoice = g_strdup (invoice);
  gtk_actionable_set_action_target (self->button, "s", invoice);
  self->building = g_cancellable_new ();
  billing_invoice_letter_build_async (desk, invoice, self->building, built_cb, self);
}
