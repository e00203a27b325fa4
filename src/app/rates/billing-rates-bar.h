/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RATES_BAR (billing_rates_bar_get_type ())
/**
 * BillingRatesBar:
 *
 * Over the list of billing rates: which of them it lists, and what can be done beside looking at one. Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (BillingRatesBar, billing_rates_bar, BILLING, RATES_BAR, GtkBox)

void     billing_rates_bar_apply     (BillingRatesBar *self,
                                      BillingQuery    *query);
gboolean billing_rates_bar_is_active (BillingRatesBar *self);
void     billing_rates_bar_clear     (BillingRatesBar *self);

G_END_DECLS
