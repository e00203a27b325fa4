/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-payout-sums.h"

G_BEGIN_DECLS

/* What Stripe pays out, and what it will, from the mirror. The windows' own reads go by billing-payout-sums.h. */
BillingPayoutStatement *billing_desk_read_payout         (BillingDesk  *self,
                                                          const char   *id,
                                                          GError      **error);
BillingPayoutOutlook   *billing_desk_read_payout_outlook (BillingDesk  *self,
                                                          GError      **error);

G_END_DECLS
