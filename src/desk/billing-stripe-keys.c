/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-keys"

#include "config.h"

#include "billing-stripe-keys.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "billing-keyring.h"
#include "billing-stripe-error.h"
#include "billing-sync.h"

/*
 * The keys of a practice's Stripe account: in the Secret Service and in this process's memory,
 * nowhere else. Where there is no keyring, as on a server, the environment may bring one for the
 * time that the program runs.
 */

#define VARIABLE "BILLING_STRIPE_KEY"

#define SECRET "secret"
#define PUBLISHABLE "publishable"

G_DEFINE_QUARK (billing-sync-error-quark, billing_sync_error)

/* What the environment brought; written once, before there are threads. */
static struct {
  BillingStripeKey *key; /* (owned) (nullable) */
  GError *error;         /* (owned) (nullable): why it is none */
} brought;

/* A key's own memory is kept out of core dumps already; what libsoup and the keyring's messages
 * copy of it is not. PR_SET_DUMPABLE would also keep portals from knowing who asks them. A limit of
 * one byte is too small for any core, and the one value that also keeps the kernel from piping one
 * into a program. */
static void
forbid_core_dumps (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_CORE, &limit) != 0 || limit.rlim_cur <= 1)
    return;

  limit.rlim_cur = 1;
  if (setrlimit (RLIMIT_CORE, &limit) != 0)
    g_debug ("There may be core dumps");
}

/**
 * billing_stripe_keys_take_environment:
 *
 * Takes the key from the environment, so that neither the programs that this one starts nor those
 * who look at its environment find it there, and sees to it that no core dump can hold one.
 */
void
billing_stripe_keys_take_environment (void)
{
  char *text = getenv (VARIABLE);

  forbid_core_dumps ();
  if (text == NULL)
    return;

  if (*text != '\0' && brought.key == NULL)
    {
      g_clear_error (&brought.error);
      brought.key = billing_stripe_key_new (text, &brought.error);
    }
  /* The kernel shows the memory in which the environment began, whatever it says now. */
  explicit_bzero (text, strlen (text));
  unsetenv (VARIABLE);
}

static BillingStripeKey *
use_brought (BillingStripeKeysState  *state,
             GError                 **error)
{
  *state = BILLING_STRIPE_KEYS_NO_KEYRING;
  if (brought.error != NULL)
    g_propagate_prefixed_error (error, g_error_copy (brought.error), "%s: ", VARIABLE);
  if (brought.key == NULL)
    return NULL;

  *state = BILLING_STRIPE_KEYS_FROM_ENVIRONMENT;
  return billing_stripe_key_new (billing_stripe_key_peek (brought.key), error);
}

/**
 * billing_stripe_keys_get_brought:
 * @error: return location for %BILLING_STRIPE_ERROR_KEY, where what the environment brought is none
 *
 * Returns: (transfer full) (nullable): the key of the environment, which serves where the keyring
 *   has none; %NULL without @error where there is none either
 */
BillingStripeKey *
billing_stripe_keys_get_brought (GError **error)
{
  BillingStripeKeysState state;

  return use_brought (&state, error);
}

/**
 * billing_stripe_keys_look_up:
 * @practice_id: whose
 * @state: (out): where it is, or why there is none
 * @error: return location for %BILLING_STRIPE_ERROR_KEY, where what is kept there is none
 *
 * Looks for the secret key, which asks nobody for a password and takes a few seconds at most.
 *
 * Returns: (transfer full) (nullable): it
 */
BillingStripeKey *
billing_stripe_keys_look_up (const char              *practice_id,
                             BillingStripeKeysState  *state,
                             GError                 **error)
{
  BillingKeyringItem item = { practice_id, SECRET };
  BillingKeyringState keyring;
  char *text = billing_keyring_look_up (&item, &keyring);
  BillingStripeKey *key = NULL;

  if (keyring == BILLING_KEYRING_NONE)
    return use_brought (state, error);

  *state = keyring == BILLING_KEYRING_LOCKED ? BILLING_STRIPE_KEYS_LOCKED
                                             : text != NULL ? BILLING_STRIPE_KEYS_FOUND : BILLING_STRIPE_KEYS_NONE;
  if (text != NULL)
    key = billing_stripe_key_new (text, error);
  billing_keyring_free_secret (text);
  return key;
}

/**
 * billing_stripe_keys_look_up_publishable:
 * @practice_id: whose
 *
 * Returns: (transfer full) (nullable): the publishable key, where it can be read without asking
 *   anybody
 */
char *
billing_stripe_keys_look_up_publishable (const char *practice_id)
{
  BillingKeyringItem item = { practice_id, PUBLISHABLE };
  BillingKeyringState state;

  return billing_keyring_look_up (&item, &state);
}

/* What the keyring says is not made for people. */
static gboolean
explain (GError      *own_error,
         const char  *locked,
         GError     **error)
{
  g_autoptr (GError) owned = own_error;

  g_debug ("The keyring: %s", owned->message);
  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&owned));
  else if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error_literal (error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_LOCKED, locked);
  else
    g_set_error_literal (error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_NO_KEYRING,
                         _("There is no keyring that could keep a key. Install and start one, "
                           "such as GNOME Keyring or KeePassXC, or use the key for this session "
                           "only."));
  return FALSE;
}

/**
 * billing_stripe_keys_unlock:
 * @practice_id: whose
 * @cancellable: (nullable): what stops the wait
 * @error: return location for %BILLING_SYNC_ERROR_LOCKED or %BILLING_SYNC_ERROR_NO_KEYRING
 *
 * Lets the keyring ask the person for its password. Not for the thread of a main loop.
 *
 * Returns: whether the keys can be looked up now
 */
gboolean
billing_stripe_keys_unlock (const char    *practice_id,
                            GCancellable  *cancellable,
                            GError       **error)
{
  BillingKeyringItem item = { practice_id, SECRET };
  GError *own_error = NULL;

  return billing_keyring_unlock (&item, cancellable, &own_error) ||
         explain (own_error, _("The keyring is still locked: the key cannot be read. Unlock it to "
                               "go on."), error);
}

/**
 * billing_stripe_keys_store:
 * @practice_id: whose
 * @secret: the secret or restricted key
 * @publishable: (nullable): the publishable one; %NULL: it is forgotten
 * @cancellable: (nullable): what stops the wait
 * @error: return location for %BILLING_SYNC_ERROR_LOCKED or %BILLING_SYNC_ERROR_NO_KEYRING
 *
 * Keeps the keys in the keyring, which may ask the person to be unlocked. Not for the thread of a
 * main loop.
 *
 * Returns: whether the keyring has them
 */
gboolean
billing_stripe_keys_store (const char        *practice_id,
                           BillingStripeKey  *secret,
                           const char        *publishable,
                           GCancellable      *cancellable,
                           GError           **error)
{
  BillingKeyringItem secret_item = { practice_id, SECRET };
  BillingKeyringItem publishable_item = { practice_id, PUBLISHABLE };
  GError *own_error = NULL;

  if (billing_keyring_store (&secret_item, _("Billing: secret key of Stripe"),
                             billing_stripe_key_peek (secret), cancellable, &own_error) &&
      (publishable != NULL
         ? billing_keyring_store (&publishable_item, _("Billing: publishable key of Stripe"), publishable, cancellable,
                                  &own_error)
         : billing_keyring_clear (&publishable_item, cancellable, &own_error)))
    return TRUE;

  return explain (own_error, _("The keyring is locked: the key was not kept. Unlock it, and enter "
                               "the key again."),
                  error);
}

/**
 * billing_stripe_keys_clear:
 * @practice_id: whose
 * @cancellable: (nullable): what stops the wait
 * @error: return location for %BILLING_SYNC_ERROR_LOCKED or %BILLING_SYNC_ERROR_NO_KEYRING
 *
 * Forgets both keys. Not for the thread of a main loop.
 *
 * Returns: whether the keyring has them no longer
 */
gboolean
billing_stripe_keys_clear (const char    *practice_id,
                           GCancellable  *cancellable,
                           GError       **error)
{
  BillingKeyringItem secret = { practice_id, SECRET };
  BillingKeyringItem publishable = { practice_id, PUBLISHABLE };
  GError *own_error = NULL;

  return (billing_keyring_clear (&secret, cancellable, &own_error) &&
          billing_keyring_clear (&publishable, cancellable, &own_error)) ||
         explain (own_error, _("The keyring is locked: the key is still in it. Unlock it, and "
                               "remove the key again."),
                  error);
}

/**
 * billing_stripe_keys_check_publishable:
 * @publishable: what was entered
 * @live: the mode of the secret key
 * @error: return location for %BILLING_STRIPE_ERROR_KEY
 *
 * Returns: whether it is a publishable key of the same mode
 */
gboolean
billing_stripe_keys_check_publishable (const char  *publishable,
                                       gboolean     live,
                                       GError     **error)
{
  if (strspn (publishable, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") != strlen (publishable) ||
      !(g_str_has_prefix (publishable, "pk_live_") || g_str_has_prefix (publishable, "pk_test_")))
    g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY,
                         _("This is not a publishable key: they begin with pk_live_ or pk_test_. "
                           "Copy it again from the Stripe Dashboard, or leave it out."));
  else if (g_str_has_prefix (publishable, "pk_live_") != live)
    g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY,
                         _("One of the two keys is for test mode, the other one is live. Copy "
                           "both from the same page of the Stripe Dashboard."));
  else
    return TRUE;

  return FALSE;
}
