/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <cairo.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "billing-desk-private.h"
#include "billing-letterhead.h"
#include "billing-receipt.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-verb-cases.h"

/* What an administrator says about the practice: its paper, its places, who treats. */

typedef struct {
  char *folder;
  BillingDesk *desk;
} Fixture;

static char *original;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = billing_test_folder ();
  billing_test_copy (original, fixture->folder);
  fixture->desk = billing_verb_cases_open (fixture->folder);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->desk);
  billing_test_folder_remove (g_steal_pointer (&fixture->folder));
}

static gboolean
do_fields (Fixture     *fixture,
           BillingVerb  verb,
           const char  *subject,
           const char  *fields,
           GError     **error)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, subject);

  act->fields = g_strdup (fields);
  return billing_desk_do (fixture->desk, act, error);
}

static gboolean
set_logo (Fixture     *fixture,
          const char  *path,
          GError     **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);

  act->file = g_strdup (path);
  return billing_desk_do (fixture->desk, act, error);
}

static char *
write_png (Fixture *fixture,
           int      width,
           int      height)
{
  char *path = g_build_filename (fixture->folder, "logo.png", NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgba (cr, 0, 0.4, 0.3, 0.8);
  cairo_arc (cr, width / 2.0, height / 2.0, MIN (width, height) / 2.0, 0, 7);
  cairo_fill (cr);
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return path;
}

static char *
write_text (Fixture    *fixture,
            const char *name,
            const char *text,
            gssize      length)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, length, NULL));
  return path;
}

/* Each setting of paper is kept, and is there at once for whoever works; what makes no sense changes nothing. */
static void
test_paper (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const bad[] = {
    "{\"invoice_prefix\":\"\"}", "{\"invoice_prefix\":\"A B\"}", "{\"invoice_prefix\":\"PAY-\"}", "{\"invoice_prefix\":\"R2\"}",
    "{\"invoice_prefix\":\"ABCDEFGHIJKLM\"}", "{\"invoice_digits\":\"0\"}", "{\"invoice_digits\":\"13\"}", "{\"invoice_days\":\"-1\"}",
    "{\"invoice_days\":\"soon\"}", "{\"show_codes\":\"perhaps\"}", "{\"currency\":\"EUR\"}", "{\"logo\":\"abc\"}", "{\"name\":\" \"}",
    "{\"city\":\"Two\\nlines\"}", "{\"time_zone\":\"Nowhere\"}", "[]",
  };
  BillingPractice *practice;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  do_fields (fixture, BILLING_VERB_PRACTICE_EDIT, NULL,
             "{\"name\":\"Elm Clinic\",\"invoice_prefix\":\"elm-\",\"invoice_digits\":\"5\",\"invoice_days\":\"14\","
             "\"show_services\":\"yes\",\"show_codes\":\"yes\",\"invoice_note\":\"Two\\nlines.\",\"city\":\"Springfield\"}", &error);
  g_assert_no_error (error);
  practice = billing_desk_get_practice (fixture->desk);
  g_assert_cmpstr (practice->name, ==, "Elm Clinic");
  g_assert_cmpstr (practice->invoice_prefix, ==, "ELM-");
  g_assert_cmpint (practice->invoice_digits, ==, 5);
  g_assert_cmpint (practice->invoice_days, ==, 14);
  g_assert_true (practice->show_services && practice->show_codes);
  g_assert_cmpstr (practice->invoice_note, ==, "Two\nlines.");
  g_assert_cmpstr (practice->city, ==, "Springfield");

  before = billing_test_dump (fixture->folder);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (do_fields (fixture, BILLING_VERB_PRACTICE_EDIT, NULL, bad[i], &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  after = billing_test_dump (fixture->folder);
  g_assert_cmpstr (before, ==, after);
}

/* A logo is a picture, whatever it is called; it stands on receipts until it is taken away, and its file among the documents. */
static void
test_logo (Fixture       *fixture,
           gconstpointer  data)
{
  static const char svg[] = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\">"
                            "<rect width=\"20\" height=\"10\"/></svg>";
  g_autofree char *png = write_png (fixture, 300, 100);
  g_autofree char *drawing = write_text (fixture, "logo.dat", svg, -1);
  g_autoptr (BillingLetter) letter = NULL, plain = NULL;
  g_autoptr (BillingPicture) picture = NULL;
  g_autofree char *kept = NULL;
  BillingPractice *practice;
  g_autoptr (GError) error = NULL;

  set_logo (fixture, png, &error);
  g_assert_no_error (error);
  practice = billing_desk_get_practice (fixture->desk);
  g_assert_nonnull (practice->logo);
  kept = g_strdup_printf ("%s/documents/%.2s/%s", fixture->folder, practice->logo, practice->logo);
  g_assert_true (g_file_test (kept, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpstr (practice->name, ==, "Test Clinic");
  letter = billing_receipt_build (fixture->desk, "PAY-009", &error);
  g_assert_no_error (error);
  g_assert_nonnull (billing_letter_get_logo (letter));
  g_assert_cmpfloat_with_epsilon (billing_picture_get_aspect (billing_letter_get_logo (letter)), 3, 0.02);

  set_logo (fixture, drawing, &error);
  g_assert_no_error (error);
  picture = billing_letterhead_load_logo (fixture->desk, billing_desk_get_practice (fixture->desk)->logo, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (billing_picture_get_aspect (picture), 2, 0.02);

  do_fields (fixture, BILLING_VERB_PRACTICE_EDIT, NULL, "{\"logo\":\"\"}", &error);
  g_assert_no_error (error);
  plain = billing_receipt_build (fixture->desk, "PAY-009", &error);
  g_assert_no_error (error);
  g_assert_null (billing_letter_get_logo (plain));
}

/* What is no picture, torn, as large as a house or not there is no logo, and the one that was there stays. */
static void
test_no_logo (Fixture       *fixture,
              gconstpointer  data)
{
  static const guchar huge[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x06\0\0\0\0\0\0\0";
  g_autofree char *large = g_strnfill (BILLING_PICTURE_MAX_SIZE + 1, 'x');
  g_autofree char *png = write_png (fixture, 40, 40);
  g_autofree char *torn_bytes = NULL;
  gsize length;
  const char *paths[6];
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  set_logo (fixture, png, &error);
  g_assert_no_error (error);
  before = billing_test_dump (fixture->folder);
  g_assert_true (g_file_get_contents (png, &torn_bytes, &length, NULL));
  paths[0] = write_text (fixture, "text.png", "This is no picture.", -1);
  paths[1] = write_text (fixture, "torn.png", torn_bytes, (gssize) length / 2);
  paths[2] = write_text (fixture, "large.png", large, -1);
  paths[3] = write_text (fixture, "huge.png", (const char *) huge, sizeof huge - 1);
  paths[4] = g_build_filename (fixture->folder, "nowhere.png", NULL);
  paths[5] = g_strdup (fixture->folder);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_assert_false (set_logo (fixture, paths[i], &error));
      g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
      g_assert_true (g_str_has_suffix (error->message, "Nothing was changed."));
      g_clear_error (&error);
      g_free ((char *) paths[i]);
    }
  after = billing_test_dump (fixture->folder);
  g_assert_cmpstr (before, ==, after);
}

/* A receipt is given out without a logo that is gone from the disk. */
static void
test_lost_logo (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *png = write_png (fixture, 50, 30);
  g_autoptr (BillingLetter) letter = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  const char *logo;

  set_logo (fixture, png, &error);
  g_assert_no_error (error);
  logo = billing_desk_get_practice (fixture->desk)->logo;
  kept = g_strdup_printf ("%s/documents/%.2s/%s", fixture->folder, logo, logo);
  g_assert_cmpint (g_unlink (kept), ==, 0);
  /* Another one is read meanwhile: what was kept in memory is gone too. */
  g_free (png);
  png = write_png (fixture, 51, 30);
  set_logo (fixture, png, &error);
  g_assert_no_error (error);
  billing_test_sql (fixture->folder, "UPDATE practice SET logo = 'gone'");
  g_clear_object (&fixture->desk);
  fixture->desk = billing_verb_cases_open (fixture->folder);
  letter = billing_receipt_build (fixture->desk, "PAY-009", &error);
  g_assert_no_error (error);
  g_assert_null (billing_letter_get_logo (letter));
}

/* Locations and physicians are added and put right; two of one name, none, and a wrong identifier are refused. */
static void
test_places (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_LOCATION_EDIT, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  act->fields = g_strdup ("{\"name\":\"North\",\"city\":\"Springfield\",\"postal_code\":\"62701\"}");
  billing_desk_do (fixture->desk, act, &error);
  g_assert_no_error (error);
  g_assert_nonnull (act->result);
  do_fields (fixture, BILLING_VERB_LOCATION_EDIT, act->result, "{\"name\":\"North Side\",\"city\":\"\"}", &error);
  g_assert_no_error (error);
  name = billing_test_text (fixture->folder, "SELECT name || '|' || ifnull (city, '-') || '|' || postal_code FROM locations WHERE name LIKE 'North%'");
  g_assert_cmpstr (name, ==, "North Side|-|62701");

  g_assert_false (do_fields (fixture, BILLING_VERB_LOCATION_EDIT, NULL, "{\"name\":\"North Side\"}", &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (do_fields (fixture, BILLING_VERB_LOCATION_EDIT, NULL, "{\"city\":\"Springfield\"}", &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (do_fields (fixture, BILLING_VERB_LOCATION_EDIT, act->result, "{\"id\":\"loc_1\"}", &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_true (do_fields (fixture, BILLING_VERB_PHYSICIAN_EDIT, NULL, "{\"name\":\"Dr. Okafor\",\"npi\":\"1245319599\"}", &error));
  g_assert_no_error (error);
  g_assert_false (do_fields (fixture, BILLING_VERB_PHYSICIAN_EDIT, NULL, "{\"name\":\"Dr. Lee\",\"npi\":\"1245319598\"}", &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (billing_test_integer (fixture->folder, "SELECT count (*) FROM audit WHERE verb IN ('location-edit', 'physician-edit')"),
                   ==, 3);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "paper", test_paper },
    { "logo", test_logo },
    { "no-logo", test_no_logo },
    { "lost-logo", test_lost_logo },
    { "places", test_places },
  };
  int result;

  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  billing_test_folder_use_memory ();
  original = billing_test_folder ();
  billing_verb_cases_make (original);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/practice/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }
  result = g_test_run ();
  billing_test_folder_remove (original);
  return result;
}
