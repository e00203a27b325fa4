/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-receipt"

#include "config.h"

#include "billing-receipt.h"

#include <glib/gi18n-lib.h>

#include "billing-desk-private.h"
#include "billing-letter-pdf.h"
#include "billing-letterhead.h"
#include "billing-link.h"
#include "billing-safe-file.h"
#include "billing-status.h"
#include "billing-stripe-records.h"
#include "billing-table.h"
#include "billing-treatment.h"

/*
 * What a patient is given about a payment: who, when, how much, how it was paid and what went back. Nothing clinical: no diagnosis, no
 * code, no memo, no birth date; a treatment is its number and its day.
 */

typedef struct {
  const char *name;            /* of the payment */
  BillingPayment *payment;     /* (owned) */
  BillingPatient *patient;     /* (owned) */
  BillingTreatment *treatment; /* (owned) (nullable) */
  GPtrArray *refunds;          /* (owned) (element-type BillingRefund): as they were asked for */
  BillingCharge *charge;       /* (owned) (nullable): Stripe's, by which it was paid */
  BillingLink *link;           /* (owned) (nullable): where it can be paid */
  BillingLetterhead *head;     /* (owned): in the patient's language */
} Facts;

static void
facts_clear (Facts *facts)
{
  g_clear_object (&facts->payment);
  g_clear_object (&facts->patient);
  g_clear_object (&facts->treatment);
  g_clear_pointer (&facts->refunds, g_ptr_array_unref);
  g_clear_object (&facts->charge);
  g_clear_object (&facts->link);
  g_clear_pointer (&facts->head, billing_letterhead_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static gboolean
read_facts (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Facts *facts = data;
  BillingPayment *payment;

  facts->payment = (BillingPayment *) billing_table_get (connection, BILLING_TYPE_PAYMENT, facts->name, error);
  payment = facts->payment;
  if (payment == NULL)
    return FALSE;

  facts->patient = (BillingPatient *) billing_table_get (connection, BILLING_TYPE_PATIENT, payment->patient_id, error);
  if (facts->patient == NULL)
    return FALSE;

  if (payment->treatment_id != NULL)
    {
      facts->treatment = (BillingTreatment *) billing_table_get (connection, BILLING_TYPE_TREATMENT, payment->treatment_id,
                                                                 error);
      if (facts->treatment == NULL)
        return FALSE;
    }

  facts->refunds = billing_table_select (connection, BILLING_TYPE_REFUND, "payment_id",
                                         billing_record_get_id (BILLING_RECORD (payment)), error);
  if (facts->refunds == NULL || !billing_letterhead_read_link (connection, payment, &facts->link, error))
    return FALSE;

  facts->charge = billing_letterhead_read_charge (connection, payment);
  return TRUE;
}

static char *
format_money (Facts  *facts,
              gint64  amount)
{
  return billing_letterhead_format_money (facts->head, amount, facts->payment->currency);
}

static char *
format_day (Facts      *facts,
            const char *day)
{
  return billing_letterhead_format_day (facts->head, day);
}

/* A text of the program, in the patient's language. */
static const char * say (Facts *facts, const char *text) G_GNUC_FORMAT (2);

static const char *
say (Facts      *facts,
     const char *text)
{
  return billing_letterhead_say (facts->head, text);
}

static const char *
get_title (Facts *facts)
{
  switch (facts->payment->status)
    {
    case BILLING_STATUS_PAID:
    case BILLING_STATUS_REFUNDED:
    case BILLING_STATUS_PARTIALLY_REFUNDED:
      return say (facts, N_("Receipt"));
    case BILLING_STATUS_CANCELLED:
      return say (facts, N_("Cancelled Payment"));
    case BILLING_STATUS_VOIDED:
      return say (facts, N_("Released Authorisation"));
    case BILLING_STATUS_DRAFT:
      return say (facts, N_("Draft of a Payment Request"));
    case BILLING_STATUS_PENDING:
    case BILLING_STATUS_PROCESSING:
    case BILLING_STATUS_FAILED:
    default:
      return say (facts, N_("Payment Request"));
    }
}

static void
add_facts (BillingLetter *letter,
           Facts         *facts)
{
  BillingPayment *payment = facts->payment;
  g_autofree char *date = format_day (facts, facts->head->today);
  g_autofree char *due = format_day (facts, payment->due_on);

  billing_letter_add (letter, BILLING_LETTER_FACT, say (facts, N_("Payment")), payment->number);
  billing_letter_add (letter, BILLING_LETTER_FACT, say (facts, N_("Date")), date);
  billing_letter_add (letter, BILLING_LETTER_FACT, say (facts, N_("Patient")), facts->patient->name);
  if (facts->treatment != NULL)
    {
      g_autofree char *day = format_day (facts, facts->treatment->day);
      g_autofree char *service = g_strdup_printf ("%s, %s", facts->treatment->number, day);

      billing_letter_add (letter, BILLING_LETTER_FACT, say (facts, N_("Treatment")), service);
    }
  if (billing_status_is_owed (payment->status) && payment->due_on != NULL)
    billing_letter_add (letter, BILLING_LETTER_FACT, say (facts, N_("Due")), due);
  billing_letter_add (letter, BILLING_LETTER_FACT, say (facts, N_("Status")), say (facts, billing_status_get_text (payment->status)));
}

static void
add_line (BillingLetter          *letter,
          Facts                  *facts,
          BillingLetterBlockKind  kind,
          const char             *text,
          gint64                  amount)
{
  g_autofree char *value = format_money (facts, amount);

  billing_letter_add (letter, kind, text, value);
}

static void
add_collection (BillingLetter *letter,
                Facts         *facts)
{
  BillingPayment *payment = facts->payment;
  g_autofree char *how = billing_letterhead_format_tender (facts->head, payment->tender, payment->reference, facts->charge);
  g_autofree char *day = format_day (facts, payment->paid_on);
  /* Translators: a line of a receipt: the day and the tender */
  g_autofree char *text = g_strdup_printf (say (facts, N_("Paid on %s (%s)")), day, how);

  add_line (letter, facts, BILLING_LETTER_LINE, text, payment->collected);
}

/* Only what went back; what is still asked for is no promise. */
static void
add_refunds (BillingLetter *letter,
             Facts         *facts)
{
  for (guint i = 0; i < facts->refunds->len; i++)
    {
      BillingRefund *refund = facts->refunds->pdata[i];
      g_autofree char *how = billing_letterhead_format_tender (facts->head, refund->tender, refund->reference, facts->charge);
      g_autofree char *day = format_day (facts, refund->refunded_on);
      /* Translators: likewise, of money that went back */
      g_autofree char *text = g_strdup_printf (say (facts, N_("Refunded on %s (%s)")), day, how);

      if (refund->state == BILLING_REFUND_STATE_POSTED)
        add_line (letter, facts, BILLING_LETTER_LINE, text, -refund->amount);
    }
}

/* What is still to be paid: all of it or nothing, since a payment is collected whole. */
static gint64
get_balance (BillingPayment *payment)
{
  return billing_status_is_owed (payment->status) ? payment->amount : 0;
}

static void
add_sums (BillingLetter *letter,
          Facts         *facts)
{
  BillingPayment *payment = facts->payment;
  gboolean is_paid = payment->collected > 0;
  gboolean went_back = payment->refunded > 0 || payment->withdrawn > 0;

  billing_letter_add (letter, BILLING_LETTER_HEADING, say (facts, N_("Amounts")), NULL);
  add_line (letter, facts, BILLING_LETTER_LINE, say (facts, N_("Amount")), payment->amount);
  if (is_paid)
    add_collection (letter, facts);
  add_refunds (letter, facts);
  if (payment->withdrawn > 0)
    add_line (letter, facts, BILLING_LETTER_LINE, say (facts, N_("Withdrawn by your bank after a dispute")), -payment->withdrawn);
  if (is_paid)
    add_line (letter, facts, BILLING_LETTER_TOTAL, went_back ? say (facts, N_("Paid, less what went back")) : say (facts, N_("Paid")),
              payment->collected - payment->refunded - payment->withdrawn);
  add_line (letter, facts, is_paid ? BILLING_LETTER_LINE : BILLING_LETTER_TOTAL, say (facts, N_("Balance due")), get_balance (payment));
  if (facts->patient->credit > 0)
    add_line (letter, facts, BILLING_LETTER_LINE, say (facts, N_("Your credit with us")), facts->patient->credit);
}

/* How it stands, in a sentence, where the lines do not say it. */
static char *
describe_standing (Facts *facts)
{
  BillingPayment *payment = facts->payment;
  g_autofree char *due = format_day (facts, payment->due_on);
  g_autofree char *amount = format_money (facts, payment->amount);
  g_autofree char *cancelled = payment->cancelled_at != 0 ? billing_letterhead_format_instant (facts->head, payment->cancelled_at) : NULL;
  g_autofree char *voided = payment->voided_at != 0 ? billing_letterhead_format_instant (facts->head, payment->voided_at) : NULL;

  switch (payment->status)
    {
    case BILLING_STATUS_DRAFT:
      return g_strdup (say (facts, N_("This is a draft: nothing is asked for yet.")));
    case BILLING_STATUS_PENDING:
    case BILLING_STATUS_FAILED:
      if (payment->due_on == NULL)
        return g_strdup_printf (say (facts, N_("Please pay %s.")), amount);
      return g_strdup_printf (say (facts, N_("Please pay %s by %s.")), amount, due);
    case BILLING_STATUS_PROCESSING:
      return g_strdup (say (facts, N_("The payment is on its way: there is nothing to do.")));
    case BILLING_STATUS_CANCELLED:
      if (cancelled == NULL)
        return g_strdup (say (facts, N_("This payment is no longer asked for: nothing is owed.")));
      return g_strdup_printf (say (facts, N_("This payment was cancelled on %s: nothing is owed.")), cancelled);
    case BILLING_STATUS_VOIDED:
      if (voided == NULL)
        return g_strdup (say (facts, N_("The authorisation was released: no money was taken.")));
      return g_strdup_printf (say (facts, N_("The authorisation was released on %s: no money was taken.")), voided);
    case BILLING_STATUS_PAID:
    case BILLING_STATUS_REFUNDED:
    case BILLING_STATUS_PARTIALLY_REFUNDED:
    default:
      return NULL;
    }
}

static void
add_texts (BillingLetter *letter,
           Facts         *facts)
{
  BillingPractice *practice = facts->head->practice;
  g_autofree char *standing = describe_standing (facts);

  if (standing != NULL)
    billing_letter_add (letter, BILLING_LETTER_PARAGRAPH, standing, NULL);
  if (billing_status_is_owed (facts->payment->status))
    billing_letterhead_add_link (facts->head, letter, facts->link);
  if (practice->receipt_note != NULL && *practice->receipt_note != '\0')
    billing_letter_add (letter, BILLING_LETTER_NOTE, practice->receipt_note, NULL);
}

/**
 * billing_receipt_build:
 * @desk: a session
 * @payment: id or number of a payment, of whatever status
 * @error: return location for a #BillingStoreError
 *
 * Writes what a patient is given about a payment, as it stands now, in their language where the program speaks it.
 *
 * Returns: (transfer full) (nullable): a receipt, a request to pay, or what else it is
 */
BillingLetter *
billing_receipt_build (BillingDesk  *desk,
                       const char   *payment,
                       GError      **error)
{
  g_auto (Facts) facts = { .name = payment };
  g_autofree char *subject = NULL;
  const char *title;
  BillingLetter *letter;

  if (!billing_store_read (billing_desk_get_store (desk), read_facts, &facts, NULL, error))
    return NULL;

  facts.head = billing_letterhead_new (desk, facts.patient);
  title = get_title (&facts);
  subject = g_strdup_printf ("%s %s", title, facts.payment->number);
  letter = billing_letterhead_begin (facts.head, title, subject);
  add_facts (letter, &facts);
  add_sums (letter, &facts);
  add_texts (letter, &facts);
  return letter;
}

/**
 * billing_receipt_write:
 * @desk: a session
 * @payment: id or number of a payment, of whatever status
 * @path: the file; one that is there is replaced once the new one is whole
 * @error: return location for an error
 *
 * Writes a receipt as PDF, and into the audit that it was made.
 *
 * Returns: whether the file is there; nothing was changed otherwise
 */
gboolean
billing_receipt_write (BillingDesk  *desk,
                       const char   *payment,
                       const char   *path,
                       GError      **error)
{
  g_autoptr (BillingLetter) letter = billing_receipt_build (desk, payment, error);
  g_autoptr (BillingSafeFile) file = letter != NULL ? billing_safe_file_open (path, error) : NULL;
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_RECEIPT, payment);

  return file != NULL && billing_letter_write_pdf (letter, billing_safe_file_get_stream (file), error) &&
         billing_desk_do (desk, act, error) && billing_safe_file_commit (file, error);
}
