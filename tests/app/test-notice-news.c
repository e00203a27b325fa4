/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-desk-notices.h"
#include "billing-notice-news.h"
#include "billing-test-posting.h"

/* What the desktop hears of notifications. */

typedef struct {
  guint n_told;
  guint n;
  char *first; /* (owned) (nullable): rule */
} Told;

static void
told_cb (BillingNoticeNews *news,
         GPtrArray         *notices,
         Told              *told)
{
  told->n_told++;
  told->n += notices->len;
  g_free (told->first);
  told->first = g_strdup (BILLING_NOTICE (notices->pdata[0])->rule);
}

static BillingNoticeNews *
listen (BillingTestPosting *fixture,
        Told               *told)
{
  BillingNoticeNews *news = billing_notice_news_new (fixture->practice.desk);

  g_signal_connect (news, "told", G_CALLBACK (told_cb), told);
  billing_test_posting_settle ();
  return news;
}

static void
dispute (BillingTestPosting *fixture,
         const char         *id,
         const char         *status)
{
  g_autoptr (GError) error = NULL;

  billing_test_facts_put_dispute (fixture->mirror, id, status, "ch_1", BILLING_TEST_NOW, 5000);
  billing_desk_refresh_notices (fixture->practice.desk, NULL, &error);
  g_assert_no_error (error);
}

/* What is there at the beginning is told, what comes is told, and nothing twice: not here, nor by another program. */
static void
test_once (BillingTestPosting *fixture,
           gconstpointer       data)
{
  Told told = { 0 };
  Told other_told = { 0 };
  g_autoptr (BillingNoticeNews) news = NULL;
  g_autoptr (BillingNoticeNews) other = NULL;

  dispute (fixture, "dp_1", "needs_response");
  news = listen (fixture, &told);
  g_assert_cmpuint (told.n, ==, 1);
  g_assert_cmpstr (told.first, ==, "dispute-due");

  other = listen (fixture, &other_told);
  dispute (fixture, "dp_2", "needs_response");
  billing_test_posting_settle ();
  g_assert_cmpuint (told.n + other_told.n, ==, 2);
  g_free (told.first);
  g_free (other_told.first);
}

/* What is no more than news wants nobody to leave their work. */
static void
test_not_urgent (BillingTestPosting *fixture,
                 gconstpointer       data)
{
  Told told = { 0 };
  g_autoptr (BillingNoticeNews) news = listen (fixture, &told);

  dispute (fixture, "dp_1", "won");
  billing_test_posting_settle ();
  g_assert_cmpuint (told.n_told, ==, 0);
}

/* Others may see the screen: neither a name nor an amount is said. */
static void
test_words (void)
{
  g_autoptr (BillingNotice) notice = g_object_new (BILLING_TYPE_NOTICE, "rule", "payment-failed", "amount", (gint64) 12345,
                                                   "currency", "USD", "payment", "PAY-0412", "patient-name", "Ada Lovelace",
                                                   NULL);
  g_autoptr (BillingNotice) account = g_object_new (BILLING_TYPE_NOTICE, "rule", "payouts-off", NULL);
  g_autofree char *one = billing_notice_news_format_one (notice);
  g_autofree char *of_account = billing_notice_news_format_one (account);
  g_autofree char *many = billing_notice_news_format_many (3);

  g_assert_cmpstr (one, ==, "Failed payments: PAY-0412");
  g_assert_cmpstr (of_account, ==, "Stripe: Payouts switched off");
  g_assert_cmpstr (many, ==, "Stripe: 3 urgent notifications");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/app/notice-news/" name, BillingTestPosting, NULL, billing_test_posting_set_up, func, billing_test_posting_tear_down)
  ADD ("once", test_once);
  ADD ("not-urgent", test_not_urgent);
  g_test_add_func ("/app/notice-news/words", test_words);

  return g_test_run ();
}
