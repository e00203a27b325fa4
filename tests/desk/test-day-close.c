/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-day-close.h"
#include "billing-day.h"
#include "billing-deposit-slip.h"
#include "billing-desk-private.h"
#include "billing-test-dump.h"
#include "billing-test-practice.h"

/* The close of a day: counted, compared, locked, reopened. */

/* Noon of the 10th of November 2026 in New York. */
#define NOON G_GINT64_CONSTANT (1794330000)
#define DAY G_GINT64_CONSTANT (86400)
#define TODAY "2026-11-10"

static void
set_up (BillingTestPractice *practice,
        gconstpointer        data)
{
  g_autofree char *today = NULL;

  billing_test_practice_set_up (practice);
  billing_desk_set_clock (practice->desk, NOON);
  today = billing_desk_get_today (practice->desk);
  g_assert_cmpstr (today, ==, TODAY);
}

static void
tear_down (BillingTestPractice *practice,
           gconstpointer        data)
{
  billing_test_practice_verify (practice);
  billing_test_practice_tear_down (practice);
}

static BillingAct *
count_new (gint64      counted,
           const char *reason,
           gboolean    draft)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DAY_CLOSE, "has-amount", TRUE, "amount", counted, "notes", reason,
                       "draft", draft, NULL);
}

static void
must (BillingTestPractice *practice,
      BillingAct          *act)
{
  billing_test_practice_do (practice, act);
  g_object_unref (act);
}

static void
must_not (BillingTestPractice *practice,
          BillingAct          *act)
{
  billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
  g_object_unref (act);
}

static char *
collect_new (BillingTestPractice *practice,
             BillingTender        tender,
             gint64               amount)
{
  char *number = billing_test_practice_create_payment (practice, amount, FALSE);

  must (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_COLLECT, "subject", number, "tender", tender, NULL));
  return number;
}

static void
assert_sql (BillingTestPractice *practice,
            const char          *sql,
            const char          *expected)
{
  g_autofree char *text = billing_test_text (practice->folder, sql);

  g_assert_cmpstr (text, ==, expected);
}

/* The count is kept before anybody hears what it should be; a difference needs its reason; then the day is closed, with what each person took
 * in by each tender, less what went back. */
static void
test_close (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autofree char *cash = collect_new (practice, BILLING_TENDER_CASH, 10000);
  g_autofree char *cheque = collect_new (practice, BILLING_TENDER_CHEQUE, 7000);
  g_autoptr (BillingAct) without = billing_act_new (BILLING_VERB_DAY_CLOSE, NULL);

  must (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_REFUND, "subject", cash, "has-amount", TRUE, "amount",
                                (gint64) 2500, "reason", BILLING_REFUND_REASON_OTHER, NULL));
  must_not (practice, g_object_ref (without));
  must (practice, count_new (7400, NULL, TRUE));
  assert_sql (practice, "SELECT expected || ' ' || variance || ' ' || closed_at FROM day_closes_view", "7500 -100 0");

  must_not (practice, g_object_ref (without));
  must (practice, count_new (7450, NULL, TRUE));
  g_object_set (without, "notes", "Somebody was given too much change.", NULL);
  must (practice, g_object_ref (without));
  assert_sql (practice, "SELECT day || ' ' || since_on || ' ' || expected || ' ' || variance || ' ' || (closed_at > 0) FROM day_closes_view",
              TODAY " " TODAY " 7500 -50 1");
  assert_sql (practice, "SELECT group_concat (account || ' ' || count || ' ' || amount, ', ') FROM (SELECT * FROM day_totals ORDER BY account)",
              "cash 2 7500, cheques 1 7000");
  /* Every count is in the audit: nobody counts until it fits, unseen. */
  assert_sql (practice, "SELECT count (*) FROM audit WHERE verb = 'day-close'", "3");
  must_not (practice, count_new (7500, NULL, FALSE));
}

/* On a closed day, and before it, people post nothing, whatever the verb; the next day they do. */
static void
test_lock (BillingTestPractice *practice,
           gconstpointer        data)
{
  g_autofree char *owed = billing_test_practice_create_payment (practice, 5000, FALSE);
  g_autofree char *draft = billing_test_practice_create_payment (practice, 5000, TRUE);
  g_autofree char *paid = collect_new (practice, BILLING_TENDER_CASH, 4000);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  static const BillingVerb verbs[] = {
    BILLING_VERB_PAYMENT_SUBMIT, BILLING_VERB_PAYMENT_COLLECT, BILLING_VERB_PAYMENT_CANCEL, BILLING_VERB_PAYMENT_WRITE_OFF,
    BILLING_VERB_PAYMENT_REFUND,
  };

  must (practice, count_new (4000, NULL, FALSE));
  before = billing_test_dump (practice->folder);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      const char *subject = verbs[i] == BILLING_VERB_PAYMENT_SUBMIT ? draft : verbs[i] == BILLING_VERB_PAYMENT_REFUND ? paid : owed;

      must_not (practice, g_object_new (BILLING_TYPE_ACT, "verb", verbs[i], "subject", subject, "tender",
                                        verbs[i] == BILLING_VERB_PAYMENT_COLLECT ? BILLING_TENDER_CASH : BILLING_TENDER_NONE, "reason",
                                        BILLING_REFUND_REASON_OTHER, NULL));
    }
  after = billing_test_dump (practice->folder);
  g_assert_cmpstr (before, ==, after);

  billing_desk_set_clock (practice->desk, NOON + DAY);
  must_not (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_COLLECT, "subject", owed, "tender",
                                    BILLING_TENDER_CASH, "date", TODAY, NULL));
  must (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_COLLECT, "subject", owed, "tender", BILLING_TENDER_CASH,
                                NULL));
  must (practice, billing_act_new (BILLING_VERB_PAYMENT_SUBMIT, draft));
}

/* What takes another way into the ledger meets the lock in the books themselves, with a sentence of its own. */
static void
test_lock_of_books (BillingTestPractice *practice,
                    gconstpointer        data)
{
  g_autofree char *paid = collect_new (practice, BILLING_TENDER_CASH, 4000);
  g_autoptr (BillingAct) reverse = billing_act_new (BILLING_VERB_PAYMENT_REVERSE, paid);
  g_autoptr (GError) error = NULL;

  must (practice, count_new (4000, NULL, FALSE));
  g_assert_false (billing_desk_do (practice->desk, reverse, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CLOSED);
}

/* Days on which nobody closed count with the next close: their cash is still in the till. */
static void
test_several_days (BillingTestPractice *practice,
                   gconstpointer        data)
{
  g_autofree char *first = collect_new (practice, BILLING_TENDER_CASH, 1000);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  must (practice, count_new (1000, NULL, FALSE));
  billing_desk_set_clock (practice->desk, NOON + DAY);
  second = collect_new (practice, BILLING_TENDER_CASH, 200);
  billing_desk_set_clock (practice->desk, NOON + 3 * DAY);
  third = collect_new (practice, BILLING_TENDER_CASH, 30);
  must (practice, count_new (230, NULL, FALSE));
  assert_sql (practice, "SELECT since_on || ' ' || day || ' ' || expected FROM day_closes ORDER BY pk DESC LIMIT 1",
              "2026-11-11 2026-11-13 230");
  must_not (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DAY_CLOSE, "date", "2026-11-14", "has-amount", TRUE, NULL));
  must_not (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DAY_CLOSE, "date", "2026-11-12", "has-amount", TRUE, NULL));
}

/* Only the last closed day is reopened, with a reason; then it is closed anew, and what it said before stays in the books. */
static void
test_reopen (BillingTestPractice *practice,
             gconstpointer        data)
{
  g_autofree char *first = collect_new (practice, BILLING_TENDER_CASH, 1000);
  g_autofree char *second = NULL;

  must_not (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DAY_REOPEN, "notes", "Why not", NULL));
  must (practice, count_new (1000, NULL, FALSE));
  must_not (practice, billing_act_new (BILLING_VERB_DAY_REOPEN, NULL));
  must_not (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DAY_REOPEN, "date", "2026-11-01", "notes", "Late", NULL));
  must (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DAY_REOPEN, "notes", "A patient came late.", NULL));

  second = collect_new (practice, BILLING_TENDER_CASH, 500);
  must (practice, count_new (1500, NULL, FALSE));
  assert_sql (practice, "SELECT group_concat (expected || ' ' || (reopened_at > 0), ', ') FROM day_closes", "1000 1, 1500 0");
}

/* Totals that were changed behind the program's back are found. */
static void
test_verify (BillingTestPractice *practice,
             gconstpointer        data)
{
  static const char * const changes[][2] = {
    { "UPDATE day_closes SET expected = 9, counted = 9", "UPDATE day_closes SET expected = 1000, counted = 1000" },
    { "UPDATE day_totals SET amount = 9", "UPDATE day_totals SET amount = 1000" },
    { "UPDATE day_totals SET account = 'bank'", "UPDATE day_totals SET account = 'cash'" },
  };
  g_autofree char *paid = collect_new (practice, BILLING_TENDER_CASH, 1000);

  must (practice, count_new (1000, NULL, FALSE));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *report = NULL;

      billing_test_sql (practice->folder, changes[i][0]);
      g_assert_false (billing_desk_verify (practice->desk, &report, NULL, &error));
      g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH);
      billing_test_sql (practice->folder, changes[i][1]);
    }
}

/* The slip says what goes to the bank, who took it in, why it is not what it should be, and where the seals end. */
static void
test_slip (BillingTestPractice *practice,
           gconstpointer        data)
{
  g_autofree char *paid = collect_new (practice, BILLING_TENDER_CASH, 10000);
  g_autoptr (BillingAct) act = count_new (9900, "A coin rolled away.", FALSE);
  g_autoptr (BillingLetter) letter = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *report = NULL;
  g_autofree char *seal = NULL;

  billing_test_practice_do (practice, act);
  letter = billing_deposit_slip_build (practice->desk, act->result, &error);
  g_assert_no_error (error);
  text = billing_letter_build_text (letter);
  g_assert_nonnull (strstr (text, "100.00"));
  g_assert_nonnull (strstr (text, "99.00"));
  g_assert_nonnull (strstr (text, "A coin rolled away."));

  seal = billing_test_text (practice->folder, "SELECT substr (lower (hex (digest)), 1, 32) FROM seals ORDER BY pk DESC LIMIT 1");
  g_assert_nonnull (strstr (text, seal));
  billing_desk_verify (practice->desk, &report, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (report, seal));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/desk/day-close/" path, BillingTestPractice, NULL, set_up, func, tear_down)
  ADD ("close", test_close);
  ADD ("lock", test_lock);
  ADD ("lock-of-books", test_lock_of_books);
  ADD ("several-days", test_several_days);
  ADD ("reopen", test_reopen);
  ADD ("verify", test_verify);
  ADD ("slip", test_slip);
#undef ADD

  return g_test_run ();
}
