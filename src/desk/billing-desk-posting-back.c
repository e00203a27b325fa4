/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-posting-back"

#include "config.h"

#include "billing-desk-posting-private.h"

#include <glib/gi18n-lib.h>

#include "billing-day.h"
#include "billing-status.h"
#include "billing-table.h"

/* What goes back: a debit that the payer's bank returns, refunds, disputes. */

static char *
get_day (BillingChargeTurn *self,
         gint64             at)
{
  return billing_day_from_instant (at, billing_desk_get_practice (self->turn.desk)->time_zone);
}

static gboolean
get_credit (BillingChargeTurn  *self,
            gint64             *credit,
            GError            **error)
{
  g_autoptr (BillingRecord) patient = billing_table_get (self->turn.connection,
                                                         BILLING_TYPE_PATIENT,
                                                         self->charge->patient_id, error);

  if (patient == NULL)
    return FALSE;

  *credit = billing_patient_get_free_credit (BILLING_PATIENT (patient));
  return TRUE;
}

/* From the patient's credit as far as it goes; what is on its way back is not touched. What was used
 * of it since is the practice's loss, and of no payment. */
static gboolean
take_from_credit (BillingChargeTurn         *self,
                  const BillingStripeEntry  *entry,
                  const char                *credit_step,
                  const char                *rest_step,
                  BillingAccount             account,
                  gint64                     amount,
                  GError                   **error)
{
  BillingStripeEntry part = *entry;
  gint64 credit;

  if (amount == 0)
    return TRUE;
  if (!get_credit (self, &credit, error))
    return FALSE;

  credit = MIN (credit, amount);
  part.step = credit_step;
  if (credit > 0 &&
      !billing_charge_turn_post (self, &part, TRUE, BILLING_ACCOUNT_CREDIT, BILLING_ACCOUNT_STRIPE,
                                 credit, error))
    return FALSE;

  part.step = rest_step;
  return credit == amount ||
         billing_charge_turn_post (self, &part, FALSE, account, BILLING_ACCOUNT_STRIPE,
                                   amount - credit, error);
}

/* Takes @amount out of Stripe: of the payment as far as there is room, the rest from credit. */
static gboolean
take_out (BillingChargeTurn         *self,
          const BillingStripeEntry  *entry,
          BillingAccount             account,
          gint64                     amount,
          gint64                     of_payment,
          GError                   **error)
{
  return (of_payment == 0 ||
          billing_charge_turn_post (self, entry, TRUE, account, BILLING_ACCOUNT_STRIPE, of_payment,
                                    error)) &&
         take_from_credit (self, entry, "credit", "rest", account, amount - of_payment, error);
}

/* Reverses what of @entries stands. */
static gboolean
put_back (BillingChargeTurn         *self,
          const BillingStripeEntry  *entry,
          GPtrArray                 *entries,
          GError                   **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      BillingEntry *taken = entries->pdata[i];
      gboolean is_credit = g_str_equal (taken->step, "credit");
      g_autofree char *step = is_credit || g_str_equal (taken->step, "rest")
                                ? g_strconcat (entry->step, "-", taken->step, NULL) : g_strdup (entry->step);
      BillingStripeEntry part = *entry;

      part.step = step;
      if (taken->is_standing &&
          (!billing_charge_turn_reverse (self, &part, taken, error) ||
           (is_credit &&
            !billing_ledger_credit (self->turn.connection, self->charge->patient_id, taken->amount,
                                    error))))
        return FALSE;
    }

  return TRUE;
}

static gboolean
was_returned (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      if (g_str_has_prefix (((BillingEntry *) entries->pdata[i])->step, "return"))
        return TRUE;
    }

  return FALSE;
}

static gboolean
return_credit (BillingChargeTurn         *self,
               const BillingStripeEntry  *entry,
               GPtrArray                 *entries,
               GError                   **error)
{
  BillingEntry *given = billing_ledger_find_standing (entries, "overpay");
  BillingStripeEntry part = *entry;

  /* Only the receivable's side is the reversal of a collection. */
  part.act = "credit-reverse";
  if (given == NULL)
    given = billing_ledger_find_standing (entries, "late");
  self->is_credited = FALSE;
  return given == NULL ||
         (billing_charge_turn_release_late (self, error) &&
          take_from_credit (self, &part, "return-credit", "return-rest", BILLING_ACCOUNT_REFUNDS,
                            given->amount, error));
}

/* The payer's bank takes a debit back that had succeeded: as if it had never come in, and owed
 * again. */
gboolean
billing_charge_turn_return (BillingChargeTurn  *self,
                            GPtrArray          *entries,
                            GError            **error)
{
  BillingEntry *collected = billing_ledger_find_standing (entries, "collect");
  BillingStripeEntry entry = { self->charge->id, "return", "reverse", self->charge->failure_message, self->now,
                               self->today };
  BillingTurn turn = self->turn;

  if (was_returned (entries))
    return TRUE;
  if (collected != NULL && self->payment->refunded > 0)
    return billing_charge_turn_set_problem (self, _("The payer’s bank took the money back after a "
                                                    "part of it was refunded, so this was not "
                                                    "posted. Look at the charge in Stripe."),
                                            error);

  if (!return_credit (self, &entry, entries, error))
    return FALSE;
  if (collected == NULL)
    return TRUE;

  self->is_collected = FALSE;
  self->payment->collected = 0;
  billing_turn_set_collected (self->payment, BILLING_TENDER_NONE, NULL, NULL);
  turn.now = self->now;
  turn.today = self->today;
  return billing_charge_turn_reverse (self, &entry, collected, error) &&
         billing_invoice_lose_prepayment (&turn, self->payment, error);
}

/* Our refund that stands for one of Stripe's: it carries its id, or Stripe's carries ours. */
static gboolean
find_refund (BillingChargeTurn     *self,
             BillingPostingRefund  *refund,
             BillingRefund        **found,
             GError               **error)
{
  g_autoptr (GPtrArray) known = billing_table_select (self->turn.connection, BILLING_TYPE_REFUND,
                                                      "reference", refund->id, error);

  if (known != NULL && known->len == 0 && refund->refund_id != NULL)
    {
      g_clear_pointer (&known, g_ptr_array_unref);
      known = billing_table_select (self->turn.connection, BILLING_TYPE_REFUND, "id",
                                    refund->refund_id, error);
    }
  if (known == NULL)
    return FALSE;

  *found = NULL;
  for (guint i = 0; i < known->len; i++)
    {
      BillingRefund *candidate = known->pdata[i];

      if (self->payment != NULL &&
          g_str_equal (candidate->payment_id,
                       billing_record_get_id (BILLING_RECORD (self->payment))))
        g_set_object (found, candidate);
    }

  return TRUE;
}

static void
set_state (BillingChargeTurn    *self,
           BillingRefund        *row,
           BillingPostingRefund *refund,
           BillingRefundState    state)
{
  g_autofree char *day = get_day (self, refund->created);

  row->state = state;
  g_object_set (row, "reference", refund->id, "refunded-on", state == BILLING_REFUND_STATE_POSTED ? day : NULL, NULL);
}

static gboolean
insert_refund (BillingChargeTurn     *self,
               BillingPostingRefund  *refund,
               BillingRefundState     state,
               gint64                 amount,
               GError               **error)
{
  g_autoptr (BillingRefund) row = billing_refund_new ();

  row->payment_id = g_strdup (billing_record_get_id (BILLING_RECORD (self->payment)));
  row->amount = amount;
  row->currency = g_strdup (self->charge->currency);
  row->reason = BILLING_REFUND_REASON_OTHER;
  row->tender = BILLING_TENDER_STRIPE;
  row->person = g_strdup (self->turn.account);
  row->created_at = refund->created;
  set_state (self, row, refund, state);
  return billing_table_insert (self->turn.connection, BILLING_RECORD (row), error);
}

/* Makes our refund say how Stripe's stands; one made at Stripe, or of another amount, gets one of
 * its own. */
static gboolean
keep_refund (BillingChargeTurn     *self,
             BillingPostingRefund  *refund,
             BillingRefundState     state,
             gint64                 amount,
             GError               **error)
{
  g_autoptr (BillingRefund) row = NULL;

  if (!find_refund (self, refund, &row, error))
    return FALSE;

  if (row != NULL && row->amount != amount && state == BILLING_REFUND_STATE_POSTED)
    {
      row->state = BILLING_REFUND_STATE_FAILED;
      g_object_set (row, "reference", NULL, NULL);
      if (!billing_table_update (self->turn.connection, BILLING_RECORD (row), error))
        return FALSE;
      g_clear_object (&row);
    }
  if (row != NULL)
    {
      set_state (self, row, refund, state);
      return billing_table_update (self->turn.connection, BILLING_RECORD (row), error);
    }

  return amount == 0 || state == BILLING_REFUND_STATE_FAILED ||
         insert_refund (self, refund, state, amount, error);
}

/* How much of its payment a refund may be: nothing of one by which late money goes back. */
static gint64
get_refundable (BillingChargeTurn    *self,
                BillingPostingRefund *refund)
{
  if (refund->late_intent != NULL)
    return 0;

  return self->is_collected ? self->payment->collected - self->payment->refunded : 0;
}

static gboolean
post_refund (BillingChargeTurn     *self,
             BillingPostingRefund  *refund,
             GError               **error)
{
  gint64 of_payment = MIN (refund->amount, get_refundable (self, refund));
  g_autofree char *day = get_day (self, refund->created);
  BillingStripeEntry entry = { refund->id, "refund", "refund", NULL, refund->created, day };

  if (!self->is_collected && !self->is_credited)
    return TRUE;
  if ((refund->late_intent != NULL && !billing_charge_turn_release_late (self, error)) ||
      !keep_refund (self, refund, BILLING_REFUND_STATE_POSTED, of_payment, error) ||
      !take_out (self, &entry, BILLING_ACCOUNT_REFUNDS, refund->amount, of_payment, error))
    return FALSE;

  if (self->payment != NULL)
    self->payment->refunded += of_payment;
  return TRUE;
}

/* Stripe could not give it back: it is the practice's again. */
static gboolean
restore_refund (BillingChargeTurn     *self,
                BillingPostingRefund  *refund,
                GPtrArray             *entries,
                GError               **error)
{
  BillingEntry *posted = billing_ledger_find_standing (entries, "refund");
  BillingStripeEntry entry = { refund->id, "restore", "refund-reverse", refund->problem, self->now, self->today };

  if (posted != NULL)
    self->payment->refunded -= posted->amount;
  return keep_refund (self, refund, BILLING_REFUND_STATE_FAILED, 0, error) &&
         put_back (self, &entry, entries, error);
}

static gboolean
look_at_refund (BillingChargeTurn     *self,
                BillingPostingRefund  *refund,
                GError               **error)
{
  g_autoptr (GPtrArray) entries = billing_ledger_list_entries (self->turn.connection, refund->id,
                                                               error);

  if (entries == NULL)
    return FALSE;

  if (g_strcmp0 (refund->status, "failed") == 0 || g_strcmp0 (refund->status, "canceled") == 0)
    return restore_refund (self, refund, entries, error);
  if (entries->len > 0)
    return TRUE;
  if (g_strcmp0 (refund->status, "succeeded") == 0)
    return post_refund (self, refund, error);

  return keep_refund (self, refund, BILLING_REFUND_STATE_WAITING,
                      MIN (refund->amount, get_refundable (self, refund)), error);
}

static gboolean
settle_late (BillingChargeTurn  *self,
             GError            **error)
{
  g_autoptr (GPtrArray) entries = billing_ledger_list_entries (self->turn.connection, self->charge->id, error);

  return entries != NULL && billing_charge_turn_settle_late (self, was_returned (entries), error);
}

gboolean
billing_charge_turn_refund (BillingChargeTurn  *self,
                            GError            **error)
{
  GPtrArray *refunds = self->charge->refunds;

  for (guint i = 0; i < refunds->len; i++)
    {
      if (!look_at_refund (self, refunds->pdata[i], error))
        return FALSE;
    }

  return settle_late (self, error);
}

static gboolean
withdraw (BillingChargeTurn   *self,
          BillingPostingMove  *move,
          GError             **error)
{
  g_autofree char *day = get_day (self, move->created);
  BillingStripeEntry entry = { move->id, "dispute", "dispute", move->reason, move->created, day };
  gint64 room = self->is_collected ? MAX (0, self->payment->collected - self->payment->withdrawn) : 0;
  gint64 of_payment = MIN (-move->amount, room);

  if (!self->is_collected && !self->is_credited)
    return TRUE;
  if (!take_out (self, &entry, BILLING_ACCOUNT_DISPUTES, -move->amount, of_payment, error))
    return FALSE;

  if (self->payment != NULL)
    self->payment->withdrawn += of_payment;
  return TRUE;
}

/* What a dispute took and did not give back yet: the entries of one of its moves of @amount that
 * still stands. */
static gboolean
find_taken (BillingChargeTurn   *self,
            BillingPostingMove  *given,
            GPtrArray          **taken,
            GError             **error)
{
  GPtrArray *moves = self->charge->moves;

  for (guint i = 0; i < moves->len; i++)
    {
      BillingPostingMove *move = moves->pdata[i];
      g_autoptr (GPtrArray) entries = NULL;

      if (move->amount != -given->amount || !g_str_equal (move->dispute, given->dispute))
        continue;

      entries = billing_ledger_list_entries (self->turn.connection, move->id, error);
      if (entries == NULL)
        return FALSE;
      if (billing_ledger_find_standing (entries, NULL) != NULL)
        {
          *taken = g_steal_pointer (&entries);
          return TRUE;
        }
    }

  *taken = NULL;
  return TRUE;
}

/* A part is given back, or more than was taken: of the payment what it lacks, the rest to the
 * patient. */
static gboolean
give_back (BillingChargeTurn         *self,
           const BillingStripeEntry  *entry,
           gint64                     amount,
           GError                   **error)
{
  gint64 of_payment = self->payment != NULL ? MIN (amount, self->payment->withdrawn) : 0;
  BillingStripeEntry rest = *entry;

  rest.step = "reinstate-credit";
  if (self->payment != NULL)
    self->payment->withdrawn -= of_payment;
  return (of_payment == 0 || billing_charge_turn_post (self, entry, TRUE, BILLING_ACCOUNT_STRIPE,
                                                       BILLING_ACCOUNT_DISPUTES, of_payment,
                                                       error)) &&
         (of_payment == amount || billing_charge_turn_post (self, &rest, TRUE,
                                                            BILLING_ACCOUNT_STRIPE,
                                                            BILLING_ACCOUNT_CREDIT,
                                                            amount - of_payment, error));
}

static gboolean
has_taken_anything (BillingChargeTurn  *self,
                    const char         *dispute)
{
  GPtrArray *moves = self->charge->moves;

  for (guint i = 0; i < moves->len; i++)
    {
      BillingPostingMove *move = moves->pdata[i];

      if (move->amount < 0 && g_str_equal (move->dispute, dispute))
        return TRUE;
    }

  return FALSE;
}

/* What was withdrawn may be known later than that it came back; then both are looked at again. */
static gboolean
reinstate (BillingChargeTurn   *self,
           BillingPostingMove  *move,
           GError             **error)
{
  g_autofree char *day = get_day (self, move->created);
  BillingStripeEntry entry = { move->id, "reinstate", "dispute-reverse", move->reason, move->created, day };
  g_autoptr (GPtrArray) taken = NULL;
  BillingEntry *of_payment;

  if (!has_taken_anything (self, move->dispute) || (!self->is_collected && !self->is_credited))
    return TRUE;
  if (!billing_dispute_undo_outcome (&self->turn, move->dispute, error) || !find_taken (self, move, &taken, error))
    return FALSE;
  if (taken == NULL)
    return give_back (self, &entry, move->amount, error);

  of_payment = billing_ledger_find_standing (taken, "dispute");
  if (of_payment != NULL)
    self->payment->withdrawn -= of_payment->amount;
  return put_back (self, &entry, taken, error);
}

static gboolean
look_at_move (BillingChargeTurn   *self,
              BillingPostingMove  *move,
              GError             **error)
{
  g_autoptr (GPtrArray) entries = billing_ledger_list_entries (self->turn.connection, move->id,
                                                               error);

  if (entries == NULL)
    return FALSE;
  if (entries->len > 0)
    return TRUE;

  return move->amount < 0 ? withdraw (self, move, error) : reinstate (self, move, error);
}

static gboolean
note_dispute (BillingChargeTurn  *self,
              GError            **error)
{
  g_autoptr (GError) own_error = NULL;
  g_autofree char *dispute = billing_posting_get_dispute (self->turn.connection,
                                                          billing_record_get_id (BILLING_RECORD (self->payment)), &own_error);

  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  g_free (self->payment->dispute);
  self->payment->dispute = g_steal_pointer (&dispute);
  return TRUE;
}

gboolean
billing_charge_turn_dispute (BillingChargeTurn  *self,
                             GError            **error)
{
  GPtrArray *moves = self->charge->moves;

  for (guint i = 0; i < moves->len; i++)
    {
      if (!look_at_move (self, moves->pdata[i], error))
        return FALSE;
    }

  return !self->charge->is_disputed || self->payment == NULL || note_dispute (self, error);
}
