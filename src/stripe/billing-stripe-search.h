/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-history.h"
#include "billing-stripe-gather.h"

G_BEGIN_DECLS

/* Private to the room: looks through what an intent's path makes, back to before the intent, for what the intent made: by our
 * mark, or by what its request said. @id is (transfer full) (nullable): NULL where it made nothing. */
gboolean billing_stripe_search (BillingStripeGather  *gather,
                                BillingIntent        *intent,
                                char                **id,
                                GError              **error);

G_END_DECLS
