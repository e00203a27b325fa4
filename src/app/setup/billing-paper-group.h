/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAPER_GROUP (billing_paper_group_get_type ())
G_DECLARE_FINAL_TYPE (BillingPaperGroup, billing_paper_group, BILLING, PAPER_GROUP, AdwPreferencesGroup)

/**
 * BillingPaperGroup:
 *
 * What stands on invoices, statements and receipts: the logo, the form of numbers, when invoices are due, and whether services are named.
 */
void billing_paper_group_set_desk (BillingPaperGroup *self,
                                   BillingDesk       *desk);

G_END_DECLS
