/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-list-cache"

#include "config.h"

#include "billing-list-cache.h"
#include "billing-payment.h"

/* Page @page of a list whose keys count up from 1. */
static GPtrArray *
make_records (guint page)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < BILLING_LIST_PAGE; i++)
    {
      BillingPayment *payment = billing_payment_new ();

      billing_record_set_pk (BILLING_RECORD (payment), page * BILLING_LIST_PAGE + i + 1);
      g_ptr_array_add (records, payment);
    }

  return records;
}

static void
fill (BillingListCache *cache,
      guint             page)
{
  g_autoptr (GPtrArray) records = make_records (page);

  billing_list_cache_fill (cache, records);
}

static gint64
first_of (guint page)
{
  return page * BILLING_LIST_PAGE + 1;
}

/* A row that somebody asked for before its record was there is the row that gets it. */
static void
test_same_object (void)
{
  g_autoptr (BillingListCache) cache = billing_list_cache_new (NULL);
  g_autoptr (BillingListRow) row = billing_list_cache_get (cache, 5);
  g_autoptr (BillingListRow) again = NULL;

  g_assert_null (billing_list_row_get_record (row));
  fill (cache, 0);
  g_assert_nonnull (billing_list_row_get_record (row));

  again = billing_list_cache_get (cache, 5);
  g_assert_true (again == row);
}

/* Nobody holds a row of a page that was dropped: it is gone. A row that somebody holds stays the same. */
static void
test_eviction (void)
{
  g_autoptr (BillingListCache) cache = billing_list_cache_new (NULL);
  g_autoptr (BillingListRow) held = NULL;
  g_autoptr (BillingListRow) again = NULL;

  fill (cache, 0);
  held = billing_list_cache_get (cache, first_of (0));
  for (guint page = 1; page <= 32; page++)
    fill (cache, page);

  g_assert_null (billing_list_cache_peek (cache, first_of (0) + 1));
  g_assert_nonnull (billing_list_cache_peek (cache, first_of (1)));
  again = billing_list_cache_get (cache, first_of (0));
  g_assert_true (again == held);
  g_assert_nonnull (billing_list_row_get_record (held));
}

/* The page that somebody looked at last is the last to be dropped. */
static void
test_touch (void)
{
  g_autoptr (BillingListCache) cache = billing_list_cache_new (NULL);

  for (guint page = 0; page < 32; page++)
    fill (cache, page);

  billing_list_cache_touch (cache, billing_list_cache_peek (cache, first_of (0)));
  fill (cache, 32);

  g_assert_nonnull (billing_list_cache_peek (cache, first_of (0)));
  g_assert_null (billing_list_cache_peek (cache, first_of (1)));
}

/* A row whose page was dropped, and which is read again, is kept by the page that brought it. */
static void
test_refilled (void)
{
  g_autoptr (BillingListCache) cache = billing_list_cache_new (NULL);
  BillingListRow *row;

  fill (cache, 0);
  row = billing_list_cache_get (cache, first_of (0));
  for (guint page = 1; page <= 32; page++)
    fill (cache, page);

  g_assert_null (billing_list_row_get_keeper (row));
  fill (cache, 0);
  g_assert_nonnull (billing_list_row_get_keeper (row));
  g_object_unref (row);
  g_assert_true (billing_list_cache_peek (cache, first_of (0)) == row);
}

/* Rows that outlive their list do not look back. */
static void
test_outlives (void)
{
  BillingListCache *cache = billing_list_cache_new (NULL);
  g_autoptr (BillingListRow) row = NULL;

  fill (cache, 0);
  row = billing_list_cache_get (cache, 1);
  billing_list_cache_free (cache);
  g_assert_null (billing_list_row_get_keeper (row));
}

/* The rows that wait are those that somebody holds and that have no record. */
static void
test_waiting (void)
{
  g_autoptr (BillingListCache) cache = billing_list_cache_new (NULL);
  g_autoptr (BillingListRow) row = billing_list_cache_get (cache, 1000);
  g_autoptr (GArray) waiting = NULL;

  fill (cache, 0);
  waiting = billing_list_cache_pks (cache, TRUE);
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpint (g_array_index (waiting, gint64, 0), ==, 1000);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* When the day ends, rows are written again, though no record changed. */
static void
test_today (void)
{
  g_autoptr (BillingListContext) context = billing_list_context_new ("USD", "UTC");
  g_autoptr (BillingListRow) row = NULL;
  BillingListCache *cache = billing_list_cache_new (context);
  guint n = 0;

  fill (cache, 0);
  row = billing_list_cache_get (cache, 5);
  g_signal_connect_swapped (row, "notify::record", G_CALLBACK (count_cb), &n);
  billing_list_context_set_today (context, "2099-01-01");
  g_assert_cmpuint (n, ==, 1);

  /* A day that ends when the list is gone disturbs nobody. */
  billing_list_cache_free (cache);
  billing_list_context_set_today (context, "2099-01-02");
  g_assert_cmpuint (n, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/list-cache/same-object", test_same_object);
  g_test_add_func ("/list-cache/eviction", test_eviction);
  g_test_add_func ("/list-cache/touch", test_touch);
  g_test_add_func ("/list-cache/refilled", test_refilled);
  g_test_add_func ("/list-cache/outlives", test_outlives);
  g_test_add_func ("/list-cache/waiting", test_waiting);
  g_test_add_func ("/list-cache/today", test_today);

  return g_test_run ();
}
