/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-invoice-moves"

#include "config.h"

#include "billing-invoice-private.h"

#include <glib/gi18n-lib.h>

#include "billing-audit.h"
#include "billing-day.h"
#include "billing-invoice-store.h"
#include "billing-ledger.h"
#include "billing-link-store.h"
#include "billing-outbox.h"
#include "billing-table.h"
#include "billing-treatment.h"

/*
 * What happens to an invoice later: an insurer answers again, an authorisation is released, a pre-payment turns out not to have come. Its lines
 * stay as they were; what it asks for moves with its payments.
 */

/* Nobody gets an invoice that is overdue when it comes. */
static char *
choose_due (BillingTurn     *turn,
            BillingInvoice  *invoice)
{
  if (invoice->due_on != NULL && strcmp (invoice->due_on, turn->today) >= 0)
    return g_strdup (invoice->due_on);

  return billing_day_add (turn->today, (int) billing_desk_get_practice (turn->desk)->invoice_days);
}

/* Asks for more under an invoice, for what @like is asked for. */
gboolean
billing_invoice_ask (BillingTurn     *turn,
                     BillingInvoice  *invoice,
                     gint64           amount,
                     BillingPayment  *like,
                     GError         **error)
{
  g_autoptr (BillingPayment) payment = billing_payment_new ();

  payment->patient_id = g_strdup (invoice->patient_id);
  payment->treatment_id = g_strdup (like->treatment_id);
  payment->location_id = g_strdup (like->location_id);
  payment->payment_type = like->payment_type;
  payment->joined = like->joined;
  payment->amount = amount;
  payment->currency = g_strdup (invoice->currency);
  payment->due_on = choose_due (turn, invoice);
  payment->created_at = turn->now;
  payment->invoice_id = g_strdup (billing_record_get_id (BILLING_RECORD (invoice)));

  return billing_table_insert (turn->connection, BILLING_RECORD (payment), error) &&
         billing_turn_submit_first (turn, payment, error) &&
         billing_ledger_settle (turn->connection, payment, error) &&
         billing_audit_write (turn->connection, turn->now, turn->account, BILLING_VERB_INVOICE_CREATE,
                              billing_record_get_id (BILLING_RECORD (payment)), NULL, BILLING_RECORD (payment), turn->act->notes, error);
}

static BillingInvoice *
load_invoice (BillingTurn  *turn,
              const char   *id,
              GError      **error)
{
  return (BillingInvoice *) billing_table_get (turn->connection, BILLING_TYPE_INVOICE, id, error);
}

static BillingInvoice *
copy_invoice (BillingInvoice *invoice)
{
  BillingInvoice *copy = billing_invoice_new ();

  billing_record_copy (BILLING_RECORD (copy), BILLING_RECORD (invoice));
  return copy;
}

/**
 * billing_invoice_ask_again:
 * @turn: by which an authorisation was released
 * @payment: whose that was; it is Voided, and asked for no more
 * @error: return location for an error
 *
 * What an invoice asked for stays owed under it, by another payment. Of a payment without an invoice nothing is done.
 *
 * Returns: whether it is
 */
gboolean
billing_invoice_ask_again (BillingTurn     *turn,
                           BillingPayment  *payment,
                           GError         **error)
{
  g_autoptr (BillingInvoice) invoice = NULL;

  if (payment->invoice_id == NULL)
    return TRUE;

  invoice = load_invoice (turn, payment->invoice_id, error);
  return invoice != NULL &&
         (invoice->voided_at > 0 || billing_invoice_ask (turn, invoice, payment->amount, payment, error));
}

/* --- an insurer answers again ------------------------------------------------------------------------ */

/* What lowers a payment closes its page; where there was one, there is to be one for what is left. Where none can be made, the payment is asked
 * for without. */
static gboolean
replace_link (BillingTurn     *turn,
              BillingPayment  *payment,
              const char      *expires,
              GError         **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_LINK, payment->number);
  g_autoptr (GError) own_error = NULL;

  act->expires = g_strdup (expires);
  if (billing_invoice_do (turn, act, billing_desk_make_link, &own_error) ||
      g_error_matches (own_error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

static gboolean
edit_payment (BillingTurn     *turn,
              BillingPayment  *payment,
              gint64           amount,
              GError         **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_EDIT, payment->number);
  g_autoptr (BillingLink) link = NULL;

  act->has_amount = TRUE;
  act->amount = amount;
  act->notes = g_strdup (turn->act->notes);
  if (!billing_link_store_find_open (turn->connection, billing_record_get_id (BILLING_RECORD (payment)), &link, error) ||
      !billing_invoice_do (turn, act, billing_desk_edit_payment, error))
    return FALSE;

  return link == NULL || strcmp (link->expires_on, turn->today) < 0 || replace_link (turn, payment, link->expires_on, error);
}

/* A payment that Stripe is asked to collect at this moment stays as it is. */
static gboolean
lower_payment (BillingTurn     *turn,
               BillingPayment  *payment,
               gint64          *left,
               GError         **error)
{
  gint64 part = MIN (*left, payment->amount);
  g_autoptr (BillingAct) cancel = billing_act_new (BILLING_VERB_PAYMENT_CANCEL, payment->number);
  g_autoptr (BillingIntent) waiting = NULL;

  if (!billing_outbox_find_open (turn->connection, billing_record_get_id (BILLING_RECORD (payment)), &waiting, error))
    return FALSE;
  if (waiting != NULL || part == 0)
    return TRUE;

  *left -= part;
  cancel->notes = g_strdup (turn->act->notes);
  return part == payment->amount ? billing_invoice_do (turn, cancel, billing_desk_cancel, error)
                                 : edit_payment (turn, payment, payment->amount - part, error);
}

/* Those made with the invoice, or after it, before those that were there; the newest first. */
static gboolean
lower (BillingTurn     *turn,
       BillingInvoice  *invoice,
       gint64          *left,
       GError         **error)
{
  g_autoptr (GPtrArray) open = billing_invoice_list_open (turn, invoice, error);

  for (guint joined = 0; open != NULL && joined <= 1; joined++)
    {
      for (guint i = open->len; i > 0; i--)
        {
          BillingPayment *payment = open->pdata[i - 1];

          if (payment->joined == (gboolean) joined && !lower_payment (turn, payment, left, error))
            return FALSE;
        }
    }

  return open != NULL;
}

/* What of the invoice the patient paid, or is about to, and has not got back. */
static gboolean
sum_paid (BillingTurn     *turn,
          BillingInvoice  *invoice,
          gint64          *paid,
          GError         **error)
{
  g_autoptr (GPtrArray) payments = billing_invoice_list_payments (turn, invoice, error);

  *paid = invoice->prepaid - invoice->credited;
  for (guint i = 0; payments != NULL && i < payments->len; i++)
    {
      BillingPayment *payment = payments->pdata[i];

      if (payment->collected > 0)
        *paid += payment->collected - payment->refunded;
      else if (payment->status == BILLING_STATUS_PENDING || payment->status == BILLING_STATUS_PROCESSING ||
               payment->status == BILLING_STATUS_FAILED)
        *paid += payment->amount;
    }

  return payments != NULL;
}

static gboolean
post (BillingTurn          *turn,
      BillingService       *service,
      BillingInsurerAnswer *answer,
      const char           *step,
      BillingAccount        account,
      gint64                amount,
      GError              **error)
{
  /* An answer moves the invoice once when it is noted, and once when it is taken back. */
  g_autofree char *source = g_strdup_printf ("%s:%s:%s%s", billing_record_get_id (BILLING_RECORD (service)), step,
                                             billing_record_get_id (BILLING_RECORD (answer)), answer->taken_back_at != 0 ? ":back" : "");
  BillingTransaction transaction = {
    .act = step,
    .person = turn->account,
    .patient_id = service->patient_id,
    .reason = turn->act->notes,
    .source = source,
    .at = turn->now,
    .day = turn->today,
  };

  return billing_turn_check_open_day (turn, turn->today, error) &&
         billing_ledger_post (turn->connection, &transaction, service->currency, BILLING_ACCOUNT_ASKED, account, amount, error);
}

/* What the patient has paid too much is theirs; what was written off, or went back, was never too much. */
static gboolean
give_back (BillingTurn           *turn,
           BillingService        *service,
           BillingInvoice        *invoice,
           BillingInsurerAnswer  *answer,
           gint64                 amount,
           GError               **error)
{
  gint64 credit;

  if (amount == 0)
    return TRUE;
  if (!sum_paid (turn, invoice, &credit, error))
    return FALSE;

  credit = CLAMP (credit, 0, amount);
  return (credit == 0 ||
          (post (turn, service, answer, "insurer-credit", BILLING_ACCOUNT_CREDIT, credit, error) &&
           billing_ledger_credit (turn->connection, service->patient_id, credit, error))) &&
         (credit == amount ||
          post (turn, service, answer, "insurer-write-back", BILLING_ACCOUNT_ADJUSTMENTS, amount - credit, error));
}

static BillingPayment *
describe_service (BillingTurn     *turn,
                  BillingService  *service,
                  GError         **error)
{
  g_autoptr (BillingPayment) like = billing_payment_new ();
  g_autoptr (BillingRecord) treatment = NULL;

  if (service->treatment_id == NULL)
    {
      like->location_id = g_strdup (service->location_id);
      return g_steal_pointer (&like);
    }

  treatment = billing_table_get (turn->connection, BILLING_TYPE_TREATMENT, service->treatment_id, error);
  if (treatment == NULL)
    return NULL;

  like->treatment_id = g_strdup (service->treatment_id);
  like->location_id = g_strdup (BILLING_TREATMENT (treatment)->location_id);
  return g_steal_pointer (&like);
}

static gboolean
ask_more (BillingTurn     *turn,
          BillingService  *service,
          BillingInvoice  *invoice,
          gint64           amount,
          GError         **error)
{
  g_autoptr (BillingPayment) like = describe_service (turn, service, error);

  return like != NULL && billing_invoice_ask (turn, invoice, amount, like, error);
}

/**
 * billing_invoice_move:
 * @turn: by which an insurer's answer is noted or taken back
 * @service: one that stands on an invoice
 * @delta: minor units by which what is the patient's of it changes
 * @answer: the answer, which has an id; it is told what became of @delta, and is still to be stored
 * @error: return location for an error
 *
 * Moves what an invoice asks for. Less lowers its open payments, whose links are replaced; what is left of it becomes the patient's credit. More is
 * asked for by one more payment. The entries of the service's own accounts are the caller's.
 *
 * Returns: whether the invoice asks for what is owed
 */
gboolean
billing_invoice_move (BillingTurn           *turn,
                      BillingService        *service,
                      gint64                 delta,
                      BillingInsurerAnswer  *answer,
                      GError               **error)
{
  g_autoptr (BillingInvoice) before = NULL;
  g_autoptr (BillingInvoice) invoice = NULL;
  gint64 left = MAX (-delta, 0);

  g_return_val_if_fail (service->invoice_id != NULL, FALSE);

  if (delta == 0)
    return TRUE;

  before = load_invoice (turn, service->invoice_id, error);
  if (before == NULL)
    return FALSE;

  invoice = copy_invoice (before);
  if (delta > 0 ? !ask_more (turn, service, invoice, delta, error)
                : (!lower (turn, invoice, &left, error) || !give_back (turn, service, invoice, answer, left, error)))
    return FALSE;

  invoice->lowered -= delta;
  invoice->credited += left;
  answer->moved += delta;
  answer->lowered += MAX (-delta, 0) - left;
  answer->credited += left;
  return billing_invoice_conclude (turn, before, invoice, error);
}

/* --- a pre-payment that was none ----------------------------------------------------------------------- */

static gboolean
take_back (BillingTurn        *turn,
           BillingPrepayment  *row,
           BillingInvoice    **invoice,
           GError            **error)
{
  g_autoptr (BillingInvoice) before = load_invoice (turn, row->invoice_id, error);

  if (before == NULL ||
      !billing_invoice_store_forget (turn->connection, billing_record_get_id (BILLING_RECORD (row)), error))
    return FALSE;

  *invoice = copy_invoice (before);
  (*invoice)->prepaid -= row->amount;
  return billing_invoice_conclude (turn, before, *invoice, error);
}

static gboolean
owe (BillingTurn        *turn,
     BillingPrepayment  *row,
     BillingPayment     *payment,
     gboolean            joins,
     GError            **error)
{
  g_autoptr (BillingInvoice) invoice = NULL;

  if (!take_back (turn, row, &invoice, error))
    return FALSE;
  if (!joins)
    return billing_invoice_ask (turn, invoice, row->amount, payment, error);

  payment->invoice_id = g_strdup (row->invoice_id);
  payment->joined = TRUE;
  return TRUE;
}

/**
 * billing_invoice_lose_prepayment:
 * @turn: by which a collection was reversed
 * @payment: whose that was, asked for again; still to be settled
 * @error: return location for an error
 *
 * What a pre-payment paid of invoices, and did not, is owed under them: where all of it was taken off one invoice it joins that, otherwise what was
 * taken off is asked for by payments of its own.
 *
 * Returns: whether nothing is taken off any more
 */
gboolean
billing_invoice_lose_prepayment (BillingTurn     *turn,
                                 BillingPayment  *payment,
                                 GError         **error)
{
  g_autoptr (GPtrArray) rows = billing_table_select (turn->connection, BILLING_TYPE_PREPAYMENT, "payment_id",
                                                     billing_record_get_id (BILLING_RECORD (payment)), error);
  gint64 taken = 0;
  gint64 moved = 0;

  if (rows == NULL || rows->len == 0)
    return rows != NULL;

  for (guint i = 0; i < rows->len; i++)
    taken += BILLING_PREPAYMENT (rows->pdata[i])->amount;
  for (guint i = 0; i < rows->len; i++)
    {
      BillingPrepayment *row = rows->pdata[i];
      gboolean joins = i == 0 && taken == payment->amount;

      if (!owe (turn, row, payment, joins, error))
        return FALSE;
      moved += joins ? 0 : row->amount;
    }

  payment->amount -= moved;
  return moved == 0 ||
         billing_turn_post (turn, payment, "split", turn->today, BILLING_ACCOUNT_ASKED, BILLING_ACCOUNT_PATIENT_RECEIVABLE, moved,
                            error);
}
