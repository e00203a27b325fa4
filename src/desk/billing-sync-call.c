/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sync-call"

#include "config.h"

#include "billing-sync-private.h"

/* What is done on the caller's thread: about the key, and a round of the caller's own. */

BillingStripeProbe *
billing_sync_connect (BillingSync      *self,
                      const char       *secret,
                      const char       *publishable,
                      BillingSyncKeep   keep,
                      char            **warning,
                      GCancellable     *cancellable,
                      GError          **error)
{
  g_autofree char *unwanted = NULL;
  BillingSyncCore *core = _billing_sync_get_core (self);
  BillingStripeProbe *probe = _billing_sync_core_connect (core, secret, publishable, keep,
                                                          warning != NULL ? warning : &unwanted, cancellable,
                                                          error);

  if (probe != NULL)
    _billing_sync_tell_again (self);
  return probe;
}

gboolean
billing_sync_use_key (BillingSync  *self,
                      const char   *secret,
                      GError      **error)
{
  if (!_billing_sync_core_use (_billing_sync_get_core (self), secret, error))
    return FALSE;

  _billing_sync_ask_again (self);
  return TRUE;
}

gboolean
billing_sync_unlock (BillingSync   *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  gboolean unlocked = _billing_sync_core_unlock (_billing_sync_get_core (self), cancellable, error);

  _billing_sync_tell_again (self);
  return unlocked;
}

gboolean
billing_sync_clear (BillingSync   *self,
                    GCancellable  *cancellable,
                    GError       **error)
{
  gboolean cleared = _billing_sync_core_clear (_billing_sync_get_core (self), cancellable, error);

  _billing_sync_tell_again (self);
  return cleared;
}

gboolean
billing_sync_look (BillingSync         *self,
                   gboolean            *for_session,
                   BillingStripeProbe **probe,
                   GCancellable        *cancellable,
                   GError             **error)
{
  gint64 synced_at;
  BillingSyncOrigin origin;

  if (!_billing_sync_core_look (_billing_sync_get_core (self), cancellable, error))
    return FALSE;

  origin = _billing_sync_core_get_origin (_billing_sync_get_core (self));
  if (for_session != NULL)
    *for_session = origin != BILLING_SYNC_ORIGIN_KEYRING;
  return probe == NULL ||
         _billing_sync_core_recall (_billing_sync_get_core (self), &synced_at, probe, error);
}

gboolean
billing_sync_run (BillingSync              *self,
                  BillingSyncFlags          flags,
                  BillingSyncProgressFunc   progress,
                  gpointer                  data,
                  BillingSyncSummary       *summary,
                  GCancellable             *cancellable,
                  GError                  **error)
{
  BillingSyncCore *core = _billing_sync_get_core (self);
  g_autoptr (BillingStripeClient) client = NULL;

  _billing_sync_core_expire (core);
  client = _billing_sync_core_get_client (core, cancellable, error);
  return client != NULL &&
         _billing_sync_core_round (core, client, flags, progress, data, summary, cancellable,
                                   error);
}
