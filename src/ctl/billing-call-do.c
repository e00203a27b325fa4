/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-call-do"

#include "config.h"

#include "billing-call.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "billing-console.h"

/* Acts on many things at once: how far they are is shown, and Ctrl+C stops them. */

typedef struct {
  GMainLoop *loop;
  BillingAct *act;
  GError **error;
  gboolean success;
} Waiting;

static gboolean
tell_progress_cb (gpointer data)
{
  Waiting *waiting = data;
  int progress = g_atomic_int_get (&waiting->act->progress);

  /* What is done at once says nothing. */
  if (progress > 0)
    billing_console_progress (progress / 1000.0, _("Working"));
  return G_SOURCE_CONTINUE;
}

static gboolean
interrupt_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_CONTINUE;
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Waiting *waiting = user_data;

  waiting->success = billing_desk_do_finish (BILLING_DESK (object), result, waiting->error);
  g_main_loop_quit (waiting->loop);
}

/**
 * billing_call_do:
 * @self: a call, with its desk
 * @act: what to do to many things
 * @error: return location for an error
 *
 * Does it as billing_desk_do() does, and shows meanwhile how far it is. Ctrl+C stops it, and then nothing of it was done.
 *
 * Returns: whether it is done
 */
gboolean
billing_call_do (BillingCall  *self,
                 BillingAct   *act,
                 GError      **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) own_error = NULL;
  Waiting waiting = { loop, act, &own_error, FALSE };
  guint ticks = g_timeout_add (200, tell_progress_cb, &waiting);
  guint interrupts = g_unix_signal_add (SIGINT, interrupt_cb, cancellable);
  guint ends = g_unix_signal_add (SIGTERM, interrupt_cb, cancellable);

  billing_desk_do_async (self->desk, act, cancellable, done_cb, &waiting);
  g_main_loop_run (loop);
  g_source_remove (ticks);
  g_source_remove (interrupts);
  g_source_remove (ends);
  billing_console_progress_end ();

  if (g_error_matches (own_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Stopped. Nothing was changed."));
  else if (own_error != NULL)
    g_propagate_error (error, g_steal_pointer (&own_error));

  return waiting.success;
}
