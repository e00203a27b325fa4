/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-to-invoice-page"

#include "config.h"

#include "billing-to-invoice-page.h"

#include <glib/gi18n.h>

#include "billing-choice-bar.h"
#include "billing-insurer-dialog.h"
#include "billing-invoice-acts.h"
#include "billing-invoices-filter.h"
#include "billing-invoicing-dialog.h"
#include "billing-make-services-dialog.h"
#include "billing-service-dialog.h"
#include "billing-service-pane.h"
#include "billing-service.h"
#include "billing-set-rate-dialog.h"

struct _BillingToInvoicePage {
  BillingListPage parent_instance;

  BillingRecordPane *pane; /* (not owned): in the page */
  BillingInvoicesFilter *filter; /* (not owned): likewise */
  BillingChoiceBar *bar; /* (not owned): likewise */
  BillingListChoice *choice; /* (owned) */
};

static const BillingListColumn columns[] = {
  { "patient", N_("Patient"), "patient", FALSE },
  { "choice", NULL, NULL, FALSE },
  { "date", N_("Date"), "date", TRUE },
  { "treatment", N_("Treatment"), NULL, FALSE },
  { "code", N_("Code"), NULL, FALSE },
  { "service", N_("Service"), NULL, FALSE },
  { "units", N_("Units"), NULL, FALSE },
  { "amount", N_("Amount"), NULL, FALSE },
  { "insurer", N_("Insurer"), NULL, FALSE },
  { "patient-part", N_("Patient’s Part"), "amount", TRUE },
  { "rate", N_("Rate"), NULL, FALSE },
  { "reviewed", N_("Reviewed"), NULL, FALSE },
  { "state", N_("State"), NULL, FALSE },
  { "location", N_("Location"), NULL, FALSE },
};

G_DEFINE_FINAL_TYPE (BillingToInvoicePage, billing_to_invoice_page, BILLING_TYPE_LIST_PAGE)

/* The acts: of the service that is named, or of all that is ticked where that is "". */

static BillingDesk *
get_desk (GtkWidget *widget)
{
  return billing_list_page_get_desk (BILLING_LIST_PAGE (widget));
}

/* What the verb is done to, once the person may do it and there is something. */
static BillingAct *
begin (GtkWidget   *widget,
       GVariant    *parameter,
       BillingVerb  verb)
{
  if (!billing_invoice_acts_may (widget, get_desk (widget), verb))
    return NULL;

  return billing_invoice_acts_build (verb, parameter != NULL ? g_variant_get_string (parameter, NULL) : "",
                                     BILLING_TO_INVOICE_PAGE (widget)->choice);
}

static void
invoiced_cb (BillingToInvoicePage *self)
{
  billing_list_choice_clear (self->choice);
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  g_autoptr (BillingAct) act = begin (widget, parameter, BILLING_VERB_INVOICE_CREATE);
  GtkWindow *dialog;

  if (act == NULL)
    return;

  dialog = billing_invoicing_dialog_new (get_desk (widget), act);
  g_signal_connect_object (dialog, "done", G_CALLBACK (invoiced_cb), widget, G_CONNECT_SWAPPED);
  billing_invoice_acts_present (widget, dialog);
}

static void
review_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gboolean undo = g_str_has_suffix (action_name, ".unreview");
  g_autoptr (BillingAct) act = begin (widget, parameter, undo ? BILLING_VERB_SERVICE_UNREVIEW : BILLING_VERB_SERVICE_REVIEW);

  if (act != NULL)
    billing_invoice_acts_do (widget, get_desk (widget), act, undo ? _("Marked as not reviewed") : _("Marked as reviewed"));
}

static void
set_rate_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  g_autoptr (BillingAct) act = begin (widget, parameter, BILLING_VERB_SERVICE_SET_RATE);

  if (act != NULL)
    billing_invoice_acts_present (widget, billing_set_rate_dialog_new (get_desk (widget), act));
}

static void
insurer_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  if (billing_invoice_acts_may (widget, get_desk (widget), BILLING_VERB_SERVICE_INSURER))
    billing_invoice_acts_present (widget, billing_insurer_dialog_new (get_desk (widget), g_variant_get_string (parameter, NULL)));
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  if (billing_invoice_acts_may (widget, get_desk (widget), BILLING_VERB_SERVICE_ADD))
    billing_invoice_acts_present (widget, billing_service_dialog_new (get_desk (widget), NULL));
}

static void
change_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  if (billing_invoice_acts_may (widget, get_desk (widget), BILLING_VERB_SERVICE_EDIT))
    billing_invoice_acts_present (widget, billing_service_dialog_new (get_desk (widget), g_variant_get_string (parameter, NULL)));
}

static void
make_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  if (billing_invoice_acts_may (widget, get_desk (widget), BILLING_VERB_SERVICE_MAKE))
    billing_invoice_acts_present (widget, billing_make_services_dialog_new (get_desk (widget)));
}

/* Both ways: what was removed by mistake comes back. */
static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gboolean back = g_str_has_suffix (action_name, ".restore");
  g_autoptr (BillingAct) act = begin (widget, parameter, back ? BILLING_VERB_SERVICE_RESTORE : BILLING_VERB_SERVICE_REMOVE);

  if (act != NULL)
    billing_invoice_acts_do (widget, get_desk (widget), act, back ? _("Restored") : _("Removed"));
}

static void
take_back_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  g_autoptr (BillingAct) act = begin (widget, parameter, BILLING_VERB_SERVICE_TAKE_BACK);

  if (act != NULL)
    billing_invoice_acts_do (widget, get_desk (widget), act, _("The insurer’s answer was taken back"));
}

static const struct {
  const char *name;
  const char *parameter_type;
  GtkWidgetActionActivateFunc activate;
  gboolean of_choice; /* not one that is named */
} actions[] = {
  { "services.add", NULL, add_action, FALSE },
  { "services.change", "s", change_action, FALSE },
  { "services.edit", NULL, edit_action, TRUE },
  { "services.insurer", "s", insurer_action, FALSE },
  { "services.make", NULL, make_action, FALSE },
  { "services.remove", "s", remove_action, FALSE },
  { "services.restore", "s", remove_action, FALSE },
  { "services.review", "s", review_action, FALSE },
  { "services.set-rate", "s", set_rate_action, FALSE },
  { "services.take-back", "s", take_back_action, FALSE },
  { "services.unreview", "s", review_action, FALSE },
};

static void
update_actions (BillingToInvoicePage *self)
{
  gboolean has_desk = get_desk (GTK_WIDGET (self)) != NULL;
  gboolean has_choice = has_desk && billing_list_choice_get_n (self->choice) > 0;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name, actions[i].of_choice ? has_choice : has_desk);
}

/* What the page says about itself. */

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_record_pane_set_record (BILLING_TO_INVOICE_PAGE (page)->pane, id);
}

static void
filter (BillingListPage *page,
        BillingQuery    *query)
{
  billing_invoices_filter_apply (BILLING_TO_INVOICE_PAGE (page)->filter, query);
}

static gboolean
has_filters (BillingListPage *page)
{
  return billing_invoices_filter_is_active (BILLING_TO_INVOICE_PAGE (page)->filter);
}

static void
clear_filters (BillingListPage *page)
{
  billing_invoices_filter_clear (BILLING_TO_INVOICE_PAGE (page)->filter);
}

static void
desk_changed (BillingListPage *page)
{
  BillingToInvoicePage *self = BILLING_TO_INVOICE_PAGE (page);
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
add_parts (BillingToInvoicePage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/com/example/Billing/ui/invoices/to-invoice-parts.ui");
  GtkBox *bar = GTK_BOX (gtk_builder_get_object (builder, "filter_bar"));

  self->filter = BILLING_INVOICES_FILTER (billing_invoices_filter_new ("services"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->filter), TRUE);
  gtk_box_prepend (bar, GTK_WIDGET (self->filter));
  billing_list_page_add_filter_bar (page, GTK_WIDGET (bar));
  billing_list_page_set_empty_actions (page, GTK_WIDGET (gtk_builder_get_object (builder, "empty_actions")));

  self->bar = g_object_new (BILLING_TYPE_CHOICE_BAR, NULL);
  billing_choice_bar_set_menu (self->bar, "services", "services.edit", G_MENU_MODEL (gtk_builder_get_object (builder, "choice_menu")));
  billing_list_page_set_bottom (page, GTK_WIDGET (self->bar));
}

static void
billing_to_invoice_page_dispose (GObject *object)
{
  g_clear_object (&BILLING_TO_INVOICE_PAGE (object)->choice);

  G_OBJECT_CLASS (billing_to_invoice_page_parent_class)->dispose (object);
}

static void
billing_to_invoice_page_class_init (BillingToInvoicePageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_to_invoice_page_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), actions[i].name, actions[i].parameter_type, actions[i].activate);

  page_class->list = "services";
  page_class->get_record_type = billing_service_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/invoices/service-columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Services");
  page_class->search_label = N_("Search services by patient");
  page_class->empty_icon = "billing-invoices-symbolic";
  page_class->empty_title = N_("Nothing to Invoice");
  page_class->empty_text = N_("Services under a billing rate with “Is Invoiced” stand here until they are invoiced. They are made from the codes "
                              "of treatments.");
  page_class->nothing_title = N_("No Such Services");
  page_class->has_amounts = TRUE;
  page_class->show_record = show_record;
  page_class->filter = filter;
  page_class->has_filters = has_filters;
  page_class->clear_filters = clear_filters;
  page_class->desk_changed = desk_changed;
}

static void
billing_to_invoice_page_init (BillingToInvoicePage *self)
{
  self->choice = billing_list_choice_new ();
  self->pane = g_object_new (BILLING_TYPE_SERVICE_PANE, NULL);
  billing_list_page_set_detail (BILLING_LIST_PAGE (self), GTK_WIDGET (self->pane));
  add_parts (self);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (billing_list_page_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  update_actions (self);
}

BillingListChoice *
billing_to_invoice_page_get_choice (BillingToInvoicePage *self)
{
  return self->choice;
}
