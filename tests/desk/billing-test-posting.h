/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-payment.h"
#include "billing-test-facts.h"
#include "billing-test-practice.h"

G_BEGIN_DECLS

/* When what the tests tell of happened. */
#define BILLING_TEST_NOW G_GINT64_CONSTANT (1793000000)

/**
 * BillingTestPosting:
 * @number: (owned): of a payment of 250.00
 * @id: (owned): of it
 * @seen: (owned) (nullable): as it was read last
 *
 * A fixture: a practice with one payment, and a mirror that says of Stripe what a test wants.
 */
typedef struct {
  BillingTestPractice practice;
  BillingMirror *mirror; /* (owned) */
  char *number;
  char *id;
  BillingPayment *seen;
} BillingTestPosting;

void              billing_test_posting_set_up      (BillingTestPosting *self,
                                                    gconstpointer       data);
void              billing_test_posting_tear_down   (BillingTestPosting *self,
                                                    gconstpointer       data);
BillingTestCharge billing_test_posting_make_charge (BillingTestPosting *self,
                                                    const char         *id,
                                                    gint64              amount);
void              billing_test_posting_put         (BillingTestPosting *self,
                                                    BillingTestCharge   charge);
guint64           billing_test_posting_post        (BillingTestPosting *self);
void              billing_test_posting_assert      (BillingTestPosting *self,
                                                    BillingStatus       status,
                                                    gint64              amount,
                                                    gint64              collected,
                                                    gint64              refunded);
BillingPayment   *billing_test_posting_get_payment (BillingTestPosting *self);
void              billing_test_posting_do          (BillingTestPosting *self,
                                                    BillingVerb         verb);
char             *billing_test_posting_find_event  (BillingTestPosting *self,
                                                    const char         *what,
                                                    guint               n);

/* Long enough for what was committed to be heard of and read. */
void              billing_test_posting_settle      (void);

G_END_DECLS
