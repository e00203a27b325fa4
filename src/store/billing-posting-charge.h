/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/* What is not captured of an authorisation goes back as a refund of its own, by which no money
 * moves: of a charge that was captured in part, the first one of just the rest. */
#define BILLING_POSTING_IS_RELEASE \
  "c.amount_captured < c.amount AND r.pk IS (SELECT x.pk FROM mirror.stripe_refunds x WHERE x.charge = c.id" \
  " AND x.amount = c.amount - c.amount_captured AND x.refund IS NULL" \
  " AND NOT EXISTS (SELECT 1 FROM mirror.balance_transactions WHERE source = x.id AND reporting_category = 'refund')" \
  " ORDER BY x.created, x.pk LIMIT 1)"

/**
 * BillingPostingRefund:
 * @id: (owned): Stripe's
 * @created: Unix seconds
 * @amount: minor units
 * @status: (owned) (nullable): Stripe's word
 * @problem: (owned) (nullable): why it failed, Stripe's word
 * @refund_id: (owned) (nullable): our refund that it carries
 * @late_intent: (owned) (nullable): the intent by which late money was to go back, where it is that
 *
 * Money that Stripe gives back of a charge.
 */
typedef struct {
  char *id;
  gint64 created;
  gint64 amount;
  char *status;
  char *problem;
  char *refund_id;
  char *late_intent;
} BillingPostingRefund;

/**
 * BillingPostingMove:
 * @id: (owned): of the balance transaction
 * @dispute: (owned): of the dispute
 * @created: Unix seconds
 * @amount: minor units of the charge's currency: below 0 withdrawn, above reinstated
 * @reason: (owned) (nullable): of the dispute, Stripe's word
 *
 * Money that a dispute moves.
 */
typedef struct {
  char *id;
  char *dispute;
  gint64 created;
  gint64 amount;
  char *reason;
} BillingPostingMove;

/**
 * BillingPostingCharge:
 * @id: (owned): Stripe's
 * @created: Unix seconds
 * @day: (owned): on which that was in the practice's time zone
 * @amount: minor units asked
 * @captured: minor units that came in; 0: none did
 * @currency: (owned): ISO 4217, in capitals
 * @is_pending: on its way
 * @has_failed: declined, or came back
 * @is_held: authorised, not captured
 * @is_let_go: the authorisation is no more
 * @has_expired: and that was nobody's decision
 * @failure_code: (owned) (nullable): Stripe's word
 * @failure_message: (owned) (nullable): Stripe's sentence for the payer
 * @seller_message: (owned) (nullable): Stripe's sentence for the practice
 * @payment_id: (owned) (nullable): our payment: the one that got its money, or else the one that it
 *   carries
 * @patient_id: (owned) (nullable): whose it is
 * @is_disputed: whether a bank asked about it, or took it back
 * @refunds: (element-type BillingPostingRefund): in the order of their creation
 * @moves: (element-type BillingPostingMove): likewise
 *
 * What the mirror knows of a charge, and of all that belongs to it.
 */
typedef struct {
  char *id;
  gint64 created;
  char *day;
  gint64 amount;
  gint64 captured;
  char *currency;
  gboolean is_pending;
  gboolean has_failed;
  gboolean is_held;
  gboolean is_let_go;
  gboolean has_expired;
  char *failure_code;
  char *failure_message;
  char *seller_message;
  char *payment_id;
  char *patient_id;
  gboolean is_disputed;
  GPtrArray *refunds;
  GPtrArray *moves;
} BillingPostingCharge;

BillingPostingCharge *billing_posting_charge_read (BillingConnection     *connection,
                                                   gint64                 row,
                                                   GError               **error);
void                  billing_posting_charge_free (BillingPostingCharge  *self);
char                 *billing_posting_get_dispute (BillingConnection     *connection,
                                                   const char            *payment_id,
                                                   GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingPostingCharge, billing_posting_charge_free)

G_END_DECLS
