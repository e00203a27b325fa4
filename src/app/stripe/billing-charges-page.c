/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-charges-page"

#include "config.h"

#include "billing-charges-page.h"

#include <glib/gi18n.h>

#include "billing-charge-pane.h"
#include "billing-list-titles.h"
#include "billing-stripe-filters.h"
#include "billing-stripe-payment.h"
#include "billing-stripe-section.h"

/* Every payment of the Stripe account, ours or not. */

struct _BillingChargesPage {
  BillingListPage parent_instance;

  BillingRecordPane *pane; /* (not owned): in the page */
  BillingStripeFilters *filters; /* (not owned): likewise */
};

static const BillingListColumn columns[] = {
  { "date", N_("Date"), "created", TRUE },
  { "amount", N_("Amount"), "amount", TRUE },
  { "status", N_("Status"), NULL, FALSE },
  { "payer", N_("Patient or Payer"), NULL, FALSE },
  { "payment", N_("Payment"), NULL, FALSE },
  { "fee", N_("Fee"), NULL, FALSE },
  { "net", N_("Net"), NULL, FALSE },
  { "refunded", N_("Refunded"), NULL, FALSE },
  { "method", N_("Method"), NULL, FALSE },
  { "description", N_("Description"), NULL, FALSE },
  { "stripe-id", N_("Stripe ID"), NULL, FALSE },
};

static const char * const streams[] = { "charges", "payment_intents", "stripe_refunds", "balance_transactions", NULL };

static void billing_charges_page_section_init (BillingStripeSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingChargesPage, billing_charges_page, BILLING_TYPE_LIST_PAGE,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_STRIPE_SECTION, billing_charges_page_section_init))

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
  billing_stripe_filters_apply (BILLING_CHARGES_PAGE (page)->filters, query);
}

static gboolean
has_filters (BillingListPage *page)
{
  return billing_stripe_filters_are_active (BILLING_CHARGES_PAGE (page)->filters);
}

static void
clear_filters (BillingListPage *page)
{
  billing_stripe_filters_clear (BILLING_CHARGES_PAGE (page)->filters);
}

static void
desk_changed (BillingListPage *page)
{
  BillingChargesPage *self = BILLING_CHARGES_PAGE (page);

  billing_record_pane_set_desk (self->pane, billing_list_page_get_desk (page));
  billing_stripe_filters_set_desk (self->filters, billing_list_page_get_desk (page));
}

static void
set_sync (BillingStripeSection *section,
          BillingDesk          *desk,
          BillingSync          *sync)
{
  BillingChargesPage *self = BILLING_CHARGES_PAGE (section);

  billing_list_page_set_desk (BILLING_LIST_PAGE (self), desk);
  billing_charge_pane_set_sync (BILLING_CHARGE_PANE (self->pane), sync);
}

static void
billing_charges_page_section_init (BillingStripeSectionInterface *iface)
{
  iface->set_sync = set_sync;
  iface->streams = streams;
}

static void
billing_charges_page_class_init (BillingChargesPageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  page_class->list = "stripe_payments";
  page_class->get_record_type = billing_stripe_payment_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/stripe/columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Stripe payments");
  page_class->search_label = N_("Search Stripe payments");
  page_class->empty_icon = "network-server-symbolic";
  page_class->empty_title = N_("No Stripe Payments Yet");
  page_class->empty_text = N_("Authorise a payment, or let Stripe collect one: it stands here as "
                              "soon as Stripe has it.");
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

  self->filters = g_object_new (BILLING_TYPE_STRIPE_FILTERS, NULL);
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (billing_list_page_update), self, G_CONNECT_SWAPPED);
  billing_list_page_add_filter_bar (page, GTK_WIDGET (self->filters));

  billing_list_titles_align_end (GTK_COLUMN_VIEW (view), _("Fee"));
  billing_list_titles_align_end (GTK_COLUMN_VIEW (view), _("Net"));
  billing_list_titles_align_end (GTK_COLUMN_VIEW (view), _("Refunded"));
}
