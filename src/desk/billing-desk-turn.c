/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-turn"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-audit.h"
#include "billing-day.h"
#include "billing-enums.h"
#include "billing-ledger.h"
#include "billing-status.h"
#include "billing-table.h"
#include "billing-text.h"

/* What the verbs share. */

/* A million payments of this size still sum within 64 bits. */
#define MAX_AMOUNT G_GINT64_CONSTANT (1000000000000)

#define MAX_TEXT 10000

static gboolean
set_illegal (GError         **error,
             BillingPayment  *payment,
             BillingVerb      verb)
{
  g_set_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_ILLEGAL,
               /* Translators: a payment (PAY-001), its status (Paid), a verb (Cancel Payment) */
               _("%s is %s, so “%s” cannot be done with it. Nothing was changed."), payment->number,
               billing_status_get_label (payment->status), billing_verb_get_label (verb));
  return FALSE;
}

/**
 * billing_turn_load_payment:
 * @turn: an act on a payment
 * @before: (out) (transfer full): the payment as it is
 * @error: return location for an error
 *
 * Loads the payment that the act is about, and checks that its status allows the verb.
 *
 * Returns: (transfer full) (nullable): the payment, to be changed
 */
BillingPayment *
billing_turn_load_payment (BillingTurn     *turn,
                           BillingPayment **before,
                           GError         **error)
{
  g_autoptr (BillingRecord) record = NULL;
  g_autoptr (BillingPayment) payment = NULL;

  if (turn->act->subject == NULL || *turn->act->subject == '\0')
    {
      billing_desk_refuse (error, _("Which payment? Nothing was changed."));
      return NULL;
    }

  record = billing_table_get (turn->connection, BILLING_TYPE_PAYMENT, turn->act->subject, error);
  if (record == NULL)
    return NULL;

  if (!billing_verb_is_legal (turn->act->verb, BILLING_PAYMENT (record)->status))
    {
      set_illegal (error, BILLING_PAYMENT (record), turn->act->verb);
      return NULL;
    }

  payment = billing_payment_new ();
  billing_record_copy (BILLING_RECORD (payment), record);
  *before = BILLING_PAYMENT (g_steal_pointer (&record));
  return g_steal_pointer (&payment);
}

/**
 * billing_turn_post:
 * @turn: an act
 * @payment: the payment that it is about
 * @act: the ledger's word for it
 * @day: on which it counts
 * @debit: the account that gets it
 * @credit: the account that gives it
 * @amount: minor units, above 0
 * @error: return location for an error
 *
 * Posts for a payment. The source names the payment's revision, so that the same act cannot post twice.
 *
 * Returns: whether it was posted
 */
gboolean
billing_turn_post (BillingTurn     *turn,
                   BillingPayment  *payment,
                   const char      *act,
                   const char      *day,
                   BillingAccount   debit,
                   BillingAccount   credit,
                   gint64           amount,
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
    .day = day,
  };

  return billing_turn_check_open_day (turn, day, error) &&
         billing_ledger_post (turn->connection, &transaction, payment->currency, debit, credit, amount, error);
}

/**
 * billing_turn_submit_first:
 * @turn: an act
 * @payment: a payment
 * @error: return location for an error
 *
 * Asks for a payment that is still a draft: collecting submits first.
 *
 * Returns: whether the payment is asked for
 */
gboolean
billing_turn_submit_first (BillingTurn     *turn,
                           BillingPayment  *payment,
                           GError         **error)
{
  if (payment->submitted_at != 0)
    return TRUE;

  payment->submitted_at = turn->now;
  return billing_turn_post (turn, payment, "submit", turn->today, BILLING_ACCOUNT_PATIENT_RECEIVABLE,
                            BILLING_ACCOUNT_ASKED, payment->amount, error);
}

/**
 * billing_turn_split:
 * @turn: an act
 * @payment: a payment that is asked for
 * @amount: less than it asks for, minor units
 * @error: return location for an error
 *
 * Only a part came: the payment becomes that part, and a new one stays open for the rest.
 *
 * Returns: whether both are in the ledger; @payment is still to be stored
 */
gboolean
billing_turn_split (BillingTurn     *turn,
                    BillingPayment  *payment,
                    gint64           amount,
                    GError         **error)
{
  g_autoptr (BillingPayment) rest = billing_payment_new ();
  gint64 left = payment->amount - amount;

  rest->patient_id = g_strdup (payment->patient_id);
  rest->treatment_id = g_strdup (payment->treatment_id);
  rest->location_id = g_strdup (payment->location_id);
  rest->payment_type = payment->payment_type;
  rest->amount = left;
  rest->currency = g_strdup (payment->currency);
  rest->due_on = g_strdup (payment->due_on);
  rest->memo = g_strdup (payment->memo);
  rest->created_at = turn->now;
  rest->split_from = g_strdup (billing_record_get_id (BILLING_RECORD (payment)));
  rest->invoice_id = g_strdup (payment->invoice_id);
  rest->joined = payment->joined;

  if (!billing_turn_post (turn, payment, "split", turn->today, BILLING_ACCOUNT_ASKED,
                          BILLING_ACCOUNT_PATIENT_RECEIVABLE, left, error) ||
      !billing_table_insert (turn->connection, BILLING_RECORD (rest), error) ||
      !billing_turn_submit_first (turn, rest, error) ||
      !billing_ledger_settle (turn->connection, rest, error) ||
      !billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (rest)), NULL, BILLING_RECORD (rest), NULL,
                           error))
    return FALSE;

  payment->amount = amount;
  g_free (turn->act->remainder);
  turn->act->remainder = g_strdup (rest->number);
  return TRUE;
}

/**
 * billing_turn_set_collected:
 * @payment: a payment whose collection was posted, or reversed
 * @tender: how it came in; %BILLING_TENDER_NONE: it was reversed
 * @day: (nullable): when
 * @reference: (nullable): of the money
 */
void
billing_turn_set_collected (BillingPayment *payment,
                            BillingTender   tender,
                            const char     *day,
                            const char     *reference)
{
  payment->failed_at = 0;
  payment->tender = tender;
  g_free (payment->paid_on);
  payment->paid_on = g_strdup (day);
  g_free (payment->reference);
  payment->reference = g_strdup (reference);
}

/**
 * billing_turn_set_result:
 * @turn: an act
 * @result: what it made or changed, as people name it
 */
void
billing_turn_set_result (BillingTurn *turn,
                         const char  *result)
{
  g_free (turn->act->result);
  turn->act->result = g_strdup (result);
}

gboolean
billing_turn_audit (BillingTurn    *turn,
                    const char     *subject_id,
                    BillingRecord  *before,
                    BillingRecord  *after,
                    const char     *reason,
                    GError        **error)
{
  return billing_audit_write (turn->connection, turn->now, turn->account, turn->act->verb, subject_id, before, after,
                              reason, error);
}

/**
 * billing_turn_conclude:
 * @turn: an act
 * @before: the payment as it was
 * @payment: the payment as it is to be
 * @error: return location for an error
 *
 * Settles a payment by its ledger, stores it, and writes the audit.
 *
 * Returns: whether all of it was written
 */
gboolean
billing_turn_conclude (BillingTurn     *turn,
                       BillingPayment  *before,
                       BillingPayment  *payment,
                       GError         **error)
{
  if (!billing_ledger_settle (turn->connection, payment, error) ||
      !billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (payment)), BILLING_RECORD (before),
                           BILLING_RECORD (payment), turn->act->notes, error))
    return FALSE;

  billing_turn_set_result (turn, payment->number);
  return TRUE;
}

gboolean
billing_turn_check_text (const char  *text,
                         GError     **error)
{
  if (text == NULL || (billing_text_is_plain (text) && strlen (text) <= MAX_TEXT))
    return TRUE;

  return billing_desk_refuse (error, _("A text is too long (10,000 bytes at most) or has characters that are no text. "
                                       "Nothing was changed."));
}

gboolean
billing_turn_check_day (const char  *day,
                        GError     **error)
{
  if (day == NULL || *day == '\0' || billing_day_is_valid (day))
    return TRUE;

  return billing_desk_refuse (error, _("“%s” is no day. Write it like 2026-11-03. Nothing was changed."), day);
}

gboolean
billing_turn_check_amount (gint64   amount,
                           GError **error)
{
  if (amount <= 0)
    return billing_desk_refuse (error, _("The amount must be more than zero. Nothing was changed."));
  if (amount > MAX_AMOUNT)
    return billing_desk_refuse (error, _("The amount is too large to be true. Nothing was changed."));

  return TRUE;
}
