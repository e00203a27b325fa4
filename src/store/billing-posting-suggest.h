/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/**
 * BillingSuggestionReason:
 * @BILLING_SUGGESTION_CUSTOMER: earlier charges of the same customer of Stripe's are theirs
 * @BILLING_SUGGESTION_EMAIL: it is their e-mail address
 * @BILLING_SUGGESTION_NAME: it is their name
 * @BILLING_SUGGESTION_AMOUNT: only that an open payment asks for just that amount
 *
 * Why somebody is suggested, best first.
 */
typedef enum {
  BILLING_SUGGESTION_CUSTOMER,
  BILLING_SUGGESTION_EMAIL,
  BILLING_SUGGESTION_NAME,
  BILLING_SUGGESTION_AMOUNT,
} BillingSuggestionReason;

/**
 * BillingSuggestion:
 * @reason: why
 * @patient_id: (owned)
 * @patient_name: (owned)
 * @payment_id: (owned) (nullable): an open payment of theirs
 * @payment: (owned) (nullable): its number
 * @amount: what that asks for, minor units
 *
 * Whose a charge may be.
 */
typedef struct {
  BillingSuggestionReason reason;
  char *patient_id;
  char *patient_name;
  char *payment_id;
  char *payment;
  gint64 amount;
} BillingSuggestion;

GPtrArray *billing_posting_suggest (BillingConnection  *connection,
                                    const char         *charge_id,
                                    GError            **error);

G_END_DECLS
