/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sync-async"

#include "config.h"

#include "billing-sync-private.h"

#include "billing-keyring.h"

/* The same on another thread, for windows. */

typedef struct {
  char *secret;      /* (owned) (nullable) */
  char *publishable; /* (owned) (nullable) */
  BillingSyncKeep keep;
  char *warning;     /* (owned) (nullable) */
} Connecting;

static void
connecting_free (gpointer data)
{
  Connecting *connecting = data;

  billing_keyring_free_secret (connecting->secret);
  g_free (connecting->publishable);
  g_free (connecting->warning);
  g_free (connecting);
}

static void
connect_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Connecting *connecting = task_data;
  GError *error = NULL;
  BillingStripeProbe *probe = billing_sync_connect (source, connecting->secret,
                                                    connecting->publishable, connecting->keep,
                                                    &connecting->warning, cancellable, &error);

  if (probe != NULL)
    g_task_return_pointer (task, probe, (GDestroyNotify) billing_stripe_probe_unref);
  else
    g_task_return_error (task, error);
}

void
billing_sync_connect_async (BillingSync         *self,
                            const char          *secret,
                            const char          *publishable,
                            BillingSyncKeep      keep,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Connecting *connecting = g_new0 (Connecting, 1);

  connecting->secret = g_strdup (secret);
  connecting->publishable = g_strdup (publishable);
  connecting->keep = keep;
  g_task_set_source_tag (task, billing_sync_connect_async);
  g_task_set_check_cancellable (task, FALSE); /* a key that was kept is not forgotten */
  g_task_set_task_data (task, connecting, connecting_free);
  g_task_run_in_thread (task, connect_in_thread);
}

BillingStripeProbe *
billing_sync_connect_finish (BillingSync   *self,
                             GAsyncResult  *result,
                             char         **warning,
                             GError       **error)
{
  Connecting *connecting = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (warning != NULL)
    *warning = g_steal_pointer (&connecting->warning);
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef gboolean (*Step) (BillingSync   *self,
                          GCancellable  *cancellable,
                          GError       **error);

static void
step_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Step step = task_data;
  GError *error = NULL;

  if (step (source, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run_step (BillingSync         *self,
          Step                 step,
          gpointer             tag,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, step, NULL);
  g_task_run_in_thread (task, step_in_thread);
}

void
billing_sync_unlock_async (BillingSync         *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  run_step (self, billing_sync_unlock, billing_sync_unlock_async, cancellable, callback, user_data);
}

gboolean
billing_sync_unlock_finish (BillingSync   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
billing_sync_clear_async (BillingSync         *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  run_step (self, billing_sync_clear, billing_sync_clear_async, cancellable, callback, user_data);
}

gboolean
billing_sync_clear_finish (BillingSync   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
