/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-day.h"
#include "billing-report.h"
#include "billing-test-practice.h"
#include "billing-totals.h"

/* The numbers behind the cards, against sums worked by hand. */

static void
set_up (BillingTestPractice *practice,
        gconstpointer        data)
{
  billing_test_practice_set_up (practice);
}

static void
tear_down (BillingTestPractice *practice,
           gconstpointer        data)
{
  billing_test_practice_verify (practice);
  billing_test_practice_tear_down (practice);
}

static GPtrArray *
read_report (BillingTestPractice *practice,
             const char          *report)
{
  g_autoptr (BillingQuery) query = billing_desk_query (practice->desk, "payments");
  g_autoptr (GError) error = NULL;
  GPtrArray *lines = billing_desk_report (practice->desk, report, query, &error);

  g_assert_no_error (error);
  return lines;
}

static gint64
sum (GPtrArray  *lines,
     const char *name)
{
  gint64 amount = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      BillingReportLine *line = lines->pdata[i];

      if (name == NULL || g_str_equal (line->name, name))
        amount += line->amount;
    }

  return amount;
}

static void
do_to (BillingTestPractice *practice,
       BillingVerb          verb,
       const char          *number,
       BillingTender        tender,
       gint64               amount)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, number);

  act->tender = tender;
  act->has_amount = amount > 0;
  act->amount = amount;
  act->reason = BILLING_REFUND_REASON_OTHER;
  billing_test_practice_do (practice, act);
}

/* Drafts and Pending are outstanding, Failed stands beside, Cancelled is nowhere; the ages sum to Outstanding. */
static void
test_outstanding (BillingTestPractice *practice,
                  gconstpointer        data)
{
  g_autofree char *draft = billing_test_practice_create_payment (practice, 1000, TRUE);
  g_autofree char *pending = billing_test_practice_create_payment (practice, 2000, FALSE);
  g_autofree char *failed = billing_test_practice_create_payment (practice, 4000, FALSE);
  g_autofree char *cancelled = billing_test_practice_create_payment (practice, 8000, FALSE);
  g_autoptr (GPtrArray) outstanding = NULL;
  g_autoptr (GPtrArray) aging = NULL;

  do_to (practice, BILLING_VERB_PAYMENT_FAIL, failed, BILLING_TENDER_NONE, 0);
  do_to (practice, BILLING_VERB_PAYMENT_CANCEL, cancelled, BILLING_TENDER_NONE, 0);

  outstanding = read_report (practice, "outstanding");
  aging = read_report (practice, "aging");
  g_assert_cmpint (sum (outstanding, "outstanding"), ==, 3000);
  g_assert_cmpint (sum (outstanding, "failed"), ==, 4000);
  g_assert_cmpint (sum (outstanding, "overdue"), ==, 0);
  g_assert_cmpint (sum (aging, NULL), ==, 3000);
}

/* A payment due in the past is overdue, and stands among those of its age. */
static void
test_overdue (BillingTestPractice *practice,
              gconstpointer        data)
{
  static const struct {
    int days;
    const char *bucket;
  } cases[] = {
    { 1, "not due" }, { 0, "0-30" }, { -30, "0-30" }, { -31, "31-60" }, { -60, "31-60" }, { -61, "61-90" },
    { -90, "61-90" }, { -91, "91+" },
  };
  g_autofree char *today = billing_desk_get_today (practice->desk);
  g_autoptr (GPtrArray) outstanding = NULL;
  g_autoptr (GPtrArray) aging = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = billing_test_practice_create_payment (practice, 1 << i, FALSE);
      g_autoptr (BillingAct) edit = billing_act_new (BILLING_VERB_PAYMENT_EDIT, number);

      edit->due = billing_day_add (today, cases[i].days);
      billing_test_practice_do (practice, edit);
    }

  outstanding = read_report (practice, "outstanding");
  aging = read_report (practice, "aging");
  g_assert_cmpint (sum (outstanding, "overdue"), ==, 0xff & ~3);
  g_assert_cmpint (sum (aging, "not due"), ==, 1);
  g_assert_cmpint (sum (aging, "0-30"), ==, 2 + 4);
  g_assert_cmpint (sum (aging, "31-60"), ==, 8 + 16);
  g_assert_cmpint (sum (aging, "61-90"), ==, 32 + 64);
  g_assert_cmpint (sum (aging, "91+"), ==, 128);
}

/* What came in stands in the month of its collection, refunds beside it; a reversal takes it out again. */
static void
test_collected (BillingTestPractice *practice,
                gconstpointer        data)
{
  g_autofree char *kept = billing_test_practice_create_payment (practice, 25000, FALSE);
  g_autofree char *reversed = billing_test_practice_create_payment (practice, 700, FALSE);
  g_autoptr (GPtrArray) collected = NULL;
  g_autoptr (GPtrArray) tenders = NULL;
  BillingReportLine *line;

  do_to (practice, BILLING_VERB_PAYMENT_COLLECT, kept, BILLING_TENDER_CHEQUE, 0);
  do_to (practice, BILLING_VERB_PAYMENT_COLLECT, reversed, BILLING_TENDER_CASH, 0);
  do_to (practice, BILLING_VERB_PAYMENT_REVERSE, reversed, BILLING_TENDER_NONE, 0);
  do_to (practice, BILLING_VERB_PAYMENT_REFUND, kept, BILLING_TENDER_CASH, 5000);

  collected = read_report (practice, "collected");
  g_assert_cmpuint (collected->len, ==, 1);
  line = collected->pdata[0];
  g_assert_cmpint (line->amount, ==, 25000);
  g_assert_cmpint (line->refunded, ==, 5000);

  tenders = read_report (practice, "tenders");
  g_assert_cmpint (sum (tenders, "cheque"), ==, 25000);
  g_assert_cmpint (sum (tenders, "cash"), ==, 0);
}

/* A report that there is not is refused with those that there are. */
static void
test_unknown (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autoptr (BillingQuery) query = billing_desk_query (practice->desk, "payments");
  g_autoptr (GError) error = NULL;

  g_assert_null (billing_desk_report (practice->desk, "profit", query, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY);
  g_assert_nonnull (strstr (error->message, "aging"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/reports/outstanding", BillingTestPractice, NULL, set_up, test_outstanding, tear_down);
  g_test_add ("/reports/overdue", BillingTestPractice, NULL, set_up, test_overdue, tear_down);
  g_test_add ("/reports/collected", BillingTestPractice, NULL, set_up, test_collected, tear_down);
  g_test_add ("/reports/unknown", BillingTestPractice, NULL, set_up, test_unknown, tear_down);

  return g_test_run ();
}
