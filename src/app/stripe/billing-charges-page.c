/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-charges-page"

#include "config.h"

#include "billing-charges-page.h"

#include <glib/gi18n.h>

#include "billing-balance-bar.h"
#include "billing-charge-pane.h"
#include "billing-list-titles.h"
#include "billing-stripe-records.h"

/* The Stripe Dashboard: what Stripe holds, how fresh that is, and every charge of the account, ours
 * or not. */

struct _BillingChargesPage {
  BillingListPage parent_instance;

  BillingRecordPane *pane;        /* (not owned): in the page */
  BillingBalanceBar *balance_bar; /* (not owned): likewise */
  GtkWidget *set_up;              /* (not owned): likewise */

  BillingSync *sync;   /* (owned) (nullable) */
  GSignalGroup *syncs; /* (owned) */
};

static const BillingListColumn columns[] = {
  { "charge", N_("Date"), "created", TRUE },
  { "amount", N_("Amount"), "amount", TRUE },
  { "status", N_("Status"), NULL, FALSE },
  { "payer", N_("Patient or Payer"), NULL, FALSE },
  { "payment", N_("Payment"), NULL, FALSE },
  { "fee", N_("Fee"), NULL, FALSE },
  { "net", N_("Net"), NULL, FALSE },
  { "method", N_("Method"), NULL, FALSE },
};

G_DEFINE_FINAL_TYPE (BillingChargesPage, billing_charges_page, BILLING_TYPE_LIST_PAGE)

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_record_pane_set_record (BILLING_CHARGES_PAGE (page)->pane, id);
}

static void
filter (BillingListPage *page,
        BillingQuery    *query)
{
  billing_balance_bar_filter (BILLING_CHARGES_PAGE (page)->balance_bar, query);
}

static gboolean
has_filters (BillingListPage *page)
{
  return billing_balance_bar_has_filter (BILLING_CHARGES_PAGE (page)->balance_bar);
}

static void
clear_filters (BillingListPage *page)
{
  billing_balance_bar_clear_filter (BILLING_CHARGES_PAGE (page)->balance_bar);
}

static void
desk_changed (BillingListPage *page)
{
  BillingChargesPage *self = BILLING_CHARGES_PAGE (page);

  billing_record_pane_set_desk (self->pane, billing_list_page_get_desk (page));
  billing_balance_bar_set_desk (self->balance_bar, billing_list_page_get_desk (page));
}

/* Where there is nothing yet, what comes first depends on whether there is a key. */
static void
update_empty (BillingChargesPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);
  gboolean has_key = self->sync != NULL && billing_sync_is_connected (self->sync);

  gtk_widget_set_visible (self->set_up, !has_key);
  if (has_key)
    billing_list_page_set_empty_text (page, _("No Stripe Payments Yet"),
                                      _("Authorise a payment, or let Stripe collect one: it "
                                        "stands here as soon as Stripe has it."));
  else
    billing_list_page_set_empty_text (page, _("Not Connected to Stripe"),
                                      _("When the practice is connected, every payment of its "
                                        "Stripe account stands here, also without a network."));
}

static void
billing_charges_page_dispose (GObject *object)
{
  BillingChargesPage *self = BILLING_CHARGES_PAGE (object);

  g_clear_object (&self->syncs);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (billing_charges_page_parent_class)->dispose (object);
}

static void
billing_charges_page_class_init (BillingChargesPageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_charges_page_dispose;

  page_class->list = "charges";
  page_class->get_record_type = billing_charge_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/stripe/columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Stripe Dashboard");
  page_class->search_label = N_("Search Stripe payments");
  page_class->empty_icon = "network-server-symbolic";
  page_class->empty_title = N_("No Stripe Payments Yet");
  page_class->empty_text = N_("When the practice is connected, every payment of its Stripe "
                              "account stands here, also without a network.");
  page_class->has_amounts = TRUE;
  page_class->show_record = show_record;
  page_class->filter = filter;
  page_class->has_filters = has_filters;
  page_class->clear_filters = clear_filters;
  page_class->desk_changed = desk_changed;
}

static void
billing_charges_page_init (BillingChargesPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);
  GtkWidget *view = billing_list_page_get_view (page);

  self->pane = g_object_new (BILLING_TYPE_CHARGE_PANE, NULL);
  billing_list_page_set_detail (page, GTK_WIDGET (self->pane));
  self->balance_bar = g_object_new (BILLING_TYPE_BALANCE_BAR, NULL);
  g_signal_connect_object (self->balance_bar, "changed", G_CALLBACK (billing_list_page_update),
                           self, G_CONNECT_SWAPPED);
  billing_list_page_add_filter_bar (page, GTK_WIDGET (self->balance_bar));

  billing_list_titles_align_end (GTK_COLUMN_VIEW (view), _("Fee"));
  billing_list_titles_align_end (GTK_COLUMN_VIEW (view), _("Net"));

  self->set_up = gtk_button_new_with_label (_("Billing Setup"));
  gtk_widget_set_halign (self->set_up, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->set_up, "pill");
  gtk_widget_add_css_class (self->set_up, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->set_up), "win.show-page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->set_up), "s", "administration");
  billing_list_page_set_empty_actions (page, self->set_up);

  self->syncs = g_signal_group_new (BILLING_TYPE_SYNC);
  g_signal_group_connect_swapped (self->syncs, "notify::connected", G_CALLBACK (update_empty),
                                  self);
}

void
billing_charges_page_set_sync (BillingChargesPage *self,
                               BillingSync        *sync)
{
  g_set_object (&self->sync, sync);
  g_signal_group_set_target (self->syncs, sync);
  update_empty (self);
  billing_balance_bar_set_sync (self->balance_bar, sync);
  billing_charge_pane_set_sync (BILLING_CHARGE_PANE (self->pane), sync);
}
