/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittances-page"

#include "config.h"

#include "billing-remittances-page.h"

#include <glib/gi18n.h>

#include "billing-remittance-pane.h"
#include "billing-remittance.h"

struct _BillingRemittancesPage {
  BillingListPage parent_instance;

  BillingRemittancePane *pane; /* (not owned): in the page */
};

static const BillingListColumn columns[] = {
  { "payer", N_("Insurer"), "payer", FALSE },
  { "date", N_("Date"), "date", TRUE },
  { "reference", N_("Reference"), NULL, FALSE },
  { "amount", N_("Amount"), "amount", TRUE },
  { "posted", N_("Posted"), NULL, FALSE },
  { "open", N_("Open Lines"), NULL, FALSE },
  { "state", N_("Status"), NULL, FALSE },
  { "number", N_("Remittance"), "number", TRUE },
};

G_DEFINE_FINAL_TYPE (BillingRemittancesPage, billing_remittances_page, BILLING_TYPE_LIST_PAGE)

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_record_pane_set_record (BILLING_RECORD_PANE (BILLING_REMITTANCES_PAGE (page)->pane), id);
}

static void
filter (BillingListPage *page,
        BillingQuery    *query)
{
}

static gboolean
has_filters (BillingListPage *page)
{
  return FALSE;
}

static void
clear_filters (BillingListPage *page)
{
}

static void
desk_changed (BillingListPage *page)
{
  billing_record_pane_set_desk (BILLING_RECORD_PANE (BILLING_REMITTANCES_PAGE (page)->pane), billing_list_page_get_desk (page));
}

static void
billing_remittances_page_class_init (BillingRemittancesPageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  page_class->list = "remittances";
  page_class->get_record_type = billing_remittance_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/remittances/remittance-columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Remittances");
  page_class->search_label = N_("Search remittances");
  page_class->empty_icon = "document-open-symbolic";
  page_class->empty_title = N_("No Remittances Yet");
  page_class->empty_text = N_("Import the files in which insurers say what they paid (X12 835, or ExplanationOfBenefit of FHIR). Each "
                              "stands here with its lines, to be posted to the services that they are about.");
  page_class->nothing_title = N_("No Such Remittances");
  page_class->has_amounts = TRUE;
  page_class->show_record = show_record;
  page_class->filter = filter;
  page_class->has_filters = has_filters;
  page_class->clear_filters = clear_filters;
  page_class->desk_changed = desk_changed;
}

static void
billing_remittances_page_init (BillingRemittancesPage *self)
{
  self->pane = g_object_new (BILLING_TYPE_REMITTANCE_PANE, NULL);
  billing_list_page_set_detail (BILLING_LIST_PAGE (self), GTK_WIDGET (self->pane));
}
