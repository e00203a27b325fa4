/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-demo"

#include "config.h"

#include "billing-window-private.h"

/* The made-up clinic has a Stripe of its own, which never is the real one. */

gboolean
_billing_window_is_demo (BillingWindow *self)
{
  g_autofree char *demo = billing_window_get_demo_folder ();

  return g_strcmp0 (self->folder, demo) == 0;
}

static void
sandbox_started_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (BillingWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  BillingDemoSandbox *sandbox = billing_demo_sandbox_start_finish (result, &error);

  if (sandbox == NULL)
    {
      if (self->desk != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        _billing_window_warn (self, error->message);
      return;
    }

  if (self->desk == NULL || self->sandbox != NULL || !_billing_window_is_demo (self))
    {
      billing_demo_sandbox_stop (sandbox);
      return;
    }

  self->sandbox = sandbox;
  _billing_window_set_sync (self);
}

/**
 * _billing_window_prepare_demo:
 * @self: a window whose desk is open
 *
 * Sees to it that the made-up clinic has its sandbox, and that other practices have none.
 *
 * Returns: whether the session with Stripe can begin; otherwise _billing_window_set_sync() is
 *   called again once it can
 */
gboolean
_billing_window_prepare_demo (BillingWindow *self)
{
  gboolean is_demo = self->desk != NULL && _billing_window_is_demo (self);

  if (!is_demo)
    g_clear_pointer (&self->sandbox, billing_demo_sandbox_stop);
  if (!is_demo || self->sandbox != NULL || self->stripe_url != NULL)
    return TRUE;

  billing_demo_sandbox_start_async (self->folder, self->opening, sandbox_started_cb,
                                    g_object_ref (self));
  return FALSE;
}

/* Where the practice's Stripe is; NULL: where it always is. */
const char *
_billing_window_get_stripe_url (BillingWindow *self)
{
  return self->sandbox != NULL ? billing_demo_sandbox_get_url (self->sandbox) : self->stripe_url;
}
