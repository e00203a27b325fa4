/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-letters"

#include "config.h"

#include "billing-window-private.h"

#include "billing-letter-window.h"

static void
present (BillingWindow *self,
         BillingAct    *act,
         guint          n,
         gboolean       saves)
{
  GtkWindow *window;

  if (n == 0)
    return;

  window = billing_letter_window_new (self->desk, act, n);
  _billing_window_present (self, window);
  if (saves)
    billing_letter_window_save (BILLING_LETTER_WINDOW (window));
}

/* invoice.print and invoice.save: of one by its id, or of those that are ticked. */
static void
invoice_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_PRINT, *id != '\0' ? id : NULL);

  if (_billing_window_may (self, BILLING_VERB_INVOICE_PRINT))
    present (self, act, *id != '\0' ? 1 : billing_invoices_page_fill_act (self->invoices, act), g_str_equal (action_name, "invoice.save"));
}

/* win.patient-statement */
static void
statement_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_STATEMENT_PRINT, g_variant_get_string (parameter, NULL));

  if (_billing_window_may (self, BILLING_VERB_STATEMENT_PRINT))
    present (self, act, 1, FALSE);
}

void
_billing_window_install_letter_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "invoice.print", "s", invoice_action);
  gtk_widget_class_install_action (widget_class, "invoice.save", "s", invoice_action);
  gtk_widget_class_install_action (widget_class, "win.patient-statement", "s", statement_action);
}
