/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rates-page"

#include "config.h"

#include "billing-rates-page.h"

#include <glib/gi18n.h>

#include "billing-rate-pane.h"
#include "billing-rate.h"
#include "billing-rates-bar.h"

struct _BillingRatesPage {
  BillingListPage parent_instance;

  BillingRatePane *pane; /* (not owned): in the page */
  BillingRatesBar *bar;  /* (not owned): likewise */
};

static const BillingListColumn columns[] = {
  { "rate", N_("Name"), "name", FALSE },
  { "code", N_("Code"), "code", FALSE },
  { "kind", N_("Who Pays"), NULL, FALSE },
  { "billing", N_("rate|Billing"), NULL, FALSE },
  { "price", N_("Price"), NULL, FALSE },
  { "twin", N_("Twin"), NULL, FALSE },
  { "services", N_("Services"), NULL, FALSE },
  { "number", N_("Rate"), "number", FALSE },
};

G_DEFINE_FINAL_TYPE (BillingRatesPage, billing_rates_page, BILLING_TYPE_LIST_PAGE)

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_record_pane_set_record (BILLING_RECORD_PANE (BILLING_RATES_PAGE (page)->pane), id);
}

static void
filter (BillingListPage *page,
        BillingQuery    *query)
{
  billing_rates_bar_apply (BILLING_RATES_PAGE (page)->bar, query);
}

static gboolean
has_filters (BillingListPage *page)
{
  return billing_rates_bar_is_active (BILLING_RATES_PAGE (page)->bar);
}

static void
clear_filters (BillingListPage *page)
{
  billing_rates_bar_clear (BILLING_RATES_PAGE (page)->bar);
}

static void
desk_changed (BillingListPage *page)
{
  billing_record_pane_set_desk (BILLING_RECORD_PANE (BILLING_RATES_PAGE (page)->pane), billing_list_page_get_desk (page));
}

static void
billing_rates_page_class_init (BillingRatesPageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  page_class->list = "rates";
  page_class->get_record_type = billing_rate_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/rates/rate-columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Billing Rates");
  page_class->search_label = N_("Search billing rates");
  page_class->empty_icon = "billing-treatments-symbolic";
  page_class->empty_title = N_("No Billing Rates Yet");
  page_class->empty_text = N_("A billing rate says what a code costs, who pays for it, and whether patients get invoices for it. Create the "
                              "first one, or import a price list.");
  page_class->nothing_title = N_("No Such Billing Rates");
  page_class->show_record = show_record;
  page_class->filter = filter;
  page_class->has_filters = has_filters;
  page_class->clear_filters = clear_filters;
  page_class->desk_changed = desk_changed;
}

static void
billing_rates_page_init (BillingRatesPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/com/example/Billing/ui/rates/empty-actions.ui");

  self->pane = g_object_new (BILLING_TYPE_RATE_PANE, NULL);
  billing_list_page_set_detail (page, GTK_WIDGET (self->pane));
  self->bar = g_object_new (BILLING_TYPE_RATES_BAR, NULL);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (billing_list_page_update), self, G_CONNECT_SWAPPED);
  billing_list_page_add_filter_bar (page, GTK_WIDGET (self->bar));
  billing_list_page_set_empty_actions (page, GTK_WIDGET (gtk_builder_get_object (builder, "empty_actions")));
}
