/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-dispute-money"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-dispute-private.h"
#include "billing-ledger.h"
#include "billing-money.h"
#include "billing-table.h"

/*
 * What becomes of the money that a lost dispute took. Until somebody decides it stands in the account of disputes. It is asked for
 * once more, in a payment of its own, or given up; each dispute is settled once, which its source in the ledger sees to as well.
 */

#define BILL_AGAIN "bill-again"
#define WRITE_OFF "write-off"

static gboolean
post (BillingDisputeTurn  *self,
      BillingPayment      *payment,
      const char          *step,
      BillingAccount       debit,
      gint64               amount,
      GError             **error)
{
  g_autofree char *source = g_strdup_printf ("%s:%s", billing_record_get_id (BILLING_RECORD (self->dispute)), step);
  g_autofree char *act = g_strconcat ("dispute-", step, NULL);
  BillingTransaction transaction = {
    .act = act,
    .person = self->turn->account,
    .patient_id = payment->patient_id,
    .payment_id = billing_record_get_id (BILLING_RECORD (payment)),
    .reason = self->turn->act->notes,
    .source = source,
    .at = self->turn->now,
    .day = self->turn->today,
  };

  return billing_ledger_post (self->turn->connection, &transaction, payment->currency, debit, BILLING_ACCOUNT_DISPUTES, amount,
                              error);
}

static gboolean
refuse_settled (BillingDisputeTurn  *self,
                GError             **error)
{
  if (self->answer->outcome == BILLING_DISPUTE_OUTCOME_BILLED_AGAIN)
    return billing_desk_refuse (error, _("This was billed again already. Nothing was changed."));
  if (self->answer->outcome == BILLING_DISPUTE_OUTCOME_WRITTEN_OFF)
    return billing_desk_refuse (error, _("This was written off already. Nothing was changed."));
  if ((billing_dispute_status_get_flags (self->dispute->status) & BILLING_DISPUTE_LOST) == 0)
    return billing_desk_refuse (error, _("Only what a dispute took for good can be billed again or written off: this one is “%s”. "
                                         "Nothing was changed."), billing_dispute_status_get_label (self->dispute->status));
  return billing_desk_refuse (error, _("The books do not say that this dispute took anything from a payment. Update from Stripe "
                                       "first; nothing was changed."));
}

/* What was taken, and from which payment. */
static BillingPayment *
load_lost (BillingDisputeTurn  *self,
           BillingTurn         *turn,
           gint64              *amount,
           GError             **error)
{
  if (!billing_dispute_turn_load (self, turn, turn->act->subject, error) || !billing_turn_check_text (turn->act->notes, error) ||
      !billing_turn_check_text (turn->act->memo, error) || !billing_turn_check_day (turn->act->due, error) ||
      !billing_dispute_sum_books (turn->connection, self->moves, amount, error))
    return NULL;
  if (self->dispute->payment_id == NULL || !billing_dispute_can_settle (self->dispute, self->answer, *amount))
    return refuse_settled (self, error), NULL;

  return (BillingPayment *) billing_table_get (turn->connection, BILLING_TYPE_PAYMENT, self->dispute->payment_id, error);
}

static BillingPayment *
make_payment (BillingDisputeTurn *self,
              BillingPayment     *lost,
              gint64              amount)
{
  BillingAct *act = self->turn->act;
  BillingPayment *payment = billing_payment_new ();

  payment->patient_id = g_strdup (lost->patient_id);
  payment->treatment_id = g_strdup (lost->treatment_id);
  payment->location_id = g_strdup (lost->location_id);
  payment->payment_type = lost->payment_type;
  payment->amount = amount;
  payment->currency = g_strdup (lost->currency);
  payment->due_on = g_strdup (act->due != NULL && *act->due != '\0' ? act->due : NULL);
  payment->memo = act->memo != NULL && *act->memo != '\0'
                    ? g_strdup (act->memo) : g_strdup_printf (_("Instead of %s, which a dispute took back"), lost->number);
  payment->created_at = self->turn->now;
  return payment;
}

/**
 * billing_desk_bill_dispute_again:
 * @turn: a dispute that was lost, whose money is posted as withdrawn; perhaps due and memo
 * @error: return location for an error
 *
 * Asks the same patient for what was taken, in a new payment.
 *
 * Returns: whether it is asked for
 */
gboolean
billing_desk_bill_dispute_again (BillingTurn  *turn,
                                 GError      **error)
{
  g_auto (BillingDisputeTurn) self = { NULL };
  gint64 amount;
  g_autoptr (BillingPayment) lost = load_lost (&self, turn, &amount, error);
  g_autoptr (BillingPayment) payment = NULL;

  if (lost == NULL)
    return FALSE;

  payment = make_payment (&self, lost, amount);
  if (!billing_table_insert (turn->connection, BILLING_RECORD (payment), error) ||
      !billing_turn_submit_first (turn, payment, error) ||
      !billing_ledger_settle (turn->connection, payment, error) ||
      !billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (payment)), NULL, BILLING_RECORD (payment), NULL, error) ||
      !post (&self, lost, BILL_AGAIN, BILLING_ACCOUNT_ASKED, amount, error))
    return FALSE;

  g_object_set (self.answer, "outcome", BILLING_DISPUTE_OUTCOME_BILLED_AGAIN, "outcome-id",
                billing_record_get_id (BILLING_RECORD (payment)), NULL);
  if (!billing_dispute_turn_conclude (&self, error))
    return FALSE;

  billing_turn_set_result (turn, payment->number);
  return TRUE;
}

/**
 * billing_desk_write_off_dispute:
 * @turn: a dispute that was lost, whose money is posted as withdrawn
 * @error: return location for an error
 *
 * Returns: whether the practice does without what was taken
 */
gboolean
billing_desk_write_off_dispute (BillingTurn  *turn,
                                GError      **error)
{
  g_auto (BillingDisputeTurn) self = { NULL };
  gint64 amount;
  g_autoptr (BillingPayment) lost = load_lost (&self, turn, &amount, error);

  if (lost == NULL || !post (&self, lost, WRITE_OFF, BILLING_ACCOUNT_ADJUSTMENTS, amount, error))
    return FALSE;

  g_object_set (self.answer, "outcome", BILLING_DISPUTE_OUTCOME_WRITTEN_OFF, NULL);
  return billing_dispute_turn_conclude (&self, error);
}

static gboolean
reverse (BillingTurn   *turn,
         const char    *dispute_id,
         BillingEntry  *entry,
         GError       **error)
{
  g_autoptr (BillingRecord) payment = billing_table_get (turn->connection, BILLING_TYPE_PAYMENT, entry->payment_id, error);
  g_autofree char *source = g_strdup_printf ("%s:%s-undone", dispute_id, entry->step);
  g_autofree char *act = g_strdup_printf ("dispute-%s-reverse", entry->step);
  g_autofree char *today = billing_desk_get_today (turn->desk);
  BillingTransaction transaction = {
    .act = act,
    .person = turn->account,
    .payment_id = entry->payment_id,
    .source = source,
    .at = billing_desk_get_now (turn->desk),
    .day = today,
  };

  if (payment == NULL)
    return FALSE;

  transaction.patient_id = BILLING_PAYMENT (payment)->patient_id;
  return billing_ledger_reverse_entry (turn->connection, &transaction, entry->pk, error);
}

/* A payment that asks for it again is there already, and only a person can take that back. */
static gboolean
take_outcome_back (BillingTurn           *turn,
                   BillingDisputeAnswer  *answer,
                   GError               **error)
{
  g_autoptr (BillingRecord) again = NULL;
  g_autofree char *problem = NULL;

  if (answer->outcome == BILLING_DISPUTE_OUTCOME_BILLED_AGAIN && answer->outcome_id != NULL)
    {
      again = billing_table_get (turn->connection, BILLING_TYPE_PAYMENT, answer->outcome_id, error);
      if (again == NULL)
        return FALSE;
      problem = g_strdup_printf (_("The money came back after it was billed again as %s: cancel or refund that payment."),
                                 BILLING_PAYMENT (again)->number);
    }

  g_object_set (answer, "outcome", BILLING_DISPUTE_OUTCOME_NONE, "problem", problem, NULL);
  return billing_table_update (turn->connection, BILLING_RECORD (answer), error);
}

/**
 * billing_dispute_undo_outcome:
 * @turn: in the name of Stripe
 * @dispute_id: of a dispute whose money comes back
 * @error: return location for an error
 *
 * What was settled and is returned all the same was not lost: the ledger takes it back.
 *
 * Returns: whether it is as if nobody had settled it
 */
gboolean
billing_dispute_undo_outcome (BillingTurn  *turn,
                              const char   *dispute_id,
                              GError      **error)
{
  g_autoptr (GPtrArray) entries = billing_ledger_list_entries (turn->connection, dispute_id, error);
  g_autoptr (BillingDisputeAnswer) answer = NULL;

  if (entries == NULL || !billing_dispute_find_answer (turn->connection, dispute_id, &answer, error))
    return FALSE;

  for (guint i = 0; i < entries->len; i++)
    {
      BillingEntry *entry = entries->pdata[i];

      if (entry->is_standing && !reverse (turn, dispute_id, entry, error))
        return FALSE;
    }

  return answer == NULL || answer->outcome == BILLING_DISPUTE_OUTCOME_NONE || take_outcome_back (turn, answer, error);
}
