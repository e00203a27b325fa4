/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-receipt-window"

#include "config.h"

#include "billing-receipt-window.h"

#include <glib/gi18n.h>

#include "billing-file-choice.h"
#include "billing-message-bar.h"
#include "billing-letter-view.h"
#include "billing-receipt.h"

struct _BillingReceiptWindow {
  AdwWindow parent_instance;

  /* Template widgets */
  BillingMessageBar *message_bar; /* (not owned) */
  AdwToastOverlay *toasts; /* (not owned) */
  GtkWidget *preview; /* (not owned) */
  GtkWidget *print_button; /* (not owned) */
  GtkWidget *save_button; /* (not owned) */

  BillingDesk *desk; /* (owned) */
  char *payment; /* (owned): id */
  char *number; /* (owned) */
  BillingLetter *letter; /* (owned) (nullable): until it was written */
  BillingLetterLayout *pages; /* (owned) (nullable): while it is printed */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingReceiptWindow, billing_receipt_window, ADW_TYPE_WINDOW)

static void
complain (BillingReceiptWindow *self,
          GError               *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    billing_message_bar_set_message (self->message_bar, error->message);
}

static void
update_buttons (BillingReceiptWindow *self)
{
  gtk_widget_set_sensitive (self->print_button, self->letter != NULL && self->pages == NULL);
  gtk_widget_set_sensitive (self->save_button, self->letter != NULL);
}

static void
built_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BillingReceiptWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  self->letter = billing_receipt_build_finish (BILLING_DESK (object), result, &error);
  if (self->letter == NULL)
    complain (self, error);
  else
    {
      gtk_window_set_title (GTK_WINDOW (self), billing_letter_get_subject (self->letter));
      billing_letter_view_set_letter (BILLING_LETTER_VIEW (self->preview), self->letter);
    }
  update_buttons (self);
}

/* Printing. The pages are laid out for the paper that was chosen, which may not be the one that is shown. */

static void
begin_print_cb (BillingReceiptWindow *self,
                GtkPrintContext      *context,
                GtkPrintOperation    *operation)
{
  g_clear_pointer (&self->pages, billing_letter_layout_free);
  self->pages = billing_letter_layout_new (self->letter, gtk_print_context_get_width (context),
                                           gtk_print_context_get_height (context));
  gtk_print_operation_set_n_pages (operation, (int) billing_letter_layout_get_n_pages (self->pages));
}

static void
draw_page_cb (BillingReceiptWindow *self,
              GtkPrintContext      *context,
              int                   page)
{
  billing_letter_layout_draw (self->pages, (guint) page, gtk_print_context_get_cairo_context (context));
}

static void
done_cb (BillingReceiptWindow    *self,
         GtkPrintOperationResult  result,
         GtkPrintOperation       *operation)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      complain (self, error);
    }
  g_clear_pointer (&self->pages, billing_letter_layout_free);
  update_buttons (self);
}

static void
print (BillingReceiptWindow *self)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_job_name (operation, billing_letter_get_subject (self->letter));
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "begin-print", G_CALLBACK (begin_print_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (draw_page_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self), &error) ==
      GTK_PRINT_OPERATION_RESULT_ERROR)
    complain (self, error);
}

/* Nobody prints one before the audit says that they did. */
static void
audited_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BillingReceiptWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (billing_desk_do_finish (BILLING_DESK (object), result, &error))
    print (self);
  else
    complain (self, error);
}

static void
print_clicked_cb (BillingReceiptWindow *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_RECEIPT, self->payment);

  billing_message_bar_set_message (self->message_bar, NULL);
  billing_desk_do_async (self->desk, act, self->cancellable, audited_cb, g_object_ref (self));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BillingReceiptWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (billing_receipt_write_finish (BILLING_DESK (object), result, &error))
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Saved")));
  else
    complain (self, error);
}

static gboolean
place_chosen_cb (gpointer  owner,
                 GSList   *files)
{
  BillingReceiptWindow *self = owner;
  const char *path = files != NULL ? g_file_peek_path (files->data) : NULL;

  g_clear_object (&self->chooser);
  if (files == NULL)
    return FALSE;

  if (path == NULL)
    billing_message_bar_set_message (self->message_bar, _("That place is not on this computer. Choose a folder here."));
  else
    billing_receipt_write_async (self->desk, self->payment, path, self->cancellable, written_cb, g_object_ref (self));
  return TRUE;
}

static void
save_clicked_cb (BillingReceiptWindow *self)
{
  g_autofree char *name = g_strdup_printf ("%s.pdf", billing_letter_get_subject (self->letter));

  if (self->chooser != NULL)
    return;

  billing_message_bar_set_message (self->message_bar, NULL);
  self->chooser = billing_file_choice_ask_save (GTK_WIDGET (self), _("Save as PDF"), name, self, place_chosen_cb);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
billing_receipt_window_dispose (GObject *object)
{
  BillingReceiptWindow *self = BILLING_RECEIPT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (billing_receipt_window_parent_class)->dispose (object);
}

static void
billing_receipt_window_finalize (GObject *object)
{
  BillingReceiptWindow *self = BILLING_RECEIPT_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_object (&self->letter);
  g_clear_pointer (&self->pages, billing_letter_layout_free);
  g_free (self->payment);
  g_free (self->number);

  G_OBJECT_CLASS (billing_receipt_window_parent_class)->finalize (object);
}

static void
billing_receipt_window_class_init (BillingReceiptWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_receipt_window_dispose;
  object_class->finalize = billing_receipt_window_finalize;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  g_type_ensure (BILLING_TYPE_LETTER_VIEW);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/detail/receipt-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingReceiptWindow, message_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingReceiptWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, BillingReceiptWindow, print_button);
  gtk_widget_class_bind_template_child (widget_class, BillingReceiptWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, BillingReceiptWindow, toasts);
  gtk_widget_class_bind_template_callback (widget_class, print_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
}

static void
billing_receipt_window_init (BillingReceiptWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  update_buttons (self);
}

/**
 * billing_receipt_window_new:
 * @desk: who gives it
 * @payment: about which
 *
 * Returns: (transfer none): the window, to be presented
 */
GtkWindow *
billing_receipt_window_new (BillingDesk    *desk,
                            BillingPayment *payment)
{
  BillingReceiptWindow *self = g_object_new (BILLING_TYPE_RECEIPT_WINDOW, NULL);

  self->desk = g_object_ref (desk);
  self->payment = g_strdup (billing_record_get_id (BILLING_RECORD (payment)));
  self->number = g_strdup (payment->number);
  billing_receipt_build_async (desk, self->payment, self->cancellable, built_cb, g_object_ref (self));
  return GTK_WINDOW (self);
}
