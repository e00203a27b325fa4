/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk-private.h"
#include "billing-ledger.h"
#include "billing-posting-charge.h"

G_BEGIN_DECLS

/**
 * BillingChargeTurn:
 * @turn: as if at the time of the charge, by Stripe
 * @charge: what the mirror knows of it
 * @payment: (nullable): ours, as it is to be; where there is none, the charge is a patient's
 * @is_collected: whether its money stands as the payment's collection
 * @is_credited: whether money of it stands as credit of the patient
 * @now: when it is looked at, Unix seconds
 * @today: that day
 * @n_posted: how much was posted
 *
 * One charge while it is looked at.
 */
typedef struct {
  BillingTurn turn;
  BillingPostingCharge *charge;
  BillingPayment *payment;
  gboolean is_collected;
  gboolean is_credited;
  gint64 now;
  const char *today;
  guint64 *n_posted;
} BillingChargeTurn;

/**
 * BillingStripeEntry:
 * @object: what posts it, Stripe's id
 * @step: what of it
 * @act: the ledger's word for it
 * @reason: (nullable): Stripe's words
 * @at: Unix seconds
 * @day: on which it counts
 *
 * The head of an entry that Stripe posts.
 */
typedef struct {
  const char *object;
  const char *step;
  const char *act;
  const char *reason;
  gint64 at;
  const char *day;
} BillingStripeEntry;

/* billing-desk-posting-charge.c: what a charge brings */
gboolean billing_desk_post_charge         (BillingDesk               *desk,
                                           BillingConnection         *connection,
                                           gint64                     row,
                                           guint64                   *n_posted,
                                           GError                   **error);
gboolean billing_charge_turn_post         (BillingChargeTurn         *self,
                                           const BillingStripeEntry  *entry,
                                           gboolean                   is_of_payment,
                                           BillingAccount             debit,
                                           BillingAccount             credit,
                                           gint64                     amount,
                                           GError                   **error);
gboolean billing_charge_turn_reverse      (BillingChargeTurn         *self,
                                           const BillingStripeEntry  *entry,
                                           BillingEntry              *reversed,
                                           GError                   **error);
gboolean billing_charge_turn_set_problem  (BillingChargeTurn         *self,
                                           const char                *sentence,
                                           GError                   **error);

/* billing-desk-posting-late.c: what came too late, and goes back */
gboolean billing_charge_turn_note_late    (BillingChargeTurn         *self,
                                           gint64                     amount,
                                           GError                   **error);
gboolean billing_charge_turn_release_late (BillingChargeTurn         *self,
                                           GError                   **error);
gboolean billing_charge_turn_settle_late  (BillingChargeTurn         *self,
                                           gboolean                   is_returned,
                                           GError                   **error);

/* billing-desk-posting-back.c: what goes back */
gboolean billing_charge_turn_return       (BillingChargeTurn         *self,
                                           GPtrArray                 *entries,
                                           GError                   **error);
gboolean billing_charge_turn_refund       (BillingChargeTurn         *self,
                                           GError                   **error);
gboolean billing_charge_turn_dispute      (BillingChargeTurn         *self,
                                           GError                   **error);

G_END_DECLS
