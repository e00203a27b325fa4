/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-collect"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-ledger.h"
#include "billing-money.h"
#include "billing-status.h"
#include "billing-table.h"

/* Money comes in by a tender: whole, a part (which splits), or more than was owed (which becomes credit). */

static BillingPatient *
load_patient (BillingTurn  *turn,
              const char   *id,
              GError      **error)
{
  return (BillingPatient *) billing_table_get (turn->connection, BILLING_TYPE_PATIENT, id, error);
}

static gboolean
check_credit (BillingTurn     *turn,
              BillingPayment  *payment,
              gint64           amount,
              GError         **error)
{
  g_autoptr (BillingPatient) patient = load_patient (turn, payment->patient_id, error);
  g_autofree char *credit = NULL;

  if (patient == NULL)
    return FALSE;
  if (billing_patient_get_free_credit (patient) >= amount && amount <= payment->amount)
    return TRUE;

  credit = billing_money_format (billing_money_new (billing_patient_get_free_credit (patient), payment->currency), NULL);
  return billing_desk_refuse (error, _("The patient's credit is %s, and only what is owed can be taken from it. "
                                       "Nothing was changed."), credit);
}

static gboolean
check_tender (BillingTurn     *turn,
              BillingPayment  *payment,
              gint64           amount,
              GError         **error)
{
  switch (turn->act->tender)
    {
    case BILLING_TENDER_NONE:
      return billing_desk_refuse (error, _("How did the money come in? Cash, cheque, card, bank or credit. "
                                           "Nothing was changed."));
    case BILLING_TENDER_STRIPE:
      return billing_desk_refuse (error, _("What Stripe collects is posted when Stripe says so, never by hand. "
                                           "Nothing was changed."));
    case BILLING_TENDER_CREDIT:
      return check_credit (turn, payment, amount, error);
    case BILLING_TENDER_CASH:
    case BILLING_TENDER_CHEQUE:
    case BILLING_TENDER_CARD:
    case BILLING_TENDER_BANK:
    default:
      return TRUE;
    }
}

static gboolean
check_date (BillingTurn  *turn,
            const char   *day,
            GError      **error)
{
  if (!billing_turn_check_day (day, error))
    return FALSE;
  if (strcmp (day, turn->today) <= 0)
    return TRUE;

  return billing_desk_refuse (error, _("%s is in the future: money is noted when it is there. Nothing was changed."),
                              day);
}

static const char *
get_day (BillingTurn *turn)
{
  return turn->act->date != NULL && *turn->act->date != '\0' ? turn->act->date : turn->today;
}

/* More came than was owed. */
static gboolean
keep_excess (BillingTurn     *turn,
             BillingPayment  *payment,
             gint64           excess,
             GError         **error)
{
  return billing_turn_post (turn, payment, "overpay", get_day (turn), billing_tender_get_account (turn->act->tender),
                            BILLING_ACCOUNT_CREDIT, excess, error) &&
         billing_ledger_credit (turn->connection, payment->patient_id, excess, error);
}

static gboolean
post_collection (BillingTurn     *turn,
                 BillingPayment  *payment,
                 GError         **error)
{
  if (!billing_turn_post (turn, payment, "collect", get_day (turn), billing_tender_get_account (turn->act->tender),
                          BILLING_ACCOUNT_PATIENT_RECEIVABLE, payment->amount, error))
    return FALSE;

  return turn->act->tender != BILLING_TENDER_CREDIT ||
         billing_ledger_credit (turn->connection, payment->patient_id, -payment->amount, error);
}

static gboolean
take (BillingTurn     *turn,
      BillingPayment  *payment,
      gint64           amount,
      GError         **error)
{
  gint64 excess = amount - payment->amount;

  if (!billing_turn_submit_first (turn, payment, error) ||
      (excess < 0 && !billing_turn_split (turn, payment, amount, error)) ||
      !post_collection (turn, payment, error) ||
      (excess > 0 && !keep_excess (turn, payment, excess, error)))
    return FALSE;

  billing_turn_set_collected (payment, turn->act->tender, get_day (turn), turn->act->reference);
  return TRUE;
}

/**
 * billing_desk_collect:
 * @turn: tender; amount (all of it otherwise), date, reference
 * @error: return location for an error
 *
 * Returns: whether the payment is Paid
 */
gboolean
billing_desk_collect (BillingTurn  *turn,
                      GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);
  gint64 amount;

  if (payment == NULL)
    return FALSE;

  amount = turn->act->has_amount ? turn->act->amount : payment->amount;
  return billing_turn_check_amount (amount, error) &&
         billing_turn_check_text (turn->act->reference, error) &&
         check_date (turn, get_day (turn), error) &&
         check_tender (turn, payment, amount, error) &&
         billing_turn_check_nothing_waits (turn, payment, error) &&
         billing_turn_close_pages (turn, payment, "collected", error) &&
         take (turn, payment, amount, error) &&
         billing_turn_conclude (turn, before, payment, error);
}

static gboolean
check_reversible (BillingPayment  *payment,
                  GError         **error)
{
  if (payment->tender == BILLING_TENDER_STRIPE)
    return billing_desk_refuse (error, _("Stripe collected %s: refund it instead. Nothing was changed."),
                                payment->number);
  if (payment->refunded > 0 || payment->waiting > 0)
    return billing_desk_refuse (error, _("A part of %s went back to the patient, so its collection cannot have been a "
                                         "mistake: refund the rest instead. Nothing was changed."), payment->number);

  return TRUE;
}

static gboolean
reverse_entry (BillingTurn     *turn,
               BillingPayment  *payment,
               const char      *act,
               const char      *reversed,
               GError         **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (payment));
  g_autofree char *source = g_strdup_printf ("%s:%s:%" G_GINT64_FORMAT, id, act,
                                             billing_record_get_revision (BILLING_RECORD (payment)));
  BillingTransaction transaction = {
    .act = act,
    .person = turn->account,
    .patient_id = payment->patient_id,
    .payment_id = id,
    .reason = turn->act->notes,
    .source = source,
    .at = turn->now,
    .day = turn->today,
  };

  return billing_ledger_reverse (turn->connection, &transaction, reversed, error);
}

/* What came in beyond what was owed goes too, if the patient still has it. */
static gboolean
reverse_excess (BillingTurn     *turn,
                BillingPayment  *payment,
                GError         **error)
{
  g_autoptr (BillingPatient) patient = NULL;
  gint64 excess;

  if (!billing_ledger_find (turn->connection, billing_record_get_id (BILLING_RECORD (payment)), "overpay", &excess,
                            error))
    return FALSE;
  if (excess == 0)
    return TRUE;

  patient = load_patient (turn, payment->patient_id, error);
  if (patient == NULL)
    return FALSE;
  if (billing_patient_get_free_credit (patient) < excess)
    return billing_desk_refuse (error, _("%s brought credit that was used since. Take that back first. "
                                         "Nothing was changed."), payment->number);

  return reverse_entry (turn, payment, "overpay-reverse", "overpay", error) &&
         billing_ledger_credit (turn->connection, payment->patient_id, -excess, error);
}

/**
 * billing_desk_reverse:
 * @turn: a payment whose collection was a mistake, or whose cheque came back
 * @error: return location for an error
 *
 * Returns: whether the payment is Pending again
 */
gboolean
billing_desk_reverse (BillingTurn  *turn,
                      GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);

  if (payment == NULL ||
      !check_reversible (payment, error) ||
      !billing_turn_check_text (turn->act->notes, error) ||
      !reverse_excess (turn, payment, error) ||
      !reverse_entry (turn, payment, "reverse", "collect", error))
    return FALSE;

  if (payment->tender == BILLING_TENDER_CREDIT &&
      !billing_ledger_credit (turn->connection, payment->patient_id, payment->collected, error))
    return FALSE;

  billing_turn_set_collected (payment, BILLING_TENDER_NONE, NULL, NULL);
  return billing_invoice_lose_prepayment (turn, payment, error) && billing_turn_conclude (turn, before, payment, error);
}
