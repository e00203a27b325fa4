/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record-pane.h"

G_BEGIN_DECLS

#define BILLING_TYPE_SERVICE_PANE (billing_service_pane_get_type ())
/**
 * BillingServicePane:
 *
 * A service: what it costs, what of it is the insurer's and what the patient's, what the insurer answered, where it stands, and what can be
 * done with it. Its actions are those of #BillingToInvoicePage.
 */
G_DECLARE_FINAL_TYPE (BillingServicePane, billing_service_pane, BILLING, SERVICE_PANE, BillingRecordPane)

G_END_DECLS
