/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TAX_REGISTRATIONS_PAGE (billing_tax_registrations_page_get_type ())
/**
 * BillingTaxRegistrationsPage:
 *
 * *Tax Registrations*: where Stripe collects tax for the practice. Stripe tells nothing of their changes, so that they are listed anew
 * whenever the section is opened.
 */
G_DECLARE_FINAL_TYPE (BillingTaxRegistrationsPage, billing_tax_registrations_page, BILLING, TAX_REGISTRATIONS_PAGE, BillingListPage)

G_END_DECLS
