/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "billing-sandbox-client.h"

#include <string.h>

Client *
client_new_with_options (const BillingSandboxOptions *options)
{
  Client *self = g_new0 (Client, 1);
  g_autoptr (GError) error = NULL;

  self->server = billing_sandbox_server_new_with_options (options, &error);
  g_assert_no_error (error);
  self->session = soup_session_new ();
  self->url = billing_sandbox_server_get_url (self->server);
  self->key = g_strdup ("sk_test_abc");
  return self;
}

Client *
client_new (guint latency)
{
  BillingSandboxOptions options = { .latency = latency, .seed = 1 };

  return client_new_with_options (&options);
}

void
client_free (Client *self)
{
  g_clear_object (&self->message);
  g_clear_pointer (&self->body, json_node_unref);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  billing_sandbox_server_free (self->server);
  g_free (self->url);
  g_free (self->key);
  g_free (self->once);
  g_free (self);
}

SoupMessage *
client_message (Client     *self,
                const char *method,
                const char *path,
                const char *form)
{
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *bearer = g_strconcat ("Bearer ", self->key, NULL);
  g_autoptr (GBytes)
    bytes = g_bytes_new (form != NULL ? form : "", form != NULL ? strlen (form) : 0);

  if (self->key != NULL)
    soup_message_headers_append (headers, "Authorization", bearer);
  if (self->once != NULL)
    soup_message_headers_append (headers, "Idempotency-Key", self->once);
  g_clear_pointer (&self->once, g_free);
  if (g_str_equal (method, "POST"))
    soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", bytes);

  return message;
}

typedef struct
{
  GBytes *bytes;
  GError *error;
} Sent;

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Sent *sent = user_data;

  sent->bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &sent->error);
}

/* Sends a request and waits.  Returns: (transfer full) (nullable): what came, as it came */
static GBytes *
send (Client       *self,
      SoupMessage  *message,
      GError      **error)
{
  Sent sent = { NULL, NULL };

  g_set_object (&self->message, message);
  soup_session_send_and_read_async (self->session, self->message, G_PRIORITY_DEFAULT, NULL, sent_cb,
                                    &sent);
  while (sent.bytes == NULL && sent.error == NULL)
    g_main_context_iteration (NULL, TRUE);

  if (sent.error != NULL)
    {
      g_propagate_error (error, sent.error);
      return NULL;
    }

  return sent.bytes;
}

/* Sends what must be answered.  Returns: (transfer full): the answer's bytes */
GBytes *
client_fetch (Client      *self,
              SoupMessage *message)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = send (self, message, &error);

  g_assert_no_error (error);
  return bytes;
}

static void
keep_answer (Client     *self,
             const char *text)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->body, json_node_unref);
  self->body = json_from_string (text, &error);
  g_assert_no_error (error);
}

/* Sends a request of any kind, waits for its answer and keeps it.  Returns its status. */
guint
client_send (Client      *self,
             SoupMessage *message)
{
  g_autoptr (GBytes) bytes = client_fetch (self, message);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  keep_answer (self, text);
  return soup_message_get_status (message);
}

char *
client_try (Client      *self,
            const char  *method,
            const char  *path,
            const char  *form,
            GError     **error)
{
  g_autoptr (SoupMessage) message = client_message (self, method, path, form);
  g_autoptr (GBytes) bytes = NULL;

  bytes = send (self, message, error);
  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

/* Sends a request, waits for its answer and keeps it.  Returns its status. */
guint
client_call (Client     *self,
             const char *method,
             const char *path,
             const char *form)
{
  g_autoptr (SoupMessage) message = client_message (self, method, path, form);

  return client_send (self, message);
}

guint
client_look (Client     *self,
             const char *place,
             const char *id)
{
  g_autofree char *path = g_strconcat (place, id, NULL);

  return client_call (self, "GET", path, NULL);
}

/* Posts what must succeed.  Returns: (transfer full): the id of what was made or changed */
char *
client_make (Client     *self,
             const char *path,
             const char *form)
{
  guint status = client_call (self, "POST", path, form);

  if (status != 200)
    g_error ("%s: %s", path, client_text (self, "error.message"));

  return g_strdup (client_text (self, "id"));
}

/* Pays in dollars.  Returns: (transfer full): the payment intent's id */
char *
client_pay (Client     *self,
            gint64      amount,
            const char *method,
            const char *more)
{
  g_autofree char *form = g_strdup_printf ("amount=%" G_GINT64_FORMAT "&currency=usd&confirm=true"
                                           "&payment_method=%s%s",
                                           amount, method, more);

  return client_make (self, "/v1/payment_intents", form);
}

void
client_advance (Client *self,
                gint64  seconds)
{
  g_autofree char *form = g_strdup_printf ("advance=%" G_GINT64_FORMAT, seconds);

  g_assert_cmpuint (client_call (self, "POST", "/sandbox/clock", form), ==, 200);
}

/* The types of the newest events, oldest first. */
void
client_expect_events (Client     *self,
                      const char *types)
{
  g_auto (GStrv) words = g_strsplit (types, " ", -1);
  guint n = g_strv_length (words);

  client_call (self, "GET", "/v1/events?limit=100", NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("data.%u.type", n - 1 - i);

      g_assert_cmpstr (client_text (self, path), ==, words[i]);
    }
}

void
client_expect_balance (Client *self,
                       gint64  available,
                       gint64  pending)
{
  client_call (self, "GET", "/v1/balance", NULL);
  g_assert_cmpint (client_int (self, "available.0.amount"), ==, available);
  g_assert_cmpint (client_int (self, "pending.0.amount"), ==, pending);
  g_assert_cmpint (client_int (self, "pending.0.source_types.card"), ==, pending);
}

const char *
client_header (Client     *self,
               const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (self->message), name);
}

/* "data.0.id" of the last answer; null where there is no such member. */
JsonNode *
client_at (Client     *self,
           const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = self->body;

  for (guint i = 0; names[i] != NULL && node != NULL; i++)
    {
      if (JSON_NODE_HOLDS_ARRAY (node))
        {
          JsonArray *array = json_node_get_array (node);
          guint64 index = g_ascii_strtoull (names[i], NULL, 10);

          node = index < json_array_get_length (array)
                   ? json_array_get_element (array, (guint) index)
                   : NULL;
        }
      else if (JSON_NODE_HOLDS_OBJECT (node))
        node = json_object_get_member (json_node_get_object (node), names[i]);
      else
        node = NULL;
    }

  return node;
}

const char *
client_text (Client     *self,
             const char *path)
{
  JsonNode *node = client_at (self, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

gint64
client_int (Client     *self,
            const char *path)
{
  JsonNode *node = client_at (self, path);

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_VALUE (node));
  return json_node_get_int (node);
}

gboolean
client_true (Client     *self,
             const char *path)
{
  JsonNode *node = client_at (self, path);

  g_assert_nonnull (node);
  return json_node_get_boolean (node);
}

void
client_expect_error (Client     *self,
                     guint       status,
                     const char *type,
                     const char *code,
                     const char *param)
{
  g_assert_cmpuint (soup_message_get_status (self->message), ==, status);
  g_assert_cmpstr (client_text (self, "error.type"), ==, type);
  g_assert_cmpstr (client_text (self, "error.code"), ==, code);
  g_assert_cmpstr (client_text (self, "error.param"), ==, param);
  g_assert_nonnull (client_text (self, "error.message"));
}

/* What a payer sees at a page's whole address, and what comes of posting @form there; a payer has no
   key.  Returns: (transfer full): the page */
char *
client_visit (Client     *self,
              const char *url,
              const char *form)
{
  g_autofree char *key = g_steal_pointer (&self->key);
  g_autoptr (GError) error = NULL;
  char *page;

  g_assert_true (g_str_has_prefix (url, self->url));
  page = client_try (self, form != NULL ? "POST" : "GET", url + strlen (self->url), form, &error);
  g_assert_no_error (error);
  self->key = g_steal_pointer (&key);
  return page;
}
