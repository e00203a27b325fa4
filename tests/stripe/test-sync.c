/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-sync"

#include "config.h"

#include <string.h>

#include "billing-stripe-error.h"
#include "billing-test-mirror.h"

#define DAY (24 * 60 * 60)

static void
set_up (BillingTestMirror *fixture,
        gconstpointer      unused)
{
  billing_test_mirror_set_up (fixture);
}

static void
tear_down (BillingTestMirror *fixture,
           gconstpointer      unused)
{
  billing_test_mirror_tear_down (fixture);
}

static void
pay_many (BillingTestMirror *fixture,
          guint              n)
{
  for (guint i = 0; i < n; i++)
    g_free (billing_test_mirror_pay (fixture, 1000 + i));
}

/* Everything is there once, and its amounts are Stripe's; a round in which nothing happened is one request. */
static void
test_whole (BillingTestMirror *fixture,
            gconstpointer      unused)
{
  g_autofree char *customer = billing_test_mirror_post (fixture, "/v1/customers", "name=A&email=a%40b.example");

  pay_many (fixture, 230);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);

  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM charges"), ==, 230);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM payment_intents"), ==, 230);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM balance_transactions"), ==, 230);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM customers"), ==, 1);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT sum (amount) FROM charges"), ==, 230 * 1000 + 229 * 115);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM ranges"), ==, 0);
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "charges")->state, ==, "done");
  g_assert_cmpuint (billing_test_mirror_stream (fixture, "charges")->objects, ==, 230);

  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/stripe/sync/whole", BillingTestMirror, NULL, set_up, test_whole, tear_down);
  return g_test_run ();
}
