/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payouts-page"

#include "config.h"

#include "billing-payouts-page.h"

#include <glib/gi18n.h>

#include "billing-payout-filter.h"
#include "billing-payout-pane.h"
#include "billing-stripe-records.h"
#include "billing-stripe-section.h"
#include "billing-upcoming.h"

struct _BillingPayoutsPage {
  BillingListPage parent_instance;

  BillingPayoutPane *pane;     /* (not owned): in the page */
  BillingPayoutFilter *filter; /* (not owned): likewise */
  BillingUpcoming *upcoming;   /* (not owned): likewise */
};

static const BillingListColumn columns[] = {
  { "payout", N_("Date"), "created", TRUE },
  { "amount", N_("Amount"), "amount", TRUE },
  { "status", N_("Status"), NULL, FALSE },
  { "arrives", N_("Arrives"), "arrives", TRUE },
  { "bank", N_("Bank"), NULL, FALSE },
  { "kind", N_("Kind"), NULL, FALSE },
  { "currency", N_("Currency"), NULL, FALSE },
};

static void billing_payouts_page_section_init (BillingStripeSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingPayoutsPage, billing_payouts_page, BILLING_TYPE_LIST_PAGE,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_STRIPE_SECTION, billing_payouts_page_section_init))

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_record_pane_set_record (BILLING_RECORD_PANE (BILLING_PAYOUTS_PAGE (page)->pane), id);
}

static void
filter (BillingListPage *page,
        BillingQuery    *query)
{
  billing_payout_filter_apply (BILLING_PAYOUTS_PAGE (page)->filter, query);
}

static gboolean
has_filters (BillingListPage *page)
{
  return billing_payout_filter_is_active (BILLING_PAYOUTS_PAGE (page)->filter);
}

static void
clear_filters (BillingListPage *page)
{
  billing_payout_filter_clear (BILLING_PAYOUTS_PAGE (page)->filter);
}

static void
desk_changed (BillingListPage *page)
{
  BillingPayoutsPage *self = BILLING_PAYOUTS_PAGE (page);
  BillingDesk *desk = billing_list_page_get_desk (page);

  billing_record_pane_set_desk (BILLING_RECORD_PANE (self->pane), desk);
  billing_upcoming_set_desk (self->upcoming, desk);
  if (desk != NULL)
    billing_payout_filter_set_currency (self->filter, billing_desk_get_practice (desk)->currency);
}

static void
billing_payouts_page_set_sync (BillingStripeSection *section,
                               BillingDesk          *desk,
                               BillingSync          *sync)
{
  billing_list_page_set_desk (BILLING_LIST_PAGE (section), desk);
}

static void
billing_payouts_page_section_init (BillingStripeSectionInterface *iface)
{
  static const char * const streams[] = { "payouts", "balance", "balance_transactions", NULL };

  iface->set_sync = billing_payouts_page_set_sync;
  iface->streams = streams;
}

static void
billing_payouts_page_class_init (BillingPayoutsPageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  page_class->list = "payouts";
  page_class->get_record_type = billing_payout_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/stripe/payout-columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Payouts");
  page_class->search_label = N_("Search payouts");
  page_class->empty_icon = "network-server-symbolic";
  page_class->empty_title = N_("No Payouts Yet");
  page_class->empty_text = N_("Stripe pays out what is available, by its schedule or when you ask for it. Each payout stands here with "
                              "what it consists of, and the day on which it should be in the bank.");
  page_class->nothing_title = N_("No Such Payouts");
  page_class->has_amounts = TRUE;
  page_class->show_record = show_record;
  page_class->filter = filter;
  page_class->has_filters = has_filters;
  page_class->clear_filters = clear_filters;
  page_class->desk_changed = desk_changed;
}

static void
billing_payouts_page_init (BillingPayoutsPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);

  self->pane = g_object_new (BILLING_TYPE_PAYOUT_PANE, NULL);
  billing_list_page_set_detail (page, GTK_WIDGET (self->pane));
  self->upcoming = g_object_new (BILLING_TYPE_UPCOMING, NULL);
  billing_list_page_set_top (page, GTK_WIDGET (self->upcoming));
  self->filter = g_object_new (BILLING_TYPE_PAYOUT_FILTER, NULL);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (billing_list_page_update), self, G_CONNECT_SWAPPED);
  billing_list_page_add_filter_bar (page, GTK_WIDGET (self->filter));
}
