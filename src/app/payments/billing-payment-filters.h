/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"
#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYMENT_FILTERS (billing_payment_filters_get_type ())
G_DECLARE_FINAL_TYPE (BillingPaymentFilters, billing_payment_filters, BILLING, PAYMENT_FILTERS, GtkBox)

/**
 * BillingPaymentFilters:
 *
 * What the payments list is narrowed to: statuses, a location, only what is late. A button opens them, and each one
 * in force is a chip that takes it away again. Statuses and location are remembered.
 *
 * Signal: `changed`.
 */
void     billing_payment_filters_set_desk   (BillingPaymentFilters *self,
                                             BillingDesk           *desk);
void     billing_payment_filters_apply      (BillingPaymentFilters *self,
                                             BillingQuery          *query);
gboolean billing_payment_filters_are_active (BillingPaymentFilters *self);
void     billing_payment_filters_clear      (BillingPaymentFilters *self);
void     billing_payment_filters_show_overdue (BillingPaymentFilters *self);

G_END_DECLS
