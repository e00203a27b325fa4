/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-report-drawing.h"

/* A statement on paper. */

#define WIDTH 595
#define HEIGHT 842

/* How far down the page there is ink. */
static int
draw (guint n_lines)
{
  g_autoptr (BillingReportPage) page = billing_report_page_new ("Elm Clinic", "October 2026");
  BillingReportSheet *sheet = billing_report_sheet_new_statement ("Stripe’s balance", "");
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const guchar *data;
  int last = 0;

  for (guint i = 0; i < n_lines; i++)
    billing_report_sheet_add_line (sheet, "Payments", "20 transactions", "$1,855.93", i + 1 == n_lines);
  billing_report_page_add (page, sheet);
  billing_report_page_draw (page, cr, WIDTH, HEIGHT);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  data = cairo_image_surface_get_data (surface);
  for (int y = 0; y < HEIGHT; y++)
    {
      for (int x = 0; x < WIDTH; x++)
        {
          if (data[y * cairo_image_surface_get_stride (surface) + 4 * x + 3] != 0)
            last = y;
        }
    }

  cairo_surface_destroy (surface);
  return last;
}

/* Each line takes its place, and as many as there are stay on one page. */
static void
test_one_page (void)
{
  int few = draw (4);
  int more = draw (20);
  int many = draw (400);

  g_assert_cmpint (few, >, 60);
  g_assert_cmpint (more, >, few + 15 * 10);
  g_assert_cmpint (many, <, HEIGHT - 1);
  g_assert_cmpint (many, >, HEIGHT / 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report-statement/one-page", test_one_page);

  return g_test_run ();
}
