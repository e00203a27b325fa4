/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/**
 * BillingSearchKind:
 * @BILLING_SEARCH_NONE: the list cannot be searched
 * @BILLING_SEARCH_PATIENTS: by what is known of a patient
 * @BILLING_SEARCH_OF_PATIENT: by the row's number, or by what is known of its patient
 * @BILLING_SEARCH_STRIPE: by anything that Stripe says of the row
 * @BILLING_SEARCH_STRIPE_PAYMENT: by our patient and payment, who paid, what for, how much, and Stripe's ids
 * @BILLING_SEARCH_DISPUTE: by what Stripe says of it, our payment, its patient, and who paid
 * @BILLING_SEARCH_NOTICE: by our payment, its patient, and Stripe's words and ids
 * @BILLING_SEARCH_RATE: by its number, its code and its name
 */
typedef enum {
  BILLING_SEARCH_NONE,
  BILLING_SEARCH_PATIENTS,
  BILLING_SEARCH_OF_PATIENT,
  BILLING_SEARCH_STRIPE,
  BILLING_SEARCH_STRIPE_PAYMENT,
  BILLING_SEARCH_DISPUTE,
  BILLING_SEARCH_NOTICE,
  BILLING_SEARCH_RATE,
} BillingSearchKind;

gboolean billing_list_search (BillingConnection   *connection,
                              BillingSearchKind    search,
                              const char          *table,
                              const char          *text,
                              gboolean             only_some,
                              GString             *where,
                              GPtrArray           *values,
                              gboolean            *is_selective,
                              GError             **error);

G_END_DECLS
