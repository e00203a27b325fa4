/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoiced-page"

#include "config.h"

#include "billing-invoiced-page.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-choice-bar.h"
#include "billing-invoice-acts.h"
#include "billing-invoice-edit-dialog.h"
#include "billing-invoice-pane.h"
#include "billing-invoice-reason.h"
#include "billing-invoice.h"
#include "billing-invoices-filter.h"
#include "billing-mark-paid-dialog.h"

struct _BillingInvoicedPage {
  BillingListPage parent_instance;

  BillingRecordPane *pane; /* (not owned): in the page */
  BillingInvoicesFilter *filter; /* (not owned): likewise */
  BillingChoiceBar *bar; /* (not owned): likewise */
  BillingListChoice *choice; /* (owned) */
};

static const BillingListColumn columns[] = {
  { "invoice", N_("Invoice"), "number", TRUE },
  { "choice", NULL, NULL, FALSE },
  { "patient", N_("Patient"), "patient", FALSE },
  { "invoiced", N_("Invoiced"), "invoiced", TRUE },
  { "due", N_("Due Date"), "due", FALSE },
  { "amount", N_("Amount"), "amount", TRUE },
  { "balance", N_("Balance"), "balance", TRUE },
  { "status", N_("Status"), "status", FALSE },
};

G_DEFINE_FINAL_TYPE (BillingInvoicedPage, billing_invoiced_page, BILLING_TYPE_LIST_PAGE)

static BillingDesk *
get_desk (GtkWidget *widget)
{
  return billing_list_page_get_desk (BILLING_LIST_PAGE (widget));
}

static void
paid_cb (BillingInvoicedPage *self)
{
  billing_list_choice_clear (self->choice);
}

/* Of the invoice that is named, or of all that are ticked. */
static void
mark_paid_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  g_autoptr (BillingAct) act = NULL;
  GtkWindow *dialog;

  if (!billing_invoice_acts_may (widget, get_desk (widget), BILLING_VERB_INVOICE_MARK_PAID))
    return;
  act = billing_invoice_acts_build (BILLING_VERB_INVOICE_MARK_PAID, parameter != NULL ? g_variant_get_string (parameter, NULL) : "",
                                    BILLING_INVOICED_PAGE (widget)->choice);
  if (act == NULL)
    return;

  dialog = billing_mark_paid_dialog_new (get_desk (widget), act);
  g_signal_connect_object (dialog, "done", G_CALLBACK (paid_cb), widget, G_CONNECT_SWAPPED);
  billing_invoice_acts_present (widget, dialog);
}

static void
change_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRecord) invoice = NULL;

  if (!billing_invoice_acts_may (widget, get_desk (widget), BILLING_VERB_INVOICE_EDIT))
    return;

  invoice = billing_desk_find_of (get_desk (widget), BILLING_TYPE_INVOICE, g_variant_get_string (parameter, NULL), &error);
  if (invoice != NULL)
    billing_invoice_acts_present (widget, billing_invoice_edit_dialog_new (get_desk (widget), BILLING_INVOICE (invoice)));
  else
    gtk_widget_activate_action (widget, "win.warn", "s", error->message);
}

static void
reason_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gboolean is_void = g_str_has_suffix (action_name, ".void");
  BillingVerb verb = is_void ? BILLING_VERB_INVOICE_VOID : BILLING_VERB_INVOICE_WRITE_OFF;

  if (billing_invoice_acts_may (widget, get_desk (widget), verb))
    billing_invoice_reason_ask (widget, get_desk (widget), verb, g_variant_get_string (parameter, NULL));
}

static void
update_actions (BillingInvoicedPage *self)
{
  gboolean has_desk = get_desk (GTK_WIDGET (self)) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invoices.change", has_desk);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invoices.edit", has_desk && billing_list_choice_get_n (self->choice) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invoices.mark-paid", has_desk);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invoices.void", has_desk);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invoices.write-off", has_desk);
}

/* What the page says about itself. */

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_record_pane_set_record (BILLING_INVOICED_PAGE (page)->pane, id);
}

static void
filter (BillingListPage *page,
        BillingQuery    *query)
{
  billing_invoices_filter_apply (BILLING_INVOICED_PAGE (page)->filter, query);
}

static gboolean
has_filters (BillingListPage *page)
{
  return billing_invoices_filter_is_active (BILLING_INVOICED_PAGE (page)->filter);
}

static void
clear_filters (BillingListPage *page)
{
  billing_invoices_filter_clear (BILLING_INVOICED_PAGE (page)->filter);
}

static void
desk_changed (BillingListPage *page)
{
  BillingInvoicedPage *self = BILLING_INVOICED_PAGE (page);
  BillingDesk *desk = billing_list_page_get_desk (page);
  BillingListContext *context = billing_list_page_get_context (page);

  billing_record_pane_set_desk (self->pane, desk);
  billing_invoices_filter_set_desk (self->filter, desk);
  billing_list_choice_set_list (self->choice, billing_list_page_get_list (page));
  if (context != NULL)
    billing_list_context_set_choice (context, self->choice);
  billing_choice_bar_set_choice (self->bar, desk, self->choice);
  update_actions (self);
}

static void
billing_invoiced_page_dispose (GObject *object)
{
  g_clear_object (&BILLING_INVOICED_PAGE (object)->choice);

  G_OBJECT_CLASS (billing_invoiced_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "invoices.change", "s", change_action);
  gtk_widget_class_install_action (widget_class, "invoices.edit", NULL, mark_paid_action);
  gtk_widget_class_install_action (widget_class, "invoices.mark-paid", "s", mark_paid_action);
  gtk_widget_class_install_action (widget_class, "invoices.void", "s", reason_action);
  gtk_widget_class_install_action (widget_class, "invoices.write-off", "s", reason_action);
}

static void
billing_invoiced_page_class_init (BillingInvoicedPageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_invoiced_page_dispose;
  install_actions (GTK_WIDGET_CLASS (klass));

  page_class->list = "invoices";
  page_class->get_record_type = billing_invoice_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/invoices/invoice-columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Invoices");
  page_class->search_label = N_("Search invoices");
  page_class->empty_icon = "billing-invoices-symbolic";
  page_class->empty_title = N_("No Invoices Yet");
  page_class->empty_text = N_("Choose services under “To Invoice”, press Edit and enter the invoiced date: their invoices stand here then, one for "
                              "each patient.");
  page_class->nothing_title = N_("No Such Invoices");
  page_class->has_amounts = TRUE;
  page_class->show_record = show_record;
  page_class->filter = filter;
  page_class->has_filters = has_filters;
  page_class->clear_filters = clear_filters;
  page_class->desk_changed = desk_changed;
}

static void
billing_invoiced_page_init (BillingInvoicedPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/com/example/Billing/ui/invoices/invoice-menu.ui");

  self->choice = billing_list_choice_new ();
  self->pane = g_object_new (BILLING_TYPE_INVOICE_PANE, NULL);
  billing_list_page_set_detail (page, GTK_WIDGET (self->pane));
  self->filter = BILLING_INVOICES_FILTER (billing_invoices_filter_new ("invoices"));
  billing_list_page_add_filter_bar (page, GTK_WIDGET (self->filter));
  self->bar = g_object_new (BILLING_TYPE_CHOICE_BAR, NULL);
  billing_choice_bar_set_menu (self->bar, "invoices", "invoices.edit", G_MENU_MODEL (gtk_builder_get_object (builder, "choice_menu")));
  billing_list_page_set_bottom (page, GTK_WIDGET (self->bar));
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (billing_list_page_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  update_actions (self);
}

BillingListChoice *
billing_invoiced_page_get_choice (BillingInvoicedPage *self)
{
  return self->choice;
}
