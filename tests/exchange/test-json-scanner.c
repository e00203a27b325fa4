/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-json-scanner"

#include "config.h"

#include "billing-json-scanner.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/resource.h>

#include "billing-exchange-error.h"
#include "billing-trickle-stream.h"

#define MEMORY_LIMIT_KIB (64 * 1024)

/* What a scanner says of a file, one line a call: the entry, or the kind of error and the place. */
static char *
describe (GInputStream *stream)
{
  g_autoptr (BillingJsonScanner) scanner = billing_json_scanner_new (stream);
  GString *out = g_string_new (NULL);

  for (;;)
    {
      g_autoptr (GBytes) entry = NULL;
      g_autoptr (GError) error = NULL;
      BillingJsonPlace place;
      gboolean is_good = billing_json_scanner_next (scanner, &entry, &place, NULL, &error);

      g_assert_true (is_good == (error == NULL));
      if (is_good && entry == NULL)
        break;
      g_string_append_printf (out, "%u@%u:%u ", (guint) place.entry, (guint) place.offset,
                              (guint) place.line);
      if (is_good)
        g_string_append_len (out, g_bytes_get_data (entry, NULL),
                             (gssize) g_bytes_get_size (entry));
      else if (g_error_matches (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY))
        g_string_append_printf (out, "ENTRY %s", error->message);
      else
        {
          g_assert_true (error->domain == BILLING_EXCHANGE_ERROR);
          g_string_append_printf (out, "%s %s",
                                  error->code == BILLING_EXCHANGE_ERROR_TORN ? "TORN" : "FORMAT",
                                  error->message);
          g_string_append_c (out, '\n');
          break;
        }
      g_string_append_c (out, '\n');
    }
  if (billing_json_scanner_get_bundle_type (scanner) != NULL)
    g_string_append_printf (out, "type %s\n", billing_json_scanner_get_bundle_type (scanner));
  return g_string_free (out, FALSE);
}

static char *
describe_bytes (const char *text, gsize length)
{
  g_autofree char *whole = NULL;

  for (gsize step = 1; step <= 8; step++)
    {
      g_autoptr (GInputStream) stream = billing_trickle_stream_new (text, length, step);
      g_autofree char *description = describe (stream);

      if (whole != NULL)
        g_assert_cmpstr (whole, ==, description);
      g_free (whole);
      whole = g_steal_pointer (&description);
    }
  return g_steal_pointer (&whole);
}

/* Each line of @expected is the beginning of what is said, in pieces of every size. */
static void
assert_scan (const char *text, const char *expected)
{
  g_autofree char *description = describe_bytes (text, strlen (text));
  g_auto (GStrv) said = g_strsplit (description, "\n", -1);
  g_auto (GStrv) wanted = g_strsplit (expected, "\n", -1);

  if (g_strv_length (said) != g_strv_length (wanted))
    g_assert_cmpstr (description, ==, expected);
  for (guint i = 0; wanted[i] != NULL; i++)
    if (!g_str_has_prefix (said[i], wanted[i]))
      g_assert_cmpstr (said[i], ==, wanted[i]);
}

/* A resource alone is one entry, byte for byte, wherever the file begins and ends. */
static void
test_single (void)
{
  assert_scan ("{\"resourceType\":\"Patient\"}", "1@0:1 {\"resourceType\":\"Patient\"}\n");
  assert_scan ("\xef\xbb\xbf\r\n\n {\"id\" : \"a\\\"}{\\\\\"}\n\n",
               "1@7:3 {\"id\" : \"a\\\"}{\\\\\"}\n");
  assert_scan ("{}", "1@0:1 {}\n");
  assert_scan ("{\"a\":[-1.5e+3,0,true,false,null,[],{},[{}]]}",
               "1@0:1 {\"a\":[-1.5e+3,0,true,false,null,[],{},[{}]]}\n");
}

/* A Bundle is split into its entries whatever stands around them, and in whatever order. */
static void
test_bundle (void)
{
  assert_scan ("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"link\":[{\"entry\":[{}]}],"
               "\"entry\":[{\"a\":1} ,\n{\"b\":[2]}],\"x\":{\"type\":\"no\"}}",
               "1@73:1 {\"a\":1}\n2@83:2 {\"b\":[2]}\ntype batch\n");
  assert_scan ("{\"entry\":[{\"a\":1}],\"type\":\"searchset\",\"resourceType\":\"Bundle\"}",
               "1@10:1 {\"a\":1}\ntype searchset\n");
  assert_scan ("{\"resourceType\":\"Bundle\",\"type\":\"batch\"}", "type batch\n");
  assert_scan ("{\"resourceType\":\"Bundle\",\"entry\":[]}", "");
  assert_scan ("{\"\\u0065ntry\":[{}],\"resourceType\":\"B\\u0075ndle\"}", "1@15:1 {}\n");
}

/* A Bundle in a Bundle, and a Bundle in an array, are handed out whole. */
static void
test_nested_bundle (void)
{
  const char *inner = "{\"resourceType\":\"Bundle\",\"entry\":[{},{}]}";
  g_autofree char *bundle =
    g_strdup_printf ("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":%s}]}", inner);
  g_autofree char *array = g_strdup_printf ("[%s,{}]", inner);
  g_autofree char *from_bundle = g_strdup_printf ("1@34:1 {\"resource\":%s}\n", inner);
  g_autofree char *from_array = g_strdup_printf ("1@1:1 %s\n2@43:1 {}\n", inner);

  assert_scan (bundle, from_bundle);
  assert_scan (array, from_array);
}

/* A resource of another type with a member called entry (a List) is no Bundle. */
static void
test_list_resource (void)
{
  const char *list = "{\"resourceType\":\"List\",\"entry\":[{\"item\":{}}]}";
  g_autofree char *expected = g_strdup_printf ("1@0:1 %s\n", list);

  assert_scan (list, expected);
  assert_scan ("{\"entry\":[{}],\"resourceType\":\"List\"}", "1@10:1 {}\n2@35:1 FORMAT \n");
  assert_scan ("{\"resourceType\":\"Bundle\",\"entry\":{}}", "1@36:1 FORMAT The file calls\n");
  assert_scan ("{\"entry\":7,\"resourceType\":\"Bundle\"}", "1@35:1 FORMAT The file calls\n");
  assert_scan ("{\"resourceType\":\"Bundle\",\"resourceType\":\"List\"}", "1@46:1 FORMAT \n");
}

/* An array of resources is split, and what is no object in it is complained of and passed over. */
static void
test_array (void)
{
  assert_scan ("[]", "");
  assert_scan (" [ {\"a\":[]} , {} ] ", "1@3:1 {\"a\":[]}\n2@14:1 {}\n");
  assert_scan ("[1,{},\"}\",[{}],null,{}]",
               "1@2:1 ENTRY Entry 1 was left out: it is not an object\n2@3:1 {}\n"
               "3@9:1 ENTRY \n4@10:1 ENTRY \n5@19:1 ENTRY \n6@20:1 {}\n");
}

/* One object a line: blank lines, CRLF and Bundles on a line are fine, and so is no last LF. */
static void
test_lines (void)
{
  assert_scan ("{\"a\":1}\n{\"b\":2}", "1@0:1 {\"a\":1}\n2@8:2 {\"b\":2}\n");
  assert_scan ("\n{\"a\":1}\r\n\r\n \n{\"b\":2}\r\n\r\n", "1@1:2 {\"a\":1}\n2@14:5 {\"b\":2}\n");
  assert_scan ("{}\n{\"resourceType\":\"Bundle\",\"entry\":[{},{\"x\":0}]}\n{}\n",
               "1@0:1 {}\n2@37:2 {}\n3@40:2 {\"x\":0}\n4@50:3 {}\n");
}

/* A bad line costs that line only, however its brackets and quotation marks stand. */
static void
test_bad_lines (void)
{
  assert_scan ("{}\n{\"a\":\n{\"b\":2}\n", "1@0:1 {}\n2@3:2 ENTRY \n3@9:3 {\"b\":2}\n");
  assert_scan ("{}\n{\"a\":\"x\n{}\n", "1@0:1 {}\n2@3:2 ENTRY \n3@11:3 {}\n");
  assert_scan ("{}\n{\"a\":]}\n{}\n", "1@0:1 {}\n2@3:2 ENTRY \n3@11:3 {}\n");
  assert_scan ("{}\n{}\nhello\n{}\n{} {}\n{}",
               "1@0:1 {}\n2@3:2 {}\n3@6:3 ENTRY \n4@12:4 {}\n5@15:5 {}\n6@18:5 ENTRY \n"
               "7@21:6 {}\n");
  assert_scan ("{}\n{\"resourceType\":\"Bundle\",\"entry\":[{},\n{}\n",
               "1@0:1 {}\n2@37:2 {}\n3@40:2 ENTRY \n4@41:3 {}\n");
  assert_scan ("{\"a\":1,}\n{}\n", "1@0:1 ENTRY \n2@9:2 {}\n");
  assert_scan ("{}\n{\"a\":1",
               "1@0:1 {}\n2@9:2 TORN The file ends in the middle of entry 2 (byte 9\n");
}

/* What breaks the grammar inside an entry costs that entry; the sentence says what and where. */
static void
test_bad_entries (void)
{
  static const struct
  {
    const char *entry;
    const char *why;
  } cases[] = {
    { "{\"a\":1,}", "the name of a member is missing (line 2, byte 42)" },
    { "{\"a\" 1}", "a colon is missing (line 2, byte 40)" },
    { "{\"a\":}", "a value is missing (line 2, byte 40)" },
    { "{\"a\":1 \"b\":2}", "a comma or a closing bracket is missing (line 2, byte 42)" },
    { "{\"a\":[1,,2]}", "a value is missing (line 2, byte 43)" },
    { "{\"a\":[1 2]}", "a comma or a closing bracket is missing (line 2, byte 43)" },
    { "{\"a\":01}", "a value is neither" },
    { "{\"a\":+1}", "a value is neither" },
    { "{\"a\":1.}", "a value is neither" },
    { "{\"a\":1e}", "a value is neither" },
    { "{\"a\":-}", "a value is neither" },
    { "{\"a\":NaN}", "a value is neither" },
    { "{\"a\":nulll}", "a value is neither" },
    { "{a:1}", "the name of a member is missing" },
    { "{'a':1}", "the name of a member is missing" },
    { "{/* c */}", "the name of a member is missing" },
    { "{\"a\":\"x\ty\"}", "a text holds a line break" },
    { "{\"a\":\"x\ny\"}", "a text holds a line break" },
    { "{\"a\":\"\\\n\"}", "a text holds a line break" },
    { "{\"a\":\"\\u0000\"}", "a text holds the null character (line 2, byte 41)" },
    { "{\"a\":\"\\ud83d\"}", "a text holds half a character" },
    { "{\"a\":\"\\ud83d\\n12345\"}", "a text holds half a character" },
    { "{\"a\":\"\\ud83d\\u0041\"}", "a text holds half a character" },
    { "{\"a\":\"\\ude00\"}", "a text holds half a character" },
    { "{\"a\":\"\\x41\"}", "a text holds a backslash" },
    { "{\"a\":\"\\u12g4\"}", "a text holds a backslash" },
    { "{\"a\":\"\\u12\"}", "a text holds a backslash" },
    { "{\"a\":\"\xff\"}", "its text is not UTF-8 (line 2, byte 41)" },
    { "{\"a\":\"\xed\xa0\x80\"}", "its text is not UTF-8" },
    { "{\"a\":\"\xc0\x80\"}", "its text is not UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Bundle\",\"entry\":[\n%s,{}]}",
                                               cases[i].entry);
      g_autofree char *expected =
        g_strdup_printf ("1@35:2 ENTRY Entry 1 was left out: %s\n2@%u:", cases[i].why,
                         (guint) (36 + strlen (cases[i].entry)));
      g_autofree char *description = describe_bytes (text, strlen (text));
      g_auto (GStrv) lines = g_strsplit (expected, "\n", 2);

      g_test_message ("case %u", (guint) i);
      if (!g_str_has_prefix (description, lines[0]))
        g_assert_cmpstr (description, ==, lines[0]);
      g_assert_nonnull (strstr (description, lines[1]));
      g_assert_true (g_str_has_suffix (description, " {}\n"));
    }
}

/* Whole surrogate pairs and all escapes of RFC 8259 pass. */
static void
test_good_escapes (void)
{
  const char *text =
    "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\uFFFF \xf0\x9f\x98\x80\"}";
  g_autofree char *expected = g_strdup_printf ("1@0:1 %s\n", text);

  assert_scan (text, expected);
}

/* Mismatched brackets leave no way to find the next entry: that is the end, said at each call. */
static void
test_broken (void)
{
  const char *text = "[{},{\"a\":[}},{}]";
  g_autoptr (GInputStream) stream = billing_trickle_stream_new (text, strlen (text), 5);
  g_autoptr (BillingJsonScanner) scanner = billing_json_scanner_new (stream);
  g_autoptr (GBytes) entry = NULL;

  g_assert_true (billing_json_scanner_next (scanner, &entry, NULL, NULL, NULL));
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) none = NULL;

      do
        g_clear_error (&error);
      while (!billing_json_scanner_next (scanner, &none, NULL, NULL, &error) &&
             g_error_matches (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY));
      g_assert_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_FORMAT);
      g_assert_null (none);
    }
  assert_scan ("[{}}", "1@1:1 {}\n1@1:1 FORMAT \n");
  assert_scan ("{\"resourceType\":\"Bundle\",]", "1@0:1 FORMAT \n");
}

/* What is no JSON, or goes on behind its end, is refused with a sentence. */
static void
test_not_fhir (void)
{
  assert_scan ("", "1@0:1 FORMAT The file is empty\n");
  assert_scan ("\xef\xbb\xbf \n", "1@5:2 FORMAT The file is empty\n");
  assert_scan ("Name,Amount\n", "1@0:1 FORMAT This is not a FHIR file\n");
  assert_scan ("<Bundle/>", "1@0:1 FORMAT This is not a FHIR file\n");
  assert_scan ("\"text\"", "1@0:1 FORMAT This is not a FHIR file\n");
  assert_scan ("{} x", "1@0:1 {}\n2@3:1 FORMAT Something follows\n");
  assert_scan ("{} {}", "1@0:1 {}\n2@3:1 FORMAT Something follows\n");
  assert_scan ("[{}]\n{}", "1@1:1 {}\n2@5:2 FORMAT Something follows\n");
  assert_scan ("{\n}\n{}", "1@0:1 {\n}\n2@4:3 FORMAT Something follows\n");
  assert_scan ("{}\nx", "1@0:1 {}\n2@3:2 FORMAT Something follows\n");
}

/* Cut at any byte, a file gives its whole entries and then says that it is torn, never an end. */
static void
test_torn (void)
{
  const char *text =
    "{\"resourceType\":\"Bundle\",\"entry\":[{\"a\":\"\\u0041\"},{\"b\":[1.5,true]}]}";

  for (gsize length = 1; length < strlen (text); length++)
    {
      g_autofree char *description = describe_bytes (text, length);
      gboolean has_first = length >= 48, has_second = length >= 65;

      g_assert_nonnull (strstr (description, " TORN The file ends "));
      g_assert_true (has_first == (strstr (description, "1@34:1 {\"a\":\"\\u0041\"}\n") != NULL));
      g_assert_true (has_second == (strstr (description, "2@49:1 {\"b\":[1.5,true]}\n") != NULL));
    }
  assert_scan ("[{},{},{\"a\":", "1@1:1 {}\n2@4:1 {}\n"
                                "3@12:1 TORN The file ends in the middle of entry 3 (byte 12). \n");
}

/* 200 levels are the limit, the same alone and in a Bundle; the entries around go on. */
static void
test_depth (void)
{
  for (guint depth = 199; depth <= 202; depth++)
    {
      g_autofree char *open = g_strnfill (depth - 1, '[');
      g_autofree char *close = g_strnfill (depth - 1, ']');
      g_autofree char *entry = g_strdup_printf ("{\"a\":%s%s}", open, close);
      g_autofree char *bundle =
        g_strdup_printf ("{\"resourceType\":\"Bundle\",\"entry\":[%s,{}]}", entry);
      g_autofree char *array = g_strdup_printf ("[%s,{}]", entry);
      g_autofree char *alone = describe_bytes (entry, strlen (entry));
      g_autofree char *in_bundle = describe_bytes (bundle, strlen (bundle));
      g_autofree char *in_array = describe_bytes (array, strlen (array));

      g_assert_true ((strstr (alone, "ENTRY") != NULL) == (depth > 200));
      g_assert_true ((strstr (in_bundle, "ENTRY") != NULL) == (depth > 200));
      g_assert_true ((strstr (in_array, "ENTRY") != NULL) == (depth > 200));
      g_assert_true (g_str_has_suffix (in_bundle, ":1 {}\n"));
      g_assert_true (g_str_has_suffix (in_array, ":1 {}\n"));
    }
}

/* A hundred thousand levels, closed or not, in an entry or beside it, are an error and no crash. */
static void
test_abyss (void)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *close = g_strnfill (100000, ']');
  g_autofree char *closed = g_strdup_printf ("[{\"a\":%s%s},{}]", open, close);
  g_autofree char *beside =
    g_strdup_printf ("{\"resourceType\":\"Bundle\",\"a\":%s%s,\"entry\":[{}]}", open, close);
  g_autofree char *from_closed = describe_bytes (closed, strlen (closed));
  g_autofree char *from_open = describe_bytes (open, strlen (open));
  g_autofree char *from_beside = describe_bytes (beside, strlen (beside));

  g_assert_true (g_str_has_prefix (from_closed, "1@1:1 ENTRY Entry 1 was left out: it is nested"));
  g_assert_true (g_str_has_suffix (from_closed, "2@200008:1 {}\n"));
  g_assert_nonnull (strstr (from_open, " TORN The file ends in the middle of entry 1 "));
  g_assert_nonnull (strstr (from_beside, " FORMAT "));
}

static guint64
get_peak_kib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (guint64) usage.ru_maxrss;
}

static void
assert_streams_in_memory (const char *head, const char *body, guint64 repeats, const char *tail,
                          guint64 expected_good, guint expected_bad)
{
  g_autoptr (GInputStream) stream = billing_trickle_stream_new_repeat (head, body, repeats, tail);
  g_autoptr (BillingJsonScanner) scanner = billing_json_scanner_new (stream);
  guint64 before = get_peak_kib (), good = 0;
  guint bad = 0;

  for (;;)
    {
      g_autoptr (GBytes) entry = NULL;
      g_autoptr (GError) error = NULL;

      if (!billing_json_scanner_next (scanner, &entry, NULL, NULL, &error))
        {
          g_assert_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY);
          bad++;
          continue;
        }
      if (entry == NULL)
        break;
      good++;
    }
  g_assert_cmpuint (good, ==, expected_good);
  g_assert_cmpuint (bad, ==, expected_bad);
  g_test_message ("peak grew by %u KiB", (guint) (get_peak_kib () - before));
#if !defined(__SANITIZE_ADDRESS__) /* which keeps what is freed */
  g_assert_cmpuint (get_peak_kib () - before, <, MEMORY_LIMIT_KIB);
#endif
}

/* A file of 200 MB passes through a small buffer; an entry beyond 16 MiB is passed over. */
static void
test_huge (void)
{
  assert_streams_in_memory ("{\"resourceType\":\"Bundle\",\"entry\":[{}",
                            ",{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"0123456789\"}}",
                            3500000, "]}", 3500001, 0);
  assert_streams_in_memory ("[{},{\"a\":\"", "0123456789abcdef", 13000000, "\"},{}]", 2, 1);
  assert_streams_in_memory ("{\"resourceType\":\"Bundle\",\"signature\":\"", "0123456789abcdef",
                            2000000, "\",\"entry\":[{}]}", 1, 0);
}

/* The limit of 16 MiB is exact. */
static void
test_size (void)
{
  for (gsize size = 16 * 1024 * 1024 - 1; size <= 16 * 1024 * 1024 + 1; size++)
    {
      g_autofree char *text = g_strnfill (size, 'x');
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (BillingJsonScanner) scanner = NULL;
      g_autoptr (GBytes) entry = NULL;
      g_autoptr (GError) error = NULL;

      memcpy (text, "{\"a\":\"", 6);
      memcpy (text + size - 2, "\"}", 2);
      stream = g_memory_input_stream_new_from_data (text, (gssize) size, NULL);
      scanner = billing_json_scanner_new (stream);
      if (billing_json_scanner_next (scanner, &entry, NULL, NULL, &error))
        g_assert_cmpmem (text, size, g_bytes_get_data (entry, NULL), g_bytes_get_size (entry));
      else
        g_assert_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY);
      g_assert_true ((error == NULL) == (size <= 16 * 1024 * 1024));
    }
}

/* A cancelled read is no error of the file: the next call goes on where it stopped. */
static void
test_cancel (void)
{
  g_autoptr (GInputStream) stream = billing_trickle_stream_new ("[{\"a\":1}]", 9, 4);
  g_autoptr (BillingJsonScanner) scanner = billing_json_scanner_new (stream);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) entry = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (billing_json_scanner_next (scanner, &entry, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (billing_json_scanner_next (scanner, &entry, NULL, NULL, NULL));
  g_assert_cmpmem ("{\"a\":1}", 7, g_bytes_get_data (entry, NULL), g_bytes_get_size (entry));
}

static char *
find_shared_data (void)
{
  const char *named = g_getenv ("BILLING_SHARED_DATA");

  return named != NULL ? g_build_filename (named, "fhir", NULL)
                       : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "fhir",
                                                NULL);
}

static void
assert_same_entries (const char *path)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  g_autoptr (BillingJsonScanner) scanner = billing_json_scanner_new (stream);
  JsonArray *entries;

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  entries = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                          "entry");
  for (guint i = 0; i <= json_array_get_length (entries); i++)
    {
      g_autoptr (GBytes) entry = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      billing_json_scanner_next (scanner, &entry, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_true ((entry == NULL) == (i == json_array_get_length (entries)));
      if (entry == NULL)
        break;
      text = g_strndup (g_bytes_get_data (entry, NULL), g_bytes_get_size (entry));
      node = json_from_string (text, NULL);
      g_assert_true (json_node_equal (node, json_array_get_element (entries, i)));
    }
  g_assert_nonnull (billing_json_scanner_get_bundle_type (scanner));
}

/* Real bundles split into the very entries that json-glib finds in them. */
static void
test_shared_data (void)
{
  g_autofree char *folder = find_shared_data ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      g_test_skip ("the sample data is not here");
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".json"))
        assert_same_entries (path);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/json-scanner/single", test_single);
  g_test_add_func ("/exchange/json-scanner/bundle", test_bundle);
  g_test_add_func ("/exchange/json-scanner/nested-bundle", test_nested_bundle);
  g_test_add_func ("/exchange/json-scanner/list-resource", test_list_resource);
  g_test_add_func ("/exchange/json-scanner/array", test_array);
  g_test_add_func ("/exchange/json-scanner/lines", test_lines);
  g_test_add_func ("/exchange/json-scanner/bad-lines", test_bad_lines);
  g_test_add_func ("/exchange/json-scanner/bad-entries", test_bad_entries);
  g_test_add_func ("/exchange/json-scanner/good-escapes", test_good_escapes);
  g_test_add_func ("/exchange/json-scanner/broken", test_broken);
  g_test_add_func ("/exchange/json-scanner/not-fhir", test_not_fhir);
  g_test_add_func ("/exchange/json-scanner/torn", test_torn);
  g_test_add_func ("/exchange/json-scanner/depth", test_depth);
  g_test_add_func ("/exchange/json-scanner/abyss", test_abyss);
  g_test_add_func ("/exchange/json-scanner/huge", test_huge);
  g_test_add_func ("/exchange/json-scanner/size", test_size);
  g_test_add_func ("/exchange/json-scanner/cancel", test_cancel);
  g_test_add_func ("/exchange/json-scanner/shared-data", test_shared_data);

  return g_test_run ();
}
