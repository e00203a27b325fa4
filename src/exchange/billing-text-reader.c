/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-text-reader"

#include "config.h"

#include "billing-text-reader.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "billing-exchange-error.h"

#define HEAD_SIZE (64 * 1024)

typedef struct
{
  const char *name;
  gsize mark_size; /* of the byte order mark that stands before the text */
} Encoding;

/* --- recognising ------------------------------------------------------------------------------ */

/* UTF-16 of western text has a null in every other byte, and none in between. */
static const char *
recognise_nulls (const guint8 *data, gsize length)
{
  gsize nulls[2] = { 0, 0 };

  for (gsize i = 0; i < length; i++)
    nulls[i % 2] += data[i] == 0;

  if (nulls[0] == 0 && nulls[1] > length / 4)
    return "UTF-16LE";
  if (nulls[1] == 0 && nulls[0] > length / 4)
    return "UTF-16BE";
  return NULL;
}

/* A head may end in the middle of a character. */
static gboolean
is_utf8 (const guint8 *data, gsize length, gboolean is_whole)
{
  const char *bad;
  gsize rest;

  if (g_utf8_validate_len ((const char *) data, length, &bad))
    return TRUE;
  rest = length - (gsize) (bad - (const char *) data);
  return !is_whole && g_utf8_get_char_validated (bad, (gssize) rest) == (gunichar) -2;
}

static const char *
recognise_single_bytes (const guint8 *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (memchr ("\x81\x8d\x8f\x90\x9d", data[i], 5) != NULL)
      return "ISO-8859-1";
  return "WINDOWS-1252";
}

static gboolean
recognise (const guint8 *data, gsize length, gboolean is_whole, Encoding *encoding, GError **error)
{
  *encoding = (Encoding) { 0 };
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    *encoding = (Encoding) { "UTF-8", 3 };
  else if (length >= 2 && memcmp (data, "\xff\xfe", 2) == 0)
    *encoding = (Encoding) { "UTF-16LE", 2 };
  else if (length >= 2 && memcmp (data, "\xfe\xff", 2) == 0)
    *encoding = (Encoding) { "UTF-16BE", 2 };
  else if (length > 0 && memchr (data, 0, length) != NULL)
    encoding->name = recognise_nulls (data, length);
  else if (is_utf8 (data, length, is_whole))
    encoding->name = "UTF-8";
  else
    encoding->name = recognise_single_bytes (data, length);

  if (encoding->name == NULL)
    g_set_error_literal (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENCODING,
                         _("This file is not text. Nothing was read; save it as CSV or text in "
                           "UTF-8 and import it again."));
  return encoding->name != NULL;
}

/* --- a converter that says where -------------------------------------------------------------- */

#define BILLING_TYPE_TEXT_CONVERTER (billing_text_converter_get_type ())
G_DECLARE_FINAL_TYPE (BillingTextConverter, billing_text_converter, BILLING, TEXT_CONVERTER,
                      GObject)

struct _BillingTextConverter
{
  GObject parent_instance;

  GConverter *charset; /* (owned) */
  const char *encoding_name;
  guint64 offset; /* in the file */
  guint64 line;
};

static void billing_text_converter_iface_init (GConverterIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingTextConverter, billing_text_converter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER,
                                                      billing_text_converter_iface_init))

static GConverterResult
complain (BillingTextConverter *self, GError **error)
{
  g_clear_error (error);
  g_set_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENCODING,
               _("The file began as %s, but line %" PRIu64 " (byte %" PRIu64 ") holds something "
                 "else. Save it as UTF-8 and import it again."),
               self->encoding_name, self->line, self->offset);
  return G_CONVERTER_ERROR;
}

static void
count (BillingTextConverter *self, const char *text, gsize length, gsize bytes_read)
{
  self->offset += bytes_read;
  for (gsize i = 0; i < length; i++)
    self->line += text[i] == '\n';
}

static GConverterResult
billing_text_converter_convert (GConverter *converter, const void *inbuf, gsize inbuf_size,
                                void *outbuf, gsize outbuf_size, GConverterFlags flags,
                                gsize *bytes_read, gsize *bytes_written, GError **error)
{
  BillingTextConverter *self = BILLING_TEXT_CONVERTER (converter);
  GError *local_error = NULL;
  GConverterResult result;

  result = g_converter_convert (self->charset, inbuf, inbuf_size, outbuf, outbuf_size, flags,
                                bytes_read, bytes_written, &local_error);
  if (result != G_CONVERTER_ERROR)
    {
      count (self, outbuf, *bytes_written, *bytes_read);
      return *bytes_written > 0 && memchr (outbuf, 0, *bytes_written) != NULL
               ? complain (self, error)
               : result;
    }

  /* A character that is cut off is an error only where no more bytes come. */
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ||
      (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) &&
       (flags & G_CONVERTER_INPUT_AT_END) != 0))
    {
      g_error_free (local_error);
      return complain (self, error);
    }
  g_propagate_error (error, local_error);
  return result;
}

static void
billing_text_converter_reset (GConverter *converter)
{
  BillingTextConverter *self = BILLING_TEXT_CONVERTER (converter);

  g_converter_reset (self->charset);
  self->offset = 0;
  self->line = 1;
}

static void
billing_text_converter_iface_init (GConverterIface *iface)
{
  iface->convert = billing_text_converter_convert;
  iface->reset = billing_text_converter_reset;
}

static void
billing_text_converter_finalize (GObject *object)
{
  BillingTextConverter *self = BILLING_TEXT_CONVERTER (object);

  g_clear_object (&self->charset);
  G_OBJECT_CLASS (billing_text_converter_parent_class)->finalize (object);
}

static void
billing_text_converter_class_init (BillingTextConverterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = billing_text_converter_finalize;
}

static void
billing_text_converter_init (BillingTextConverter *self)
{
  self->line = 1;
}

static GConverter *
converter_new (const Encoding *encoding, GError **error)
{
  g_autoptr (BillingTextConverter) self = NULL;
  GCharsetConverter *charset = g_charset_converter_new ("UTF-8", encoding->name, error);

  if (charset == NULL)
    return NULL;
  self = g_object_new (BILLING_TYPE_TEXT_CONVERTER, NULL);
  self->charset = G_CONVERTER (charset);
  self->encoding_name = encoding->name;
  self->offset = encoding->mark_size;
  return G_CONVERTER (g_steal_pointer (&self));
}

/* --- public ----------------------------------------------------------------------------------- */

gboolean
billing_text_decode (GBytes *bytes, char **text, const char **encoding_name, GError **error)
{
  g_autofree char *result = NULL;
  gsize length, result_length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  Encoding encoding;

  g_return_val_if_fail (text != NULL, FALSE);

  *text = NULL;
  if (!recognise (data, length, TRUE, &encoding, error))
    return FALSE;

  if (length > encoding.mark_size)
    result = g_convert ((const char *) data + encoding.mark_size,
                        (gssize) (length - encoding.mark_size), "UTF-8", encoding.name, NULL,
                        &result_length, NULL);
  else
    result = g_strdup ("");
  if (result == NULL || memchr (result, 0, result_length) != NULL)
    {
      g_set_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENCODING,
                   _("The file begins as %s, but is not whole. Save it as UTF-8 and import it "
                     "again."),
                   encoding.name);
      return FALSE;
    }

  *text = g_steal_pointer (&result);
  if (encoding_name != NULL)
    *encoding_name = encoding.name;
  return TRUE;
}

static gboolean
fill_head (GBufferedInputStream *stream, gboolean *is_whole, GCancellable *cancellable,
           GError **error)
{
  gssize filled = 1;

  while (filled > 0 && g_buffered_input_stream_get_available (stream) < HEAD_SIZE)
    filled = g_buffered_input_stream_fill (stream, -1, cancellable, error);
  *is_whole = filled == 0;
  return filled >= 0;
}

GInputStream *
billing_text_reader_open (GInputStream *raw, char **encoding_name, GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GInputStream) head = g_buffered_input_stream_new_sized (raw, HEAD_SIZE);
  g_autoptr (GConverter) converter = NULL;
  const guint8 *data;
  gboolean is_whole;
  gsize length;
  Encoding encoding;

  if (!fill_head (G_BUFFERED_INPUT_STREAM (head), &is_whole, cancellable, error))
    return NULL;
  data = g_buffered_input_stream_peek_buffer (G_BUFFERED_INPUT_STREAM (head), &length);
  if (!recognise (data, length, is_whole, &encoding, error))
    return NULL;
  if (encoding.mark_size > 0 &&
      g_input_stream_skip (head, encoding.mark_size, cancellable, error) < 0)
    return NULL;

  converter = converter_new (&encoding, error);
  if (converter == NULL)
    return NULL;
  if (encoding_name != NULL)
    *encoding_name = g_strdup (encoding.name);
  return g_converter_input_stream_new (head, converter);
}
