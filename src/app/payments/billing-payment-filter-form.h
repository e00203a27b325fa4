/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-patient.h"
#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYMENT_FILTER_FORM (billing_payment_filter_form_get_type ())
/**
 * BillingPaymentFilterForm:
 *
 * Where people say to what payments are narrowed: statuses, location, patient, days, amounts, only what is overdue. What is
 * written takes effect while it is written; what makes no sense says so at its field and takes none.
 *
 * Signal: `changed`: a person changed the filters.
 */
G_DECLARE_FINAL_TYPE (BillingPaymentFilterForm, billing_payment_filter_form, BILLING, PAYMENT_FILTER_FORM, AdwBin)

void billing_payment_filter_form_set_desk      (BillingPaymentFilterForm *self,
                                                BillingDesk              *desk);
void billing_payment_filter_form_set_locations (BillingPaymentFilterForm *self,
                                                GPtrArray                *locations);
void billing_payment_filter_form_show          (BillingPaymentFilterForm *self,
                                                BillingQuery             *query,
                                                BillingPatient           *patient);
void billing_payment_filter_form_apply         (BillingPaymentFilterForm *self,
                                                BillingQuery             *query);

G_END_DECLS
