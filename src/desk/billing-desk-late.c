/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-late"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-link-store.h"
#include "billing-money.h"
#include "billing-stripe-request.h"
#include "billing-table.h"

/*
 * Money that came for a payment that wanted none any more: paid twice, or by a link that was closed too late. It is the patient's credit at once, and
 * somebody says what becomes of it: it is kept, or it goes back by Stripe. While Stripe is asked, that much of the credit is held.
 */

static BillingLateMoney *
load_late (BillingTurn  *turn,
           GError      **error)
{
  const char *name = turn->act->subject != NULL ? turn->act->subject : "";
  BillingLateMoney *late;

  if (!billing_late_store_find (turn->connection, name, &late, error))
    return NULL;

  return late != NULL ? late : (BillingLateMoney *) billing_table_get (turn->connection, BILLING_TYPE_LATE_MONEY, name, error);
}

static gboolean
check_state (BillingLateMoney  *late,
             gboolean           may_be_kept,
             GError           **error)
{
  switch (late->state)
    {
    case BILLING_LATE_STATE_REFUNDING:
      return billing_desk_refuse (error, _("Stripe is asked to give this money back already. Nothing was changed."));
    case BILLING_LATE_STATE_REFUNDED:
      return billing_desk_refuse (error, _("This money went back already. Nothing was changed."));
    case BILLING_LATE_STATE_KEPT:
      return may_be_kept || billing_desk_refuse (error, _("This money is kept already. Nothing was changed."));
    case BILLING_LATE_STATE_OPEN:
    default:
      return TRUE;
    }
}

static BillingLateMoney *
copy_late (BillingLateMoney *late)
{
  BillingLateMoney *copy = billing_late_money_new ();

  billing_record_copy (BILLING_RECORD (copy), BILLING_RECORD (late));
  return copy;
}

static void
set_state (BillingTurn       *turn,
           BillingLateMoney  *late,
           BillingLateState   state)
{
  late->state = state;
  g_free (late->person);
  late->person = g_strdup (turn->account);
}

static gboolean
conclude (BillingTurn       *turn,
          BillingLateMoney  *before,
          BillingLateMoney  *late,
          GError           **error)
{
  return billing_table_update (turn->connection, BILLING_RECORD (late), error) &&
         billing_turn_audit (turn, late->payment_id, BILLING_RECORD (before), BILLING_RECORD (late), turn->act->notes, error);
}

/**
 * billing_desk_keep_late:
 * @turn: money that came too late, by its id or that of its charge
 * @error: return location for an error
 *
 * Returns: whether it stays the patient's credit, and nobody is asked any more
 */
gboolean
billing_desk_keep_late (BillingTurn  *turn,
                        GError      **error)
{
  g_autoptr (BillingLateMoney) late = load_late (turn, error);
  g_autoptr (BillingLateMoney) before = NULL;

  if (late == NULL || !billing_turn_check_text (turn->act->notes, error) || !check_state (late, FALSE, error))
    return FALSE;

  before = copy_late (late);
  set_state (turn, late, BILLING_LATE_STATE_KEPT);
  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (late)));
  return conclude (turn, before, late, error);
}

/* Only what the patient still has can go back. */
static gboolean
check_credit (BillingTurn       *turn,
              BillingLateMoney  *late,
              gint64             amount,
              GError           **error)
{
  g_autoptr (BillingRecord) patient = billing_table_get (turn->connection, BILLING_TYPE_PATIENT, late->patient_id, error);
  g_autofree char *left = NULL;

  if (patient == NULL)
    return FALSE;
  if (billing_patient_get_free_credit (BILLING_PATIENT (patient)) >= amount)
    return TRUE;

  left = billing_money_format (billing_money_new (billing_patient_get_free_credit (BILLING_PATIENT (patient)),
                                                  late->currency), NULL);
  return billing_desk_refuse (error, _("A part of this money was used since: of the patient's credit only %s is left. "
                                       "Nothing was changed."), left);
}

/* Over the limit it needs somebody who may approve, and who did not take the money. */
static gboolean
check_limit (BillingTurn  *turn,
             gint64        amount,
             GError      **error)
{
  g_autoptr (BillingRecord) person = NULL;

  if (!billing_turn_needs_approval (turn, amount))
    return TRUE;

  person = billing_table_get (turn->connection, BILLING_TYPE_PERSON, turn->account, error);
  if (person == NULL)
    return FALSE;

  return billing_verb_is_allowed (BILLING_VERB_REFUND_APPROVE, BILLING_PERSON (person)->role) ||
         billing_desk_refuse (error, _("This is more than the practice's limit for refunds: a manager or an administrator "
                                       "refunds it. Nothing was changed."));
}

static void
fill_form (BillingStripeForm *form,
           BillingIntent     *intent,
           BillingLateMoney  *late,
           BillingPayment    *payment)
{
  billing_stripe_form_add_string (form, "charge", late->charge_id);
  billing_stripe_form_add_integer (form, "amount", intent->amount);
  billing_stripe_form_add_string (form, "reason", payment->collected > 0 ? "duplicate" : "requested_by_customer");
  billing_intent_add_metadata (intent, form, payment->number);
}

static gboolean
queue_refund (BillingTurn       *turn,
              BillingLateMoney  *late,
              gint64             amount,
              GError           **error)
{
  g_autoptr (BillingRecord) payment = billing_table_get (turn->connection, BILLING_TYPE_PAYMENT, late->payment_id, error);
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingIntent) intent = NULL;

  if (payment == NULL)
    return FALSE;

  intent = billing_turn_begin_intent (turn, BILLING_VERB_LATE_REFUND, BILLING_PAYMENT (payment), amount, error);
  if (intent == NULL)
    return FALSE;

  intent->record_id = g_strdup (billing_record_get_id (BILLING_RECORD (late)));
  fill_form (form, intent, late, BILLING_PAYMENT (payment));
  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (intent)));
  return billing_turn_queue_intent (turn, intent, billing_stripe_path_new ("refunds", NULL), form, error);
}

/**
 * billing_desk_refund_late:
 * @turn: money that came too late, by its id or that of its charge
 * @error: return location for an error
 *
 * Returns: whether Stripe will be asked to give it back, all of it that has not gone back; the result is the id of the intent
 */
gboolean
billing_desk_refund_late (BillingTurn  *turn,
                          GError      **error)
{
  g_autoptr (BillingLateMoney) late = load_late (turn, error);
  g_autoptr (BillingLateMoney) before = NULL;
  gint64 amount;

  if (late == NULL)
    return FALSE;

  amount = late->amount - late->refunded;
  if (!billing_turn_check_text (turn->act->notes, error) || !check_state (late, TRUE, error) ||
      !billing_turn_check_connected (turn, NULL, error) || !billing_turn_check_minor (amount, late->currency, error) ||
      !check_credit (turn, late, amount, error) || !check_limit (turn, amount, error))
    return FALSE;

  before = copy_late (late);
  set_state (turn, late, BILLING_LATE_STATE_REFUNDING);
  return queue_refund (turn, late, amount, error) &&
         billing_late_store_hold (turn->connection, late, amount, error) &&
         conclude (turn, before, late, error);
}

/**
 * billing_late_release:
 * @desk: a session
 * @connection: inside a writing transaction
 * @intent: by which late money was to go back, and will not
 * @error: return location for an error
 *
 * Returns: whether the credit can be used again, and somebody is asked again what is to become of it
 */
gboolean
billing_late_release (BillingDesk        *desk,
                      BillingConnection  *connection,
                      BillingIntent      *intent,
                      GError            **error)
{
  g_autoptr (BillingLateMoney) late = (BillingLateMoney *) billing_table_get (connection, BILLING_TYPE_LATE_MONEY,
                                                                              intent->record_id, error);

  if (late == NULL)
    return FALSE;
  /* Stripe's own word may have come first. */
  if (late->state != BILLING_LATE_STATE_REFUNDING)
    return TRUE;

  late->state = BILLING_LATE_STATE_OPEN;
  return billing_late_store_hold (connection, late, 0, error) &&
         billing_table_update (connection, BILLING_RECORD (late), error);
}
