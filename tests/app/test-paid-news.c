/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-paid-news.h"
#include "billing-test-posting.h"

/* What is told of payments that were paid through Stripe. */

typedef struct {
  guint n_told;
  guint n;
  char *first; /* (owned) (nullable): number */
  guint n_listed;
} Told;

static void
paid_cb (BillingPaidNews *news,
         GPtrArray       *payments,
         guint            n,
         Told            *told)
{
  told->n_told++;
  told->n = n;
  told->n_listed = payments->len;
  g_free (told->first);
  told->first = g_strdup (BILLING_PAYMENT (payments->pdata[0])->number);
}

static BillingPaidNews *
listen (BillingTestPosting *fixture,
        Told               *told)
{
  BillingPaidNews *news = billing_paid_news_new (billing_desk_get_store (fixture->practice.desk));

  g_signal_connect (news, "paid", G_CALLBACK (paid_cb), told);
  billing_test_posting_settle ();
  return news;
}

static void
pay (BillingTestPosting *fixture,
     const char         *charge)
{
  billing_test_posting_put (fixture, billing_test_posting_make_charge (fixture, charge, 25000));
  billing_test_posting_post (fixture);
}

/* A payment that Stripe collected is told of once, by its number; another commit tells of nothing. */
static void
test_paid (BillingTestPosting *fixture,
           gconstpointer       data)
{
  Told told = { 0 };
  g_autoptr (BillingPaidNews) news = listen (fixture, &told);
  g_autofree char *other = NULL;

  pay (fixture, "ch_1");
  billing_test_posting_settle ();
  g_assert_cmpuint (told.n_told, ==, 1);
  g_assert_cmpuint (told.n, ==, 1);
  g_assert_cmpstr (told.first, ==, fixture->number);

  other = billing_test_practice_create_payment (&fixture->practice, 1000, FALSE);
  billing_test_posting_settle ();
  g_assert_cmpuint (told.n_told, ==, 1);
  g_free (told.first);
}

/* What was paid before somebody looked is no news. */
static void
test_before (BillingTestPosting *fixture,
             gconstpointer       data)
{
  Told told = { 0 };
  g_autoptr (BillingPaidNews) news = NULL;
  g_autofree char *other = NULL;

  pay (fixture, "ch_1");
  news = listen (fixture, &told);
  other = billing_test_practice_create_payment (&fixture->practice, 1000, FALSE);
  billing_test_posting_settle ();
  g_assert_cmpuint (told.n_told, ==, 0);
}

/* Cash is no news: whoever took it knows. */
static void
test_cash (BillingTestPosting *fixture,
           gconstpointer       data)
{
  Told told = { 0 };
  g_autoptr (BillingPaidNews) news = listen (fixture, &told);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, fixture->number);

  g_object_set (act, "tender", BILLING_TENDER_CASH, NULL);
  billing_test_practice_do (&fixture->practice, act);
  billing_test_posting_settle ();
  g_assert_cmpuint (told.n_told, ==, 0);
}

/* Of many at once, such as of a first sync, the number is told and only a few are read. */
static void
test_many (BillingTestPosting *fixture,
           gconstpointer       data)
{
  const guint n = BILLING_PAID_NEWS_MAX + 3;
  Told told = { 0 };
  g_autoptr (BillingPaidNews) news = listen (fixture, &told);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = billing_test_practice_create_payment (&fixture->practice, 25000, FALSE);
      g_autofree char *id = billing_test_facts_get_id (&fixture->practice, number);
      g_autofree char *charge_id = g_strdup_printf ("ch_%u", i);
      BillingTestCharge charge = billing_test_posting_make_charge (fixture, charge_id, 25000);

      charge.payment = id;
      billing_test_posting_put (fixture, charge);
    }
  billing_test_posting_settle ();
  billing_test_posting_post (fixture);
  billing_test_posting_settle ();

  g_assert_cmpuint (told.n, ==, n);
  g_assert_cmpuint (told.n_listed, ==, BILLING_PAID_NEWS_MAX);
  g_free (told.first);
}

/* The desktop's words name no patient and no amount. */
static void
test_words (void)
{
  g_autofree char *one = billing_paid_news_format_one ("PAY-0412");
  g_autofree char *many = billing_paid_news_format_many (12);

  g_assert_cmpstr (one, ==, "PAY-0412 was paid");
  g_assert_cmpstr (many, ==, "12 payments were paid");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, BillingTestPosting, NULL, billing_test_posting_set_up, func, billing_test_posting_tear_down)
  ADD ("/paid-news/paid", test_paid);
  ADD ("/paid-news/before", test_before);
  ADD ("/paid-news/cash", test_cash);
  ADD ("/paid-news/many", test_many);
#undef ADD
  g_test_add_func ("/paid-news/words", test_words);

  return g_test_run ();
}
