/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-history.h"

G_BEGIN_DECLS

#define BILLING_TYPE_OUTBOX_ROW (billing_outbox_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingOutboxRow, billing_outbox_row, BILLING, OUTBOX_ROW, GtkListBoxRow)

/**
 * BillingOutboxRow:
 *
 * An intent of the queue: what Stripe is to do, of which payment, how it stands and why. Its
 * buttons activate `outbox.check` and `outbox.withdraw` with its id, and `outbox.open` with its
 * payment's number.
 */
GtkWidget *billing_outbox_row_new (BillingIntent *intent,
                                   BillingDesk   *desk);

G_END_DECLS
