/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-invoice-store.h"
#include "billing-list.h"
#include "billing-selection.h"
#include "billing-table.h"
#include "billing-test-practice.h"
#include "billing-treatment.h"

/* Services become invoices, and what happens to an invoice after that. After every test the whole of the books is verified. */

#define NOW G_GINT64_CONSTANT (1793000000)
#define TODAY "2026-10-26"

static void
set_up (BillingTestPractice *practice,
        gconstpointer        data)
{
  billing_test_practice_set_up (practice);
  billing_desk_set_clock (practice->desk, NOW);
}

static void
tear_down (BillingTestPractice *practice,
           gconstpointer        data)
{
  billing_test_practice_verify (practice);
  billing_test_practice_tear_down (practice);
}

typedef gboolean (*WriteFunc) (BillingTestPractice *practice, BillingConnection *connection, gpointer data, GError **error);

typedef struct {
  BillingTestPractice *practice;
  WriteFunc func;
  gpointer data;
} Write;

static gboolean
write_func (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Write *write = data;

  return write->func (write->practice, connection, write->data, error);
}

static void
write_books (BillingTestPractice *practice,
             WriteFunc            func,
             gpointer             data)
{
  Write write = { practice, func, data };
  g_autoptr (GError) error = NULL;

  billing_store_write (billing_desk_get_store (practice->desk), write_func, &write, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
insert_record (BillingTestPractice  *practice,
               BillingConnection    *connection,
               gpointer              data,
               GError              **error)
{
  return billing_table_insert (connection, data, error);
}

/* A self-pay service that is to be invoiced; its number. */
static char *
add_service_for (BillingTestPractice *practice,
                 const char          *patient,
                 const char          *treatment,
                 gint64               amount)
{
  g_autoptr (BillingService) service =
    g_object_new (BILLING_TYPE_SERVICE, "patient-id", patient, "treatment-id", treatment, "day", "2026-10-20", "name", "Visit", "units",
                  G_GINT64_CONSTANT (1), "price", amount, "amount", amount, "currency", "USD", "billable", TRUE, "rate-invoiced", TRUE,
                  "allowed", G_GINT64_CONSTANT (-1), "created-at", NOW, NULL);

  write_books (practice, insert_record, service);
  return g_strdup (service->number);
}

static char *
add_service (BillingTestPractice *practice,
             gint64               amount)
{
  return add_service_for (practice, practice->patient, practice->treatment, amount);
}

static char *
add_patient (BillingTestPractice *practice,
             const char          *name)
{
  g_autoptr (BillingRecord) patient = g_object_new (BILLING_TYPE_PATIENT, "name", name, NULL);

  write_books (practice, insert_record, patient);
  return g_strdup (billing_record_get_id (patient));
}

typedef struct {
  GType type;
  const char *name;
  BillingRecord *record; /* (owned) */
} Look;

static gboolean
look_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Look *look = data;

  look->record = billing_table_get (connection, look->type, look->name, error);
  return look->record != NULL;
}

static gpointer
look (BillingTestPractice *practice,
      GType                type,
      const char          *name)
{
  Look look = { type, name, NULL };
  g_autoptr (GError) error = NULL;

  billing_store_read (billing_desk_get_store (practice->desk), look_func, &look, NULL, &error);
  g_assert_no_error (error);
  return look.record;
}

static void
assert_invoice (BillingTestPractice  *practice,
                const char           *number,
                BillingInvoiceStatus  status,
                gint64                amount,
                gint64                prepaid,
                gint64                collected,
                gint64                balance)
{
  g_autoptr (BillingInvoice) invoice = look (practice, BILLING_TYPE_INVOICE, number);

  g_assert_cmpint (invoice->status, ==, status);
  g_assert_cmpint (invoice->amount, ==, amount);
  g_assert_cmpint (invoice->prepaid, ==, prepaid);
  g_assert_cmpint (invoice->collected, ==, collected);
  g_assert_cmpint (invoice->balance, ==, balance);
}

static void
assert_service (BillingTestPractice *practice,
                const char          *number,
                BillingServiceState  state,
                const char          *invoice)
{
  g_autoptr (BillingService) service = look (practice, BILLING_TYPE_SERVICE, number);

  g_assert_cmpint (service->state, ==, state);
  g_assert_cmpstr (service->invoice, ==, invoice);
}

static char *
invoice_services (BillingTestPractice *practice,
                  const char          *selection)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, NULL);

  act->selection = g_strdup (selection);
  billing_test_practice_do (practice, act);
  return g_strdup (act->result);
}

static void
mark_paid (BillingTestPractice *practice,
           const char          *number,
           gint64               amount,
           BillingTender        tender)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_MARK_PAID, number);

  act->has_amount = amount > 0;
  act->amount = amount;
  act->tender = tender;
  billing_test_practice_do (practice, act);
}

static char *
add_prepayment (BillingTestPractice *practice,
                gint64               amount,
                BillingTender        tender)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_CREATE, NULL);

  act->patient = g_strdup (practice->patient);
  act->treatment = g_strdup (practice->treatment);
  act->payment_type = g_strdup ("treatment-pre-payment");
  act->has_amount = TRUE;
  act->amount = amount;
  act->draft = tender == BILLING_TENDER_STRIPE;
  billing_test_practice_do (practice, act);
  if (tender != BILLING_TENDER_NONE && tender != BILLING_TENDER_STRIPE)
    {
      g_autoptr (BillingAct) collect = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, act->result);

      collect->tender = tender;
      billing_test_practice_do (practice, collect);
    }
  return g_strdup (act->result);
}

static void
do_refused (BillingTestPractice *practice,
            BillingVerb          verb,
            const char          *subject,
            const char          *part)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, subject);
  g_autoptr (GError) error = NULL;

  act->tender = BILLING_TENDER_CASH;
  act->notes = g_strdup ("Because.");
  g_assert_false (billing_desk_do (practice->desk, act, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
}

/* The seed's way: services of two patients that somebody looked at become an invoice each, with a number of a series without gaps, a payment that
 * asks for all of it, a due date, and both are in the audit. They leave the list of what is to be invoiced. */
static void
test_create (BillingTestPractice *practice,
             gconstpointer        data)
{
  g_autofree char *other = add_patient (practice, "Aaron Aaronson");
  g_autofree char *first = add_service (practice, 12500);
  g_autofree char *second = add_service (practice, 7500);
  g_autofree char *third = add_service_for (practice, other, NULL, 4000);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, NULL);
  g_autoptr (BillingInvoice) invoice = NULL;
  g_autoptr (BillingService) service = NULL;

  act->selection = g_strdup_printf ("%s %s,%s", first, second, third);
  act->date = g_strdup ("2026-10-20");
  act->memo = g_strdup ("Thank you.");
  billing_test_practice_do (practice, act);

  /* By name: Aaronson comes first. */
  g_assert_cmpstr (act->result, ==, "INV-001..INV-002");
  assert_invoice (practice, "INV-001", BILLING_INVOICE_STATUS_OPEN, 4000, 0, 0, 4000);
  assert_invoice (practice, "INV-002", BILLING_INVOICE_STATUS_OPEN, 20000, 0, 0, 20000);
  billing_test_practice_assert_payment (practice, "PAY-001", BILLING_STATUS_PENDING, 4000, 0, 0);
  billing_test_practice_assert_payment (practice, "PAY-002", BILLING_STATUS_PENDING, 20000, 0, 0);
  assert_service (practice, first, BILLING_SERVICE_STATE_INVOICED, "INV-002");

  invoice = look (practice, BILLING_TYPE_INVOICE, "INV-002");
  g_assert_cmpstr (invoice->invoiced_on, ==, "2026-10-20");
  g_assert_cmpstr (invoice->due_on, ==, "2026-11-19");
  g_assert_cmpstr (invoice->memo, ==, "Thank you.");
  g_assert_cmpint (invoice->n_services, ==, 2);
  service = look (practice, BILLING_TYPE_SERVICE, second);
  g_assert_cmpint (service->reviewed_at, ==, NOW);
  g_assert_cmpint (g_atomic_int_get (&act->progress), ==, 1000);
}

/* What cannot be invoiced and is named is said by its name; of what a query finds it is left out. */
static void
test_left_out (BillingTestPractice *practice,
               gconstpointer        data)
{
  g_autofree char *good = add_service (practice, 12500);
  g_autofree char *nothing = add_service (practice, 0);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, NULL);
  g_autofree char *both = g_strconcat (good, " ", nothing, NULL);

  act->selection = g_strdup (both);
  billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
  assert_service (practice, good, BILLING_SERVICE_STATE_TO_INVOICE, NULL);

  g_clear_pointer (&act->selection, g_free);
  act->query = billing_query_new ("services");
  act->expected = 2;
  billing_test_practice_do (practice, act);
  g_assert_cmpstr (act->result, ==, "INV-001");
  assert_service (practice, nothing, BILLING_SERVICE_STATE_SETTLED, NULL);

  /* Again there is nothing left to do. */
  billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
  do_refused (practice, BILLING_VERB_INVOICE_CREATE, good, "INV-001");
}

/* The invoiced date may be past, not to come; what is due is not due before it. */
static void
test_dates (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autofree char *service = add_service (practice, 12500);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, service);

  act->date = g_strdup ("2026-10-27");
  billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
  g_free (act->date);
  act->date = g_strdup (TODAY);
  act->due = g_strdup ("2026-10-25");
  billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
  g_free (act->due);
  act->due = g_strdup (TODAY);
  billing_test_practice_do (practice, act);
  g_assert_cmpstr (act->result, ==, "INV-001");
}

/* Paid pre-payments of the treatment are taken off, open ones that fit join, and only what is left is asked for anew. What is left of a
 * pre-payment pays the next invoice. */
static void
test_prepayments (BillingTestPractice *practice,
                  gconstpointer        data)
{
  g_autofree char *paid = add_prepayment (practice, 5000, BILLING_TENDER_CASH);
  g_autofree char *large = add_prepayment (practice, 9000, BILLING_TENDER_NONE);
  g_autofree char *draft = add_prepayment (practice, 3000, BILLING_TENDER_STRIPE);
  g_autofree char *first = add_service (practice, 12000);
  g_autofree char *number = invoice_services (practice, first);
  g_autofree char *rich = add_prepayment (practice, 20000, BILLING_TENDER_CARD);
  g_autofree char *second = add_service (practice, 8000);
  g_autofree char *again = invoice_services (practice, second);
  g_autofree char *third = add_service (practice, 15000);
  g_autofree char *last = invoice_services (practice, third);
  g_autoptr (BillingPayment) joined = look (practice, BILLING_TYPE_PAYMENT, draft);
  g_autoptr (BillingPayment) left = look (practice, BILLING_TYPE_PAYMENT, large);

  /* 120 − 50 paid − 30 joined = 40 asked for; the 90 did not fit. */
  assert_invoice (practice, number, BILLING_INVOICE_STATUS_PARTLY_PAID, 12000, 5000, 0, 7000);
  g_assert_cmpstr (joined->invoice, ==, number);
  g_assert_true (joined->joined);
  g_assert_cmpint (joined->status, ==, BILLING_STATUS_PENDING);
  billing_test_practice_assert_payment (practice, "PAY-004", BILLING_STATUS_PENDING, 4000, 0, 0);

  /* Wholly paid before; the rest of the 200 and the 90 that did not fit before: 150 − 120 = 30 asked for. */
  assert_invoice (practice, again, BILLING_INVOICE_STATUS_PAID, 8000, 8000, 0, 0);
  assert_invoice (practice, last, BILLING_INVOICE_STATUS_PARTLY_PAID, 15000, 12000, 0, 3000);
  g_assert_null (left->invoice);
  g_assert_cmpstr (rich, ==, "PAY-005");
}

/* Money that came otherwise collects what is open, the oldest first; a part leaves the rest open, more becomes credit, and credit pays. */
static void
test_mark_paid (BillingTestPractice *practice,
                gconstpointer        data)
{
  g_autofree char *first = add_service (practice, 10000);
  g_autofree char *number = invoice_services (practice, first);
  g_autofree char *second = add_service (practice, 2000);
  g_autofree char *other = invoice_services (practice, second);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_MARK_PAID, number);

  act->tender = BILLING_TENDER_CHEQUE;
  act->reference = g_strdup ("1204");
  act->date = g_strdup ("2026-10-24");
  act->has_amount = TRUE;
  act->amount = 4000;
  billing_test_practice_do (practice, act);
  g_assert_cmpstr (act->result, ==, number);
  g_assert_cmpstr (act->remainder, ==, "PAY-003");
  assert_invoice (practice, number, BILLING_INVOICE_STATUS_PARTLY_PAID, 10000, 0, 4000, 6000);

  mark_paid (practice, number, 9000, BILLING_TENDER_CASH);
  assert_invoice (practice, number, BILLING_INVOICE_STATUS_PAID, 10000, 0, 10000, 0);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, 3000);
  do_refused (practice, BILLING_VERB_INVOICE_MARK_PAID, number, number);

  mark_paid (practice, other, 0, BILLING_TENDER_CREDIT);
  assert_invoice (practice, other, BILLING_INVOICE_STATUS_PAID, 2000, 0, 2000, 0);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, 1000);
}

/* Many are marked as paid together, each whole; those of a query that are paid already are left out. */
static void
test_mark_many (BillingTestPractice *practice,
                gconstpointer        data)
{
  g_autofree char *other = add_patient (practice, "Aaron Aaronson");
  g_autofree char *first = add_service (practice, 10000);
  g_autofree char *second = add_service_for (practice, other, NULL, 2000);
  g_autofree char *both = g_strconcat (first, " ", second, NULL);
  g_autofree char *range = invoice_services (practice, both);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_MARK_PAID, NULL);

  mark_paid (practice, "INV-001", 0, BILLING_TENDER_CASH);
  act->tender = BILLING_TENDER_BANK;
  act->query = billing_query_new ("invoices");
  billing_test_practice_do (practice, act);
  assert_invoice (practice, "INV-001", BILLING_INVOICE_STATUS_PAID, 2000, 0, 2000, 0);
  assert_invoice (practice, "INV-002", BILLING_INVOICE_STATUS_PAID, 10000, 0, 10000, 0);
}

/* An act that made one invoice or many is undone by one that voids them: nothing is asked for, the numbers stay, and the services are to be
 * invoiced again, under new numbers. */
static void
test_undo (BillingTestPractice *practice,
           gconstpointer        data)
{
  g_autofree char *other = add_patient (practice, "Aaron Aaronson");
  g_autofree char *open = add_prepayment (practice, 1000, BILLING_TENDER_NONE);
  g_autofree char *first = add_service (practice, 10000);
  g_autofree char *second = add_service_for (practice, other, NULL, 2000);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, NULL);
  g_autoptr (BillingAct) undo = NULL;
  g_autoptr (BillingPayment) payment = NULL;
  g_autofree char *again = NULL;

  act->selection = g_strconcat (first, " ", second, NULL);
  billing_test_practice_do (practice, act);
  undo = billing_act_build_undo (act);
  g_assert_cmpint (undo->verb, ==, BILLING_VERB_INVOICE_VOID);
  billing_test_practice_do (practice, undo);

  assert_invoice (practice, "INV-001", BILLING_INVOICE_STATUS_VOID, 2000, 0, 0, 0);
  assert_invoice (practice, "INV-002", BILLING_INVOICE_STATUS_VOID, 10000, 0, 0, 0);
  assert_service (practice, first, BILLING_SERVICE_STATE_TO_INVOICE, NULL);
  payment = look (practice, BILLING_TYPE_PAYMENT, open);
  g_assert_cmpint (payment->status, ==, BILLING_STATUS_PENDING);
  g_assert_null (payment->invoice_id);

  do_refused (practice, BILLING_VERB_INVOICE_VOID, "INV-001", "void");
  again = invoice_services (practice, first);
  g_assert_cmpstr (again, ==, "INV-003");
  g_assert_cmpstr (undo->subject, ==, "INV-001..INV-002");
}

/* Once money came, an invoice stands; a write-off needs a reason and ends what is open. */
static void
test_void_and_write_off (BillingTestPractice *practice,
                         gconstpointer        data)
{
  g_autofree char *service = add_service (practice, 10000);
  g_autofree char *number = invoice_services (practice, service);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_WRITE_OFF, number);

  mark_paid (practice, number, 4000, BILLING_TENDER_CASH);
  do_refused (practice, BILLING_VERB_INVOICE_VOID, number, "PAY-001");
  billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
  act->notes = g_strdup ("Moved away.");
  billing_test_practice_do (practice, act);
  assert_invoice (practice, number, BILLING_INVOICE_STATUS_WRITTEN_OFF, 10000, 0, 4000, 0);
  do_refused (practice, BILLING_VERB_INVOICE_WRITE_OFF, number, "owed");
}

/* When it is due and what it says can be said differently later; the open payment follows. */
static void
test_edit (BillingTestPractice *practice,
           gconstpointer        data)
{
  g_autofree char *service = add_service (practice, 10000);
  g_autofree char *number = invoice_services (practice, service);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_EDIT, number);
  g_autoptr (BillingInvoice) invoice = NULL;
  g_autoptr (BillingPayment) payment = NULL;

  act->due = g_strdup ("2026-12-24");
  act->memo = g_strdup ("In two parts, please.");
  billing_test_practice_do (practice, act);
  invoice = look (practice, BILLING_TYPE_INVOICE, number);
  payment = look (practice, BILLING_TYPE_PAYMENT, "PAY-001");
  g_assert_cmpstr (invoice->due_on, ==, "2026-12-24");
  g_assert_cmpstr (invoice->memo, ==, "In two parts, please.");
  g_assert_cmpstr (payment->due_on, ==, "2026-12-24");
}

/* What an invoice asks for is not changed payment by payment; writing one off, reversing and refunding are. A refund does not reopen the invoice. */
static void
test_guards (BillingTestPractice *practice,
             gconstpointer        data)
{
  g_autofree char *service = add_service (practice, 10000);
  g_autofree char *number = invoice_services (practice, service);
  g_autoptr (BillingAct) edit = billing_act_new (BILLING_VERB_PAYMENT_EDIT, "PAY-001");
  g_autoptr (BillingAct) due = billing_act_new (BILLING_VERB_PAYMENT_EDIT, "PAY-001");
  g_autoptr (BillingAct) reverse = billing_act_new (BILLING_VERB_PAYMENT_REVERSE, "PAY-001");
  g_autoptr (BillingAct) refund = billing_act_new (BILLING_VERB_PAYMENT_REFUND, "PAY-001");
  g_autoptr (BillingAct) write_off = billing_act_new (BILLING_VERB_PAYMENT_WRITE_OFF, "PAY-001");
  g_autoptr (BillingAct) reopen = billing_act_new (BILLING_VERB_PAYMENT_REOPEN, "PAY-001");

  do_refused (practice, BILLING_VERB_PAYMENT_CANCEL, "PAY-001", number);
  edit->has_amount = TRUE;
  edit->amount = 1;
  billing_test_practice_do_refused (practice, edit, BILLING_DESK_ERROR_INVALID);
  due->due = g_strdup ("2026-12-01");
  billing_test_practice_do (practice, due);

  billing_test_practice_do (practice, write_off);
  assert_invoice (practice, number, BILLING_INVOICE_STATUS_WRITTEN_OFF, 10000, 0, 0, 0);
  billing_test_practice_do (practice, reopen);
  assert_invoice (practice, number, BILLING_INVOICE_STATUS_OPEN, 10000, 0, 0, 10000);

  mark_paid (practice, number, 0, BILLING_TENDER_CASH);
  billing_test_practice_do (practice, reverse);
  assert_invoice (practice, number, BILLING_INVOICE_STATUS_OPEN, 10000, 0, 0, 10000);
  mark_paid (practice, number, 0, BILLING_TENDER_CASH);
  refund->reason = BILLING_REFUND_REASON_OTHER;
  billing_test_practice_do (practice, refund);
  assert_invoice (practice, number, BILLING_INVOICE_STATUS_PAID, 10000, 0, 10000, 0);
}

/* What was cancelled with its invoice stays so. */
static void
test_no_reopening (BillingTestPractice *practice,
                   gconstpointer        data)
{
  g_autofree char *service = add_service (practice, 10000);
  g_autofree char *number = invoice_services (practice, service);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_VOID, number);

  billing_test_practice_do (practice, act);
  do_refused (practice, BILLING_VERB_PAYMENT_REOPEN, "PAY-001", number);
}

/* A cheque by which a pre-payment came bounces: what it had paid of its invoice is owed under it. Where it paid more than one, or only in part,
 * each asks for its own. */
static void
test_lost_prepayment (BillingTestPractice *practice,
                      gconstpointer        data)
{
  g_autofree char *cheque = add_prepayment (practice, 5000, BILLING_TENDER_CHEQUE);
  g_autofree char *first = add_service (practice, 5000);
  g_autofree char *whole = invoice_services (practice, first);
  g_autofree char *second_cheque = add_prepayment (practice, 9000, BILLING_TENDER_CHEQUE);
  g_autofree char *second = add_service (practice, 3000);
  g_autofree char *third = add_service (practice, 2000);
  g_autofree char *one = invoice_services (practice, second);
  g_autofree char *two = invoice_services (practice, third);
  g_autoptr (BillingAct) bounce = billing_act_new (BILLING_VERB_PAYMENT_REVERSE, cheque);
  g_autoptr (BillingAct) bounce_again = billing_act_new (BILLING_VERB_PAYMENT_REVERSE, second_cheque);

  assert_invoice (practice, whole, BILLING_INVOICE_STATUS_PAID, 5000, 5000, 0, 0);
  billing_test_practice_do (practice, bounce);
  assert_invoice (practice, whole, BILLING_INVOICE_STATUS_OPEN, 5000, 0, 0, 5000);
  billing_test_practice_assert_payment (practice, cheque, BILLING_STATUS_PENDING, 5000, 0, 0);

  assert_invoice (practice, one, BILLING_INVOICE_STATUS_PAID, 3000, 3000, 0, 0);
  billing_test_practice_do (practice, bounce_again);
  assert_invoice (practice, one, BILLING_INVOICE_STATUS_OPEN, 3000, 0, 0, 3000);
  assert_invoice (practice, two, BILLING_INVOICE_STATUS_OPEN, 2000, 0, 0, 2000);
  billing_test_practice_assert_payment (practice, second_cheque, BILLING_STATUS_PENDING, 4000, 0, 0);
}

/* An insurer answers again: what is the patient’s changes by @delta, which the insurer pays or takes back. */
static void
move (BillingTestPractice *practice,
      const char          *number,
      gint64               delta,
      gint64               lowered,
      gint64               credited)
{
  g_autoptr (BillingService) service = look (practice, BILLING_TYPE_SERVICE, number);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_SERVICE_INSURER, number);
  g_autoptr (BillingInsurerAnswer) answer = NULL;

  act->has_insurer = TRUE;
  act->paid = -delta;
  act->patient_part = service->patient_part + delta;
  billing_test_practice_do (practice, act);
  answer = look (practice, BILLING_TYPE_INSURER_ANSWER, act->result);
  g_assert_cmpint (answer->moved, ==, delta);
  g_assert_cmpint (answer->lowered, ==, lowered);
  g_assert_cmpint (answer->credited, ==, credited);
}

/* What an insurer pays later lowers what is open; of what is paid it becomes credit; what it takes back is asked for. */
static void
test_move (BillingTestPractice *practice,
           gconstpointer        data)
{
  g_autofree char *service = add_service (practice, 10000);
  g_autofree char *number = invoice_services (practice, service);

  move (practice, service, -3000, 3000, 0);
  assert_invoice (practice, number, BILLING_INVOICE_STATUS_OPEN, 10000, 0, 0, 7000);
  billing_test_practice_assert_payment (practice, "PAY-001", BILLING_STATUS_PENDING, 7000, 0, 0);

  mark_paid (practice, number, 5000, BILLING_TENDER_CASH);
  move (practice, service, -3000, 2000, 1000);
  assert_invoice (practice, number, BILLING_INVOICE_STATUS_PAID, 10000, 0, 5000, 0);
  billing_test_practice_assert_payment (practice, "PAY-002", BILLING_STATUS_CANCELLED, 2000, 0, 0);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, 1000);
  do_refused (practice, BILLING_VERB_INVOICE_VOID, number, "credit");
  do_refused (practice, BILLING_VERB_PAYMENT_REOPEN, "PAY-002", number);

  move (practice, service, 2500, 0, 0);
  assert_invoice (practice, number, BILLING_INVOICE_STATUS_PARTLY_PAID, 10000, 0, 5000, 2500);
  billing_test_practice_assert_payment (practice, "PAY-003", BILLING_STATUS_PENDING, 2500, 0, 0);
}

/* Of what was written off, or went back already, nothing becomes credit. */
static void
test_move_without_money (BillingTestPractice *practice,
                         gconstpointer        data)
{
  g_autofree char *service = add_service (practice, 10000);
  g_autofree char *number = invoice_services (practice, service);
  g_autoptr (BillingAct) write_off = billing_act_new (BILLING_VERB_INVOICE_WRITE_OFF, number);

  write_off->notes = g_strdup ("Moved away.");
  mark_paid (practice, number, 1000, BILLING_TENDER_CASH);
  billing_test_practice_do (practice, write_off);
  move (practice, service, -3000, 0, 3000);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, 1000);
}

/* Sums before anything is done, from a reader: what is invoiced, what pre-payments pay of it, what is left out and why. */
static gboolean
preview_func (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, NULL);

  act->query = billing_query_new ("services");
  return billing_invoice_store_preview (connection, act, data, error);
}

static void
test_preview (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autofree char *paid = add_prepayment (practice, 5000, BILLING_TENDER_CASH);
  g_autofree char *open = add_prepayment (practice, 1000, BILLING_TENDER_NONE);
  g_autofree char *first = add_service (practice, 12000);
  g_autofree char *nothing = add_service (practice, 0);
  BillingInvoicingSums sums;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      billing_store_read (billing_desk_get_store (practice->desk), preview_func, &sums, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (sums.n_services, ==, 1);
  g_assert_cmpint (sums.n_invoices, ==, 1);
  g_assert_cmpint (sums.amount, ==, 12000);
  g_assert_cmpint (sums.n_prepaid, ==, 1);
  g_assert_cmpint (sums.prepaid, ==, 5000);
  g_assert_cmpint (sums.n_joined, ==, 1);
  g_assert_cmpint (sums.joined, ==, 1000);
  g_assert_cmpint (sums.asked, ==, 6000);
  g_assert_cmpint (sums.n_left_out[BILLING_SERVICE_STATE_SETTLED], ==, 1);
  assert_service (practice, first, BILLING_SERVICE_STATE_TO_INVOICE, NULL);
}

/* An act that somebody stops leaves nothing, and no gap in the series. */
static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  GError **error = data;

  if (billing_desk_do_finish (BILLING_DESK (source), result, error))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "done");
}

static void
test_cancelled (BillingTestPractice *practice,
                gconstpointer        data)
{
  g_autofree char *service = add_service (practice, 12000);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, service);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;

  g_cancellable_cancel (cancellable);
  billing_desk_do_async (practice->desk, act, cancellable, done_cb, &error);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  number = invoice_services (practice, service);
  g_assert_cmpstr (number, ==, "INV-001");
}

/* The practice says what its numbers look like; the count goes on. */
static gboolean
number_func (BillingTestPractice  *practice,
             BillingConnection    *connection,
             gpointer              data,
             GError              **error)
{
  g_autoptr (GPtrArray) found = billing_table_select (connection, BILLING_TYPE_PRACTICE, "pk", "1", error);

  g_object_set (found->pdata[0], "invoice-prefix", "2027-", "invoice-digits", G_GINT64_CONSTANT (5), NULL);
  return billing_table_update (connection, found->pdata[0], error);
}

static void
test_numbers (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autofree char *first = add_service (practice, 12000);
  g_autofree char *number = invoice_services (practice, first);
  g_autofree char *second = add_service (practice, 12000);
  g_autofree char *next = NULL;

  write_books (practice, number_func, NULL);
  next = invoice_services (practice, second);
  g_assert_cmpstr (next, ==, "2027-00002");
}

static gboolean
skip_row (BillingRecord  *record,
          gpointer        data,
          GError        **error)
{
  (*(guint *) data)++;
  return TRUE;
}

static guint
count_rows (BillingTestPractice *practice,
            BillingQuery        *query)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  billing_desk_list (practice->desk, query, skip_row, &n, NULL, &error);
  g_assert_no_error (error);
  return n;
}

static guint
search (BillingTestPractice *practice,
        const char          *words)
{
  g_autoptr (BillingQuery) query = billing_desk_query (practice->desk, "invoices");

  query->search = g_strdup (words);
  return count_rows (practice, query);
}

/* Lists find an invoice by its number, whatever numbers look like now or did, and know which are overdue: those of which something is owed. */
static void
test_lists (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autofree char *first = add_service (practice, 12000);
  g_autofree char *second = add_service (practice, 8000);
  g_autofree char *third = add_service (practice, 1000);
  g_autofree char *number = NULL;
  g_autoptr (BillingQuery) query = NULL;
  const char *days[] = { "2026-09-01", "2026-09-02" };
  const char *services[] = { first, second };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, services[i]);

      act->date = g_strdup (days[i]);
      billing_test_practice_do (practice, act);
    }
  write_books (practice, number_func, NULL);
  number = invoice_services (practice, third);
  mark_paid (practice, "INV-001", 0, BILLING_TENDER_CASH);

  query = billing_desk_query (practice->desk, "invoices");
  g_assert_cmpuint (count_rows (practice, query), ==, 3);
  query->overdue = TRUE;
  g_assert_cmpuint (count_rows (practice, query), ==, 1);
  g_assert_cmpuint (search (practice, "inv-001"), ==, 1);
  g_assert_cmpuint (search (practice, "2027-00003"), ==, 1);
  g_assert_cmpuint (search (practice, "3"), ==, 1);
  g_assert_cmpuint (search (practice, "INV-009"), ==, 0);
  g_assert_cmpuint (search (practice, "2027-00003 nobody"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *path;
    void (*func) (BillingTestPractice *practice, gconstpointer data);
  } tests[] = {
    { "/desk/invoices/create", test_create },
    { "/desk/invoices/left-out", test_left_out },
    { "/desk/invoices/dates", test_dates },
    { "/desk/invoices/prepayments", test_prepayments },
    { "/desk/invoices/mark-paid", test_mark_paid },
    { "/desk/invoices/mark-many", test_mark_many },
    { "/desk/invoices/undo", test_undo },
    { "/desk/invoices/void-and-write-off", test_void_and_write_off },
    { "/desk/invoices/edit", test_edit },
    { "/desk/invoices/guards", test_guards },
    { "/desk/invoices/no-reopening", test_no_reopening },
    { "/desk/invoices/lost-prepayment", test_lost_prepayment },
    { "/desk/invoices/move", test_move },
    { "/desk/invoices/move-without-money", test_move_without_money },
    { "/desk/invoices/preview", test_preview },
    { "/desk/invoices/cancelled", test_cancelled },
    { "/desk/invoices/numbers", test_numbers },
    { "/desk/invoices/lists", test_lists },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, BillingTestPractice, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
