/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-act.h"
#include "billing-connection.h"
#include "billing-service-change.h"
#include "billing-service.h"

G_BEGIN_DECLS

/* SQL: the insurer that is asked for what a patient had done on a day: of the first coverage that was active then. */
#define BILLING_SERVICE_PAYER(patient, day) \
  "(SELECT v.payer FROM coverages v WHERE v.patient_id = " patient " AND v.status = 'active'" \
  " AND ifnull (v.starts_on, '') <= " day " AND (ifnull (v.ends_on, '') = '' OR v.ends_on >= " day ")" \
  " ORDER BY v.precedence, v.pk LIMIT 1)"

/* No amount is larger: a million of them still sum within 64 bits. */
#define BILLING_SERVICE_MAX_AMOUNT 1000000000000

/**
 * BillingServiceSums:
 * @n: how many services
 * @n_patients: whose they are
 * @n_to_invoice: of @n, those of which the patient is to be asked for their part
 * @n_invoiced: those that stand on an invoice
 * @n_reviewed: those that somebody looked at
 * @amount: minor units of them in full
 * @insurer_part: minor units of @amount that are the insurers'
 * @insurer_open: minor units that insurers still owe
 * @patient_part: minor units of @amount that are the patients'
 * @to_invoice: minor units of @patient_part that are of @n_to_invoice
 * @currency: (nullable): ISO 4217, of all of them; %NULL: they are of several, and the sums mean nothing
 *
 * What a selection of services comes to.
 */
typedef struct {
  gint64 n;
  gint64 n_patients;
  gint64 n_to_invoice;
  gint64 n_invoiced;
  gint64 n_reviewed;
  gint64 amount;
  gint64 insurer_part;
  gint64 insurer_open;
  gint64 patient_part;
  gint64 to_invoice;
  char *currency;
} BillingServiceSums;

BillingServiceSums *billing_service_sum_selection  (BillingConnection   *connection,
                                                    GError             **error);
void                billing_service_sums_free      (BillingServiceSums  *sums);
gboolean            billing_service_find_payer     (BillingConnection   *connection,
                                                    const char          *patient_id,
                                                    const char          *day,
                                                    char               **payer,
                                                    GError             **error);
GPtrArray          *billing_service_list_answers   (BillingConnection   *connection,
                                                    const char          *service_id,
                                                    GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingServiceSums, billing_service_sums_free)

G_END_DECLS
