/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-reopen"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

/* A cancellation or a write-off that was a slip is taken back. The ledger keeps both. */

/* For how long, in seconds: after that it is history, and a new payment is asked for. */
#define LIMIT (24 * 60 * 60)

static gboolean
check_young (BillingTurn     *turn,
             BillingPayment  *payment,
             GError         **error)
{
  gint64 closed_at = MAX (payment->cancelled_at, payment->written_off_at);

  if (turn->now - closed_at <= LIMIT)
    return TRUE;

  return billing_desk_refuse (error, _("%s was closed more than a day ago and stays closed. Create a new payment "
                                       "instead. Nothing was changed."), payment->number);
}

/* A write-off is one payment's; what else closed it closed it with its invoice. */
static gboolean
check_invoice (BillingTurn     *turn,
               BillingPayment  *payment,
               GError         **error)
{
  return payment->written_off_at != 0 || billing_turn_check_no_invoice (turn, payment, error);
}

/* What closing it took from what the patient owes. A draft was never owed. */
static gboolean
ask_again (BillingTurn     *turn,
           BillingPayment  *payment,
           GError         **error)
{
  BillingAccount account = payment->written_off_at != 0 ? BILLING_ACCOUNT_ADJUSTMENTS : BILLING_ACCOUNT_ASKED;

  return payment->submitted_at == 0 ||
         billing_turn_post (turn, payment, "reopen", turn->today, BILLING_ACCOUNT_PATIENT_RECEIVABLE, account,
                            payment->amount, error);
}

/**
 * billing_desk_reopen:
 * @turn: a payment that was cancelled or written off less than a day ago
 * @error: return location for an error
 *
 * Undoes the cancellation or write-off. A payment link that it closed stays closed.
 *
 * Returns: whether the payment stands as it did before
 */
gboolean
billing_desk_reopen (BillingTurn  *turn,
                     GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);

  if (payment == NULL || !billing_turn_check_text (turn->act->notes, error) || !check_young (turn, payment, error) ||
      !check_invoice (turn, payment, error) || !ask_again (turn, payment, error))
    return FALSE;

  payment->cancelled_at = 0;
  payment->written_off_at = 0;
  return billing_turn_conclude (turn, before, payment, error);
}
