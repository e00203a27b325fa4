/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-refund"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-history.h"
#include "billing-ledger.h"
#include "billing-money.h"
#include "billing-status.h"
#include "billing-table.h"

/* Money goes back. A refund above the practice's limit waits, reserved, for a second person. */

static gboolean
check_refundable (BillingPayment  *payment,
                  gint64           amount,
                  GError         **error)
{
  gint64 refundable = payment->collected - payment->refunded - payment->waiting - payment->withdrawn;
  g_autofree char *left = NULL;

  if (amount <= refundable)
    return TRUE;

  left = billing_money_format (billing_money_new (refundable, payment->currency), NULL);
  return billing_desk_refuse (error, _("Of %s, %s can be refunded, not more. Nothing was changed."), payment->number,
                              left);
}

static gboolean
check_way (BillingTurn     *turn,
           BillingPayment  *payment,
           BillingTender    tender,
           GError         **error)
{
  if (tender != BILLING_TENDER_STRIPE)
    return TRUE;
  if (payment->tender != BILLING_TENDER_STRIPE)
    return billing_desk_refuse (error, _("Stripe did not collect %s, so it cannot give the money back. Nothing was changed."),
                                payment->number);

  return billing_turn_check_connected (turn, NULL, error);
}

static BillingRefund *
begin_refund (BillingTurn    *turn,
              BillingPayment *payment,
              gint64          amount)
{
  BillingRefund *refund = billing_refund_new ();
  BillingAct *act = turn->act;

  refund->payment_id = g_strdup (billing_record_get_id (BILLING_RECORD (payment)));
  refund->amount = amount;
  refund->currency = g_strdup (payment->currency);
  refund->reason = act->reason;
  refund->notes = g_strdup (act->notes);
  refund->tender = act->tender != BILLING_TENDER_NONE ? act->tender : payment->tender;
  refund->reference = g_strdup (act->reference);
  refund->person = g_strdup (turn->account);
  refund->created_at = turn->now;
  refund->state = BILLING_REFUND_STATE_POSTED;
  refund->refunded_on = g_strdup (turn->today);
  return refund;
}

/**
 * billing_turn_needs_approval:
 * @turn: an act by which money goes back
 * @amount: minor units
 *
 * Returns: whether it is more than one person may give back by the practice's limit
 */
gboolean
billing_turn_needs_approval (BillingTurn *turn,
                             gint64       amount)
{
  gint64 limit = billing_desk_get_practice (turn->desk)->refund_limit;

  return limit > 0 && amount > limit;
}

static gboolean
post_refund (BillingTurn     *turn,
             BillingPayment  *payment,
             BillingRefund   *refund,
             GError         **error)
{
  if (!billing_turn_post (turn, payment, "refund", turn->today, BILLING_ACCOUNT_REFUNDS,
                          billing_tender_get_account (refund->tender), refund->amount, error))
    return FALSE;

  return refund->tender != BILLING_TENDER_CREDIT ||
         billing_ledger_credit (turn->connection, payment->patient_id, refund->amount, error);
}

static gboolean
store_refund (BillingTurn     *turn,
              BillingPayment  *payment,
              BillingRefund   *refund,
              GError         **error)
{
  gboolean is_ours = !billing_turn_needs_approval (turn, refund->amount);
  gboolean is_stripes = refund->tender == BILLING_TENDER_STRIPE;

  if (is_ours && !is_stripes)
    return billing_table_insert (turn->connection, BILLING_RECORD (refund), error) &&
           post_refund (turn, payment, refund, error);

  /* Reserved: for a second person, or until Stripe answers. */
  refund->state = BILLING_REFUND_STATE_WAITING;
  g_clear_pointer (&refund->refunded_on, g_free);
  return billing_table_insert (turn->connection, BILLING_RECORD (refund), error) &&
         (!is_ours || billing_turn_queue_refund (turn, payment, refund, error));
}

/**
 * billing_desk_refund:
 * @turn: amount (what remains otherwise), reason, notes, tender (as it came in otherwise)
 * @error: return location for an error
 *
 * Returns: whether the money went back, or waits for approval or for Stripe; the result is the refund's id
 */
gboolean
billing_desk_refund (BillingTurn  *turn,
                     GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);
  g_autoptr (BillingRefund) refund = NULL;
  gint64 amount;

  if (payment == NULL)
    return FALSE;

  amount = turn->act->has_amount ? turn->act->amount
                                 : payment->collected - payment->refunded - payment->waiting - payment->withdrawn;
  if (turn->act->reason == BILLING_REFUND_REASON_NONE)
    return billing_desk_refuse (error, _("A refund needs a reason. Nothing was changed."));

  refund = begin_refund (turn, payment, amount);
  if (!billing_turn_check_amount (amount, error) ||
      !billing_turn_check_text (turn->act->notes, error) ||
      !check_refundable (payment, amount, error) ||
      !check_way (turn, payment, refund->tender, error) ||
      !store_refund (turn, payment, refund, error) ||
      !billing_ledger_settle (turn->connection, payment, error) ||
      !billing_turn_audit (turn, refund->payment_id, NULL, BILLING_RECORD (refund), refund->notes, error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (refund)));
  return TRUE;
}

/* For a person, and not for Stripe. */
static gboolean
check_waiting (BillingTurn    *turn,
               BillingRefund  *refund,
               GError        **error)
{
  g_autoptr (GPtrArray) intents = NULL;

  if (refund->state != BILLING_REFUND_STATE_WAITING)
    return billing_desk_refuse (error, _("This refund does not wait for anybody. Nothing was changed."));
  if (refund->tender != BILLING_TENDER_STRIPE)
    return TRUE;

  intents = billing_table_select (turn->connection, BILLING_TYPE_INTENT, "record_id",
                                  billing_record_get_id (BILLING_RECORD (refund)), error);
  if (intents == NULL)
    return FALSE;

  /* One that was made in Stripe's own pages has no intent of ours, but is on its way all the same. */
  return (intents->len == 0 && !g_str_equal (refund->person, BILLING_DESK_STRIPE)) ||
         billing_desk_refuse (error, _("This refund waits for Stripe, not for an approval. Nothing was changed."));
}

/* What is Stripe's to give back is posted when Stripe says so. */
static gboolean
carry_out (BillingTurn     *turn,
           BillingPayment  *payment,
           BillingRefund   *refund,
           GError         **error)
{
  if (refund->tender == BILLING_TENDER_STRIPE)
    return billing_turn_queue_refund (turn, payment, refund, error);

  refund->state = BILLING_REFUND_STATE_POSTED;
  refund->refunded_on = g_strdup (turn->today);
  return post_refund (turn, payment, refund, error);
}

static gboolean
check_approval (BillingTurn    *turn,
                BillingRefund  *refund,
                GError        **error)
{
  if (!check_waiting (turn, refund, error))
    return FALSE;
  if (!g_str_equal (refund->person, turn->account))
    return TRUE;

  return billing_desk_refuse (error, _("A refund above the practice's limit is approved by somebody else than who "
                                       "asked for it. Nothing was changed."));
}

static gboolean
conclude (BillingTurn     *turn,
          BillingPayment  *payment,
          BillingRefund   *refund,
          BillingRecord   *before,
          GError         **error)
{
  const char *reason = turn->act->notes != NULL && *turn->act->notes != '\0' ? turn->act->notes : refund->notes;

  if (!billing_table_update (turn->connection, BILLING_RECORD (refund), error) ||
      !billing_ledger_settle (turn->connection, payment, error) ||
      !billing_turn_audit (turn, refund->payment_id, before, BILLING_RECORD (refund), reason, error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (refund)));
  return TRUE;
}

static BillingRefund *
load_refund (BillingTurn    *turn,
             BillingRecord **before,
             GError        **error)
{
  const char *id = turn->act->subject != NULL ? turn->act->subject : "";
  BillingRefund *refund;

  *before = billing_table_get (turn->connection, BILLING_TYPE_REFUND, id, error);
  if (*before == NULL)
    return NULL;

  refund = billing_refund_new ();
  billing_record_copy (BILLING_RECORD (refund), *before);
  return refund;
}

static BillingPayment *
load_payment (BillingTurn    *turn,
              BillingRefund  *refund,
              GError        **error)
{
  return (BillingPayment *) billing_table_get (turn->connection, BILLING_TYPE_PAYMENT, refund->payment_id, error);
}

/**
 * billing_desk_approve_refund:
 * @turn: the id of a refund that waits
 * @error: return location for an error
 *
 * Returns: whether the money went back, or Stripe will be asked to give it back
 */
gboolean
billing_desk_approve_refund (BillingTurn  *turn,
                             GError      **error)
{
  g_autoptr (BillingRecord) before = NULL;
  g_autoptr (BillingRefund) refund = load_refund (turn, &before, error);
  g_autoptr (BillingPayment) payment = refund != NULL ? load_payment (turn, refund, error) : NULL;

  return payment != NULL && check_approval (turn, refund, error) &&
         carry_out (turn, payment, refund, error) && conclude (turn, payment, refund, before, error);
}

/**
 * billing_desk_decline_refund:
 * @turn: the id of a refund that waits for a second person; notes
 * @error: return location for an error
 *
 * Whoever could ask for it may take it back, and whoever could approve it may say no.
 *
 * Returns: whether the refund is withdrawn, and what it reserved is free again
 */
gboolean
billing_desk_decline_refund (BillingTurn  *turn,
                             GError      **error)
{
  g_autoptr (BillingRecord) before = NULL;
  g_autoptr (BillingRefund) refund = load_refund (turn, &before, error);
  g_autoptr (BillingPayment) payment = refund != NULL ? load_payment (turn, refund, error) : NULL;

  if (payment == NULL || !check_waiting (turn, refund, error) || !billing_turn_check_text (turn->act->notes, error))
    return FALSE;

  refund->state = BILLING_REFUND_STATE_WITHDRAWN;
  return conclude (turn, payment, refund, before, error);
}

static gboolean
post_credit_refund (BillingTurn     *turn,
                    BillingPatient  *patient,
                    GError         **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (patient));
  g_autofree char *source = g_strdup_printf ("%s:credit-refund:%" G_GINT64_FORMAT, id,
                                             billing_record_get_revision (BILLING_RECORD (patient)));
  BillingTransaction transaction = {
    .act = "credit-refund",
    .person = turn->account,
    .patient_id = id,
    .reason = turn->act->notes,
    .source = source,
    .at = turn->now,
    .day = turn->today,
  };

  return billing_ledger_post (turn->connection, &transaction, billing_desk_get_practice (turn->desk)->currency,
                              BILLING_ACCOUNT_CREDIT, billing_tender_get_account (turn->act->tender),
                              turn->act->amount, error) &&
         billing_ledger_credit (turn->connection, id, -turn->act->amount, error);
}

/**
 * billing_desk_refund_credit:
 * @turn: a patient; amount, tender
 * @error: return location for an error
 *
 * Returns: whether the patient's credit went back to them
 */
gboolean
billing_desk_refund_credit (BillingTurn  *turn,
                            GError      **error)
{
  const char *name = turn->act->subject != NULL ? turn->act->subject : "";
  g_autoptr (BillingRecord) record = billing_table_get (turn->connection, BILLING_TYPE_PATIENT, name, error);
  g_autoptr (BillingRecord) after = NULL;

  if (record == NULL || !billing_turn_check_amount (turn->act->amount, error))
    return FALSE;
  if (turn->act->tender == BILLING_TENDER_NONE || turn->act->tender == BILLING_TENDER_CREDIT ||
      turn->act->tender == BILLING_TENDER_STRIPE)
    return billing_desk_refuse (error, _("How does the money go back? Cash, cheque, card or bank. "
                                         "Nothing was changed."));
  if (turn->act->amount > billing_patient_get_free_credit (BILLING_PATIENT (record)))
    return billing_desk_refuse (error, _("The patient has less credit than that. Nothing was changed."));

  if (!post_credit_refund (turn, BILLING_PATIENT (record), error))
    return FALSE;

  after = billing_table_get (turn->connection, BILLING_TYPE_PATIENT, name, error);
  return after != NULL &&
         billing_turn_audit (turn, billing_record_get_id (record), record, after, turn->act->notes, error);
}
