/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_TAX_SETTINGS_PAGE (billing_tax_settings_page_get_type ())
/**
 * BillingTaxSettingsPage:
 *
 * *Tax Settings*: from where, and how, Stripe works out taxes; filled in here, and told to Stripe.
 */
G_DECLARE_FINAL_TYPE (BillingTaxSettingsPage, billing_tax_settings_page, BILLING, TAX_SETTINGS_PAGE, AdwBin)

G_END_DECLS
