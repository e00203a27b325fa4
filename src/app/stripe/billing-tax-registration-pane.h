/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record-pane.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TAX_REGISTRATION_PANE (billing_tax_registration_pane_get_type ())
/**
 * BillingTaxRegistrationPane:
 *
 * A tax registration, and its end.
 */
G_DECLARE_FINAL_TYPE (BillingTaxRegistrationPane, billing_tax_registration_pane, BILLING, TAX_REGISTRATION_PANE, BillingRecordPane)

G_END_DECLS
