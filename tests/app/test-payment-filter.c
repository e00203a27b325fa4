/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "billing-payment-filter.h"

/* What the chips over the payments list say, and what they take away. */

static const BillingPaymentFilterNames names = { "North", "Ana Mejía", "TRT-0091", "Dr. Okafor", "USD" };

static void
assert_chip (BillingQuery         *query,
             BillingPaymentFilter  filter,
             const char           *expected)
{
  g_autofree char *text = billing_payment_filter_format (filter, query, &names);

  g_assert_cmpstr (text, ==, expected);
  g_assert_true (billing_payment_filter_is_active (filter, query) == (expected != NULL));
}

/* A whole month or year is said as one; an open end, one day and any others as they are. */
static void
test_days (void)
{
  static const struct { const char *from, *to, *text; } cases[] = {
    { "2026-10-01", "2026-10-31", "Collected: October 2026" },
    { "2028-02-01", "2028-02-29", "Collected: February 2028" },
    { "2027-02-01", "2027-02-27", "Collected: Feb 1, 2027 – Feb 27, 2027" },
    { "2026-01-01", "2026-12-31", "Collected: 2026" },
    { "2026-01-01", "2027-12-31", "Collected: Jan 1, 2026 – Dec 31, 2027" },
    { "2026-10-05", "2026-10-05", "Collected: Oct 5, 2026" },
    { "2026-10-05", NULL, "Collected: from Oct 5, 2026" },
    { NULL, "2026-10-05", "Collected: until Oct 5, 2026" },
    { NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BillingQuery) query = billing_query_new ("payments");

      g_object_set (query, "paid-from", cases[i].from, "paid-to", cases[i].to, NULL);
      assert_chip (query, BILLING_PAYMENT_FILTER_PAID, cases[i].text);
    }
}

static BillingQuery *
make_full_query (void)
{
  BillingQuery *query = billing_query_new ("payments");

  g_object_set (query, "overdue", TRUE, "status", "pending,partially-refunded", "location", "loc_1", "patient", "pat_1",
                "subject", "trt_1", "physician", "phy_1", "paid-from", "2026-10-01", "paid-to", "2026-10-31", "tender",
                "cheque", "due-from", "2026-11-03", "from", "2026-01-01", "to", "2026-12-31", "age", "31-60", "age-basis",
                "service", "min", (gint64) 10000, "max", (gint64) 50000, "method", "card", NULL);
  return query;
}

/* Every filter has its words, by the names that people know. */
static void
test_words (void)
{
  g_autoptr (BillingQuery) query = make_full_query ();
  g_autoptr (BillingQuery) none = billing_query_new ("payments");

  assert_chip (query, BILLING_PAYMENT_FILTER_OVERDUE, "Overdue");
  assert_chip (query, BILLING_PAYMENT_FILTER_STATUS, "Status: Pending, Partially Refunded");
  assert_chip (query, BILLING_PAYMENT_FILTER_LOCATION, "Location: North");
  assert_chip (query, BILLING_PAYMENT_FILTER_PATIENT, "Patient: Ana Mejía");
  assert_chip (query, BILLING_PAYMENT_FILTER_TREATMENT, "Treatment: TRT-0091");
  assert_chip (query, BILLING_PAYMENT_FILTER_PHYSICIAN, "Physician: Dr. Okafor");
  assert_chip (query, BILLING_PAYMENT_FILTER_DUE, "Due: from Nov 3, 2026");
  assert_chip (query, BILLING_PAYMENT_FILTER_CREATED, "Created: 2026");
  assert_chip (query, BILLING_PAYMENT_FILTER_AMOUNT, "Amount: $100.00 – $500.00");
  assert_chip (query, BILLING_PAYMENT_FILTER_AGE, "Since service: 31–60 days");
  assert_chip (query, BILLING_PAYMENT_FILTER_METHOD, "Method: Card");

  g_object_set (none, "location", "none", "physician", "none", "max", (gint64) 0, NULL);
  assert_chip (none, BILLING_PAYMENT_FILTER_LOCATION, "Location: none");
  assert_chip (none, BILLING_PAYMENT_FILTER_PHYSICIAN, "Physician: none");
  assert_chip (none, BILLING_PAYMENT_FILTER_AMOUNT, "Amount: until $0.00");
}

/* Stripe's own list compares in other ways, and has other statuses; a word that nobody knows yet is shown as it is. */
static void
test_stripe (void)
{
  g_autoptr (BillingQuery) query = billing_query_new ("stripe_payments");

  g_object_set (query, "status", "successful,early_fraud_warning", "patient", "none", "from", "2026-10-02", "min", (gint64) 5001,
                "method", "new_method", NULL);
  assert_chip (query, BILLING_PAYMENT_FILTER_STATUS, "Status: Succeeded, Early Fraud Warning");
  assert_chip (query, BILLING_PAYMENT_FILTER_PATIENT, "No patient");
  assert_chip (query, BILLING_PAYMENT_FILTER_CREATED, "Date: after Oct 1, 2026");
  assert_chip (query, BILLING_PAYMENT_FILTER_AMOUNT, "Amount: more than $50.00");
  assert_chip (query, BILLING_PAYMENT_FILTER_METHOD, "Method: new_method");

  g_object_set (query, "from", NULL, "to", "2026-09-30", "min", (gint64) -1, "max", (gint64) 4999, "method", NULL, NULL);
  assert_chip (query, BILLING_PAYMENT_FILTER_CREATED, "Date: before Oct 1, 2026");
  assert_chip (query, BILLING_PAYMENT_FILTER_AMOUNT, "Amount: less than $50.00");
  assert_chip (query, BILLING_PAYMENT_FILTER_METHOD, NULL);

  g_object_set (query, "max", (gint64) 5000, NULL);
  assert_chip (query, BILLING_PAYMENT_FILTER_AMOUNT, "Amount: until $50.00");
  g_object_set (query, "min", (gint64) 10000, "max", (gint64) -1, NULL);
  assert_chip (query, BILLING_PAYMENT_FILTER_AMOUNT, "Amount: from $100.00");

  g_object_set (query, "from", "2026-09-01", "min", (gint64) 4999, "max", (gint64) 4999, NULL);
  assert_chip (query, BILLING_PAYMENT_FILTER_CREATED, "Date: September 2026");
  assert_chip (query, BILLING_PAYMENT_FILTER_AMOUNT, "Amount: $49.99");
}

/* A chip takes away what it says and nothing else; all of them together leave a query for all. */
static void
test_clear (void)
{
  for (int i = 0; i < BILLING_N_PAYMENT_FILTERS; i++)
    {
      g_autoptr (BillingQuery) query = make_full_query ();
      g_autoptr (BillingQuery) copy = billing_query_new ("payments");

      billing_payment_filter_clear ((BillingPaymentFilter) i, query);
      for (int j = 0; j < BILLING_N_PAYMENT_FILTERS; j++)
        {
          g_assert_true (billing_payment_filter_is_active ((BillingPaymentFilter) j, query) == (i != j));
          billing_payment_filter_copy ((BillingPaymentFilter) j, query, copy);
          g_assert_true (billing_payment_filter_is_active ((BillingPaymentFilter) j, copy) == (i != j));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/payment-filter/days", test_days);
  g_test_add_func ("/payment-filter/words", test_words);
  g_test_add_func ("/payment-filter/stripe", test_stripe);
  g_test_add_func ("/payment-filter/clear", test_clear);

  return g_test_run ();
}
