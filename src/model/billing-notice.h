/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"
#include "billing-types.h"

G_BEGIN_DECLS

#define BILLING_TYPE_NOTICE (billing_notice_get_type ())
G_DECLARE_FINAL_TYPE (BillingNotice, billing_notice, BILLING, NOTICE, BillingRecord)

/**
 * BillingNotice:
 *
 * A notification: something at Stripe that somebody should know of, found by one of the rules of
 * billing-notice-rules.h. It is found again as long as it holds, and keeps what people said of it.
 * To be read by its members; changed by its properties.
 */
struct _BillingNotice {
  BillingRecord parent_instance;

  char *key; /* (owned): what is found twice is the same: rule, object, and what else tells it apart */
  char *rule; /* (owned): nick of the rule: payment-failed, dispute-due, … */
  gboolean urgent; /* it needs somebody to act; otherwise it is news */
  char *subject; /* (owned) (nullable): Stripe's id of what it is about: ch_…, po_…, dp_…, acct_… */
  char *payment_id; /* (owned) (nullable): our payment */
  gint64 amount; /* minor units; 0: it is about none */
  char *currency; /* (owned) (nullable): ISO 4217 */
  char *detail; /* (owned) (nullable): Stripe's words or codes: why, which field */
  gint64 due_at; /* Unix seconds by which somebody should act; 0: none */
  gint64 created_at; /* Unix seconds when it happened */
  gint64 found_at; /* Unix seconds when it was found */
  gint64 ended_at; /* Unix seconds when it was no longer so; 0: it is */
  BillingNoticeState state; /* what people made of it */
  gint64 snoozed_until; /* Unix seconds; 0: not */
  char *person; /* (owned) (nullable): who said so */
  gint64 changed_at; /* Unix seconds of that; 0: nobody */
  gint64 told_at; /* Unix seconds when the desktop was told; 0: not */
  char *payment; /* (owned) (nullable): number of our payment */
  char *patient_name; /* (owned) (nullable): whose that is */
};

BillingNotice *billing_notice_new (void);

G_END_DECLS
