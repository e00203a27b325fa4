/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"
#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PATIENTS_FILTER (billing_patients_filter_get_type ())
/**
 * BillingPatientsFilter:
 *
 * Which patients are listed: who owes something, is overdue or has credit, and of which location.
 *
 * Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (BillingPatientsFilter, billing_patients_filter, BILLING, PATIENTS_FILTER, GtkBox)

void     billing_patients_filter_set_desk  (BillingPatientsFilter *self,
                                            BillingDesk           *desk);
void     billing_patients_filter_apply     (BillingPatientsFilter *self,
                                            BillingQuery          *query);
gboolean billing_patients_filter_is_active (BillingPatientsFilter *self);
void     billing_patients_filter_clear     (BillingPatientsFilter *self);

G_END_DECLS
