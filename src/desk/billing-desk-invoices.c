/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-invoices"

#include "config.h"

#include "billing-invoice-private.h"

#include <glib/gi18n-lib.h>

#include "billing-day.h"
#include "billing-invoice-store.h"
#include "billing-selection.h"
#include "billing-table.h"
#include "billing-text.h"

/* Services become invoices, one a patient, at any number in one transaction; and what may be said differently on an invoice later. */

/* So many invoices are written between two looks at whether somebody wants it stopped. */
#define AT_ONCE 500

/* Of the whole, in thousandths: what is behind when it is worked out what to write. */
#define GATHERED 100

static gboolean
refuse_stray (BillingServiceState   state,
              const char           *number,
              const char           *invoice,
              GError              **error)
{
  switch (state)
    {
    case BILLING_SERVICE_STATE_INVOICED:
      return billing_desk_refuse (error, _("%s stands on %s already. Nothing was changed."), number, invoice);
    case BILLING_SERVICE_STATE_WITH_INSURER:
      return billing_desk_refuse (error, _("%s is with the insurer, who has not answered yet. Note the answer or change the rate "
                                           "first. Nothing was changed."), number);
    case BILLING_SERVICE_STATE_NOT_BILLED:
      return billing_desk_refuse (error, _("%s is under a billing rate that is not billed. Nothing was changed."), number);
    case BILLING_SERVICE_STATE_NOT_INVOICED:
      return billing_desk_refuse (error, _("%s is under a billing rate that is not invoiced. Nothing was changed."), number);
    case BILLING_SERVICE_STATE_SETTLED:
      return billing_desk_refuse (error, _("Nothing of %s is the patient’s to pay. Nothing was changed."), number);
    case BILLING_SERVICE_STATE_REMOVED:
      return billing_desk_refuse (error, _("%s was removed. Nothing was changed."), number);
    case BILLING_SERVICE_STATE_TO_INVOICE:
    default:
      return billing_desk_refuse (error, _("%s is in another currency than the practice’s. Nothing was changed."), number);
    }
}

/* What is named is meant; of what a query finds, that is invoiced which can be. */
static gboolean
check_strays (BillingTurn  *turn,
              GError      **error)
{
  g_autoptr (GError) own_error = NULL;
  g_autofree char *invoice = NULL;
  g_autofree char *number = NULL;
  BillingServiceState state;

  if (turn->act->query != NULL)
    return TRUE;

  number = billing_invoice_store_find_stray (turn->connection, &state, &invoice, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  return number == NULL || refuse_stray (state, number, invoice, error);
}

/* As it stands in the books now, not as it was when the session began. */
static BillingPractice *
load_practice (BillingTurn  *turn,
               GError      **error)
{
  g_autoptr (GPtrArray) found = billing_table_select (turn->connection, BILLING_TYPE_PRACTICE, "pk", "1", error);

  return found != NULL && found->len > 0 ? g_object_ref (found->pdata[0]) : NULL;
}

static gboolean
choose_days (BillingTurn           *turn,
             BillingInvoicingHead  *head,
             char                 **due,
             GError               **error)
{
  g_autoptr (BillingPractice) practice = load_practice (turn, error);

  if (practice == NULL || !billing_turn_check_day (turn->act->date, error) || !billing_turn_check_day (turn->act->due, error))
    return FALSE;

  head->invoiced_on = billing_text_is_said (turn->act->date) ? turn->act->date : turn->today;
  if (strcmp (head->invoiced_on, turn->today) > 0)
    return billing_desk_refuse (error, _("The invoiced date %s is in the future. Nothing was changed."), head->invoiced_on);

  *due = billing_text_is_said (turn->act->due) ? g_strdup (turn->act->due) : billing_day_add (head->invoiced_on, (int) practice->invoice_days);
  head->due_on = *due;
  return strcmp (*due, head->invoiced_on) >= 0 ||
         billing_desk_refuse (error, _("An invoice cannot be due before its invoiced date. Nothing was changed."));
}

static gboolean
gather (BillingTurn           *turn,
        BillingInvoicingSums  *sums,
        GError               **error)
{
  if (!billing_selection_fill (turn->connection, turn->act, "services", error) || !check_strays (turn, error) ||
      !billing_invoice_store_gather (turn->connection, sums, error))
    return FALSE;
  if (sums->n_services == 0)
    return billing_desk_refuse (error, _("None of these services can be invoiced. Nothing was changed."));

  g_atomic_int_set (&turn->act->progress, GATHERED);
  return billing_turn_check_amount (sums->largest, error);
}

static gboolean
write_all (BillingTurn           *turn,
           BillingInvoicingSums  *sums,
           GError               **error)
{
  for (gint64 first = 1; first <= sums->n_invoices; first += AT_ONCE)
    {
      gint64 last = MIN (first + AT_ONCE - 1, sums->n_invoices);

      if (g_cancellable_set_error_if_cancelled (turn->cancellable, error) ||
          !billing_invoice_store_write (turn->connection, first, last, error))
        return FALSE;
      g_atomic_int_set (&turn->act->progress, (int) (GATHERED + last * (1000 - GATHERED) / sums->n_invoices));
    }

  return TRUE;
}

/* What an invoice asks for is asked for: a draft is submitted. */
static gboolean
join_one (BillingTurn  *turn,
          const char   *payment_id,
          const char   *invoice_id,
          const char   *due,
          GError      **error)
{
  g_autoptr (BillingRecord) before = billing_table_get (turn->connection, BILLING_TYPE_PAYMENT, payment_id, error);
  g_autoptr (BillingPayment) payment = NULL;

  if (before == NULL)
    return FALSE;

  payment = billing_payment_new ();
  billing_record_copy (BILLING_RECORD (payment), before);
  payment->invoice_id = g_strdup (invoice_id);
  payment->joined = TRUE;
  if (payment->due_on == NULL)
    payment->due_on = g_strdup (due);
  return billing_turn_submit_first (turn, payment, error) &&
         billing_turn_conclude (turn, BILLING_PAYMENT (before), payment, error);
}

static gboolean
join_all (BillingTurn  *turn,
          const char   *due,
          GError      **error)
{
  g_auto (GStrv) ids = billing_invoice_store_list_joining (turn->connection, error);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i += 2)
    {
      if (g_cancellable_set_error_if_cancelled (turn->cancellable, error) || !join_one (turn, ids[i], ids[i + 1], due, error))
        return FALSE;
    }

  return ids != NULL;
}

/**
 * billing_desk_invoice:
 * @turn: services, by selection or by query; date: the invoiced date (today otherwise), due (after so many days as the practice says otherwise),
 *   memo, notes
 * @error: return location for an error
 *
 * Whoever chooses a service has looked at it, so that it is reviewed as well. Of what a query finds, what cannot be invoiced is left out; a
 * service that is named and cannot be invoiced is an error.
 *
 * Returns: whether there is an invoice for each patient; the result names the invoice, or the first and the last
 */
gboolean
billing_desk_invoice (BillingTurn  *turn,
                      GError      **error)
{
  BillingInvoicingHead head = { .at = turn->now, .person = turn->account, .today = turn->today, .reason = turn->act->notes };
  BillingInvoicingSums sums;
  g_autofree char *due = NULL;
  g_autofree char *name = NULL;

  head.memo = billing_text_is_said (turn->act->memo) ? turn->act->memo : NULL;
  if (!billing_turn_check_text (turn->act->memo, error) || !billing_turn_check_text (turn->act->notes, error) ||
      !billing_turn_check_open_day (turn, turn->today, error) || !choose_days (turn, &head, &due, error) || !gather (turn, &sums, error) ||
      !billing_invoice_store_begin (turn->connection, &head, error) ||
      !write_all (turn, &sums, error) || !join_all (turn, due, error))
    return FALSE;

  name = billing_invoice_store_name (turn->connection, error);
  billing_turn_set_result (turn, name);
  return name != NULL;
}

/* --- what may be said differently --------------------------------------------------------------- */

/* Each of these payments is due when its invoice is. */
static gboolean
move_due (BillingTurn     *turn,
          BillingInvoice  *invoice,
          GError         **error)
{
  g_autoptr (GPtrArray) payments = billing_invoice_list_open (turn, invoice, error);

  for (guint i = 0; payments != NULL && i < payments->len; i++)
    {
      BillingPayment *before = payments->pdata[i];
      g_autoptr (BillingPayment) payment = billing_payment_new ();

      billing_record_copy (BILLING_RECORD (payment), BILLING_RECORD (before));
      g_free (payment->due_on);
      payment->due_on = g_strdup (invoice->due_on);
      if (!billing_turn_conclude (turn, before, payment, error))
        return FALSE;
    }

  return payments != NULL;
}

static gboolean
apply (BillingTurn     *turn,
       BillingInvoice  *invoice,
       GError         **error)
{
  BillingAct *act = turn->act;

  if (!billing_turn_check_day (act->due, error) || !billing_turn_check_text (act->memo, error) ||
      !billing_turn_check_text (act->notes, error))
    return FALSE;
  if (act->due != NULL && strcmp (act->due, invoice->invoiced_on) < 0)
    return billing_desk_refuse (error, _("An invoice cannot be due before its invoiced date. Nothing was changed."));

  if (act->due != NULL)
    g_object_set (invoice, "due-on", act->due, NULL);
  if (act->memo != NULL)
    g_object_set (invoice, "memo", billing_text_is_said (act->memo) ? act->memo : NULL, NULL);
  return act->due == NULL || move_due (turn, invoice, error);
}

/**
 * billing_desk_edit_invoice:
 * @turn: an invoice that stands; due, memo
 * @error: return location for an error
 *
 * Returns: whether the invoice says so, and its open payments are due then
 */
gboolean
billing_desk_edit_invoice (BillingTurn  *turn,
                           GError      **error)
{
  g_autoptr (BillingInvoice) before = billing_invoice_load (turn, turn->act->subject, error);
  g_autoptr (BillingInvoice) invoice = NULL;

  if (before == NULL)
    return FALSE;

  invoice = billing_invoice_new ();
  billing_record_copy (BILLING_RECORD (invoice), BILLING_RECORD (before));
  return apply (turn, invoice, error) && billing_invoice_conclude (turn, before, invoice, error);
}
