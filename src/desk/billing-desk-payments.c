/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-payments"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-enums.h"
#include "billing-table.h"
#include "billing-treatment.h"

/* The verbs of a payment's life before money moves: create, edit, submit, fail, cancel, write off. */

static gboolean
set_type (BillingPayment  *payment,
          const char      *nick,
          GError         **error)
{
  int type = BILLING_PAYMENT_TYPE_NONE;

  if (nick != NULL && *nick != '\0' && !billing_enum_from_nick (BILLING_TYPE_PAYMENT_TYPE, nick, &type))
    return billing_desk_refuse (error, _("“%s” is no payment type. There are: treatment-pre-payment, office-visit, "
                                         "private-pay. Nothing was changed."), nick);

  payment->payment_type = type;
  return TRUE;
}

static gboolean
set_treatment (BillingTurn     *turn,
               BillingPayment  *payment,
               const char      *name,
               GError         **error)
{
  g_autoptr (BillingRecord) record = NULL;
  BillingTreatment *treatment;

  g_clear_pointer (&payment->treatment_id, g_free);
  g_clear_pointer (&payment->location_id, g_free);
  if (*name == '\0')
    return TRUE;

  record = billing_table_get (turn->connection, BILLING_TYPE_TREATMENT, name, error);
  if (record == NULL)
    return FALSE;

  treatment = BILLING_TREATMENT (record);
  if (g_strcmp0 (treatment->patient_id, payment->patient_id) != 0)
    return billing_desk_refuse (error, _("%s is another patient's treatment. Nothing was changed."),
                                treatment->number);

  payment->treatment_id = g_strdup (billing_record_get_id (record));
  payment->location_id = g_strdup (treatment->location_id);
  return TRUE;
}

/* An empty text clears, none leaves what is there. */
static void
set_text (char       **member,
          const char  *text)
{
  if (text == NULL)
    return;

  g_free (*member);
  *member = *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
apply (BillingTurn     *turn,
       BillingPayment  *payment,
       GError         **error)
{
  BillingAct *act = turn->act;

  if (!billing_turn_check_day (act->due, error) || !billing_turn_check_text (act->memo, error) ||
      (act->payment_type != NULL && !set_type (payment, act->payment_type, error)) ||
      (act->treatment != NULL && !set_treatment (turn, payment, act->treatment, error)))
    return FALSE;

  if (act->has_amount)
    payment->amount = act->amount;
  set_text (&payment->due_on, act->due);
  set_text (&payment->memo, act->memo);
  return billing_turn_check_amount (payment->amount, error);
}

static BillingPayment *
begin_payment (BillingTurn  *turn,
               GError      **error)
{
  g_autoptr (BillingRecord) patient = NULL;
  g_autoptr (BillingPayment) payment = NULL;

  if (turn->act->patient == NULL || *turn->act->patient == '\0')
    {
      billing_desk_refuse (error, _("A payment needs a patient. Nothing was changed."));
      return NULL;
    }

  patient = billing_table_get (turn->connection, BILLING_TYPE_PATIENT, turn->act->patient, error);
  if (patient == NULL)
    return NULL;

  payment = billing_payment_new ();
  payment->patient_id = g_strdup (billing_record_get_id (patient));
  payment->currency = g_strdup (billing_desk_get_practice (turn->desk)->currency);
  payment->created_at = turn->now;
  return g_steal_pointer (&payment);
}

/**
 * billing_desk_create_payment:
 * @turn: patient, amount; treatment, type, due, memo, draft
 * @error: return location for an error
 *
 * Returns: whether there is a new payment: Pending, or a Draft
 */
gboolean
billing_desk_create_payment (BillingTurn  *turn,
                             GError      **error)
{
  g_autoptr (BillingPayment) payment = begin_payment (turn, error);

  if (payment == NULL || !apply (turn, payment, error) ||
      !billing_table_insert (turn->connection, BILLING_RECORD (payment), error) ||
      !billing_turn_keep_estimate (turn, payment, error))
    return FALSE;

  if (!turn->act->draft && !billing_turn_submit_first (turn, payment, error))
    return FALSE;

  return billing_turn_conclude (turn, NULL, payment, error);
}

/* What is asked for changed after it was asked: the ledger gets the difference. */
static gboolean
post_difference (BillingTurn     *turn,
                 BillingPayment  *before,
                 BillingPayment  *payment,
                 GError         **error)
{
  gint64 more = payment->amount - before->amount;

  if (more == 0)
    return TRUE;
  if (!billing_turn_check_nothing_waits (turn, payment, error) ||
      !billing_turn_close_pages (turn, payment, "amount", error))
    return FALSE;
  if (payment->submitted_at == 0)
    return TRUE;

  if (more > 0)
    return billing_turn_post (turn, payment, "edit", turn->today, BILLING_ACCOUNT_PATIENT_RECEIVABLE,
                              BILLING_ACCOUNT_ASKED, more, error);

  return billing_turn_post (turn, payment, "edit", turn->today, BILLING_ACCOUNT_ASKED,
                            BILLING_ACCOUNT_PATIENT_RECEIVABLE, -more, error);
}

/* When it is due and what it says may differ from its invoice; what is asked for, and for what, may not. */
static gboolean
check_invoice (BillingTurn     *turn,
               BillingPayment  *before,
               BillingPayment  *payment,
               GError         **error)
{
  return (payment->amount == before->amount && g_strcmp0 (payment->treatment_id, before->treatment_id) == 0) ||
         billing_turn_check_no_invoice (turn, before, error);
}

/**
 * billing_desk_edit_payment:
 * @turn: what is to be different
 * @error: return location for an error
 *
 * Returns: whether the payment is changed
 */
gboolean
billing_desk_edit_payment (BillingTurn  *turn,
                           GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);

  return payment != NULL &&
         apply (turn, payment, error) &&
         check_invoice (turn, before, payment, error) &&
         post_difference (turn, before, payment, error) &&
         billing_turn_conclude (turn, before, payment, error);
}

/**
 * billing_desk_submit:
 * @turn: a Draft, or a Failed payment that is tried again
 * @error: return location for an error
 *
 * Returns: whether the payment is Pending
 */
gboolean
billing_desk_submit (BillingTurn  *turn,
                     GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);

  if (payment == NULL || !billing_turn_submit_first (turn, payment, error))
    return FALSE;

  payment->submitted_at = turn->now;
  payment->failed_at = 0;
  payment->attempt = BILLING_ATTEMPT_STATE_NONE;
  return billing_turn_conclude (turn, before, payment, error);
}

/**
 * billing_desk_fail:
 * @turn: a Pending payment
 * @error: return location for an error
 *
 * Returns: whether the payment is Failed; it is still owed
 */
gboolean
billing_desk_fail (BillingTurn  *turn,
                   GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);

  if (payment == NULL || !billing_turn_check_text (turn->act->notes, error))
    return FALSE;

  payment->failed_at = turn->now;
  return billing_turn_conclude (turn, before, payment, error);
}

/**
 * billing_desk_cancel:
 * @turn: a payment that nobody collected
 * @error: return location for an error
 *
 * Returns: whether the payment is Cancelled, and no longer asked for
 */
gboolean
billing_desk_cancel (BillingTurn  *turn,
                     GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);

  if (payment == NULL || !billing_turn_check_text (turn->act->notes, error) ||
      !billing_turn_check_no_invoice (turn, payment, error) ||
      !billing_turn_check_nothing_waits (turn, payment, error) ||
      !billing_turn_close_pages (turn, payment, "cancelled", error))
    return FALSE;

  payment->cancelled_at = turn->now;
  return (payment->submitted_at == 0 ||
          billing_turn_post (turn, payment, "cancel", turn->today, BILLING_ACCOUNT_ASKED,
                             BILLING_ACCOUNT_PATIENT_RECEIVABLE, payment->amount, error)) &&
         billing_turn_conclude (turn, before, payment, error);
}

/**
 * billing_desk_write_off:
 * @turn: a payment that will never come
 * @error: return location for an error
 *
 * Returns: whether the payment is Cancelled as written off
 */
gboolean
billing_desk_write_off (BillingTurn  *turn,
                        GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);

  if (payment == NULL || !billing_turn_check_text (turn->act->notes, error) ||
      !billing_turn_check_nothing_waits (turn, payment, error) ||
      !billing_turn_close_pages (turn, payment, "cancelled", error))
    return FALSE;

  payment->written_off_at = turn->now;
  return billing_turn_post (turn, payment, "write-off", turn->today, BILLING_ACCOUNT_ADJUSTMENTS,
                            BILLING_ACCOUNT_PATIENT_RECEIVABLE, payment->amount, error) &&
         billing_turn_conclude (turn, before, payment, error);
}
