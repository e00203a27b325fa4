/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-history.h"

G_BEGIN_DECLS

/*
 * What the queue to Stripe says of an intent, for a person, in the process's locale.
 */

char       *billing_outbox_format_title       (BillingIntent      *intent);
char       *billing_outbox_format_subject     (BillingIntent      *intent);
char       *billing_outbox_format_when        (BillingIntent      *intent,
                                               const char         *time_zone);
const char *billing_outbox_format_state       (BillingOutboxState  state);
const char *billing_outbox_format_state_class (BillingOutboxState  state);
char       *billing_outbox_format_explanation (BillingIntent      *intent);

G_END_DECLS
