/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-disputes-page"

#include "config.h"

#include "billing-disputes-page.h"

#include <glib/gi18n.h>

#include "billing-dispute-filter.h"
#include "billing-dispute-pane.h"
#include "billing-stripe-records.h"
#include "billing-stripe-section.h"

struct _BillingDisputesPage {
  BillingListPage parent_instance;

  BillingRecordPane *pane;      /* (not owned): in the page */
  BillingDisputeFilter *filter; /* (not owned): likewise */
};

static const BillingListColumn columns[] = {
  { "deadline", N_("Answer By"), "due", FALSE },
  { "amount", N_("Amount"), "amount", TRUE },
  { "status", N_("Status"), NULL, FALSE },
  { "reason", N_("Reason"), NULL, FALSE },
  { "payer", N_("Patient or Payer"), NULL, FALSE },
  { "payment", N_("Payment"), NULL, FALSE },
  { "network-code", N_("Network Code"), NULL, FALSE },
  { "created", N_("Opened"), "created", TRUE },
};

static void billing_disputes_page_section_init (BillingStripeSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingDisputesPage, billing_disputes_page, BILLING_TYPE_LIST_PAGE,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_STRIPE_SECTION, billing_disputes_page_section_init))

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_record_pane_set_record (BILLING_DISPUTES_PAGE (page)->pane, id);
}

static void
filter (BillingListPage *page,
        BillingQuery    *query)
{
  billing_dispute_filter_apply (BILLING_DISPUTES_PAGE (page)->filter, query);
}

static gboolean
has_filters (BillingListPage *page)
{
  return billing_dispute_filter_is_active (BILLING_DISPUTES_PAGE (page)->filter);
}

static void
clear_filters (BillingListPage *page)
{
  billing_dispute_filter_clear (BILLING_DISPUTES_PAGE (page)->filter);
}

static void
desk_changed (BillingListPage *page)
{
  billing_record_pane_set_desk (BILLING_DISPUTES_PAGE (page)->pane, billing_list_page_get_desk (page));
}

static void
billing_disputes_page_set_sync (BillingStripeSection *section,
                                BillingDesk          *desk,
                                BillingSync          *sync)
{
  billing_list_page_set_desk (BILLING_LIST_PAGE (section), desk);
}

static void
billing_disputes_page_section_init (BillingStripeSectionInterface *iface)
{
  static const char * const streams[] = { "disputes", NULL };

  iface->set_sync = billing_disputes_page_set_sync;
  iface->streams = streams;
}

static void
billing_disputes_page_class_init (BillingDisputesPageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  page_class->list = "disputes";
  page_class->get_record_type = billing_dispute_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/stripe/dispute-columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Disputes");
  page_class->search_label = N_("Search disputes");
  page_class->empty_icon = "emblem-ok-symbolic";
  page_class->empty_title = N_("No Disputes");
  page_class->empty_text = N_("That is good. A dispute is a payment that the payer’s bank takes back, because the payer says that "
                              "something is wrong with it. It stands here with the day until which it can be answered.");
  page_class->nothing_title = N_("No Such Disputes");
  page_class->has_amounts = TRUE;
  page_class->show_record = show_record;
  page_class->filter = filter;
  page_class->has_filters = has_filters;
  page_class->clear_filters = clear_filters;
  page_class->desk_changed = desk_changed;
}

static void
billing_disputes_page_init (BillingDisputesPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);

  self->pane = g_object_new (BILLING_TYPE_DISPUTE_PANE, NULL);
  billing_list_page_set_detail (page, GTK_WIDGET (self->pane));
  self->filter = g_object_new (BILLING_TYPE_DISPUTE_FILTER, NULL);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (billing_list_page_update), self, G_CONNECT_SWAPPED);
  billing_list_page_add_filter_bar (page, GTK_WIDGET (self->filter));
}
