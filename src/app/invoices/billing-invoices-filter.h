/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"
#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INVOICES_FILTER (billing_invoices_filter_get_type ())
/**
 * BillingInvoicesFilter:
 *
 * To what services (where they stand, reviewed or not, rate, insurer, location, days, amounts) or invoices (statuses, overdue, days, amounts)
 * are narrowed. Services begin with those that are to be invoiced.
 *
 * Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (BillingInvoicesFilter, billing_invoices_filter, BILLING, INVOICES_FILTER, GtkBox)

GtkWidget *billing_invoices_filter_new       (const char            *list);
void       billing_invoices_filter_set_desk  (BillingInvoicesFilter *self,
                                              BillingDesk           *desk);
void       billing_invoices_filter_apply     (BillingInvoicesFilter *self,
                                              BillingQuery          *query);
gboolean   billing_invoices_filter_is_active (BillingInvoicesFilter *self);
void       billing_invoices_filter_clear     (BillingInvoicesFilter *self);

G_END_DECLS
