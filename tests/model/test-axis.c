/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-axis.h"
#include "billing-money.h"

/* The round numbers of a chart's axis, worked out by hand. */

static void
assert_axis (gint64 min,
             gint64 max,
             gint64 unit,
             guint  max_steps,
             gint64 step,
             gint64 first,
             gint64 last)
{
  BillingAxis axis;

  billing_axis_init (&axis, min, max, unit, max_steps);
  g_assert_cmpint (axis.step, ==, step);
  g_assert_cmpint (axis.first, ==, first);
  g_assert_cmpint (axis.last, ==, last);
  g_assert_cmpuint (billing_axis_get_lines (&axis), ==, (last - first) / step + 1);
}

/* Steps go 1, 2, 2.5, 5, 10: the first of them with which the axis fits. */
static void
test_rounds (void)
{
  assert_axis (0, 500, 1, 5, 100, 0, 500);
  assert_axis (0, 501, 1, 5, 200, 0, 600);
  assert_axis (0, 1000, 1, 5, 200, 0, 1000);
  assert_axis (0, 1001, 1, 5, 250, 0, 1250);
  assert_axis (0, 1251, 1, 5, 500, 0, 1500);
  assert_axis (0, 2501, 1, 5, 1000, 0, 3000);
  /* $48,210.00 in four steps is $20,000 by $20,000; in three too. */
  assert_axis (0, 4821000, 1, 4, 2000000, 0, 6000000);
  assert_axis (0, 4821000, 1, 3, 2000000, 0, 6000000);
  assert_axis (0, 4821000, 1, 2, 2500000, 0, 5000000);
  assert_axis (0, 4821000, 1, 1, 5000000, 0, 5000000);
}

/* Payments cannot be counted in halves: there is no step of 2.5 below ten. */
static void
test_counts (void)
{
  assert_axis (0, 3, 1, 4, 1, 0, 3);
  assert_axis (0, 10, 1, 4, 5, 0, 10);
  assert_axis (0, 100, 1, 4, 25, 0, 100);
}

/* Every line is an amount that the currency has: krónur are whole, dinars end in 0. */
static void
test_currencies (void)
{
  assert_axis (0, 700, billing_money_step ("ISK"), 5, 200, 0, 800);
  assert_axis (0, 300, billing_money_step ("ISK"), 5, 100, 0, 300);
  assert_axis (0, 90, billing_money_step ("KWD"), 5, 20, 0, 100);
  assert_axis (0, 101, billing_money_step ("KWD"), 5, 50, 0, 150);
  assert_axis (0, 9, billing_money_step ("JPY"), 5, 2, 0, 10);
}

/* An axis without values is one step long. */
static void
test_nothing (void)
{
  assert_axis (0, 0, 1, 4, 1, 0, 1);
  assert_axis (0, 0, 100, 4, 100, 0, 100);
}

/* What fell below zero keeps zero on the axis. */
static void
test_below_zero (void)
{
  assert_axis (-300, 900, 1, 4, 500, -500, 1000);
  assert_axis (-300, 0, 1, 4, 100, -300, 0);
  assert_axis (-5, 900, 1, 1, 1000, -1000, 1000);
}

/* The greatest numbers that there are do not overflow it. */
static void
test_limits (void)
{
  BillingAxis axis;

  billing_axis_init (&axis, G_MININT64, G_MAXINT64, 1, 5);
  g_assert_cmpint (axis.step, >, 0);
  g_assert_cmpint (axis.first, <, 0);
  g_assert_cmpint (axis.last, >, 0);
  g_assert_cmpuint (billing_axis_get_lines (&axis), <=, 6);
}

/* Whatever is asked for: the values are on the axis, the steps fit, and no smaller step would have. */
static void
test_random (void)
{
  for (int i = 0; i < 20000; i++)
    {
      gint64 max = g_test_rand_int_range (1, G_MAXINT32) * (gint64) g_test_rand_int_range (1, 5000);
      guint room = (guint) g_test_rand_int_range (1, 9);
      BillingAxis axis;

      billing_axis_init (&axis, 0, max, 1, room);
      g_assert_cmpint (axis.last, >=, max);
      g_assert_cmpint (axis.last - axis.step, <, max);
      g_assert_cmpuint (billing_axis_get_lines (&axis), <=, room + 1);
      /* The next smaller step is at most two and a half times smaller. */
      g_assert_cmpint (max, >, axis.step * 2 / 5 * room - (gint64) room);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/axis/rounds", test_rounds);
  g_test_add_func ("/axis/counts", test_counts);
  g_test_add_func ("/axis/currencies", test_currencies);
  g_test_add_func ("/axis/nothing", test_nothing);
  g_test_add_func ("/axis/below-zero", test_below_zero);
  g_test_add_func ("/axis/limits", test_limits);
  g_test_add_func ("/axis/random", test_random);

  return g_test_run ();
}
