/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-mirror.h"
#include "billing-test-practice.h"

G_BEGIN_DECLS

/*
 * What Stripe says, put into the mirror without a Stripe: a charge, its intent, a refund, a
 * dispute. Members that are not set are left out.
 */

/**
 * BillingTestCharge:
 *
 * A charge; @payment is the id of ours that its metadata carries.
 */
typedef struct {
  const char *id;
  const char *status;
  gint64 created;
  gint64 amount;
  gint64 captured;
  gint64 refunded;
  gboolean is_authorised;
  gboolean is_disputed;
  const char *currency;
  const char *payment;
  const char *intent;
  const char *customer;
  const char *name;
  const char *email;
  const char *seller_message;
  const char *failure_message;
} BillingTestCharge;

/**
 * BillingTestRefund:
 *
 * A refund; @refund is the id of ours that its metadata carries.
 */
typedef struct {
  const char *id;
  const char *status;
  gint64 created;
  gint64 amount;
  const char *currency;
  const char *charge;
  const char *refund;
  const char *reason;
} BillingTestRefund;

void    billing_test_facts_put         (BillingMirror            *mirror,
                                        const char               *table,
                                        const char               *json);
void    billing_test_facts_put_charge  (BillingMirror            *mirror,
                                        const BillingTestCharge  *charge);
void    billing_test_facts_put_refund  (BillingMirror            *mirror,
                                        const BillingTestRefund  *refund);
void    billing_test_facts_put_intent  (BillingMirror            *mirror,
                                        const char               *id,
                                        const char               *status,
                                        const char               *cancellation_reason,
                                        const char               *payment);
void    billing_test_facts_put_dispute (BillingMirror            *mirror,
                                        const char               *id,
                                        const char               *status,
                                        const char               *charge,
                                        gint64                    created,
                                        gint64                    amount);
void    billing_test_facts_put_move    (BillingMirror            *mirror,
                                        const char               *id,
                                        const char               *category,
                                        const char               *source,
                                        gint64                    created,
                                        gint64                    amount);
guint64 billing_test_facts_post        (BillingTestPractice      *practice,
                                        BillingMirror            *mirror);
void    billing_test_facts_queue_all   (BillingMirror            *mirror);
char   *billing_test_facts_get_id      (BillingTestPractice      *practice,
                                        const char               *number);

G_END_DECLS
