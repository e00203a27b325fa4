/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-text-reader"

#include "config.h"

#include "billing-text-reader.h"

#include <string.h>

#include "billing-exchange-error.h"
#include "billing-trickle-stream.h"

#define BYTES(text) text, sizeof text - 1

static char *
read_all (GInputStream *stream, gsize *length, GError **error)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  char buffer[1000];
  gssize got;

  while ((got = g_input_stream_read (stream, buffer, sizeof buffer, NULL, error)) > 0)
    g_byte_array_append (text, (guint8 *) buffer, (guint) got);
  if (got < 0)
    return NULL;
  *length = text->len;
  return g_strndup ((char *) text->data, text->len);
}

static void
assert_text (const char *data, gsize length, const char *encoding, const char *expected)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *name = NULL;

  g_assert_true (billing_text_decode (bytes, &text, &name, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, encoding);
  g_assert_cmpstr (text, ==, expected);

  for (gsize step = 1; step < 6; step++)
    {
      g_autoptr (GInputStream) raw = billing_trickle_stream_new (data, length, step);
      g_autofree char *stream_name = NULL, *stream_text = NULL;
      g_autoptr (GInputStream) stream = billing_text_reader_open (raw, &stream_name, NULL, &error);
      gsize stream_length = 0;

      g_assert_no_error (error);
      stream_text = read_all (stream, &stream_length, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (stream_name, ==, encoding);
      g_assert_cmpmem (stream_text, stream_length, expected, strlen (expected));
    }
}

static void
assert_refused (const char *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GInputStream) raw = billing_trickle_stream_new (data, length, 7);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL, stream_error = NULL;
  g_autofree char *text = NULL, *stream_text = NULL;
  gsize ignored = 0;

  g_assert_false (billing_text_decode (bytes, &text, NULL, &error));
  g_assert_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENCODING);
  g_assert_null (text);

  stream = billing_text_reader_open (raw, NULL, NULL, &stream_error);
  if (stream != NULL)
    stream_text = read_all (stream, &ignored, &stream_error);
  g_assert_error (stream_error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENCODING);
}

/* Each encoding that practices' programs write becomes the same text, and its mark is gone. */
static void
test_encodings (void)
{
  const char *expected = "Mej\xc3\xad" "a;\xe2\x82\xac 5\r\n";

  assert_text (BYTES ("Mej\xc3\xad" "a;\xe2\x82\xac 5\r\n"), "UTF-8", expected);
  assert_text (BYTES ("\xef\xbb\xbfMej\xc3\xad" "a;\xe2\x82\xac 5\r\n"), "UTF-8", expected);
  assert_text (BYTES ("Mej\xed" "a;\x80 5\r\n"), "WINDOWS-1252", expected);
  assert_text (BYTES ("\xff\xfeM\0e\0j\0\xed\0" "a\0;\0\xac\x20 \0" "5\0\r\0\n\0"), "UTF-16LE",
               expected);
  assert_text (BYTES ("\xfe\xff\0M\0e\0j\0\xed\0" "a\0;\x20\xac\0 \0" "5\0\r\0\n"), "UTF-16BE",
               expected);
  assert_text (BYTES ("M\0e\0j\0\xed\0" "a\0;\0\xac\x20 \0" "5\0\r\0\n\0"), "UTF-16LE", expected);
  assert_text (BYTES ("\0M\0e\0j\0\xed\0" "a\0;\x20\xac\0 \0" "5\0\r\0\n"), "UTF-16BE", expected);
  assert_text (BYTES ("a\x81\xe9"), "ISO-8859-1", "a\xc2\x81\xc3\xa9");
  assert_text (BYTES (""), "UTF-8", "");
  assert_text (BYTES ("\xef\xbb\xbf"), "UTF-8", "");
  assert_text (BYTES ("\xff\xfe"), "UTF-16LE", "");
}

/* What holds nulls and is no UTF-16 is not text, and neither is UTF-16 that is cut or half. */
static void
test_binary (void)
{
  assert_refused (BYTES ("PK\3\4\0\0\0\0\x08\0abc\0\0"));
  assert_refused (BYTES ("abc\0def"));
  assert_refused (BYTES ("\xef\xbb\xbf" "abc\0def"));
  assert_refused (BYTES ("\xff\xfe" "a\0b"));
  assert_refused (BYTES ("\xff\xfe\x3d\xd8" "a\0"));
  assert_refused (BYTES ("\xff\xfe\0\0a\0\0\0"));
  assert_refused (BYTES ("\0\0\0\0"));
  assert_refused (BYTES ("\xef\xbb\xbf" "ab\xff"));
}

/* A character that the 64 KiB of the first look cut in two does not change what the file is. */
static void
test_cut_head (void)
{
  for (gsize before = 64 * 1024 - 4; before <= 64 * 1024; before++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (gsize i = 0; i < before; i++)
        g_string_append_c (text, 'x');
      g_string_append (text, "\xf0\x9f\x98\x80 end\n");
      assert_text (text->str, text->len, "UTF-8", text->str);
    }
}

/* A file that stops being UTF-8 far behind the first look is an error that says where. */
static void
test_late_error (void)
{
  g_autoptr (GInputStream) raw =
    billing_trickle_stream_new_repeat ("Name\n", "0123456789\n", 20000, "Mej\xed" "a\nx\n");
  g_autoptr (GInputStream) stream = billing_text_reader_open (raw, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_null (read_all (stream, &length, &error));
  g_assert_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENCODING);
  g_assert_nonnull (strstr (error->message, "line 20002 (byte 220008)"));
}

/* A null far behind the first look is no text either, and neither is a character cut at the end. */
static void
test_late_null (void)
{
  const char *tails[] = { "\xe2\x82", "\xf0" };

  for (gsize i = 0; i <= G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *text = g_strnfill (100000, 'x');
      g_autoptr (GInputStream) raw = NULL;
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      if (i == G_N_ELEMENTS (tails))
        text[90000] = '\0';
      raw = i == G_N_ELEMENTS (tails) ? billing_trickle_stream_new (text, 100000, 999)
                                      : billing_trickle_stream_new_repeat (text, "", 0, tails[i]);
      stream = billing_text_reader_open (raw, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_null (read_all (stream, &length, &error));
      g_assert_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENCODING);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/text-reader/encodings", test_encodings);
  g_test_add_func ("/exchange/text-reader/binary", test_binary);
  g_test_add_func ("/exchange/text-reader/cut-head", test_cut_head);
  g_test_add_func ("/exchange/text-reader/late-error", test_late_error);
  g_test_add_func ("/exchange/text-reader/late-null", test_late_null);

  return g_test_run ();
}
