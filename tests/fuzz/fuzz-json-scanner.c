/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fuzz-json-scanner"

#include "config.h"

#include "billing-json-scanner.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "billing-exchange-error.h"
#include "billing-fuzz.h"
#include "billing-trickle-stream.h"

/* A few seconds; BILLING_TEST_STEPS asks for more. */
#define DEFAULT_STEPS 20000

static const char *const seeds[] = {
  "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"link\":[{}],\"entry\":[{\"fullUrl\":\"urn:x\","
  "\"resource\":{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Mej\\u00eda\"}]}},\n"
  "{\"resource\":{\"amount\":-12.5e+3,\"ok\":true,\"no\":null}},{}]}",
  "{\"entry\":[{\"a\":\"\\ud83d\\ude00\"},{\"b\":[1,[2,{\"c\":3}]]}],\"resourceType\":\"Bundle\"}",
  "\xef\xbb\xbf{\"resourceType\":\"Patient\",\"id\":\"1\"}\n\n{\"resourceType\":\"Patient\"}\r\n"
  "{\"resourceType\":\"Bundle\",\"entry\":[{\"a\":1},{\"b\":\"}\"}]}\n{}\n",
  "[{\"resourceType\":\"Coverage\",\"status\":\"active\"},{\"x\":[]},{\"y\":\"\\\"\\\\\"}]",
  "{\"resourceType\":\"List\",\"entry\":[{\"item\":{\"reference\":\"Patient/\xc3\xa9\"}}]}",
};

static const char *const pieces[] = {
  "{",    "}",    "[",        "]",        ",",         ":",          "\"",       "\\",
  "\n",   "\\u",  "\\u0000",  "\\ud800",  "{}",        "[]",         "\"entry\"", "\xff",
  "true", "1e",   "\"type\"", "\"a\":",   "{}\n{}\n",  "[[[[[[[[[[", "{\"a\":",  "\"entry\":[{",
  " ",    "\xc3", "null",     "-",        "}\n{",      "\xed\xa0\x80", "]}",
  "\"resourceType\":\"Bundle\",",
};

/* What is handed out must be what the file holds there, and an object for json-glib. */
static void
check_entry (GBytes *entry, const BillingJsonPlace *place, const GString *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (entry, &length);

  g_assert_cmpuint (place->offset + length, <=, text->len);
  g_assert_cmpmem (data, length, text->str + place->offset, length);
  g_assert_true (g_utf8_validate_len (data, length, NULL));
  json_parser_load_from_data (parser, data, (gssize) length, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)));
}

/* One word a call: what came, and where. It may not depend on how the file was cut in pieces. */
static char *
scan (const GString *text, gsize step)
{
  g_autoptr (GInputStream) stream = billing_trickle_stream_new (text->str, text->len, step);
  g_autoptr (BillingJsonScanner) scanner = billing_json_scanner_new (stream);
  GString *said = g_string_new (NULL);
  guint64 entries = 0;

  for (gsize calls = 0;; calls++)
    {
      g_autoptr (GBytes) entry = NULL;
      g_autoptr (GError) error = NULL;
      BillingJsonPlace place;

      g_assert_cmpuint (calls, <=, text->len + 1);
      billing_json_scanner_next (scanner, &entry, &place, NULL, &error);
      if (entry == NULL && error == NULL)
        break;
      if (entry != NULL)
        check_entry (entry, &place, text);
      g_string_append_printf (said, "%d@%u:%u %s\n", error != NULL ? error->code : -1,
                              (guint) place.offset, (guint) place.line,
                              error != NULL ? error->message : "");
      if (error != NULL && error->code != BILLING_EXCHANGE_ERROR_ENTRY)
        break;
      g_assert_cmpuint (place.entry, ==, ++entries);
    }
  return g_string_free (said, FALSE);
}

/* Mutated files never crash the scanner, never make it hand out what is no JSON, and are read the
 * same in pieces of every size. */
static void
test_mutations (void)
{
  const char *steps = g_getenv ("BILLING_TEST_STEPS"), *seed = g_getenv ("BILLING_TEST_SEED");
  guint64 n_steps = steps != NULL ? g_ascii_strtoull (steps, NULL, 10) : DEFAULT_STEPS;
  guint32 first = seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10)
                               : (guint32) g_test_rand_int ();

  g_test_message ("BILLING_TEST_SEED=%u BILLING_TEST_STEPS=%u", first, (guint) n_steps);
  for (guint64 i = 0; i < n_steps; i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (first + (guint32) i);
      g_autoptr (GString) text =
        g_string_new (seeds[g_rand_int_range (rand, 0, G_N_ELEMENTS (seeds))]);
      g_autofree char *whole = NULL, *pieced = NULL;

      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        billing_fuzz_mutate (rand, text, pieces, G_N_ELEMENTS (pieces));
      whole = scan (text, G_MAXSIZE);
      pieced = scan (text, (gsize) g_rand_int_range (rand, 1, 9));
      if (!g_str_equal (whole, pieced))
        g_test_message ("BILLING_TEST_SEED=%u BILLING_TEST_STEPS=1", first + (guint32) i);
      g_assert_cmpstr (whole, ==, pieced);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fuzz/json-scanner/mutations", test_mutations);

  return g_test_run ();
}
