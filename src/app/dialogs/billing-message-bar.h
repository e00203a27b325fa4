/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_MESSAGE_BAR (billing_message_bar_get_type ())
/**
 * BillingMessageBar:
 *
 * A sentence (`message`) at the top of where the work is: what happened, and what to do. Hidden without one.
 */
G_DECLARE_FINAL_TYPE (BillingMessageBar, billing_message_bar, BILLING, MESSAGE_BAR, AdwBin)

const char *billing_message_bar_get_message (BillingMessageBar *self);
void        billing_message_bar_set_message (BillingMessageBar *self,
                                             const char        *message);

G_END_DECLS
