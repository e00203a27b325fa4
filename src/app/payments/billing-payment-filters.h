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
 * What the payments list is narrowed to. A button opens a form for it, and each filter in force is a chip that takes it away again,
 * those too that the form does not have: cards and reports set them. The statuses and the location that a person chose are
 * remembered; what a card or a report opened is not, and neither is what is changed on it, until nothing is filtered any more.
 *
 * Signal: `changed`.
 */
void     billing_payment_filters_set_desk   (BillingPaymentFilters *self,
                                             BillingDesk           *desk);
void     billing_payment_filters_set_query  (BillingPaymentFilters *self,
                                             BillingQuery          *query);
void     billing_payment_filters_apply      (BillingPaymentFilters *self,
                                             BillingQuery          *query);
gboolean billing_payment_filters_are_active (BillingPaymentFilters *self);
void     billing_payment_filters_clear      (BillingPaymentFilters *self);

G_END_DECLS
