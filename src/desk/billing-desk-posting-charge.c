/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-posting-charge"

#include "config.h"

#include "billing-desk-posting-private.h"

#include <glib/gi18n-lib.h>

#include "billing-day.h"
#include "billing-money.h"
#include "billing-posting.h"
#include "billing-table.h"

/* What a charge brings: the attempt, and its money. */

static void
fill_transaction (BillingChargeTurn        *self,
                  const BillingStripeEntry *entry,
                  const char               *source,
                  gboolean                  is_of_payment,
                  BillingTransaction       *transaction)
{
  *transaction = (BillingTransaction) {
    .act = entry->act,
    .person = BILLING_DESK_STRIPE,
    .patient_id = self->charge->patient_id,
    .payment_id = is_of_payment && self->payment != NULL ? billing_record_get_id (BILLING_RECORD (self->payment)) : NULL,
    .reason = entry->reason,
    .source = source,
    .at = entry->at,
    .day = entry->day,
  };
}

/* Posts what Stripe says, under the name of its object; credit is kept with the patient. */
gboolean
billing_charge_turn_post (BillingChargeTurn         *self,
                          const BillingStripeEntry  *entry,
                          gboolean                   is_of_payment,
                          BillingAccount             debit,
                          BillingAccount             credit,
                          gint64                     amount,
                          GError                   **error)
{
  g_autofree char *source = g_strconcat (entry->object, ":", entry->step, NULL);
  gint64 given = credit == BILLING_ACCOUNT_CREDIT ? amount : debit == BILLING_ACCOUNT_CREDIT ? -amount : 0;
  BillingTransaction transaction;

  fill_transaction (self, entry, source, is_of_payment, &transaction);
  (*self->n_posted)++;
  return billing_ledger_post (self->turn.connection, &transaction, self->charge->currency, debit,
                              credit, amount, error) &&
         (given == 0 ||
          billing_ledger_credit (self->turn.connection, self->charge->patient_id, given, error));
}

gboolean
billing_charge_turn_reverse (BillingChargeTurn         *self,
                             const BillingStripeEntry  *entry,
                             BillingEntry              *reversed,
                             GError                   **error)
{
  g_autofree char *source = g_strconcat (entry->object, ":", entry->step, NULL);
  BillingTransaction transaction;

  fill_transaction (self, entry, source, reversed->payment_id != NULL, &transaction);
  (*self->n_posted)++;
  return billing_ledger_reverse_entry (self->turn.connection, &transaction, reversed->pk, error);
}

gboolean
billing_charge_turn_set_problem (BillingChargeTurn  *self,
                                 const char         *sentence,
                                 GError            **error)
{
  return billing_posting_set_problem (self->turn.connection, self->charge->id,
                                      self->charge->payment_id, self->charge->patient_id, self->now,
                                      sentence, error);
}

static BillingAttemptState
get_state (BillingPostingCharge *charge)
{
  if (charge->has_failed)
    return BILLING_ATTEMPT_STATE_FAILED;
  if (charge->is_pending)
    return BILLING_ATTEMPT_STATE_IN_FLIGHT;
  if (charge->is_held)
    return BILLING_ATTEMPT_STATE_AUTHORISED;
  if (charge->is_let_go)
    return charge->has_expired ? BILLING_ATTEMPT_STATE_EXPIRED : BILLING_ATTEMPT_STATE_RELEASED;
  if (charge->captured > 0)
    return BILLING_ATTEMPT_STATE_SUCCEEDED;

  return BILLING_ATTEMPT_STATE_NONE;
}

/* Stripe's sentence for the practice, or that for the payer, or its word made readable. */
static char *
describe_failure (BillingPostingCharge *charge)
{
  char *words;

  if (!charge->has_failed)
    return NULL;
  if (charge->seller_message != NULL)
    return g_strdup (charge->seller_message);
  if (charge->failure_message != NULL)
    return g_strdup (charge->failure_message);
  if (charge->failure_code == NULL)
    return NULL;

  words = g_strdelimit (g_strdup (charge->failure_code), "_", ' ');
  *words = g_ascii_toupper (*words);
  return words;
}

static gboolean
store_attempt (BillingChargeTurn    *self,
               BillingAttemptState   state,
               gboolean             *is_changed,
               GError              **error)
{
  BillingConnection *connection = self->turn.connection;
  g_autoptr (GPtrArray) found = billing_table_select (connection, BILLING_TYPE_ATTEMPT, "source",
                                                      self->charge->id, error);
  g_autofree char *reason = describe_failure (self->charge);
  g_autofree char *id = g_strconcat ("att_", self->charge->id, NULL);
  g_autoptr (BillingAttempt) attempt = NULL;

  if (found == NULL)
    return FALSE;

  *is_changed = found->len == 0 || BILLING_ATTEMPT (found->pdata[0])->state != state;
  if (!*is_changed)
    return TRUE;

  (*self->n_posted)++;
  attempt = found->len > 0 ? g_object_ref (found->pdata[0]) : billing_attempt_new ();
  attempt->state = state;
  g_object_set (attempt, "reason", reason, NULL);
  if (found->len > 0)
    return billing_table_update (connection, BILLING_RECORD (attempt), error);

  billing_record_set_id (BILLING_RECORD (attempt), id);
  g_object_set (attempt, "payment-id", billing_record_get_id (BILLING_RECORD (self->payment)), "at",
                self->charge->created, "source", self->charge->id, "amount", self->charge->amount,
                "currency", self->charge->currency, NULL);
  return billing_table_insert (connection, BILLING_RECORD (attempt), error);
}

/* Whether money would still settle it. */
static gboolean
is_open (BillingPayment *payment)
{
  return payment->collected == 0 && payment->cancelled_at == 0 && payment->written_off_at == 0 &&
         payment->voided_at == 0;
}

/* A person let the authorisation go, here or in Stripe's own pages. */
static gboolean
void_payment (BillingChargeTurn  *self,
              GError            **error)
{
  BillingStripeEntry entry = { self->charge->id, "void", "void", NULL, self->now, self->today };

  BillingTurn turn = self->turn;

  turn.now = self->now;
  turn.today = self->today;
  self->payment->voided_at = self->now;
  return billing_charge_turn_post (self, &entry, TRUE, BILLING_ACCOUNT_ASKED,
                                   BILLING_ACCOUNT_PATIENT_RECEIVABLE, self->payment->amount,
                                   error) &&
         billing_invoice_ask_again (&turn, self->payment, error);
}

/* The last attempt decides how an open payment stands. One that somebody closed stays closed. */
static gboolean
note_attempt (BillingChargeTurn  *self,
              GError            **error)
{
  BillingPayment *payment = self->payment;
  BillingAttemptState state = get_state (self->charge);
  gboolean is_changed;
  gboolean is_newest;

  if (payment == NULL || state == BILLING_ATTEMPT_STATE_NONE)
    return TRUE;
  if (!store_attempt (self, state, &is_changed, error) ||
      !billing_posting_is_newest (self->turn.connection,
                                  billing_record_get_id (BILLING_RECORD (payment)),
                                  self->charge->id, self->charge->created, &is_newest, error))
    return FALSE;
  if (!is_changed || !is_newest)
    return TRUE;
  if (!is_open (payment) && payment->collected == 0)
    return TRUE;

  payment->attempt = state;
  return billing_turn_submit_first (&self->turn, payment, error) &&
         (state != BILLING_ATTEMPT_STATE_RELEASED || !is_open (payment) ||
          void_payment (self, error));
}

/* The payment for the rest is made now, whenever the part came. */
static gboolean
split (BillingChargeTurn  *self,
       GError            **error)
{
  BillingTurn turn = self->turn;

  turn.now = self->now;
  return billing_turn_split (&turn, self->payment, self->charge->captured, error);
}

/* Less than was asked splits, more becomes credit. */
static gboolean
collect (BillingChargeTurn  *self,
         GError            **error)
{
  BillingPostingCharge *charge = self->charge;
  BillingPayment *payment = self->payment;
  gint64 excess = charge->captured - payment->amount;
  BillingStripeEntry entry = { charge->id, "collect", "collect", NULL, charge->created, charge->day };
  BillingStripeEntry more = { charge->id, "overpay", "overpay", NULL, charge->created, charge->day };

  if (!billing_turn_submit_first (&self->turn, payment, error) ||
      (excess < 0 && !split (self, error)) ||
      !billing_charge_turn_post (self, &entry, TRUE, BILLING_ACCOUNT_STRIPE,
                                 BILLING_ACCOUNT_PATIENT_RECEIVABLE, payment->amount, error) ||
      (excess > 0 &&
       (!billing_charge_turn_post (self, &more, TRUE, BILLING_ACCOUNT_STRIPE, BILLING_ACCOUNT_CREDIT,
                                   excess, error) ||
        !billing_charge_turn_note_late (self, excess, error))))
    return FALSE;

  billing_turn_set_collected (payment, BILLING_TENDER_STRIPE, charge->day, charge->id);
  payment->collected = payment->amount;
  self->is_collected = TRUE;
  self->is_credited = excess > 0;
  return TRUE;
}

/* Money for a payment that wants none any more, or that a person gave to a patient. */
static gboolean
give_credit (BillingChargeTurn  *self,
             GError            **error)
{
  BillingPostingCharge *charge = self->charge;
  BillingStripeEntry entry = { charge->id, "late", self->payment != NULL ? "late" : "credit", NULL, charge->created,
                               charge->day };

  self->is_credited = TRUE;
  return billing_charge_turn_post (self, &entry, TRUE, BILLING_ACCOUNT_STRIPE,
                                   BILLING_ACCOUNT_CREDIT, charge->captured, error) &&
         billing_charge_turn_note_late (self, charge->captured, error);
}

static gboolean
has_money (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const char *step = ((BillingEntry *) entries->pdata[i])->step;

      if (g_str_equal (step, "collect") || g_str_equal (step, "late"))
        return TRUE;
    }

  return FALSE;
}

static gboolean
take_money (BillingChargeTurn  *self,
            GPtrArray          *entries,
            GError            **error)
{
  self->is_collected = billing_ledger_find_standing (entries, "collect") != NULL;
  self->is_credited = billing_ledger_find_standing (entries, "overpay") != NULL ||
                      billing_ledger_find_standing (entries, "late") != NULL;

  if (self->charge->has_failed && has_money (entries))
    return billing_charge_turn_return (self, entries, error);
  if (self->charge->captured == 0 || has_money (entries))
    return TRUE;

  return self->payment != NULL && is_open (self->payment) ? collect (self, error) : give_credit (self, error);
}

static gboolean
post_all (BillingChargeTurn  *self,
          GError            **error)
{
  g_autoptr (GPtrArray) entries = billing_ledger_list_entries (self->turn.connection,
                                                               self->charge->id, error);

  if (entries == NULL || !note_attempt (self, error) || !take_money (self, entries, error) ||
      !billing_charge_turn_refund (self, error) || !billing_charge_turn_dispute (self, error))
    return FALSE;

  return self->payment == NULL ||
         billing_ledger_settle (self->turn.connection, self->payment, error);
}

/* Other currencies stand beside the practice's, never added: what is to become of it is for a
 * person to say. */
static gboolean
refuse_currency (BillingChargeTurn  *self,
                 const char         *currency,
                 GError            **error)
{
  g_autofree char *amount = billing_money_format (billing_money_new (self->charge->amount,
                                                                     self->charge->currency), NULL);
  g_autofree char *sentence = NULL;

  /* Translators: an amount with its currency, and the currency of the payment or the practice */
  sentence = g_strdup_printf (_("Stripe charged %s, but %s was asked for, so it was not posted. "
                                "Refund it in Stripe, or collect by hand what it came to."), amount, currency);
  return billing_charge_turn_set_problem (self, sentence, error);
}

static gboolean
load_payment (BillingChargeTurn  *self,
              GError            **error)
{
  if (self->charge->payment_id == NULL)
    return TRUE;

  self->payment = (BillingPayment *) billing_table_get (self->turn.connection, BILLING_TYPE_PAYMENT,
                                                        self->charge->payment_id, error);
  return self->payment != NULL;
}

static gboolean
post_loaded (BillingChargeTurn  *self,
             GError            **error)
{
  const char *currency = self->payment != NULL ? self->payment->currency
                                               : billing_desk_get_practice (self->turn.desk)->currency;

  if (g_strcmp0 (currency, self->charge->currency) != 0)
    return refuse_currency (self, currency, error);

  return billing_charge_turn_set_problem (self, NULL, error) && post_all (self, error);
}

/* What the books do not take is kept for a person to look at, and holds up nothing else. */
static gboolean
post_or_set_aside (BillingChargeTurn  *self,
                   GError            **error)
{
  BillingConnection *connection = self->turn.connection;
  g_autoptr (GError) own_error = NULL;
  g_autofree char *sentence = NULL;
  guint64 n_posted = *self->n_posted;

  if (!billing_posting_mark (connection, error))
    return FALSE;
  if (post_loaded (self, &own_error))
    return billing_posting_keep (connection, error);

  if (!g_error_matches (own_error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CONSTRAINT))
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  *self->n_posted = n_posted;
  sentence = g_strdup_printf (_("The books do not take what Stripe says of this charge, so it was "
                                "not posted: %s"),
                              own_error->message);
  return billing_posting_undo (connection, error) &&
         billing_charge_turn_set_problem (self, sentence, error);
}

/**
 * billing_desk_post_charge:
 * @desk: a session
 * @connection: inside a writing transaction
 * @row: of a charge in the mirror
 * @n_posted: (inout): how much was posted
 * @error: return location for an error
 *
 * Posts what the mirror says of a charge, its refunds and disputes, as far as the books do not say
 * it yet.
 *
 * Returns: whether the books say it, or say why not
 */
gboolean
billing_desk_post_charge (BillingDesk        *desk,
                          BillingConnection  *connection,
                          gint64              row,
                          guint64            *n_posted,
                          GError            **error)
{
  g_autoptr (BillingPostingCharge) charge = billing_posting_charge_read (connection, row, error);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, NULL);
  g_autofree char *today = billing_desk_get_today (desk);
  BillingChargeTurn self = { .charge = charge, .now = billing_desk_get_now (desk), .today = today, .n_posted = n_posted };
  gboolean success;

  if (charge == NULL)
    return FALSE;
  if (charge->patient_id == NULL)
    return TRUE;

  self.turn = (BillingTurn) { .desk = desk, .connection = connection, .act = act, .account = BILLING_DESK_STRIPE,
                              .now = charge->created, .today = charge->day };
  success = load_payment (&self, error) && post_or_set_aside (&self, error);
  g_clear_object (&self.payment);
  return success;
}
