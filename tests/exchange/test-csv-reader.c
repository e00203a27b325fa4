/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-csv-reader"

#include "config.h"

#include "billing-csv-reader.h"
#include "billing-csv-writer.h"

#include <string.h>

#include "billing-exchange-error.h"
#include "billing-trickle-stream.h"

static void
describe_row (GString *out, const char *const *row)
{
  g_autofree char *fields = g_strjoinv ("|", (char **) row);

  g_string_append (out, fields);
  g_string_append_c (out, '\n');
}

/* The header, then each row with its number, or the kind of error. */
static char *
describe (GInputStream *stream)
{
  g_autoptr (GError) open_error = NULL;
  g_autoptr (BillingCsvReader) reader = billing_csv_reader_new (stream, NULL, &open_error);
  GString *out = g_string_new (NULL);
  static const char *const kinds[] = { "ENTRY", "TORN", "FORMAT", "ENCODING" };

  if (reader == NULL)
    g_string_append_printf (out, "%s %s\n", kinds[open_error->code], open_error->message);
  else
    describe_row (out, billing_csv_reader_get_header (reader));

  while (reader != NULL)
    {
      g_auto (GStrv) row = NULL;
      g_autoptr (GError) error = NULL;
      guint64 number = 0;
      gboolean is_good = billing_csv_reader_next (reader, &row, &number, NULL, &error);

      g_assert_true (is_good == (error == NULL));
      if (is_good && row == NULL)
        break;
      g_string_append_printf (out, "%u:", (guint) number);
      if (is_good)
        describe_row (out, (const char *const *) row);
      else
        g_string_append_printf (out, "%s %s\n", kinds[error->code], error->message);
      if (!is_good && error->code != BILLING_EXCHANGE_ERROR_ENTRY)
        break;
    }
  return g_string_free (out, FALSE);
}

static void
assert_csv (const char *text, const char *expected)
{
  for (gsize step = 1; step < 7; step++)
    {
      g_autoptr (GInputStream) stream = billing_trickle_stream_new (text, strlen (text), step);
      g_autofree char *description = describe (stream);
      g_auto (GStrv) said = g_strsplit (description, "\n", -1);
      g_auto (GStrv) wanted = g_strsplit (expected, "\n", -1);

      if (g_strv_length (said) != g_strv_length (wanted))
        g_assert_cmpstr (description, ==, expected);
      for (guint i = 0; wanted[i] != NULL; i++)
        if (!g_str_has_prefix (said[i], wanted[i]))
          g_assert_cmpstr (said[i], ==, wanted[i]);
    }
}

static char
get_separator (const char *text)
{
  g_autoptr (GInputStream) stream = billing_trickle_stream_new (text, strlen (text), 5);
  g_autoptr (BillingCsvReader) reader = billing_csv_reader_new (stream, NULL, NULL);

  return billing_csv_reader_get_separator (reader);
}

/* The separator is what the lines agree on, not what one of them happens to hold. */
static void
test_separator (void)
{
  g_assert_cmpint (get_separator ("a,b\n1,2\n"), ==, ',');
  g_assert_cmpint (get_separator ("a;b\n1,5;2,5\n3,5;4,5\n"), ==, ';');
  g_assert_cmpint (get_separator ("a\tb\n1,5\t2\n"), ==, '\t');
  g_assert_cmpint (get_separator ("a|b|c\n1|2|3"), ==, '|');
  g_assert_cmpint (get_separator ("\"a,b,c,d\";e\n\"1\n,2\";3\n"), ==, ';');
  g_assert_cmpint (get_separator ("Name, first;Day\nMeier;1\nKranz;2\n"), ==, ';');
  g_assert_cmpint (get_separator ("a\n1\n"), ==, ',');
  g_assert_cmpint (get_separator ("a;b"), ==, ';');
  g_assert_cmpint (get_separator ("\r\n\r\na;b,c;d\r\n1;2;3\r\n"), ==, ';');
}

/* Quoting, line breaks in fields, and every kind of line end. */
static void
test_rows (void)
{
  assert_csv ("\xef\xbb\xbfName,Amount\r\nMeier,5\r\n\"a \"\"b\"\", c\",\"1\r\n2\"\r\n",
              "Name|Amount\n2:Meier|5\n3:a \"b\", c|1\r\n2\n");
  assert_csv ("a,b\rc,d\re,f", "a|b\n2:c|d\n3:e|f\n");
  assert_csv ("a,b\n c , \"d\" \n,x\n", "a|b\n2:c|d\n3:|x\n");
  assert_csv ("a\tb\n\t1\n2\t\n", "a|b\n2:|1\n3:2|\n");
}

/* Blank rows and empty columns that spreadsheets leave are no rows, but count as they do there. */
static void
test_blank (void)
{
  assert_csv ("\r\n\r\na;b;;\r\n\r\n1;2;;\r\n;;;\r\n\"\";\r\n3;4\r\n\r\n\r\n",
              "a|b\n5:1|2\n8:3|4\n");
  assert_csv ("", "FORMAT The file has no rows\n");
  assert_csv ("\n,,\n\n", "FORMAT The file has no rows\n");
  assert_csv ("a,b\n", "a|b\n");
}

/* A row that does not fit its header is left out by its number, and the next one is read. */
static void
test_unequal (void)
{
  assert_csv ("a,b,c\n1,2\n1,2,3,4\n1,2,3\n",
              "a|b|c\n2:ENTRY Row 2 was left out: it has 2 fields where the header has 3\n"
              "3:ENTRY Row 3 was left out: it has 4 fields\n4:1|2|3\n");
  assert_csv ("a,b\n1,\xff\n1,2\n", "a|b\n2:ENTRY Row 2 was left out: it is not text\n3:1|2\n");
}

/* The inside of a quoted field never becomes a row: a misplaced quotation mark is the end. */
static void
test_quotes (void)
{
  assert_csv ("a,b\n1,2\n\"x\"y,2\n\"z\",3\n", "a|b\n2:1|2\n3:FORMAT Row 3: a quotation mark\n");
  assert_csv ("a,b\n5\" pipe,2\n", "a|b\n2:FORMAT Row 2: a quotation mark\n");
  assert_csv ("a,b\n1,2\n3,\"4\n5,6\n", "a|b\n2:1|2\n3:TORN Row 3: the file ends in the middle\n");
}

/* A null character would cut a field short unseen: its row is left out. */
static void
test_null (void)
{
  const char text[] = "a,b\n1,2\0003\n4,5\n";
  g_autoptr (GInputStream) stream = billing_trickle_stream_new (text, sizeof text - 1, 4);
  g_autofree char *description = describe (stream);

  g_assert_true (g_str_has_prefix (description, "a|b\n2:ENTRY Row 2 was left out"));
  g_assert_true (g_str_has_suffix (description, "\n3:4|5\n"));
}

static char *
describe_repeat (const char *head, const char *body, guint64 repeats, const char *tail)
{
  g_autoptr (GInputStream) stream = billing_trickle_stream_new_repeat (head, body, repeats, tail);

  return describe (stream);
}

/* A quotation mark that is never closed, or a row without end, stops at a limit, not at the end. */
static void
test_limits (void)
{
  g_autofree char *open = describe_repeat ("a,b\n1,2\n3,\"", "x,y\n", 10000000, "");
  g_autofree char *wide = describe_repeat ("a,b\n1,2\n", ",", 50000000, "");
  g_autofree char *heavy = describe_repeat ("a,b\n1,2\n", "0123456789abcdef,", 10000000, "");
  g_autofree char *fits = describe_repeat ("a,b\n1,", "x", 1024 * 1024, "\n3,4\n");
  g_autofree char *exceeds = describe_repeat ("a,b\n1,", "x", 1024 * 1024 + 1, "\n3,4\n");

  g_assert_true (g_str_has_prefix (open, "a|b\n2:1|2\n3:FORMAT Row 3: it is too large"));
  g_assert_true (g_str_has_prefix (wide, "a|b\n2:1|2\n3:FORMAT Row 3: it is too large"));
  g_assert_true (g_str_has_prefix (heavy, "a|b\n2:1|2\n3:FORMAT Row 3: it is too large"));
  g_assert_true (g_str_has_suffix (fits, "x\n3:3|4\n"));
  g_assert_nonnull (strstr (exceeds, "\n2:FORMAT Row 2: it is too large"));
}

/* Errors of the end are repeated, so that a caller cannot miss them. */
static void
test_repeats (void)
{
  const char *text = "a,b\n\"1\"x,2\n";
  g_autoptr (GInputStream) stream = billing_trickle_stream_new (text, strlen (text), 3);
  g_autoptr (BillingCsvReader) reader = billing_csv_reader_new (stream, NULL, NULL);

  for (int i = 0; i < 3; i++)
    {
      g_auto (GStrv) row = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (billing_csv_reader_next (reader, &row, NULL, NULL, &error));
      g_assert_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_FORMAT);
    }
}

static void
assert_field (const char *field, const char *expected)
{
  const char *fields[] = { field, "x", NULL };
  g_autofree char *row = billing_csv_row (fields);
  g_autofree char *expected_row = g_strconcat (expected, ",x\r\n", NULL);

  g_assert_cmpstr (row, ==, expected_row);
}

/* Only what needs marks gets them; formulas are disarmed, and numbers stay numbers. */
static void
test_write (void)
{
  const char *empty[] = { "", NULL };
  g_autofree char *empty_row = billing_csv_row (empty);

  assert_field ("Meier", "Meier");
  assert_field ("", "");
  assert_field ("a,b", "\"a,b\"");
  assert_field ("a \"b\"", "\"a \"\"b\"\"\"");
  assert_field ("a\r\nb", "\"a\r\nb\"");
  assert_field (" a", "\" a\"");
  assert_field ("a ", "\"a \"");
  assert_field ("-250.00", "-250.00");
  assert_field ("+1", "+1");
  assert_field ("-1.234,56", "\"-1.234,56\"");
  assert_field ("=1+1", "'=1+1");
  assert_field ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"");
  assert_field ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0");
  assert_field ("@SUM(A1)", "'@SUM(A1)");
  assert_field ("+49 30 1234", "'+49 30 1234");
  assert_field ("-", "'-");
  assert_field ("\t=1", "\"'\t=1\"");
  g_assert_cmpstr (empty_row, ==, "\"\"\r\n");
}

static char *
random_field (GRand *rand)
{
  static const char alphabet[] = "a,;\"\n\r\t |0\xc3\xa9";
  GString *field = g_string_new ("x");

  for (int length = g_rand_int_range (rand, 0, 8); length > 0; length--)
    {
      guint i = (guint) g_rand_int_range (rand, 0, sizeof alphabet - 2);

      if ((alphabet[i] & 0x80) != 0)
        g_string_append (field, "\xc3\xa9");
      else
        g_string_append_c (field, alphabet[i]);
    }
  return g_string_free (field, FALSE);
}

/* Whatever is written comes back as it was. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int () & G_MAXINT32);

  for (int round = 0; round < 500; round++)
    {
      char *fields[] = { random_field (rand), random_field (rand), random_field (rand), NULL };
      g_autoptr (GString) text = g_string_new ("h1,h2,h3\r\ni,j,k\r\nl,m,n\r\n");
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (BillingCsvReader) reader = NULL;
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) row = NULL;

      billing_csv_append_row (text, (const char *const *) fields);
      stream = billing_trickle_stream_new (text->str, text->len, 1 + (gsize) round % 9);
      reader = billing_csv_reader_new (stream, NULL, &error);
      g_assert_no_error (error);
      for (int i = 0; i < 3; i++)
        {
          g_clear_pointer (&row, g_strfreev);
          billing_csv_reader_next (reader, &row, NULL, NULL, &error);
          g_assert_no_error (error);
        }
      g_assert_cmpstrv (row, fields);
      for (int i = 0; i < 3; i++)
        g_free (fields[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/csv-reader/separator", test_separator);
  g_test_add_func ("/exchange/csv-reader/rows", test_rows);
  g_test_add_func ("/exchange/csv-reader/blank", test_blank);
  g_test_add_func ("/exchange/csv-reader/unequal", test_unequal);
  g_test_add_func ("/exchange/csv-reader/quotes", test_quotes);
  g_test_add_func ("/exchange/csv-reader/null", test_null);
  g_test_add_func ("/exchange/csv-reader/limits", test_limits);
  g_test_add_func ("/exchange/csv-reader/repeats", test_repeats);
  g_test_add_func ("/exchange/csv-writer/write", test_write);
  g_test_add_func ("/exchange/csv-writer/round-trip", test_round_trip);

  return g_test_run ();
}
