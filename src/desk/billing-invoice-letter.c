/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice-letter"

#include "config.h"

#include "billing-invoice-letter.h"

#include <glib/gi18n-lib.h>

#include "billing-desk-private.h"
#include "billing-invoice.h"
#include "billing-letterhead.h"
#include "billing-status.h"
#include "billing-table.h"

/*
 * An invoice on paper: its services with the insurer's part and the patient's, what changed since, what was paid of it and how the rest can
 * be. Nothing clinical stands on it unless the practice switched it on: a service is its day.
 */

typedef struct {
  BillingPayment *payment; /* (owned) */
  BillingCharge *charge;   /* (owned) (nullable): Stripe's, by which it was paid */
  BillingLink *link;       /* (owned) (nullable): where it can be paid */
} Paying;

typedef struct {
  const char *name;          /* of the invoice */
  BillingInvoice *invoice;   /* (owned) */
  BillingPatient *patient;   /* (owned) */
  GPtrArray *lines;          /* (owned) (element-type BillingInvoiceLine) */
  GPtrArray *prepayments;    /* (owned) (element-type BillingPrepayment) */
  GPtrArray *payings;        /* (owned) (element-type Paying): its payments */
  BillingLetterhead *head;   /* (owned): in the patient's language */
} Facts;

static void
paying_free (gpointer data)
{
  Paying *paying = data;

  g_clear_object (&paying->payment);
  g_clear_object (&paying->charge);
  g_clear_object (&paying->link);
  g_free (paying);
}

static void
facts_clear (Facts *facts)
{
  g_clear_object (&facts->invoice);
  g_clear_object (&facts->patient);
  g_clear_pointer (&facts->lines, g_ptr_array_unref);
  g_clear_pointer (&facts->prepayments, g_ptr_array_unref);
  g_clear_pointer (&facts->payings, g_ptr_array_unref);
  g_clear_pointer (&facts->head, billing_letterhead_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

/* A text of the program, in the patient's language. */
static const char * say (Facts *facts, const char *text) G_GNUC_FORMAT (2);

static const char *
say (Facts      *facts,
     const char *text)
{
  return billing_letterhead_say (facts->head, text);
}

static gboolean
read_payings (BillingConnection  *connection,
              Facts              *facts,
              const char         *id,
              GError            **error)
{
  g_autoptr (GPtrArray) payments = billing_table_select (connection, BILLING_TYPE_PAYMENT, "invoice_id", id, error);

  facts->payings = g_ptr_array_new_with_free_func (paying_free);
  for (guint i = 0; payments != NULL && i < payments->len; i++)
    {
      Paying *paying = g_new0 (Paying, 1);

      g_ptr_array_add (facts->payings, paying);
      paying->payment = g_object_ref (payments->pdata[i]);
      paying->charge = billing_letterhead_read_charge (connection, paying->payment);
      if (!billing_letterhead_read_link (connection, paying->payment, &paying->link, error))
        return FALSE;
    }

  return payments != NULL;
}

static gboolean
read_facts (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Facts *facts = data;
  const char *id;

  facts->invoice = (BillingInvoice *) billing_table_get (connection, BILLING_TYPE_INVOICE, facts->name, error);
  if (facts->invoice == NULL)
    return FALSE;

  id = billing_record_get_id (BILLING_RECORD (facts->invoice));
  facts->patient = (BillingPatient *) billing_table_get (connection, BILLING_TYPE_PATIENT, facts->invoice->patient_id, error);
  facts->lines = billing_table_select (connection, BILLING_TYPE_INVOICE_LINE, "invoice_id", id, error);
  if (facts->patient == NULL || facts->lines == NULL)
    return FALSE;

  facts->prepayments = billing_table_select (connection, BILLING_TYPE_PREPAYMENT, "invoice_id", id, error);
  return facts->prepayments != NULL && read_payings (connection, facts, id, error);
}

static char *
format_money (Facts  *facts,
              gint64  amount)
{
  return billing_letterhead_format_money (facts->head, amount, facts->invoice->currency);
}

static void
add_fact (BillingLetter *letter,
          const char    *name,
          const char    *value)
{
  if (value != NULL && *value != '\0')
    billing_letter_add (letter, BILLING_LETTER_FACT, name, value);
}

static gboolean
is_void (Facts *facts)
{
  return facts->invoice->voided_at != 0;
}

static void
add_facts (BillingLetter *letter,
           Facts         *facts)
{
  BillingInvoice *invoice = facts->invoice;
  g_autofree char *date = billing_letterhead_format_day (facts->head, invoice->invoiced_on);
  g_autofree char *due = billing_letterhead_format_day (facts->head, invoice->due_on);

  add_fact (letter, say (facts, N_("Invoiced Date")), date);
  if (!is_void (facts) && invoice->balance > 0)
    add_fact (letter, say (facts, N_("Due")), due);
  add_fact (letter, say (facts, N_("Patient")), invoice->patient_name);
  add_fact (letter, say (facts, N_("Patient number")), invoice->patient_number);
}

/* “Service of 3 Nov 2026”; by its name and code only where the practice switched that on. */
static char *
describe_service (Facts              *facts,
                  BillingInvoiceLine *line)
{
  BillingPractice *practice = facts->head->practice;
  g_autofree char *day = billing_letterhead_format_day (facts->head, line->day);
  /* Translators: a line of an invoice, with the day */
  g_autofree char *plain = g_strdup_printf (say (facts, N_("Service of %s")), day);
  const char *name = practice->show_services ? line->name : plain;

  if (!practice->show_codes || line->code == NULL || *line->code == '\0')
    return g_strdup (name);

  return g_strdup_printf ("%s · %s", line->code, name);
}

static void
add_row (BillingLetterTable *table,
         Facts              *facts,
         BillingInvoiceLine *line,
         gboolean            has_insurer)
{
  g_autofree char *day = billing_letterhead_format_day (facts->head, line->day);
  g_autofree char *text = describe_service (facts, line);
  g_autofree char *units = g_strdup_printf ("%" G_GINT64_FORMAT, line->units);
  g_autofree char *price = format_money (facts, line->price);
  g_autofree char *charge = format_money (facts, line->charge);
  g_autofree char *insurer = format_money (facts, line->insurer);
  g_autofree char *amount = format_money (facts, line->amount);
  const char *short_row[] = { day, text, units, price, amount, NULL };
  const char *long_row[] = { day, text, units, price, charge, insurer, amount, NULL };

  billing_letter_table_add_row (table, has_insurer ? long_row : short_row);
}

static void
add_lines (BillingLetter *letter,
           Facts         *facts)
{
  BillingLetterTable *table = billing_letter_add_table (letter);
  gboolean has_insurer = facts->invoice->insurer != 0;

  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_WORD, say (facts, N_("Date")));
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_TEXT, say (facts, N_("Service")));
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_AMOUNT, say (facts, N_("Units")));
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_AMOUNT, say (facts, N_("Price")));
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_AMOUNT, say (facts, N_("Amount")));
  if (has_insurer)
    {
      billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_AMOUNT, say (facts, N_("Insurer’s part")));
      billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_AMOUNT, say (facts, N_("Your part")));
    }

  for (guint i = 0; i < facts->lines->len; i++)
    add_row (table, facts, facts->lines->pdata[i], has_insurer);
}

static void
add_sum (BillingLetter          *letter,
         Facts                  *facts,
         BillingLetterBlockKind  kind,
         const char             *text,
         gint64                  amount)
{
  g_autofree char *value = format_money (facts, amount);

  billing_letter_add (letter, kind, text, value);
}

static void
add_adjustments (BillingLetter *letter,
                 Facts         *facts)
{
  BillingInvoice *invoice = facts->invoice;

  if (invoice->lowered != 0)
    add_sum (letter, facts, BILLING_LETTER_SUM, say (facts, N_("Adjusted after your insurer’s answer")), -invoice->lowered);
  if (invoice->credited != 0)
    add_sum (letter, facts, BILLING_LETTER_SUM, say (facts, N_("Of that, kept as your credit")), invoice->credited);
}

static void
add_prepayments (BillingLetter *letter,
                 Facts         *facts)
{
  for (guint i = 0; i < facts->prepayments->len; i++)
    {
      BillingPrepayment *prepayment = facts->prepayments->pdata[i];
      g_autofree char *day = billing_letterhead_format_day (facts->head, prepayment->paid_on);
      /* Translators: a line of an invoice: the number and the day of a payment that was made before */
      g_autofree char *text = g_strdup_printf (say (facts, N_("Pre-payment %s of %s")), prepayment->payment, day);

      add_sum (letter, facts, BILLING_LETTER_SUM, text, -prepayment->amount);
    }
}

static void
add_payment (BillingLetter *letter,
             Facts         *facts,
             Paying        *paying)
{
  BillingPayment *payment = paying->payment;

  if (payment->collected > 0)
    {
      g_autofree char *how = billing_letterhead_format_tender (facts->head, payment->tender, payment->reference, paying->charge);
      g_autofree char *day = billing_letterhead_format_day (facts->head, payment->paid_on);
      /* Translators: a line of a receipt: the day and the tender */
      g_autofree char *text = g_strdup_printf (say (facts, N_("Paid on %s (%s)")), day, how);

      add_sum (letter, facts, BILLING_LETTER_SUM, text, -payment->collected);
    }
  else if (payment->written_off_at != 0)
    {
      g_autofree char *day = billing_letterhead_format_instant (facts->head, payment->written_off_at);
      /* Translators: a line of an invoice: the day on which something was given up */
      g_autofree char *text = g_strdup_printf (say (facts, N_("Waived on %s")), day);

      add_sum (letter, facts, BILLING_LETTER_SUM, text, -payment->amount);
    }
}

/* Everything between the services and what is left: it adds up. */
static void
add_sums (BillingLetter *letter,
          Facts         *facts)
{
  BillingInvoice *invoice = facts->invoice;

  if (invoice->insurer != 0)
    {
      add_sum (letter, facts, BILLING_LETTER_SUM, say (facts, N_("Services in full")), invoice->charges);
      add_sum (letter, facts, BILLING_LETTER_SUM, say (facts, N_("Insurer’s part")), -invoice->insurer);
    }
  add_sum (letter, facts, BILLING_LETTER_SUM_TOTAL, say (facts, N_("Your part")), invoice->amount);
  if (is_void (facts))
    return;

  add_adjustments (letter, facts);
  add_prepayments (letter, facts);
  for (guint i = 0; i < facts->payings->len; i++)
    add_payment (letter, facts, facts->payings->pdata[i]);
  add_sum (letter, facts, BILLING_LETTER_SUM_TOTAL, say (facts, N_("Balance due")), invoice->balance);
}

/* What is on its way by Stripe is still owed, but nobody should pay it again. */
static gint64
get_under_way (Facts *facts)
{
  gint64 amount = 0;

  for (guint i = 0; i < facts->payings->len; i++)
    {
      BillingPayment *payment = ((Paying *) facts->payings->pdata[i])->payment;

      if (payment->status == BILLING_STATUS_PROCESSING)
        amount += payment->amount;
    }

  return amount;
}

static char *
describe_standing (Facts *facts)
{
  BillingInvoice *invoice = facts->invoice;
  gint64 under_way = get_under_way (facts);
  g_autofree char *wanted = format_money (facts, invoice->balance - under_way);
  g_autofree char *due = billing_letterhead_format_day (facts->head, invoice->due_on);
  g_autofree char *voided = is_void (facts) ? billing_letterhead_format_instant (facts->head, invoice->voided_at) : NULL;

  if (voided != NULL)
    /* Translators: on a void invoice: the day */
    return g_strdup_printf (say (facts, N_("This invoice is void since %s: nothing is owed.")), voided);
  if (invoice->balance == 0)
    return g_strdup (say (facts, N_("Nothing is owed any more. Thank you.")));
  if (under_way == invoice->balance)
    return g_strdup (say (facts, N_("The payment is on its way: there is nothing to do.")));
  if (invoice->due_on == NULL)
    return g_strdup_printf (say (facts, N_("Please pay %s.")), wanted);
  return g_strdup_printf (say (facts, N_("Please pay %s by %s.")), wanted, due);
}

static void
add_texts (BillingLetter *letter,
           Facts         *facts)
{
  const char *note = facts->head->practice->invoice_note;
  g_autofree char *standing = describe_standing (facts);

  billing_letter_add (letter, BILLING_LETTER_PARAGRAPH, standing, NULL);
  for (guint i = 0; !is_void (facts) && i < facts->payings->len; i++)
    {
      Paying *paying = facts->payings->pdata[i];

      if (billing_status_is_owed (paying->payment->status))
        billing_letterhead_add_link (facts->head, letter, paying->link);
    }
  if (facts->invoice->memo != NULL && *facts->invoice->memo != '\0')
    billing_letter_add (letter, BILLING_LETTER_PARAGRAPH, facts->invoice->memo, NULL);
  if (note != NULL && *note != '\0')
    billing_letter_add (letter, BILLING_LETTER_NOTE, note, NULL);
}

static BillingLetter *
write_letter (Facts *facts)
{
  /* Translators: the title of an invoice, with its number */
  g_autofree char *title = g_strdup_printf (say (facts, N_("Invoice %s")), facts->invoice->number);
  BillingLetter *letter = billing_letterhead_begin (facts->head, title, title);

  billing_letterhead_set_recipient (facts->head, letter, facts->patient);
  if (is_void (facts))
    /* Translators: across an invoice that is void */
    billing_letter_set_mark (letter, say (facts, N_("VOID")));
  add_facts (letter, facts);
  add_lines (letter, facts);
  add_sums (letter, facts);
  add_texts (letter, facts);
  return letter;
}

/**
 * billing_invoice_letter_build:
 * @desk: a session
 * @invoice: id or number of an invoice, of whatever status
 * @error: return location for a #BillingStoreError
 *
 * Writes an invoice as it stands now, in the patient’s language where the program speaks it.
 *
 * Returns: (transfer full) (nullable): the letter
 */
BillingLetter *
billing_invoice_letter_build (BillingDesk  *desk,
                              const char   *invoice,
                              GError      **error)
{
  g_auto (Facts) facts = { .name = invoice };

  if (!billing_store_read (billing_desk_get_store (desk), read_facts, &facts, NULL, error))
    return NULL;

  facts.head = billing_letterhead_new (desk, facts.patient);
  return write_letter (&facts);
}

static void
build_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  BillingLetter *letter = billing_invoice_letter_build (source, task_data, &error);

  if (letter != NULL)
    g_task_return_pointer (task, letter, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * billing_invoice_letter_build_async:
 * @desk: a session
 * @invoice: id or number of an invoice
 * @cancellable: (nullable): stops the wait
 * @callback: called when the letter is there
 * @user_data: data for @callback
 *
 * As billing_invoice_letter_build(), on another thread.
 */
void
billing_invoice_letter_build_async (BillingDesk         *desk,
                                    const char          *invoice,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, cancellable, callback, user_data);

  g_task_set_source_tag (task, billing_invoice_letter_build_async);
  g_task_set_task_data (task, g_strdup (invoice), g_free);
  g_task_run_in_thread (task, build_thread);
}

/**
 * billing_invoice_letter_build_finish:
 * @desk: a session
 * @result: what the callback got
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the letter
 */
BillingLetter *
billing_invoice_letter_build_finish (BillingDesk   *desk,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
