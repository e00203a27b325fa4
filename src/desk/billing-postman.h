/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_POSTMAN (billing_postman_get_type ())
/**
 * BillingPostman:
 *
 * Sends what waits in the background as long as a window is open: when a message is queued, when its payment link is there, when its next try
 * is due; and makes the reminders of a day when it begins. Property: `problem` (string, nullable, read-only): why nothing can be sent just
 * now. It changes on the main context of the thread that made it.
 */
G_DECLARE_FINAL_TYPE (BillingPostman, billing_postman, BILLING, POSTMAN, GObject)

BillingPostman *billing_postman_new         (BillingDesk    *desk);
void            billing_postman_start       (BillingPostman *self);
void            billing_postman_stop        (BillingPostman *self);
const char     *billing_postman_get_problem (BillingPostman *self);

G_END_DECLS
