/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "billing-chart-text.h"

/* What charts say to who reads them, or has them read. */

static GPtrArray *
create_points (void)
{
  GPtrArray *points = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (points, billing_chart_point_new ("2026-10", "Oct", "October 2026", 482100));
  g_ptr_array_add (points, billing_chart_point_new ("2026-11", "Nov", "November 2026", -5));
  billing_chart_point_set_value (points->pdata[0], 1, 12050);
  return points;
}

static void
assert_mark (BillingChartPoint *point,
             guint              series,
             const char        *name,
             const char        *currency,
             const char        *expected)
{
  g_autofree char *text = billing_chart_text_mark (point, series, name, currency);

  g_assert_cmpstr (text, ==, expected);
}

/* A bar says its place and its number to the cent; where there are several, which one it is. */
static void
test_mark (void)
{
  g_autoptr (GPtrArray) points = create_points ();

  assert_mark (points->pdata[0], 0, NULL, "USD", "October 2026: $4,821.00");
  assert_mark (points->pdata[0], 1, "Refunded", "USD", "October 2026, Refunded: $120.50");
  assert_mark (points->pdata[0], 0, NULL, "JPY", "October 2026: ¥482,100");
  assert_mark (points->pdata[1], 0, NULL, "USD", "November 2026: -$0.05");
  assert_mark (points->pdata[1], 0, NULL, NULL, "November 2026: -5");
}

/* The chart as a whole says all of them. */
static void
test_description (void)
{
  g_autoptr (GPtrArray) points = create_points ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const char * const names[] = { "Collected", "Refunded", NULL };
  g_autofree char *one = billing_chart_text_description (points, NULL, 1, "USD");
  g_autofree char *two = billing_chart_text_description (points, names, 2, "USD");
  g_autofree char *nothing = billing_chart_text_description (none, NULL, 1, NULL);

  g_assert_cmpstr (one, ==, "October 2026: $4,821.00; November 2026: -$0.05");
  g_assert_cmpstr (two, ==,
                   "October 2026, Collected: $4,821.00; October 2026, Refunded: $120.50; "
                   "November 2026, Collected: -$0.05; November 2026, Refunded: $0.00");
  g_assert_cmpstr (nothing, ==, "");
}

static void
assert_tick (gint64      value,
             const char *currency,
             const char *expected)
{
  g_autofree char *text = billing_chart_text_tick (value, currency);

  g_assert_cmpstr (text, ==, expected);
}

/* The numbers of an axis are as short as can be without saying another number. */
static void
test_tick (void)
{
  assert_tick (0, "USD", "$0");
  assert_tick (250, "USD", "$2.50");
  assert_tick (25000, "USD", "$250");
  assert_tick (250000, "USD", "$2.5K");
  assert_tick (125000000, "USD", "$1.25M");
  assert_tick (400, NULL, "400");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart/mark", test_mark);
  g_test_add_func ("/chart/description", test_description);
  g_test_add_func ("/chart/tick", test_tick);

  return g_test_run ();
}
