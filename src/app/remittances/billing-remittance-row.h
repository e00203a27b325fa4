/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-remittance.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REMITTANCE_ROW (billing_remittance_row_get_type ())
/**
 * BillingRemittanceRow:
 *
 * A line of a remittance: whose, what of it is whose, and where it stands; opened, why, and what can be done about it.
 */
G_DECLARE_FINAL_TYPE (BillingRemittanceRow, billing_remittance_row, BILLING, REMITTANCE_ROW, AdwExpanderRow)

GtkWidget *billing_remittance_row_new (BillingRemittanceLine *line);

G_END_DECLS
