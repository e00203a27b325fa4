/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-wire.h"

#include <string.h>

/**
 * billing_sandbox_wire_later:
 * @ms: milliseconds
 * @function: what is called every @ms, until it says that it need not be any more
 * @data: for @function
 *
 * Unlike g_timeout_add(), in the calling thread's default main context.
 *
 * Returns: (transfer full): what billing_sandbox_wire_never() takes
 */
GSource *
billing_sandbox_wire_later (guint       ms,
                            GSourceFunc function,
                            gpointer    data)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, function, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/**
 * billing_sandbox_wire_never:
 * @source: (transfer full): what is not to be called any more
 */
void
billing_sandbox_wire_never (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

/**
 * billing_sandbox_wire_read_key:
 * @message: a request
 *
 * Returns: (transfer full) (nullable): the API key, given as bearer or as the user of Basic
 */
char *
billing_sandbox_wire_read_key (SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (
    soup_server_message_get_request_headers (message), "Authorization");
  gsize length;

  if (header == NULL)
    return NULL;
  if (g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    return g_strstrip (g_strdup (header + 7));
  if (g_ascii_strncasecmp (header, "Basic ", 6) == 0)
    {
      g_autofree guchar *pair = g_base64_decode (header + 6, &length);
      g_autofree char *text = g_strndup ((const char *) pair, length);

      return g_strndup (text, strcspn (text, ":"));
    }

  return NULL;
}

/**
 * billing_sandbox_wire_read_params:
 * @message: a request
 *
 * Returns: (transfer full) (nullable): the body of a POST, or the query
 */
char *
billing_sandbox_wire_read_params (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = NULL;

  if (!g_str_equal (soup_server_message_get_method (message), "POST"))
    return g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));

  bytes = soup_message_body_flatten (body);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/**
 * billing_sandbox_wire_send:
 * @message: a request
 * @status: the HTTP status
 * @body: (transfer full): the answer, as JSON
 */
void
billing_sandbox_wire_send (SoupServerMessage *message,
                           guint              status,
                           char              *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, body,
                                    strlen (body));
}

/**
 * billing_sandbox_wire_hang_up:
 * @message: a request
 *
 * Closes its connection, without an answer.
 */
void
billing_sandbox_wire_hang_up (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static void
client_gave_up_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GIOStream) stream = user_data;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  g_io_stream_close (stream, NULL, NULL);
}

/**
 * billing_sandbox_wire_hold:
 * @message: a request
 * @cancellable: what ends the wait
 *
 * Keeps its connection open, without an answer, until the client closes it.
 */
void
billing_sandbox_wire_hold (SoupServerMessage *message,
                           GCancellable      *cancellable)
{
  GIOStream *stream = soup_server_message_steal_connection (message);

  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (stream), 1, G_PRIORITY_DEFAULT,
                                   cancellable, client_gave_up_cb, stream);
}

static void
add_header_cb (const char *name,
               const char *value,
               gpointer    user_data)
{
  g_string_append_printf (user_data, "%s: %s\r\n", name, value);
}

static void
torn_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GIOStream) stream = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

/**
 * billing_sandbox_wire_tear:
 * @message: a request
 * @status: the HTTP status
 * @body: the answer, as JSON
 *
 * Sends the headers of the whole answer and half of its body, then closes the connection.
 */
void
billing_sandbox_wire_tear (SoupServerMessage *message,
                           guint              status,
                           const char        *body)
{
  GString *text = g_string_new (NULL);
  GIOStream *stream;
  GOutputStream *output;
  char *bytes;
  gsize length;

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  soup_message_headers_foreach (soup_server_message_get_response_headers (message), add_header_cb,
                                text);
  g_string_append_printf (text, "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                          strlen (body));
  g_string_append_len (text, body, (gssize) strlen (body) / 2);

  stream = soup_server_message_steal_connection (message);
  output = g_io_stream_get_output_stream (stream);
  length = text->len;
  bytes = g_string_free (text, FALSE);
  g_object_set_data_full (G_OBJECT (output), "billing-sandbox-text", bytes, g_free);
  g_output_stream_write_all_async (output, bytes, length, G_PRIORITY_DEFAULT, NULL, torn_cb,
                                   stream);
}
