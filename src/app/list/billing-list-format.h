/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-context.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-treatment.h"

G_BEGIN_DECLS

/*
 * What lists write in their cells, for a person, in the process's locale. An empty text where there is nothing to say.
 */

gboolean    billing_list_format_is_overdue         (BillingPayment   *payment,
                                                    const char       *today);
char       *billing_list_format_due                (BillingPayment   *payment,
                                                    const char       *today);
char       *billing_list_format_balance            (gint64            balance,
                                                    const char       *owed_since,
                                                    const char       *currency,
                                                    const char       *today);
gboolean    billing_list_format_is_late            (const char       *owed_since,
                                                    const char       *today);
char       *billing_list_format_instant_day        (gint64            instant,
                                                    const char       *time_zone);
const char *billing_list_format_status_class       (BillingStatus     status);
char       *billing_list_format_payment_sentence   (BillingPayment   *payment,
                                                    const char       *today);
char       *billing_list_format_patient_sentence   (BillingPatient   *patient,
                                                    const char       *currency,
                                                    const char       *today);
char       *billing_list_format_treatment_sentence (BillingTreatment *treatment,
                                                    const char       *today);
char       *billing_list_format_footer             (guint             first,
                                                    guint             last,
                                                    guint             n_rows,
                                                    const char       *sum,
                                                    gint64            overdue);

G_END_DECLS
