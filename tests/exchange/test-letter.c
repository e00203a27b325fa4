/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <cairo.h>
#include <gio/gio.h>
#include <string.h>

#include "billing-letter-layout.h"
#include "billing-letter-pdf.h"

/* Letters on paper. */

static BillingLetter *
make_letter (guint n_lines)
{
  BillingLetter *letter = billing_letter_new ("Receipt");

  billing_letter_set_head (letter, "Elm Clinic", "12 Elm Street\nSpringfield");
  billing_letter_set_written (letter, 1793000000, "Receipt PAY-001");
  billing_letter_add (letter, BILLING_LETTER_FACT, "Patient", "Zoë Ångström");
  billing_letter_add (letter, BILLING_LETTER_FACT, "Patient", "Αλέξανδρος Παπαδόπουλος · 王小明 · Łukasz Groß");
  for (guint i = 0; i < n_lines; i++)
    billing_letter_add (letter, BILLING_LETTER_LINE, "Office visit", "$250.00");
  billing_letter_add (letter, BILLING_LETTER_TOTAL, "Balance due", "$0.00");
  billing_letter_add (letter, BILLING_LETTER_NOTE, "Thank you.", NULL);
  return letter;
}

static GBytes *
write_pdf (BillingLetter *letter)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  billing_letter_write_pdf (letter, stream, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* What pdftotext reads, where there is one: what a person copies out of it. */
static char *
read_text (GBytes *pdf)
{
  g_autoptr (GSubprocess) program = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL,
                                                      "pdftotext", "-layout", "-", "-", NULL);
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    return NULL;

  g_subprocess_communicate (program, pdf, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (program));
  return g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
}

/* The text of a letter is text in its PDF: names of any script, and amounts in the lines that they belong to. */
static void
test_text (void)
{
  g_autoptr (BillingLetter) letter = make_letter (1);
  g_autoptr (GBytes) pdf = write_pdf (letter);
  g_autofree char *text = read_text (pdf);
  static const char * const expected[] = {
    "Elm Clinic\n", "12 Elm Street\n", "Receipt\n", "Zoë Ångström\n", "Αλέξανδρος Παπαδόπουλος", "王小明", "Łukasz Groß",
    "Thank you.\n",
  };

  g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF-1.", 7), ==, 0);
  if (text == NULL)
    {
      g_test_skip ("there is no pdftotext");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      if (strstr (text, expected[i]) == NULL)
        g_error ("“%s” is not in:\n%s", expected[i], text);
    }
  g_assert_true (g_regex_match_simple ("Office visit +\\$250\\.00\n", text, 0, 0));
  g_assert_true (g_regex_match_simple ("Balance due +\\$0\\.00\n", text, 0, 0));
}

/* The same letter is the same file, byte for byte; another one is another. */
static void
test_same (void)
{
  g_autoptr (BillingLetter) letter = make_letter (1);
  g_autoptr (BillingLetter) again = make_letter (1);
  g_autoptr (BillingLetter) other = make_letter (2);
  g_autoptr (GBytes) a = write_pdf (letter);
  g_autoptr (GBytes) b = write_pdf (again);
  g_autoptr (GBytes) c = write_pdf (other);

  g_assert_true (g_bytes_equal (a, b));
  g_assert_false (g_bytes_equal (a, c));
}

/* What does not fit goes to further pages, and each says which one it is. */
static void
test_pages (void)
{
  g_autoptr (BillingLetter) letter = make_letter (100);
  g_autoptr (BillingLetter) short_letter = make_letter (1);
  g_autoptr (BillingLetterLayout) layout = billing_letter_layout_new (letter, 595, 842);
  g_autoptr (BillingLetterLayout) short_layout = billing_letter_layout_new (short_letter, 595, 842);
  g_autoptr (GBytes) pdf = write_pdf (letter);
  g_autofree char *text = read_text (pdf);

  g_assert_cmpuint (billing_letter_layout_get_n_pages (short_layout), ==, 1);
  g_assert_cmpuint (billing_letter_layout_get_n_pages (layout), ==, 4);
  if (text != NULL)
    {
      g_auto (GStrv) pages = g_strsplit (text, "\f", -1);

      g_assert_cmpuint (g_strv_length (pages), ==, 5);
      g_assert_nonnull (strstr (pages[0], "Elm Clinic · Receipt · page 1 of 4"));
      g_assert_nonnull (strstr (pages[3], "Elm Clinic · Receipt · page 4 of 4"));
      g_assert_nonnull (strstr (pages[3], "Balance due"));
    }
}

/* The columns of an image that are not white. */
static void
find_ink (BillingLetterLayout *layout,
          int                  width,
          int                  height,
          int                 *left,
          int                 *right)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  cairo_t *cr = cairo_create (surface);
  const guchar *pixels;
  int stride;

  billing_letter_layout_draw (layout, 0, cr);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  *left = width;
  *right = 0;
  for (int y = 0; y < height; y++)
    {
      for (int x = 0; x < width; x++)
        {
          if (pixels[y * stride + x] > 0)
            {
              *left = MIN (*left, x);
              *right = MAX (*right, x);
            }
        }
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* Long names wrap, even without a space in them, and nothing leaves the margins. */
static void
test_wraps (void)
{
  g_autofree char *long_word = g_strnfill (300, 'W');
  g_autoptr (BillingLetter) letter = billing_letter_new (long_word);
  g_autoptr (BillingLetterLayout) layout = NULL;
  int left, right;

  billing_letter_set_head (letter, long_word, long_word);
  for (int kind = BILLING_LETTER_FACT; kind <= BILLING_LETTER_NOTE; kind++)
    billing_letter_add (letter, kind, long_word, "$999,999,999,999.99");
  layout = billing_letter_layout_new (letter, 595, 842);
  find_ink (layout, 595, 842, &left, &right);
  g_assert_cmpint (left, >=, 54);
  g_assert_cmpint (right, <=, 595 - 54);
}

/* A disk that is full is told, and there is no half a file that looks whole. */
static void
test_full (void)
{
  g_autoptr (BillingLetter) letter = make_letter (1);
  guint8 room[1000];
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (billing_letter_write_pdf (letter, stream, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

/* Paper is that of the country: A4 where nothing else is said. */
static void
test_paper (void)
{
  double width, height;

  billing_letter_get_paper (&width, &height);
  g_assert_cmpfloat_with_epsilon (width, 595.3, 0.1);
  g_assert_cmpfloat_with_epsilon (height, 841.9, 0.1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter/text", test_text);
  g_test_add_func ("/letter/same", test_same);
  g_test_add_func ("/letter/pages", test_pages);
  g_test_add_func ("/letter/wraps", test_wraps);
  g_test_add_func ("/letter/full", test_full);
  g_test_add_func ("/letter/paper", test_paper);
  return g_test_run ();
}
