/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sync-core"

#include "config.h"

#include "billing-sync-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-stripe-keys.h"

/* The key of a practice: found, checked, bound, kept and forgotten. */

BillingSyncCore *
_billing_sync_core_new (BillingDesk *desk,
                        const char  *url)
{
  BillingSyncCore *self = g_new0 (BillingSyncCore, 1);

  self->desk = g_object_ref (desk);
  self->url = g_strdup (url);
  self->practice_id = g_strdup (billing_record_get_id (BILLING_RECORD (billing_desk_get_practice (desk))));
  self->lock_path = billing_store_build_path (billing_desk_get_store (desk), "sync.lock");
  g_mutex_init (&self->mutex);
  self->shared.again = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
_billing_sync_core_free (BillingSyncCore *self)
{
  g_clear_object (&self->shared.client);
  g_ptr_array_unref (self->shared.again);
  g_clear_pointer (&self->shared.key, billing_stripe_key_free);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->desk);
  g_free (self->url);
  g_free (self->practice_id);
  g_free (self->lock_path);
  g_free (self);
}

BillingSyncOrigin
_billing_sync_core_get_origin (BillingSyncCore *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->shared.origin;
}

void
_billing_sync_core_list_again (BillingSyncCore *self,
                               const char      *stream)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (!g_ptr_array_find_with_equal_func (self->shared.again, stream, g_str_equal, NULL))
    g_ptr_array_add (self->shared.again, g_strdup (stream));
}

/* (transfer full): what is to be listed anew; nothing afterwards. */
GPtrArray *
_billing_sync_core_take_again (BillingSyncCore *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *again = self->shared.again;

  self->shared.again = g_ptr_array_new_with_free_func (g_free);
  return again;
}

/* As the books say now: another program may have bound the practice since it was opened. */
BillingPractice *
_billing_sync_core_load (BillingSyncCore  *self,
                         GError          **error)
{
  return BILLING_PRACTICE (billing_desk_find (self->desk, self->practice_id, error));
}

/* Takes @key, with its client where it was checked already. The same key again changes nothing. */
static void
set_key (BillingSyncCore     *self,
         BillingSyncOrigin    origin,
         BillingStripeKey    *key,
         BillingStripeClient *client)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean is_same = key != NULL && self->shared.key != NULL &&
                     g_str_equal (billing_stripe_key_peek (key),
                                  billing_stripe_key_peek (self->shared.key));

  self->shared.origin = origin;
  if (!is_same || client != NULL)
    g_set_object (&self->shared.client, client);
  if (self->shared.key != NULL)
    billing_stripe_key_free (self->shared.key);
  self->shared.key = key;
}

static gboolean
explain_none (BillingStripeKeysState   state,
              GError                 **error)
{
  switch (state)
    {
    case BILLING_STRIPE_KEYS_LOCKED:
      g_set_error_literal (error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_LOCKED,
                           _("The keyring is locked, so the key for Stripe cannot be read. "
                             "Nothing is lost; unlock it to go on."));
      return FALSE;
    case BILLING_STRIPE_KEYS_NO_KEYRING:
      g_set_error_literal (error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_NO_KEYRING,
                           _("There is no keyring on this computer that could keep the key for "
                             "Stripe. Install and start one, or enter a key for this session; "
                             "programs without a window take it from BILLING_STRIPE_KEY."));
      return FALSE;
    case BILLING_STRIPE_KEYS_NONE:
    case BILLING_STRIPE_KEYS_FOUND:
    case BILLING_STRIPE_KEYS_FROM_ENVIRONMENT:
    default:
      g_set_error_literal (error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_NOT_CONNECTED,
                           _("This practice is not connected to Stripe. An administrator connects "
                             "it by entering a key."));
      return FALSE;
    }
}

/* What is in use is used on while the keyring is locked or gone; a key that was taken out of it is
 * not. */
static gboolean
look_again (BillingSyncCore         *self,
            BillingSyncOrigin        origin,
            BillingStripeKeysState   state,
            GError                 **error)
{
  if (origin == BILLING_SYNC_ORIGIN_KEYRING && state != BILLING_STRIPE_KEYS_NONE)
    return TRUE;

  set_key (self, BILLING_SYNC_ORIGIN_NONE, NULL, NULL);
  return explain_none (state, error);
}

gboolean
_billing_sync_core_look (BillingSyncCore  *self,
                         GCancellable     *cancellable,
                         GError          **error)
{
  BillingSyncOrigin origin = _billing_sync_core_get_origin (self);
  BillingStripeKeysState state;
  GError *own_error = NULL;
  BillingStripeKey *key;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (origin == BILLING_SYNC_ORIGIN_SESSION)
    return TRUE;

  key = billing_stripe_keys_look_up (self->practice_id, &state, &own_error);
  /* A keyring that is there without a key is as good as none: a script's session has often an empty
   * one. */
  if (key == NULL && own_error == NULL && state == BILLING_STRIPE_KEYS_NONE)
    key = billing_stripe_keys_get_brought (&own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, own_error);
      return FALSE;
    }
  if (key == NULL)
    return look_again (self, origin, state, error);

  set_key (self, state == BILLING_STRIPE_KEYS_FOUND ? BILLING_SYNC_ORIGIN_KEYRING : BILLING_SYNC_ORIGIN_ENVIRONMENT,
           key, NULL);
  return TRUE;
}

static const char *
get_last4 (const char *text)
{
  gsize length = strlen (text);

  return text + (length > 4 ? length - 4 : length);
}

/* Which key it was, for the audit. */
static char *
describe_key (BillingStripeProbe *probe)
{
  if (probe->live)
    return g_strdup_printf (probe->restricted ? _("Live mode, restricted key …%s") : _("Live mode, secret key …%s"),
                            probe->last4);

  return g_strdup_printf (probe->restricted ? _("Test mode, restricted key …%s") : _("Test mode, secret key …%s"),
                          probe->last4);
}

/* Binds an unbound practice, and notes the key. */
static gboolean
bind (BillingSyncCore     *self,
      BillingStripeProbe  *probe,
      GError             **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_STRIPE_CONNECT, NULL);
  g_autofree char *text = describe_key (probe);

  g_object_set (act, "account", probe->account, "live", probe->live, "text", text, NULL);
  return billing_desk_do (self->desk, act, error);
}

/* What the keyring has was checked when it was put there; what the environment brings may be
 * anybody's, and a practice that came from a backup may not know its account. */
static gboolean
check_client (BillingSyncCore      *self,
              BillingStripeClient  *client,
              const char           *last4,
              GCancellable         *cancellable,
              GError              **error)
{
  g_autoptr (BillingPractice) practice = _billing_sync_core_load (self, error);
  g_autoptr (BillingStripeProbe) probe = NULL;

  if (practice == NULL)
    return FALSE;
  if (practice->stripe_account != NULL &&
      !billing_desk_check_binding (practice, practice->stripe_account,
                                   billing_stripe_client_is_live (client), error))
    return FALSE;
  if (practice->stripe_account != NULL &&
      _billing_sync_core_get_origin (self) == BILLING_SYNC_ORIGIN_KEYRING)
    return TRUE;

  probe = billing_stripe_probe_account (client, last4, cancellable, error);
  if (probe == NULL)
    return FALSE;

  return practice->stripe_account != NULL
           ? billing_desk_check_binding (practice, probe->account, probe->live, error) : bind (self, probe, error);
}

BillingStripeClient *
_billing_sync_core_get_client (BillingSyncCore  *self,
                               GCancellable     *cancellable,
                               GError          **error)
{
  g_autoptr (BillingStripeClient) client = NULL;
  char last4[5] = "";

  if (!_billing_sync_core_look (self, cancellable, error))
    return NULL;

  g_mutex_lock (&self->mutex);
  if (self->shared.client != NULL)
    client = g_object_ref (self->shared.client);
  g_mutex_unlock (&self->mutex);
  if (client != NULL)
    return g_steal_pointer (&client);

  g_mutex_lock (&self->mutex);
  if (self->shared.key != NULL)
    {
      client = billing_stripe_client_new (self->url, billing_stripe_key_peek (self->shared.key),
                                          error);
      g_strlcpy (last4, get_last4 (billing_stripe_key_peek (self->shared.key)), sizeof last4);
    }
  g_mutex_unlock (&self->mutex);
  if (client == NULL || !check_client (self, client, last4, cancellable, error))
    return NULL;

  g_mutex_lock (&self->mutex);
  g_set_object (&self->shared.client, client);
  g_mutex_unlock (&self->mutex);
  return g_steal_pointer (&client);
}

/* --- connecting ------------------------------------------------------------------------------- */

/* Before anything is sent: who may not, and where it could not be kept. */
static gboolean
check_possible (BillingSyncCore  *self,
                BillingSyncKeep   keep,
                GError          **error)
{
  BillingStripeKeysState state;
  BillingStripeKey *key;

  if (!billing_desk_may (self->desk, BILLING_VERB_STRIPE_CONNECT))
    {
      g_autofree char *refusal = billing_verb_refusal (BILLING_VERB_STRIPE_CONNECT,
                                                       billing_desk_get_person (self->desk)->role);

      g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED, refusal);
      return FALSE;
    }
  if (keep == BILLING_SYNC_KEEP_FOR_SESSION)
    return TRUE;

  key = billing_stripe_keys_look_up (self->practice_id, &state, NULL);
  g_clear_pointer (&key, billing_stripe_key_free);
  if (state != BILLING_STRIPE_KEYS_NO_KEYRING && state != BILLING_STRIPE_KEYS_FROM_ENVIRONMENT)
    return TRUE;

  return explain_none (BILLING_STRIPE_KEYS_NO_KEYRING, error);
}

static void
append_sentence (GString    *text,
                 const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

/* What worked, but not as people may expect. */
static char *
make_warning (BillingPractice    *practice,
              BillingStripeProbe *probe)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) denied = g_ptr_array_new ();

  if (probe->currency != NULL && g_ascii_strcasecmp (probe->currency, practice->currency) != 0)
    {
      g_autofree char *sentence =
        g_strdup_printf (_("The Stripe account usually collects in %s, this practice in %s: "
                           "payments are asked for in %s, and Stripe converts what it pays out."),
                         probe->currency, practice->currency, practice->currency);

      append_sentence (text, sentence);
    }

  for (guint i = 0; i < probe->permissions->len; i++)
    {
      BillingStripePermission *permission = probe->permissions->pdata[i];

      if (permission->access == BILLING_STRIPE_ACCESS_DENIED)
        g_ptr_array_add (denied, permission->name);
    }
  if (denied->len > 0)
    {
      g_autofree char *names = NULL;
      g_autofree char *sentence = NULL;

      g_ptr_array_add (denied, NULL);
      names = g_strjoinv (", ", (char **) denied->pdata);
      sentence = g_strdup_printf (_("This restricted key may not read: %s. What it may change is "
                                    "known once it is tried."), names);
      append_sentence (text, sentence);
    }

  return g_string_free (text, text->len == 0);
}

/* The keyring first: what is in it without a note can be taken out again, a note cannot. */
static gboolean
keep_and_bind (BillingSyncCore     *self,
               BillingStripeKey    *key,
               const char          *publishable,
               BillingSyncKeep      keep,
               BillingStripeProbe  *probe,
               GCancellable        *cancellable,
               GError             **error)
{
  gboolean in_keyring = keep == BILLING_SYNC_KEEP_IN_KEYRING;

  if (in_keyring &&
      !billing_stripe_keys_store (self->practice_id, key, publishable, cancellable, error))
    return FALSE;
  if (bind (self, probe, error))
    return TRUE;

  if (in_keyring)
    billing_stripe_keys_clear (self->practice_id, NULL, NULL);
  return FALSE;
}

BillingStripeProbe *
_billing_sync_core_connect (BillingSyncCore  *self,
                            const char       *secret,
                            const char       *publishable,
                            BillingSyncKeep   keep,
                            char            **warning,
                            GCancellable     *cancellable,
                            GError          **error)
{
  g_autoptr (BillingStripeKey) key = billing_stripe_key_new (secret, error);
  g_autoptr (BillingStripeClient) client = NULL;
  g_autoptr (BillingStripeProbe) probe = NULL;
  g_autoptr (BillingPractice) practice = NULL;

  *warning = NULL;
  if (key == NULL ||
      (publishable != NULL &&
       !billing_stripe_keys_check_publishable (publishable, billing_stripe_key_is_live (key),
                                               error)) ||
      !check_possible (self, keep, error))
    return NULL;

  client = billing_stripe_client_new (self->url, billing_stripe_key_peek (key), error);
  practice = client != NULL ? _billing_sync_core_load (self, error) : NULL;
  probe = practice != NULL ? billing_stripe_probe_run (client, get_last4 (billing_stripe_key_peek (key)), cancellable, error)
                           : NULL;
  if (probe == NULL || !billing_desk_check_binding (practice, probe->account, probe->live, error) ||
      !keep_and_bind (self, key, publishable, keep, probe, cancellable, error) ||
      !_billing_sync_core_remember (self, probe, error))
    return NULL;

  set_key (self, keep == BILLING_SYNC_KEEP_IN_KEYRING ? BILLING_SYNC_ORIGIN_KEYRING : BILLING_SYNC_ORIGIN_SESSION,
           g_steal_pointer (&key), client);
  *warning = make_warning (practice, probe);
  return g_steal_pointer (&probe);
}

gboolean
_billing_sync_core_use (BillingSyncCore  *self,
                        const char       *secret,
                        GError          **error)
{
  BillingStripeKey *key = billing_stripe_key_new (secret, error);

  if (key == NULL)
    return FALSE;

  set_key (self, BILLING_SYNC_ORIGIN_SESSION, key, NULL);
  return TRUE;
}

gboolean
_billing_sync_core_unlock (BillingSyncCore  *self,
                           GCancellable     *cancellable,
                           GError          **error)
{
  return billing_stripe_keys_unlock (self->practice_id, cancellable, error) &&
         _billing_sync_core_look (self, cancellable, error);
}

/* A key for this session is gone when it is forgotten here, keyring or not. */
static gboolean
forget (BillingSyncCore  *self,
        GCancellable     *cancellable,
        GError          **error)
{
  g_autoptr (GError) own_error = NULL;
  gboolean for_session = _billing_sync_core_get_origin (self) == BILLING_SYNC_ORIGIN_SESSION;

  if (!billing_stripe_keys_clear (self->practice_id, cancellable, &own_error) &&
      !(for_session &&
        g_error_matches (own_error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_NO_KEYRING)))
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  set_key (self, BILLING_SYNC_ORIGIN_NONE, NULL, NULL);
  return TRUE;
}

gboolean
_billing_sync_core_clear (BillingSyncCore  *self,
                          GCancellable     *cancellable,
                          GError          **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_STRIPE_CONNECT, NULL);

  if (!check_possible (self, BILLING_SYNC_KEEP_FOR_SESSION, error) ||
      !forget (self, cancellable, error))
    return FALSE;

  g_object_set (act, "text", _("The keys were removed"), NULL);
  return billing_desk_do (self->desk, act, error) &&
         _billing_sync_core_remember (self, NULL, error);
}
