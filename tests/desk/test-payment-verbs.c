/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-list.h"
#include "billing-table.h"
#include "billing-test-practice.h"

/* What each verb does to a payment, its ledger and its patient, one verb at a time. */

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

/* A payment is asked for at once, unless it is a draft, and its first number is PAY-001. */
static void
test_create (BillingTestPractice *practice,
             gconstpointer        data)
{
  g_autofree char *pending = billing_test_practice_create_payment (practice, 25000, FALSE);
  g_autofree char *draft = billing_test_practice_create_payment (practice, 25000, TRUE);

  g_assert_cmpstr (pending, ==, "PAY-001");
  g_assert_cmpstr (draft, ==, "PAY-002");
  billing_test_practice_assert_payment (practice, pending, BILLING_STATUS_PENDING, 25000, 0, 0);
  billing_test_practice_assert_payment (practice, draft, BILLING_STATUS_DRAFT, 25000, 0, 0);
}

/* Collecting all of a draft submits it first. */
static void
test_collect (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 25000, TRUE);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, number);

  act->tender = BILLING_TENDER_CASH;
  billing_test_practice_do (practice, act);
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PAID, 25000, 25000, 0);
}

/* Collecting a part splits: the payment becomes that part, and a new one asks for the rest. */
static void
test_split (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 25000, FALSE);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, number);

  act->tender = BILLING_TENDER_CHEQUE;
  act->has_amount = TRUE;
  act->amount = 10000;
  billing_test_practice_do (practice, act);

  g_assert_cmpstr (act->remainder, ==, "PAY-002");
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PAID, 10000, 10000, 0);
  billing_test_practice_assert_payment (practice, act->remainder, BILLING_STATUS_PENDING, 15000, 0, 0);
}

/* What comes in beyond what is owed becomes credit; credit pays; a reversal takes the credit back with it. */
static void
test_credit (BillingTestPractice *practice,
             gconstpointer        data)
{
  g_autofree char *first = billing_test_practice_create_payment (practice, 10000, FALSE);
  g_autofree char *second = billing_test_practice_create_payment (practice, 4000, FALSE);
  g_autoptr (BillingAct) overpay = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, first);
  g_autoptr (BillingAct) use = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, second);
  g_autoptr (BillingAct) reverse = billing_act_new (BILLING_VERB_PAYMENT_REVERSE, first);
  g_autoptr (BillingAct) reverse_use = billing_act_new (BILLING_VERB_PAYMENT_REVERSE, second);

  overpay->tender = BILLING_TENDER_CASH;
  overpay->has_amount = TRUE;
  overpay->amount = 15000;
  billing_test_practice_do (practice, overpay);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, 5000);

  use->tender = BILLING_TENDER_CREDIT;
  billing_test_practice_do (practice, use);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, 1000);
  billing_test_practice_assert_payment (practice, second, BILLING_STATUS_PAID, 4000, 4000, 0);

  /* The credit was used: the collection that brought it cannot go before it is back. */
  billing_test_practice_do_refused (practice, reverse, BILLING_DESK_ERROR_INVALID);
  billing_test_practice_do (practice, reverse_use);
  billing_test_practice_do (practice, reverse);
  g_assert_cmpint (billing_test_practice_get_credit (practice), ==, 0);
  billing_test_practice_assert_payment (practice, first, BILLING_STATUS_PENDING, 10000, 0, 0);
}

/* Refunds add up to what was collected and not a cent more; the status follows. */
static void
test_refund (BillingTestPractice *practice,
             gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 25000, FALSE);
  g_autoptr (BillingAct) collect = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, number);
  g_autoptr (BillingAct) part = billing_act_new (BILLING_VERB_PAYMENT_REFUND, number);
  g_autoptr (BillingAct) rest = billing_act_new (BILLING_VERB_PAYMENT_REFUND, number);
  g_autoptr (BillingAct) reverse = billing_act_new (BILLING_VERB_PAYMENT_REVERSE, number);

  collect->tender = BILLING_TENDER_CARD;
  billing_test_practice_do (practice, collect);

  part->has_amount = TRUE;
  part->amount = 5000;
  billing_test_practice_do_refused (practice, part, BILLING_DESK_ERROR_INVALID);
  part->reason = BILLING_REFUND_REASON_BILLING_ERROR;
  billing_test_practice_do (practice, part);
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PARTIALLY_REFUNDED, 25000, 25000, 5000);

  part->amount = 20001;
  billing_test_practice_do_refused (practice, part, BILLING_DESK_ERROR_INVALID);
  billing_test_practice_do_refused (practice, reverse, BILLING_DESK_ERROR_INVALID);

  rest->reason = BILLING_REFUND_REASON_OTHER;
  billing_test_practice_do (practice, rest);
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_REFUNDED, 25000, 25000, 25000);
}

/* A refund above the limit is reserved until somebody else approves it; nobody approves their own. */
static void
test_approval (BillingTestPractice *practice,
               gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 25000, FALSE);
  g_autoptr (BillingAct) limit = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  g_autoptr (BillingAct) collect = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, number);
  g_autoptr (BillingAct) refund = billing_act_new (BILLING_VERB_PAYMENT_REFUND, number);
  g_autoptr (BillingAct) approve = NULL;

  limit->refund_limit = g_strdup ("10000");
  billing_test_practice_do (practice, limit);
  collect->tender = BILLING_TENDER_CASH;
  billing_test_practice_do (practice, collect);

  refund->reason = BILLING_REFUND_REASON_DUPLICATE_CHARGE;
  refund->has_amount = TRUE;
  refund->amount = 10001;
  billing_test_practice_do (practice, refund);
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PAID, 25000, 25000, 0);

  approve = billing_act_new (BILLING_VERB_REFUND_APPROVE, refund->result);
  billing_test_practice_do_refused (practice, approve, BILLING_DESK_ERROR_INVALID);

  billing_test_practice_add_person (practice, "second", "manager", "a long passphrase");
  billing_test_practice_sign_in (practice, "second", "a long passphrase");
  billing_test_practice_do (practice, approve);
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PARTIALLY_REFUNDED, 25000, 25000, 10001);
  billing_test_practice_do_refused (practice, approve, BILLING_DESK_ERROR_INVALID);
}

/* Failed payments are still owed; cancelled and written off ones are not; the ledger knows the difference. */
static void
test_ends (BillingTestPractice *practice,
           gconstpointer        data)
{
  static const struct {
    BillingVerb verb;
    BillingStatus status;
  } ends[] = {
    { BILLING_VERB_PAYMENT_FAIL, BILLING_STATUS_FAILED },
    { BILLING_VERB_PAYMENT_CANCEL, BILLING_STATUS_CANCELLED },
    { BILLING_VERB_PAYMENT_WRITE_OFF, BILLING_STATUS_CANCELLED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *number = billing_test_practice_create_payment (practice, 100 + i, FALSE);
      g_autoptr (BillingAct) act = billing_act_new (ends[i].verb, number);

      billing_test_practice_do (practice, act);
      billing_test_practice_assert_payment (practice, number, ends[i].status, 100 + i, 0, 0);
    }
}

static void
assert_balance (BillingTestPractice *practice,
                gint64               balance,
                const char          *owed_since)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRecord) patient = billing_desk_find (practice->desk, practice->patient, &error);

  g_assert_no_error (error);
  g_assert_cmpint (BILLING_PATIENT (patient)->balance, ==, balance);
  g_assert_cmpstr (BILLING_PATIENT (patient)->owed_since, ==, owed_since);
}

/* A patient's balance is what is asked for and not paid, drafts and closed payments apart, and it is owed since the first
 * day on which any of it is due. */
static void
test_balance (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autofree char *first = billing_test_practice_create_payment (practice, 100, FALSE);
  g_autofree char *second = billing_test_practice_create_payment (practice, 30, FALSE);
  g_autofree char *draft = billing_test_practice_create_payment (practice, 7, TRUE);
  g_autoptr (BillingAct) due_first = billing_act_new (BILLING_VERB_PAYMENT_EDIT, first);
  g_autoptr (BillingAct) due_second = billing_act_new (BILLING_VERB_PAYMENT_EDIT, second);
  g_autoptr (BillingAct) fail = billing_act_new (BILLING_VERB_PAYMENT_FAIL, second);
  g_autoptr (BillingAct) collect = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, first);
  g_autoptr (BillingAct) cancel = billing_act_new (BILLING_VERB_PAYMENT_CANCEL, second);

  assert_balance (practice, 130, NULL);
  due_first->due = g_strdup ("2026-01-02");
  due_second->due = g_strdup ("2026-03-04");
  billing_test_practice_do (practice, due_first);
  billing_test_practice_do (practice, due_second);
  billing_test_practice_do (practice, fail);
  assert_balance (practice, 130, "2026-01-02");

  collect->tender = BILLING_TENDER_CASH;
  billing_test_practice_do (practice, collect);
  assert_balance (practice, 30, "2026-03-04");
  billing_test_practice_do (practice, cancel);
  assert_balance (practice, 0, NULL);
}

/* A slip is taken back: the payment stands as before, is owed again to the cent, and can be closed again. A day later it
 * stays closed. */
static void
test_reopen (BillingTestPractice *practice,
             gconstpointer        data)
{
  static const BillingVerb ends[] = { BILLING_VERB_PAYMENT_CANCEL, BILLING_VERB_PAYMENT_WRITE_OFF };
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *number = billing_test_practice_create_payment (practice, 100 + i, FALSE);
      g_autoptr (BillingAct) close = billing_act_new (ends[i], number);
      g_autoptr (BillingAct) reopen = billing_act_new (BILLING_VERB_PAYMENT_REOPEN, number);

      billing_desk_set_clock (practice->desk, now);
      billing_test_practice_do_refused (practice, reopen, BILLING_DESK_ERROR_ILLEGAL);
      billing_test_practice_do (practice, close);
      billing_test_practice_do (practice, reopen);
      billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PENDING, 100 + i, 0, 0);
      billing_test_practice_verify (practice);

      billing_test_practice_do (practice, close);
      billing_desk_set_clock (practice->desk, now + 24 * 60 * 60 + 1);
      billing_test_practice_do_refused (practice, reopen, BILLING_DESK_ERROR_INVALID);
      billing_test_practice_assert_payment (practice, number, BILLING_STATUS_CANCELLED, 100 + i, 0, 0);
    }
}

/* A draft that was cancelled was never owed: taken back, it is a draft again. */
static void
test_reopen_draft (BillingTestPractice *practice,
                   gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 100, TRUE);
  g_autoptr (BillingAct) cancel = billing_act_new (BILLING_VERB_PAYMENT_CANCEL, number);
  g_autoptr (BillingAct) reopen = billing_act_new (BILLING_VERB_PAYMENT_REOPEN, number);

  billing_test_practice_do (practice, cancel);
  billing_test_practice_do (practice, reopen);
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_DRAFT, 100, 0, 0);
}

/* An edit of what is asked for posts the difference; once money came, nothing can be edited. */
static void
test_edit (BillingTestPractice *practice,
           gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 25000, FALSE);
  g_autoptr (BillingAct) edit = billing_act_new (BILLING_VERB_PAYMENT_EDIT, number);
  g_autoptr (BillingAct) collect = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, number);

  edit->has_amount = TRUE;
  edit->amount = 30000;
  edit->memo = g_strdup ("Knee");
  edit->due = g_strdup ("2026-12-01");
  billing_test_practice_do (practice, edit);
  billing_test_practice_assert_payment (practice, number, BILLING_STATUS_PENDING, 30000, 0, 0);
  edit->amount = 20000;
  billing_test_practice_do (practice, edit);

  collect->tender = BILLING_TENDER_BANK;
  billing_test_practice_do (practice, collect);
  billing_test_practice_do_refused (practice, edit, BILLING_DESK_ERROR_ILLEGAL);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void (*func) (BillingTestPractice *, gconstpointer);
  } tests[] = {
    { "create", test_create },
    { "collect", test_collect },
    { "split", test_split },
    { "credit", test_credit },
    { "refund", test_refund },
    { "approval", test_approval },
    { "ends", test_ends },
    { "balance", test_balance },
    { "reopen", test_reopen },
    { "reopen-draft", test_reopen_draft },
    { "edit", test_edit },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/payment-verbs/", tests[i].name, NULL);

      g_test_add (path, BillingTestPractice, NULL, set_up, tests[i].func, tear_down);
    }

  return g_test_run ();
}
