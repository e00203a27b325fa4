/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-registrations-page"

#include "config.h"

#include "billing-tax-registrations-page.h"

#include <glib/gi18n.h>

#include "billing-stripe-records.h"
#include "billing-stripe-section.h"
#include "billing-tax-registration-pane.h"
#include "billing-tax-registrations-bar.h"

struct _BillingTaxRegistrationsPage {
  BillingListPage parent_instance;

  BillingTaxRegistrationPane *pane; /* (not owned): in the page */
  BillingTaxRegistrationsBar *bar;  /* (not owned): likewise */
  BillingSync *sync;                /* (owned) (nullable) */
};

static const BillingListColumn columns[] = {
  { "place", N_("Where"), "country", FALSE },
  { "type", N_("Registered For"), NULL, FALSE },
  { "status", N_("Status"), NULL, FALSE },
  { "from", N_("From"), NULL, FALSE },
  { "until", N_("Until"), NULL, FALSE },
};

static void billing_tax_registrations_page_section_init (BillingStripeSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingTaxRegistrationsPage, billing_tax_registrations_page, BILLING_TYPE_LIST_PAGE,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_STRIPE_SECTION, billing_tax_registrations_page_section_init))

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_record_pane_set_record (BILLING_RECORD_PANE (BILLING_TAX_REGISTRATIONS_PAGE (page)->pane), id);
}

static void
desk_changed (BillingListPage *page)
{
  billing_record_pane_set_desk (BILLING_RECORD_PANE (BILLING_TAX_REGISTRATIONS_PAGE (page)->pane), billing_list_page_get_desk (page));
}

static void
billing_tax_registrations_page_set_sync (BillingStripeSection *section,
                                         BillingDesk          *desk,
                                         BillingSync          *sync)
{
  BillingTaxRegistrationsPage *self = BILLING_TAX_REGISTRATIONS_PAGE (section);

  g_set_object (&self->sync, sync);
  billing_list_page_set_desk (BILLING_LIST_PAGE (self), desk);
  billing_tax_registrations_bar_set_sync (self->bar, desk, sync);
}

static void
billing_tax_registrations_page_shown (BillingStripeSection *section)
{
  BillingTaxRegistrationsPage *self = BILLING_TAX_REGISTRATIONS_PAGE (section);

  if (self->sync != NULL)
    billing_sync_list_again (self->sync, "tax_registrations");
}

static void
billing_tax_registrations_page_section_init (BillingStripeSectionInterface *iface)
{
  static const char * const streams[] = { "tax_registrations", NULL };

  iface->set_sync = billing_tax_registrations_page_set_sync;
  iface->shown = billing_tax_registrations_page_shown;
  iface->streams = streams;
}

static void
billing_tax_registrations_page_dispose (GObject *object)
{
  g_clear_object (&BILLING_TAX_REGISTRATIONS_PAGE (object)->sync);

  G_OBJECT_CLASS (billing_tax_registrations_page_parent_class)->dispose (object);
}

static void
billing_tax_registrations_page_class_init (BillingTaxRegistrationsPageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_tax_registrations_page_dispose;

  page_class->list = "tax_registrations";
  page_class->get_record_type = billing_tax_registration_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/stripe/tax-registration-columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Tax Registrations");
  page_class->search_label = N_("Search tax registrations");
  page_class->empty_icon = "accessories-calculator-symbolic";
  page_class->empty_title = N_("No Tax Registrations");
  page_class->empty_text = N_("Stripe collects tax only where the business is registered for it. Most medical services need none of this; "
                              "where yours do, and the authority has registered the business, add the registration here.");
  page_class->nothing_title = N_("No Such Registrations");
  page_class->show_record = show_record;
  page_class->desk_changed = desk_changed;
}

static void
billing_tax_registrations_page_init (BillingTaxRegistrationsPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);

  self->pane = g_object_new (BILLING_TYPE_TAX_REGISTRATION_PANE, NULL);
  billing_list_page_set_detail (page, GTK_WIDGET (self->pane));
  self->bar = g_object_new (BILLING_TYPE_TAX_REGISTRATIONS_BAR, NULL);
  billing_list_page_set_top (page, GTK_WIDGET (self->bar));
}
