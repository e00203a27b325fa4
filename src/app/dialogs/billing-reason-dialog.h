/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-payment.h"
#include "billing-verb.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REASON_DIALOG (billing_reason_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingReasonDialog, billing_reason_dialog, BILLING, REASON_DIALOG, AdwMessageDialog)

/**
 * BillingReasonDialog:
 *
 * Asks once more, and why, before a payment or an invoice is written off or voided, or a collection reversed. It answers by
 * #AdwMessageDialog::response with `do` or `keep`.
 */
AdwMessageDialog *billing_reason_dialog_new        (BillingVerb          verb,
                                                    BillingPayment      *payment);
AdwMessageDialog *billing_reason_dialog_new_for    (BillingVerb          verb,
                                                    const char          *number,
                                                    gint64               amount,
                                                    const char          *currency);
char             *billing_reason_dialog_dup_reason (BillingReasonDialog *self);

G_END_DECLS
