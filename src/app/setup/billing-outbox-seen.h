/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-history.h"

G_BEGIN_DECLS

/*
 * When this person has last looked at the queue, in Unix seconds: what Stripe refused since then is
 * still to be seen.
 */

gint64   billing_outbox_seen_get          (BillingDesk   *desk);
void     billing_outbox_seen_set          (BillingDesk   *desk);
gboolean billing_outbox_seen_needs_person (BillingIntent *intent,
                                           gint64         seen_at);

G_END_DECLS
