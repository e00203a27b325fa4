/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"
#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_STRIPE_FILTERS (billing_stripe_filters_get_type ())
G_DECLARE_FINAL_TYPE (BillingStripeFilters, billing_stripe_filters, BILLING, STRIPE_FILTERS, GtkBox)

/**
 * BillingStripeFilters:
 *
 * What the list of Stripe's payments is narrowed to, as Stripe's own list can be: status, amount, date, payment method; and what is nobody's.
 *
 * Signal: `changed`.
 */
void     billing_stripe_filters_set_desk   (BillingStripeFilters *self,
                                            BillingDesk          *desk);
void     billing_stripe_filters_apply      (BillingStripeFilters *self,
                                            BillingQuery         *query);
gboolean billing_stripe_filters_are_active (BillingStripeFilters *self);
void     billing_stripe_filters_clear      (BillingStripeFilters *self);

G_END_DECLS
