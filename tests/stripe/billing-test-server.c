/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-test-server"

#include "config.h"

#include "billing-test-server.h"

#include <libsoup/soup.h>
#include <string.h>

#include "billing-test-listen.h"

typedef struct
{
  guint status;
  GBytes *body;              /* (owned) (nullable) */
  GPtrArray *headers;        /* (owned) (nullable): name, value, … */
  char *raw;                 /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  gboolean hangs;
} Answer;

struct _BillingTestServer
{
  gboolean has_tls;
  GThread *thread;         /* (owned) */
  GMainContext *context;   /* (owned) */
  GMainLoop *loop;         /* (owned) */
  GSocketService *service; /* (owned): the thread's alone, as the next two */
  SoupServer *server;      /* (owned) */
  GPtrArray *held;         /* (owned): messages that are never answered */

  GMutex mutex; /* for what follows */
  GCond cond;
  char *base;          /* (owned) (nullable): until it listens */
  GQueue answers;      /* of Answer */
  GPtrArray *requests; /* (owned): of BillingTestRequest */
};

static void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_clear_pointer (&answer->headers, g_ptr_array_unref);
  g_clear_object (&answer->cancellable);
  g_free (answer->raw);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static void
request_free (gpointer data)
{
  BillingTestRequest *request = data;

  g_free (request->method);
  g_free (request->path);
  g_free (request->body);
  g_hash_table_unref (request->headers);
  g_free (request);
}

static void
keep_header_cb (const char *name,
                const char *value,
                gpointer    data)
{
  g_hash_table_replace (data, g_ascii_strdown (name, -1), g_strdup (value));
}

static BillingTestRequest *
read_request (SoupServerMessage *message)
{
  BillingTestRequest *request = g_new0 (BillingTestRequest, 1);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_uri_to_string_partial (soup_server_message_get_uri (message), G_URI_HIDE_NONE);
  memmove (request->path, strstr (request->path, "/v1/"), strlen (strstr (request->path, "/v1/")) + 1);
  request->body = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), keep_header_cb, request->headers);
  return request;
}

static void
write_raw (SoupServerMessage *message,
           const char        *bytes)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, strlen (bytes), NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
write_answer (SoupServerMessage *message,
              Answer            *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  soup_server_message_set_status (message, answer->status, NULL);
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  for (guint i = 0; answer->headers != NULL && i < answer->headers->len; i += 2)
    soup_message_headers_replace (headers, g_ptr_array_index (answer->headers, i),
                                  g_ptr_array_index (answer->headers, i + 1));
  if (g_bytes_get_size (answer->body) > 0)
    soup_message_body_append_bytes (body, answer->body);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  BillingTestServer *self = data;
  g_autoptr (Answer) answer = NULL;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, read_request (message));
  answer = g_queue_pop_head (&self->answers);
  g_mutex_unlock (&self->mutex);

  if (answer == NULL)
    soup_server_message_set_status (message, 599, "Not foreseen");
  else if (answer->raw != NULL)
    write_raw (message, answer->raw);
  else if (!answer->hangs)
    write_answer (message, answer);
  else
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->held, g_object_ref (message));
      g_cancellable_cancel (answer->cancellable);
    }
}

static GTlsCertificate *
load_certificate (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "stripe", "self-signed.pem", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return certificate;
}

static gpointer
run_thread (gpointer data)
{
  BillingTestServer *self = data;
  g_autoptr (GTlsCertificate) certificate = self->has_tls ? load_certificate () : NULL;

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);

  g_mutex_lock (&self->mutex);
  self->service = billing_test_listen (self->server, certificate, &self->base);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_main_loop_run (self->loop);
  g_clear_pointer (&self->service, billing_test_hang_up);
  g_ptr_array_set_size (self->held, 0);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
quit_cb (gpointer data)
{
  BillingTestServer *self = data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static BillingTestServer *
new_server (gboolean has_tls)
{
  BillingTestServer *self = g_new0 (BillingTestServer, 1);

  self->has_tls = has_tls;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->answers);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("server", run_thread, self);

  g_mutex_lock (&self->mutex);
  while (self->base == NULL)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

BillingTestServer *
billing_test_server_new (void)
{
  return new_server (FALSE);
}

BillingTestServer *
billing_test_server_new_tls (void)
{
  return new_server (TRUE);
}

void
billing_test_server_free (BillingTestServer *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, self, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);

  g_queue_clear_full (&self->answers, (GDestroyNotify) answer_free);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->held);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->base);
  g_free (self);
}

const char *
billing_test_server_get_base (BillingTestServer *self)
{
  return self->base;
}

static void
push (BillingTestServer *self,
      Answer            *answer)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->answers, answer);
  g_mutex_unlock (&self->mutex);
}

void
billing_test_server_answer (BillingTestServer *self,
                            guint              status,
                            const char        *body,
                            ...)
{
  Answer *answer = g_new0 (Answer, 1);
  va_list headers;

  answer->status = status;
  answer->body = g_bytes_new (body, strlen (body));
  answer->headers = g_ptr_array_new_with_free_func (g_free);

  va_start (headers, body);
  for (const char *text = va_arg (headers, char *); text != NULL; text = va_arg (headers, char *))
    g_ptr_array_add (answer->headers, g_strdup (text));
  va_end (headers);
  push (self, answer);
}

void
billing_test_server_answer_bytes (BillingTestServer *self,
                                  guint              status,
                                  GBytes            *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->body = g_bytes_ref (body);
  push (self, answer);
}

void
billing_test_server_answer_raw (BillingTestServer *self,
                                const char        *bytes)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->raw = g_strdup (bytes);
  push (self, answer);
}

void
billing_test_server_hang (BillingTestServer *self,
                          GCancellable      *cancellable)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->hangs = TRUE;
  answer->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  push (self, answer);
}

guint
billing_test_server_count (BillingTestServer *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->requests->len;
  g_mutex_unlock (&self->mutex);
  return count;
}

const BillingTestRequest *
billing_test_server_get (BillingTestServer *self,
                         guint              index)
{
  const BillingTestRequest *request;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (index, <, self->requests->len);
  request = g_ptr_array_index (self->requests, index);
  g_mutex_unlock (&self->mutex);
  return request;
}
