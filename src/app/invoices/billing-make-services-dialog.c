/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-make-services-dialog"

#include "config.h"

#include "billing-make-services-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-desk-services.h"
#include "billing-invoice-format.h"

struct _BillingMakeServicesDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkLabel *text_label;
  AdwPreferencesGroup *codes_group;
  GtkWidget *rates_button;
  GtkWidget *make_button;
};

G_DEFINE_FINAL_TYPE (BillingMakeServicesDialog, billing_make_services_dialog, BILLING_TYPE_DIALOG)

static void
add_code (BillingMakeServicesDialog *self,
          BillingUnbilledCode       *code)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = billing_invoice_format_code (code->code_system, code->code, code->name != NULL ? code->name : "");
  g_autofree char *count = g_strdup_printf (ngettext ("in %'" PRId64 " treatment", "in %'" PRId64 " treatments", (gulong) code->n), code->n);
  const char *why = g_str_equal (code->reason, "no-price") ? _("its rate has no price for that day") : _("no rate");
  g_autofree char *subtitle = g_strjoin (" · ", count, why, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (self->codes_group, row);
}

static void
show_codes (BillingMakeServicesDialog *self,
            GPtrArray                 *codes)
{
  gint64 n_waiting = 0;
  guint n_without = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < codes->len; i++)
    {
      BillingUnbilledCode *code = codes->pdata[i];

      if (g_str_equal (code->reason, "waiting"))
        {
          n_waiting += code->n;
          continue;
        }
      add_code (self, code);
      n_without++;
    }

  if (n_waiting > 0)
    text = g_strdup_printf (ngettext ("%'" PRId64 " service is to be made from the codes of treatments, at the price of its day.",
                                      "%'" PRId64 " services are to be made from the codes of treatments, each at the price of its day.",
                                      (gulong) n_waiting), n_waiting);
  gtk_label_set_label (self->text_label, text != NULL ? text : _("Of all codes of treatments that have a rate, services were made already."));
  gtk_widget_set_visible (GTK_WIDGET (self->codes_group), n_without > 0);
  gtk_widget_set_visible (self->rates_button, n_without > 0);
  gtk_widget_set_sensitive (self->make_button, n_waiting > 0);
}

static void
codes_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  BillingMakeServicesDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = billing_desk_list_unbilled_codes_finish (BILLING_DESK (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (codes != NULL)
    show_codes (self, codes);
  else
    billing_dialog_complain (BILLING_DIALOG (self), error->message);
}

static void
rates_clicked_cb (BillingMakeServicesDialog *self)
{
  billing_dialog_tell_window (BILLING_DIALOG (self), "win.show-page", "rates");
  gtk_window_close (GTK_WINDOW (self));
}

static void
clicked_cb (BillingMakeServicesDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_SERVICE_MAKE, NULL);

  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  billing_dialog_tell_done (dialog, _("Services were made"), act);
}

static void
billing_make_services_dialog_class_init (BillingMakeServicesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  BILLING_DIALOG_CLASS (klass)->done = done;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/make-services-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingMakeServicesDialog, codes_group);
  gtk_widget_class_bind_template_child (widget_class, BillingMakeServicesDialog, make_button);
  gtk_widget_class_bind_template_child (widget_class, BillingMakeServicesDialog, rates_button);
  gtk_widget_class_bind_template_child (widget_class, BillingMakeServicesDialog, text_label);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, rates_clicked_cb);
}

static void
billing_make_services_dialog_init (BillingMakeServicesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_make_services_dialog_new:
 * @desk: whose practice
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_make_services_dialog_new (BillingDesk *desk)
{
  BillingMakeServicesDialog *self = g_object_new (BILLING_TYPE_MAKE_SERVICES_DIALOG, "desk", desk, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->codes_group), FALSE);
  gtk_widget_set_sensitive (self->make_button, FALSE);
  billing_desk_list_unbilled_codes_async (desk, billing_dialog_get_cancellable (BILLING_DIALOG (self)), codes_cb, self);
  return GTK_WINDOW (self);
}
