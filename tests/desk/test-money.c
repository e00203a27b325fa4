/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-table.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"
#include "billing-treatment.h"

/* Money that comes in and goes back, at its edges. */

#define LARGEST G_GINT64_CONSTANT (1000000000000)
#define NOW G_GINT64_CONSTANT (1793059200) /* 2026-10-27T00:00:00Z, still the 26th in New York */

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

static BillingAct *
build (BillingVerb    verb,
       const char    *subject,
       BillingTender  tender,
       gint64         amount)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", verb, "subject", subject, "tender", tender, "has-amount", amount != 0,
                       "amount", amount, "reason", BILLING_REFUND_REASON_OTHER, NULL);
}

static void
do_it (BillingTestPractice *practice,
       BillingVerb          verb,
       const char          *subject,
       BillingTender        tender,
       gint64               amount)
{
  g_autoptr (BillingAct) act = build (verb, subject, tender, amount);

  billing_test_practice_do (practice, act);
}

static void
refuse_it (BillingTestPractice *practice,
           BillingVerb          verb,
           const char          *subject,
           BillingTender        tender,
           gint64               amount)
{
  g_autoptr (BillingAct) act = build (verb, subject, tender, amount);
  g_autofree char *before = billing_test_dump (practice->folder);
  g_autofree char *after = NULL;

  act->has_amount = TRUE;
  billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
  after = billing_test_dump (practice->folder);
  g_assert_cmpstr (before, ==, after);
}

/* No verb takes an amount that is nothing, less than nothing, or too large to be true. */
static void
test_amounts (BillingTestPractice *practice,
              gconstpointer        data)
{
  static const gint64 wrong[] = { 0, -1, G_MININT64, LARGEST + 1, G_MAXINT64 };
  g_autofree char *pending = billing_test_practice_create_payment (practice, 100, FALSE);
  g_autofree char *paid = billing_test_practice_create_payment (practice, LARGEST, FALSE);

  do_it (practice, BILLING_VERB_PAYMENT_COLLECT, paid, BILLING_TENDER_BANK, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (BillingAct) create = build (BILLING_VERB_PAYMENT_CREATE, NULL, BILLING_TENDER_NONE, wrong[i]);

      create->patient = g_strdup (practice->patient);
      create->has_amount = TRUE;
      billing_test_practice_do_refused (practice, create, BILLING_DESK_ERROR_INVALID);
      refuse_it (practice, BILLING_VERB_PAYMENT_EDIT, pending, BILLING_TENDER_NONE, wrong[i]);
      refuse_it (practice, BILLING_VERB_PAYMENT_COLLECT, pending, BILLING_TENDER_CASH, wrong[i]);
      refuse_it (practice, BILLING_VERB_PAYMENT_REFUND, paid, BILLING_TENDER_CASH, wrong[i]);
      refuse_it (practice, BILLING_VERB_CREDIT_REFUND, practice->patient, BILLING_TENDER_CASH, wrong[i]);
    }
  billing_test_practice_assert_payment (practice, paid, BILLING_STATUS_PAID, LARGEST, LARGEST, 0);
}

/* A payment needs an amount; nobody asks for nothing. */
static void
test_no_amount (BillingTestPractice *practice,
                gconstpointer        data)
{
  g_autoptr (BillingAct) act = build (BILLING_VERB_PAYMENT_CREATE, NULL, BILLING_TENDER_NONE, 0);

  act->patient = g_strdup (practice->patient);
  billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
}

/* The largest amounts come in, are too much, become credit and go back, to the last cent. */
static void
test_largest (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 1, FALSE);

  do_it (practice, BILLING_VERB_PAYMENT_COLLECT, number, BILLING_TENDER_CASH, LARGEST);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, LARGEST - 1);
  refuse_it (practice, BILLING_VERB_CREDIT_REFUND, practice->patient, BILLING_TENDER_CASH, LARGEST);
  do_it (practice, BILLING_VERB_CREDIT_REFUND, practice->patient, BILLING_TENDER_CASH, LARGEST - 1);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, 0);
}

/* One cent splits, and the cent that remains is collected. */
static void
test_smallest (BillingTestPractice *practice,
               gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 2, FALSE);

  do_it (practice, BILLING_VERB_PAYMENT_COLLECT, number, BILLING_TENDER_CASH, 1);
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PAID, 1, 1, 0);
  billing_test_practice_assert_payment (practice, "PAY-002", BILLING_STATUS_PENDING, 1, 0, 0);
  do_it (practice, BILLING_VERB_PAYMENT_COLLECT, "PAY-002", BILLING_TENDER_CHEQUE, 1);
  do_it (practice, BILLING_VERB_PAYMENT_REFUND, "PAY-002", BILLING_TENDER_NONE, 1);
  billing_test_practice_assert_payment (practice, "PAY-002", BILLING_STATUS_REFUNDED, 1, 1, 1);
}

/* Money is noted on the day it came in the practice's time zone, or earlier, never on a day that has not come. */
static void
test_days (BillingTestPractice *practice,
           gconstpointer        data)
{
  static const struct {
    const char *day;
    gboolean is_right;
  } days[] = {
    { "2026-10-26", TRUE },  { "2026-10-27", FALSE }, { "2027-01-01", FALSE }, { "2024-02-29", TRUE }, { "", TRUE },
    { "2026-02-29", FALSE }, { "2026-13-01", FALSE }, { "26.10.2026", FALSE }, { "2026-10", FALSE },   { NULL, TRUE },
    { "today", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *number = billing_test_practice_create_payment (practice, 100, FALSE);
      g_autoptr (BillingAct) act = build (BILLING_VERB_PAYMENT_COLLECT, number, BILLING_TENDER_CASH, 0);
      g_autofree char *sql = g_strdup_printf ("SELECT paid_on FROM payments WHERE number = '%s'", number);
      g_autofree char *found = NULL;

      act->date = g_strdup (days[i].day);
      if (!days[i].is_right)
        {
          billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
          continue;
        }
      billing_test_practice_do (practice, act);
      found = billing_test_text (practice->folder, sql);
      g_assert_cmpstr (found, ==, days[i].day != NULL && *days[i].day != '\0' ? days[i].day : "2026-10-26");
    }
}

/* A due day lies before or after today, but it is a day. */
static void
test_due (BillingTestPractice *practice,
          gconstpointer        data)
{
  static const char * const right[] = { "2020-01-01", "2099-12-31", "" };
  static const char * const wrong[] = { "2026-02-30", "soon", "2026-1-1", "2026-10-26T00:00:00Z" };
  g_autofree char *number = billing_test_practice_create_payment (practice, 100, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (BillingAct) act = build (BILLING_VERB_PAYMENT_EDIT, number, BILLING_TENDER_NONE, 0);
      g_autofree char *found = NULL;

      act->due = g_strdup (right[i]);
      billing_test_practice_do (practice, act);
      found = billing_test_text (practice->folder, "SELECT due_on FROM payments");
      g_assert_cmpstr (found, ==, *right[i] != '\0' ? right[i] : NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (BillingAct) act = build (BILLING_VERB_PAYMENT_EDIT, number, BILLING_TENDER_NONE, 0);

      act->due = g_strdup (wrong[i]);
      billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
    }
}

/* A refund that waits is reserved: what waits cannot go back a second time, and its payment cannot be reversed. */
static void
test_reserved (BillingTestPractice *practice,
               gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 1001, FALSE);
  g_autoptr (BillingAct) limit = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  g_autoptr (BillingAct) reverse = billing_act_new (BILLING_VERB_PAYMENT_REVERSE, number);

  limit->refund_limit = g_strdup ("500");
  billing_test_practice_do (practice, limit);
  do_it (practice, BILLING_VERB_PAYMENT_COLLECT, number, BILLING_TENDER_CASH, 0);
  do_it (practice, BILLING_VERB_PAYMENT_REFUND, number, BILLING_TENDER_NONE, 501);
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PAID, 1001, 1001, 0);
  refuse_it (practice, BILLING_VERB_PAYMENT_REFUND, number, BILLING_TENDER_NONE, 501);
  billing_test_practice_do_refused (practice, reverse, BILLING_DESK_ERROR_INVALID);
  /* At the limit, not above it, nobody has to approve. */
  do_it (practice, BILLING_VERB_PAYMENT_REFUND, number, BILLING_TENDER_NONE, 500);
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PARTIALLY_REFUNDED, 1001, 1001, 500);
  refuse_it (practice, BILLING_VERB_PAYMENT_REFUND, number, BILLING_TENDER_NONE, 1);
}

static char *
ask_for_refund (BillingTestPractice *practice,
                const char          *number,
                gint64               amount)
{
  g_autoptr (BillingAct) act = build (BILLING_VERB_PAYMENT_REFUND, number, BILLING_TENDER_NONE, amount);

  billing_test_practice_do (practice, act);
  return g_strdup (act->result);
}

/* A refund that waits for a second person can be declined, by who asked too: what it reserved is free again, once. */
static void
test_declined (BillingTestPractice *practice,
               gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 1001, FALSE);
  g_autoptr (BillingAct) limit = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  g_autofree char *refund = NULL;

  limit->refund_limit = g_strdup ("500");
  billing_test_practice_do (practice, limit);
  do_it (practice, BILLING_VERB_PAYMENT_COLLECT, number, BILLING_TENDER_CASH, 0);
  refund = ask_for_refund (practice, number, 1001);
  refuse_it (practice, BILLING_VERB_PAYMENT_REFUND, number, BILLING_TENDER_NONE, 1);
  do_it (practice, BILLING_VERB_REFUND_DECLINE, refund, BILLING_TENDER_NONE, 0);
  billing_test_practice_verify (practice);
  refuse_it (practice, BILLING_VERB_REFUND_DECLINE, refund, BILLING_TENDER_NONE, 0);
  do_it (practice, BILLING_VERB_PAYMENT_REFUND, number, BILLING_TENDER_NONE, 500);
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PARTIALLY_REFUNDED, 1001, 1001, 500);
}

/* Credit pays what is owed, not a cent more, and only of the patient whose it is. */
static void
test_credit (BillingTestPractice *practice,
             gconstpointer        data)
{
  g_autofree char *first = billing_test_practice_create_payment (practice, 100, FALSE);
  g_autofree char *second = billing_test_practice_create_payment (practice, 300, FALSE);

  do_it (practice, BILLING_VERB_PAYMENT_COLLECT, first, BILLING_TENDER_CASH, 350);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, 250);
  refuse_it (practice, BILLING_VERB_PAYMENT_COLLECT, second, BILLING_TENDER_CREDIT, 300);
  refuse_it (practice, BILLING_VERB_PAYMENT_COLLECT, second, BILLING_TENDER_CREDIT, 251);
  do_it (practice, BILLING_VERB_PAYMENT_COLLECT, second, BILLING_TENDER_CREDIT, 250);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, 0);
  billing_test_practice_assert_payment (practice, "PAY-003", BILLING_STATUS_PENDING, 50, 0, 0);

  /* What was paid with credit goes back to credit. */
  do_it (practice, BILLING_VERB_PAYMENT_REFUND, second, BILLING_TENDER_NONE, 250);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, 250);
  refuse_it (practice, BILLING_VERB_CREDIT_REFUND, practice->patient, BILLING_TENDER_CREDIT, 1);
  refuse_it (practice, BILLING_VERB_CREDIT_REFUND, practice->patient, BILLING_TENDER_NONE, 1);
  refuse_it (practice, BILLING_VERB_CREDIT_REFUND, practice->patient, BILLING_TENDER_STRIPE, 1);
}

/* A collection that was reversed is collected again, by another tender, and the days' totals follow. */
static void
test_again (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 100, FALSE);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *left = NULL;

      do_it (practice, BILLING_VERB_PAYMENT_COLLECT, number, BILLING_TENDER_CHEQUE, 0);
      do_it (practice, BILLING_VERB_PAYMENT_REVERSE, number, BILLING_TENDER_NONE, 0);
      billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PENDING, 100, 0, 0);
      left = billing_test_text (practice->folder, "SELECT sum (collected) FROM collection_totals");
      g_assert_cmpstr (left, ==, "0");
    }
  do_it (practice, BILLING_VERB_PAYMENT_COLLECT, number, BILLING_TENDER_CARD, 0);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT collected FROM collection_totals"
                                         " WHERE tender = 'card'"), ==, 100);
}

static gboolean
insert_patient (BillingConnection  *connection,
                gpointer            data,
                GCancellable       *cancellable,
                GError            **error)
{
  g_autoptr (BillingRecord) patient = g_object_new (BILLING_TYPE_PATIENT, "name", "山田 花子", NULL);

  return billing_table_insert (connection, patient, error);
}

/* In a currency without decimals an amount is its units, and sentences say them without decimals. */
static void
test_yen (void)
{
  char *folder = billing_test_folder ();
  g_autoptr (BillingDesk) desk = NULL;
  g_autoptr (BillingAct) create = build (BILLING_VERB_PAYMENT_CREATE, NULL, BILLING_TENDER_NONE, 1500);
  g_autoptr (BillingAct) collect = build (BILLING_VERB_PAYMENT_COLLECT, "PAY-001", BILLING_TENDER_CASH, 0);
  g_autoptr (BillingAct) refund = build (BILLING_VERB_PAYMENT_REFUND, "PAY-001", BILLING_TENDER_NONE, 1501);
  g_autoptr (BillingRecord) payment = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  billing_desk_create (folder, "クリニック", "JPY", "Asia/Tokyo", &error);
  g_assert_no_error (error);
  desk = billing_desk_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  billing_store_write (billing_desk_get_store (desk), insert_patient, NULL, NULL, &error);
  g_assert_no_error (error);

  create->patient = g_strdup ("PT-001");
  g_assert_true (billing_desk_do (desk, create, NULL));
  g_assert_true (billing_desk_do (desk, collect, NULL));
  g_assert_false (billing_desk_do (desk, refund, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_assert_true (strstr (error->message, "1,500") != NULL || strstr (error->message, "1500") != NULL);
  g_assert_null (strstr (error->message, "00.00"));
  g_clear_error (&error);
  payment = billing_desk_find (desk, "PAY-001", &error);
  g_assert_cmpstr (BILLING_PAYMENT (payment)->currency, ==, "JPY");
  g_assert_cmpint (BILLING_PAYMENT (payment)->collected, ==, 1500);
  billing_desk_verify (desk, &report, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&desk);
  billing_test_folder_remove (folder);
}

/* A payment is its patient's alone: not for another's treatment, not for nobody, not for a treatment that is not there. */
static void
test_whose (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autoptr (BillingAct) nobody = build (BILLING_VERB_PAYMENT_CREATE, NULL, BILLING_TENDER_NONE, 1);
  g_autoptr (BillingAct) other = build (BILLING_VERB_PAYMENT_CREATE, NULL, BILLING_TENDER_NONE, 1);
  g_autoptr (BillingAct) missing = build (BILLING_VERB_PAYMENT_CREATE, NULL, BILLING_TENDER_NONE, 1);
  g_autoptr (GError) error = NULL;

  billing_store_write (billing_desk_get_store (practice->desk), insert_patient, NULL, NULL, &error);
  g_assert_no_error (error);
  billing_test_practice_do_refused (practice, nobody, BILLING_DESK_ERROR_INVALID);
  other->patient = g_strdup ("PT-002");
  other->treatment = g_strdup ("TRT-001");
  billing_test_practice_do_refused (practice, other, BILLING_DESK_ERROR_INVALID);
  missing->patient = g_strdup ("PT-001");
  missing->treatment = g_strdup ("TRT-404");
  g_assert_false (billing_desk_do (practice->desk, missing, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM payments"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void (*func) (BillingTestPractice *, gconstpointer);
  } tests[] = {
    { "amounts", test_amounts },
    { "no-amount", test_no_amount },
    { "largest", test_largest },
    { "smallest", test_smallest },
    { "days", test_days },
    { "due", test_due },
    { "reserved", test_reserved },
    { "declined", test_declined },
    { "credit", test_credit },
    { "again", test_again },
    { "whose", test_whose },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/money/", tests[i].name, NULL);

      g_test_add (path, BillingTestPractice, NULL, set_up, tests[i].func, tear_down);
    }
  g_test_add_func ("/money/yen", test_yen);
  return g_test_run ();
}
