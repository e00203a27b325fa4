/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-test-sandbox"

#include "config.h"

#include "billing-test-sandbox.h"

#include <libsoup/soup.h>
#include <string.h>

#define DAY (24 * 60 * 60)
#define QUARTER (15 * 60)
#define MORNING (2 * 60 * 60)

typedef struct {
  BillingTestSandbox *sandbox;
  const BillingSandboxOptions *options;
  GMutex mutex;
  GCond cond;
  gboolean is_ready;
} Start;

static gboolean
ready_cb (gpointer data)
{
  Start *start = data;

  g_mutex_lock (&start->mutex);
  start->is_ready = TRUE;
  g_cond_signal (&start->cond);
  g_mutex_unlock (&start->mutex);
  return G_SOURCE_REMOVE;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
invoke (BillingTestSandbox *self,
        GSourceFunc         func,
        gpointer            data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, self->context);
}

static void
serve (BillingTestSandbox          *self,
       const BillingSandboxOptions *options)
{
  g_autoptr (GError) error = NULL;

  self->server = billing_sandbox_server_new_with_options (options, &error);
  g_assert_no_error (error);
  self->url = billing_sandbox_server_get_url (self->server);
}

/* The sandbox makes its payouts at midnight (UTC), and events of the last hour are looked at again:
 * a test that ran about then would see requests that it does not expect. */
static void
leave_midnight (BillingTestSandbox *self)
{
  gint64 time = g_get_real_time () / G_USEC_PER_SEC % DAY;

  if (time >= DAY - QUARTER)
    billing_sandbox_server_advance (self->server, DAY - time + MORNING);
  else if (time < MORNING)
    billing_sandbox_server_advance (self->server, MORNING - time);
}

/* What the loop still has to do for connections that are gone is done before it goes itself. */
static gpointer
serve_thread (gpointer data)
{
  Start *start = data;
  BillingTestSandbox *self = start->sandbox;

  g_main_context_push_thread_default (self->context);
  serve (self, start->options);
  leave_midnight (self);
  invoke (self, ready_cb, start);
  g_main_loop_run (self->loop);

  g_clear_pointer (&self->server, billing_sandbox_server_free);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * billing_test_sandbox_start:
 * @options: (nullable): %NULL: a sandbox without a past, on any free port
 */
void
billing_test_sandbox_start (BillingTestSandbox          *self,
                            const BillingSandboxOptions *options)
{
  const BillingSandboxOptions usual = { .seed = 1 };
  Start start = { .sandbox = self, .options = options != NULL ? options : &usual };

  g_mutex_init (&start.mutex);
  g_cond_init (&start.cond);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("sandbox", serve_thread, &start);

  g_mutex_lock (&start.mutex);
  while (!start.is_ready)
    g_cond_wait (&start.cond, &start.mutex);
  g_mutex_unlock (&start.mutex);
  g_mutex_clear (&start.mutex);
  g_cond_clear (&start.cond);
}

void
billing_test_sandbox_stop (BillingTestSandbox *self)
{
  invoke (self, quit_cb, self->loop);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->url, g_free);
}

char *
billing_test_sandbox_visit (const char *url,
                            const char *form)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (form != NULL ? "POST" : "GET", url);
  g_autoptr (GBytes) body = form != NULL ? g_bytes_new (form, strlen (form)) : NULL;
  g_autoptr (GBytes) page = NULL;
  gsize size;
  const char *text;

  /* Its pages need no key; what else it offers beside Stripe's own does. */
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", "Bearer sk_test_visitor");
  if (form != NULL)
    soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", body);
  page = soup_session_send_and_read (session, message, NULL, NULL);
  if (page == NULL)
    return NULL;

  text = g_bytes_get_data (page, &size);
  return g_strndup (text, size);
}

char *
billing_test_sandbox_open (const char *url)
{
  static const char mark[] = "action=\"/sandbox/pay/";
  g_autofree char *page = billing_test_sandbox_visit (url, NULL);
  const char *action = page != NULL ? strstr (page, mark) : NULL;
  const char *path = strstr (url, "/sandbox/");
  g_autofree char *base = g_strndup (url, (gsize) (path - url));

  if (action == NULL)
    return NULL;

  action += strlen ("action=\"");
  return g_strdup_printf ("%s%.*s", base, (int) strcspn (action, "\""), action);
}
