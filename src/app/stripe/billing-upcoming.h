/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_UPCOMING (billing_upcoming_get_type ())
/**
 * BillingUpcoming:
 *
 * What stands over the payouts: the balance in each currency, what becomes available on which day and when it is paid out, the payouts
 * that are on their way, and what can be done about it.
 */
G_DECLARE_FINAL_TYPE (BillingUpcoming, billing_upcoming, BILLING, UPCOMING, GtkBox)

void billing_upcoming_set_desk (BillingUpcoming *self,
                                BillingDesk     *desk);

G_END_DECLS
