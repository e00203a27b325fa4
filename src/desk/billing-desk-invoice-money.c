/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-invoice-money"

#include "config.h"

#include "billing-invoice-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-audit.h"
#include "billing-invoice-store.h"
#include "billing-selection.h"
#include "billing-table.h"

/* What is done to an invoice is done to its payments, by the verbs of payments: marked as paid, void, written off. One or many at once. */

typedef gboolean (*InvoiceFunc) (BillingTurn     *turn,
                                 BillingInvoice  *invoice,
                                 GError         **error);

/* --- what the parts of invoices share ------------------------------------------------------------ */

BillingInvoice *
billing_invoice_load (BillingTurn  *turn,
                      const char   *name,
                      GError      **error)
{
  g_autoptr (BillingRecord) record = NULL;

  if (name == NULL || *name == '\0')
    {
      billing_desk_refuse (error, _("Which invoice? Nothing was changed."));
      return NULL;
    }

  record = billing_table_get (turn->connection, BILLING_TYPE_INVOICE, name, error);
  if (record != NULL && BILLING_INVOICE (record)->voided_at > 0)
    {
      billing_desk_refuse (error, _("%s is void. Nothing was changed."), BILLING_INVOICE (record)->number);
      return NULL;
    }

  return BILLING_INVOICE (g_steal_pointer (&record));
}

GPtrArray *
billing_invoice_list_payments (BillingTurn     *turn,
                               BillingInvoice  *invoice,
                               GError         **error)
{
  return billing_table_select (turn->connection, BILLING_TYPE_PAYMENT, "invoice_id",
                               billing_record_get_id (BILLING_RECORD (invoice)), error);
}

static gboolean
is_open (BillingPayment *payment)
{
  return payment->status == BILLING_STATUS_DRAFT || payment->status == BILLING_STATUS_PENDING ||
         payment->status == BILLING_STATUS_FAILED;
}

/* Those that people may still collect or change, the oldest first. */
GPtrArray *
billing_invoice_list_open (BillingTurn     *turn,
                           BillingInvoice  *invoice,
                           GError         **error)
{
  g_autoptr (GPtrArray) payments = billing_invoice_list_payments (turn, invoice, error);

  for (guint i = payments != NULL ? payments->len : 0; i > 0; i--)
    {
      if (!is_open (payments->pdata[i - 1]))
        g_ptr_array_remove_index (payments, i - 1);
    }

  return g_steal_pointer (&payments);
}

/* What Stripe does to an invoice changes it, whatever it does it by. */
static BillingVerb
get_verb (BillingTurn *turn)
{
  return g_str_equal (turn->account, BILLING_DESK_STRIPE) ? BILLING_VERB_INVOICE_EDIT : turn->act->verb;
}

/* Stores what @invoice says differently from @before. What its payments moved meanwhile stands already, and is not touched. */
gboolean
billing_invoice_conclude (BillingTurn     *turn,
                          BillingInvoice  *before,
                          BillingInvoice  *invoice,
                          GError         **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (before));
  g_autoptr (BillingRecord) now = billing_table_get (turn->connection, BILLING_TYPE_INVOICE, id, error);

  if (now == NULL)
    return FALSE;

  invoice->collected = BILLING_INVOICE (now)->collected;
  invoice->written_off = BILLING_INVOICE (now)->written_off;
  invoice->balance = BILLING_INVOICE (now)->balance;
  if (!billing_table_update (turn->connection, BILLING_RECORD (invoice), error) ||
      !billing_audit_write (turn->connection, turn->now, turn->account, get_verb (turn), id, BILLING_RECORD (before),
                            BILLING_RECORD (invoice), turn->act->notes, error))
    return FALSE;

  billing_turn_set_result (turn, invoice->number);
  return TRUE;
}

/* Has a verb of payments done in the same turn. */
gboolean
billing_invoice_do (BillingTurn      *turn,
                    BillingAct       *act,
                    BillingVerbFunc   func,
                    GError          **error)
{
  BillingTurn part = *turn;

  part.act = act;
  part.is_of_invoice = TRUE;
  return func (&part, error);
}

/**
 * billing_turn_check_no_invoice:
 * @turn: an act that would change what is asked for
 * @payment: with one payment
 * @error: return location for an error that names the invoice
 *
 * What an invoice asks for is what its payments ask for, so that these are not changed one by one.
 *
 * Returns: whether it may be done to this one
 */
gboolean
billing_turn_check_no_invoice (BillingTurn     *turn,
                               BillingPayment  *payment,
                               GError         **error)
{
  if (payment->invoice_id == NULL || turn->is_of_invoice)
    return TRUE;

  /* Translators: a payment (PAY-001) and its invoice (INV-001) */
  return billing_desk_refuse (error, _("%s is asked for by invoice %s. Change or void the invoice instead. Nothing was changed."),
                              payment->number, payment->invoice != NULL ? payment->invoice : "");
}

/* --- one or many ----------------------------------------------------------------------------------- */

/* What is named, each by itself: invoices that were made together are named by the first and the last of them. */
static gboolean
expand (BillingTurn  *turn,
        BillingAct   *act,
        const char   *names,
        GError      **error)
{
  g_autofree char *before = act->selection;
  g_autofree char *each = NULL;

  act->selection = NULL;
  each = names != NULL ? billing_invoice_store_expand (turn->connection, names, error) : g_strdup ("");
  act->selection = each != NULL ? g_strconcat (before != NULL ? before : "", " ", each, NULL) : NULL;
  return each != NULL;
}

static GStrv
choose (BillingTurn  *turn,
        GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (turn->act->verb, NULL);

  g_set_object (&act->query, turn->act->query);
  act->except = g_strdup (turn->act->except);
  act->expected = turn->act->expected;
  return expand (turn, act, turn->act->subject, error) && expand (turn, act, turn->act->selection, error) &&
         billing_selection_fill (turn->connection, act, "invoices", error)
           ? billing_invoice_store_list_chosen (turn->connection, error) : NULL;
}

/* Of what a query finds, that is done which can be: the rest has nothing left to be done. */
static gboolean
is_wanted (BillingTurn    *turn,
           BillingInvoice *invoice)
{
  if (turn->act->query == NULL)
    return TRUE;
  if (turn->act->verb == BILLING_VERB_INVOICE_VOID)
    return invoice->voided_at == 0;

  return invoice->balance > 0;
}

static gboolean
do_one (BillingTurn  *turn,
        const char   *id,
        InvoiceFunc   func,
        guint        *n_done,
        GError      **error)
{
  g_autoptr (BillingRecord) record = billing_table_get (turn->connection, BILLING_TYPE_INVOICE, id, error);
  BillingInvoice *invoice = BILLING_INVOICE (record);

  if (record == NULL || g_cancellable_set_error_if_cancelled (turn->cancellable, error))
    return FALSE;
  if (!is_wanted (turn, invoice))
    return TRUE;
  if (invoice->voided_at > 0)
    return billing_desk_refuse (error, _("%s is void. Nothing was changed."), invoice->number);

  (*n_done)++;
  return func (turn, invoice, error);
}

static gboolean
do_each (BillingTurn  *turn,
         InvoiceFunc   func,
         GError      **error)
{
  g_auto (GStrv) ids = choose (turn, error);
  guint n_ids = ids != NULL ? g_strv_length (ids) : 0;
  guint n_done = 0;

  if (ids == NULL)
    return FALSE;
  if (n_ids > 1 && turn->act->has_amount)
    return billing_desk_refuse (error, _("An amount can be said of one invoice only. Nothing was changed."));

  for (guint i = 0; i < n_ids; i++)
    {
      if (!do_one (turn, ids[i], func, &n_done, error))
        return FALSE;
      g_atomic_int_set (&turn->act->progress, (int) (i * 1000 / n_ids));
    }

  if (n_done == 0)
    return billing_desk_refuse (error, _("None of these invoices can be. Nothing was changed."));
  if (n_done > 1)
    {
      g_autofree char *result = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u invoice", "%u invoices", n_done), n_done);

      billing_turn_set_result (turn, result);
    }
  return TRUE;
}

/* What the invoice says after something was done to its payments, for its own history. */
static gboolean
conclude (BillingTurn     *turn,
          BillingInvoice  *before,
          gboolean         is_void,
          GError         **error)
{
  g_autoptr (BillingInvoice) invoice = billing_invoice_new ();

  billing_record_copy (BILLING_RECORD (invoice), BILLING_RECORD (before));
  if (is_void)
    invoice->voided_at = turn->now;
  return billing_invoice_conclude (turn, before, invoice, error);
}

/* --- money that came otherwise --------------------------------------------------------------------- */

static gboolean
refuse_collection (BillingTurn     *turn,
                   BillingInvoice  *invoice,
                   GError         **error)
{
  if (invoice->balance == 0)
    return billing_desk_refuse (error, _("Nothing of %s is owed any more. Nothing was changed."), invoice->number);

  return billing_desk_refuse (error, _("What %s asks for is on its way through Stripe. Capture or void that first. Nothing was changed."),
                              invoice->number);
}

static gboolean
collect_one (BillingTurn     *turn,
             BillingPayment  *payment,
             gint64           amount,
             GError         **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, payment->number);

  act->has_amount = TRUE;
  act->amount = amount;
  act->tender = turn->act->tender;
  act->reference = g_strdup (turn->act->reference);
  act->date = g_strdup (turn->act->date);
  act->notes = g_strdup (turn->act->notes);
  if (!billing_invoice_do (turn, act, billing_desk_collect, error))
    return FALSE;

  g_free (turn->act->remainder);
  turn->act->remainder = g_steal_pointer (&act->remainder);
  return TRUE;
}

/* The oldest first; the last takes what comes beyond. */
static gboolean
collect (BillingTurn     *turn,
         BillingInvoice  *invoice,
         GError         **error)
{
  g_autoptr (GPtrArray) open = billing_invoice_list_open (turn, invoice, error);
  gint64 left = 0;

  if (open == NULL)
    return FALSE;
  if (open->len == 0)
    return refuse_collection (turn, invoice, error);

  for (guint i = 0; i < open->len; i++)
    left += BILLING_PAYMENT (open->pdata[i])->amount;
  if (turn->act->has_amount)
    left = turn->act->amount;
  if (!billing_turn_check_amount (left, error))
    return FALSE;

  for (guint i = 0; i < open->len && left > 0; i++)
    {
      BillingPayment *payment = open->pdata[i];
      gint64 part = i + 1 < open->len ? MIN (left, payment->amount) : left;

      if (!collect_one (turn, payment, part, error))
        return FALSE;
      left -= part;
    }

  return conclude (turn, invoice, FALSE, error);
}

/**
 * billing_desk_mark_invoice_paid:
 * @turn: invoices; tender, date, reference; of one, amount (all that is open otherwise)
 * @error: return location for an error
 *
 * Money came otherwise than through Stripe: for the open payments of each invoice, the oldest first. A part leaves a payment for the rest; what
 * is more than owed becomes credit.
 *
 * Returns: whether it is noted
 */
gboolean
billing_desk_mark_invoice_paid (BillingTurn  *turn,
                                GError      **error)
{
  return do_each (turn, collect, error);
}

/* --- void --------------------------------------------------------------------------------------------- */

static gboolean
check_own (BillingInvoice  *invoice,
           BillingPayment  *payment,
           GError         **error)
{
  if (payment->collected > 0)
    return billing_desk_refuse (error, _("Money came for %s (%s), so it cannot be voided. Reverse that first, or refund it and leave the "
                                         "invoice as it is. Nothing was changed."), invoice->number, payment->number);
  if (payment->status == BILLING_STATUS_PROCESSING)
    return billing_desk_refuse (error, _("Stripe holds money for %s (%s). Void the authorisation first. Nothing was changed."),
                                invoice->number, payment->number);
  if (payment->written_off_at > 0)
    return billing_desk_refuse (error, _("A part of %s was written off (%s), so it cannot be voided. Nothing was changed."),
                                invoice->number, payment->number);

  return TRUE;
}

static gboolean
let_go (BillingTurn     *turn,
        BillingPayment  *before,
        GError         **error)
{
  g_autoptr (BillingPayment) payment = billing_payment_new ();

  billing_record_copy (BILLING_RECORD (payment), BILLING_RECORD (before));
  g_clear_pointer (&payment->invoice_id, g_free);
  payment->joined = FALSE;
  return billing_turn_conclude (turn, before, payment, error);
}

/* Its own payments are no longer asked for; those that were there before it stay. */
static gboolean
void_payment (BillingTurn     *turn,
              BillingInvoice  *invoice,
              BillingPayment  *payment,
              GError         **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_CANCEL, payment->number);

  if (payment->joined)
    return let_go (turn, payment, error);
  if (!check_own (invoice, payment, error))
    return FALSE;

  act->notes = g_strdup (turn->act->notes);
  return !is_open (payment) || billing_invoice_do (turn, act, billing_desk_cancel, error);
}

static gboolean
void_invoice (BillingTurn     *turn,
              BillingInvoice  *invoice,
              GError         **error)
{
  g_autoptr (GPtrArray) payments = billing_invoice_list_payments (turn, invoice, error);

  if (invoice->credited > 0)
    return billing_desk_refuse (error, _("What an insurer paid later became credit of the patient for %s, so it cannot be voided. "
                                         "Nothing was changed."), invoice->number);

  for (guint i = 0; payments != NULL && i < payments->len; i++)
    {
      if (!void_payment (turn, invoice, payments->pdata[i], error))
        return FALSE;
    }

  return payments != NULL &&
         billing_invoice_store_release (turn->connection, billing_record_get_id (BILLING_RECORD (invoice)), error) &&
         conclude (turn, invoice, TRUE, error);
}

/**
 * billing_desk_void_invoice:
 * @turn: invoices; notes: why
 * @error: return location for an error
 *
 * Only while no money came by the payments that were made with it. Its number stays.
 *
 * Returns: whether they are void, and their services are to be invoiced again
 */
gboolean
billing_desk_void_invoice (BillingTurn  *turn,
                           GError      **error)
{
  return billing_turn_check_text (turn->act->notes, error) && do_each (turn, void_invoice, error);
}

/* --- write-off ---------------------------------------------------------------------------------------- */

static gboolean
write_off_payment (BillingTurn     *turn,
                   BillingPayment  *payment,
                   GError         **error)
{
  g_autoptr (BillingAct) submit = billing_act_new (BILLING_VERB_PAYMENT_SUBMIT, payment->number);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_WRITE_OFF, payment->number);

  act->notes = g_strdup (turn->act->notes);
  return (payment->status != BILLING_STATUS_DRAFT || billing_invoice_do (turn, submit, billing_desk_submit, error)) &&
         billing_invoice_do (turn, act, billing_desk_write_off, error);
}

static gboolean
write_off (BillingTurn     *turn,
           BillingInvoice  *invoice,
           GError         **error)
{
  g_autoptr (GPtrArray) open = billing_invoice_list_open (turn, invoice, error);

  if (open == NULL)
    return FALSE;
  if (open->len == 0)
    return refuse_collection (turn, invoice, error);

  for (guint i = 0; i < open->len; i++)
    {
      if (!write_off_payment (turn, open->pdata[i], error))
        return FALSE;
    }

  return conclude (turn, invoice, FALSE, error);
}

/**
 * billing_desk_write_off_invoice:
 * @turn: invoices that will never be paid; notes: why
 * @error: return location for an error
 *
 * Returns: whether what is open of them is no longer asked for
 */
gboolean
billing_desk_write_off_invoice (BillingTurn  *turn,
                                GError      **error)
{
  if (turn->act->notes == NULL || *turn->act->notes == '\0')
    return billing_desk_refuse (error, _("Writing an invoice off needs a reason. Nothing was changed."));

  return billing_turn_check_text (turn->act->notes, error) && do_each (turn, write_off, error);
}
