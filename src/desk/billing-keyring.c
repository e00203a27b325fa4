/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-keyring"

#include "config.h"

#include "billing-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <sys/random.h>

#define KEY_SIZE 32

/* A service that does not answer in this time is as good as none: nobody waits longer for their books. */
#define PATIENCE (5 * G_TIME_SPAN_SECOND)

static const SecretSchema seal_schema = {
  APPLICATION_ID ".Seal", SECRET_SCHEMA_NONE,
  { { "practice", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static const SecretSchema stripe_schema = {
  APPLICATION_ID ".Stripe", SECRET_SCHEMA_NONE,
  { { "practice", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "which", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static const SecretSchema mail_schema = {
  APPLICATION_ID ".Mail", SECRET_SCHEMA_NONE,
  { { "practice", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "which", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* Without a session bus GDBus would try to launch one, which is no place to keep a secret. */
static gboolean
has_session_bus (void)
{
  g_autofree char *bus = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL || g_file_test (bus, G_FILE_TEST_EXISTS);
}

static char *
make_secret (void)
{
  guint8 bytes[KEY_SIZE];
  gsize got = 0;

  while (got < sizeof bytes)
    {
      gssize n = getrandom (bytes + got, sizeof bytes - got, 0);

      if (n > 0)
        got += (gsize) n;
    }

  return g_base64_encode (bytes, sizeof bytes);
}

static const SecretSchema *
get_schema (const BillingKeyringItem *item)
{
  if (item->which == NULL)
    return &seal_schema;

  return g_str_equal (item->which, BILLING_KEYRING_MAIL) ? &mail_schema : &stripe_schema;
}

static GHashTable *
build_attributes (const BillingKeyringItem *item)
{
  return secret_attributes_build (get_schema (item), "practice", item->practice_id,
                                  item->which != NULL ? "which" : NULL, item->which, NULL);
}

/* A keyring that nobody made yet counts as open: there is nothing in it. */
static BillingKeyringState
get_default_state (SecretService *service,
                   gboolean      *is_there,
                   GCancellable  *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection =
    secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable,
                                      &error);

  *is_there = collection != NULL;
  if (error != NULL)
    return BILLING_KEYRING_NONE;

  return collection != NULL && secret_collection_get_locked (collection) ? BILLING_KEYRING_LOCKED
                                                                          : BILLING_KEYRING_OPEN;
}

/* A question to the keyring, shared by who asks and the thread that does, which may outlive the asking. */
typedef struct {
  char *practice_id;         /* (owned) */
  char *which;               /* (owned) (nullable) */
  const char *label;         /* (not owned) (nullable): static; where there is nothing, a secret is made under it */
  GCancellable *cancellable; /* (owned) */
  GMutex mutex;
  GCond cond;

  /* Under @mutex. */
  gboolean done;
  char *secret; /* (owned) (nullable) */
  BillingKeyringState state;
} Question;

static void
clear_question (gpointer data)
{
  Question *question = data;

  g_free (question->practice_id);
  g_free (question->which);
  g_object_unref (question->cancellable);
  g_mutex_clear (&question->mutex);
  g_cond_clear (&question->cond);
  billing_keyring_free_secret (question->secret);
}

/* Finds what is there without a question to a person; @state is what keeps it from being read. */
static char *
find (SecretService            *service,
      const BillingKeyringItem *item,
      GCancellable             *cancellable,
      BillingKeyringState      *state)
{
  g_autoptr (GHashTable) attributes = build_attributes (item);
  g_autoptr (GError) error = NULL;
  GList *items = secret_service_search_sync (service, get_schema (item), attributes, SECRET_SEARCH_LOAD_SECRETS,
                                             cancellable, &error);
  SecretValue *value = items != NULL ? secret_item_get_secret (items->data) : NULL;
  char *secret = value != NULL ? g_strdup (secret_value_get_text (value)) : NULL;
  gboolean is_there;

  if (secret != NULL)
    *state = BILLING_KEYRING_OPEN;
  else if (error != NULL)
    *state = BILLING_KEYRING_NONE;
  else if (items != NULL)
    *state = BILLING_KEYRING_LOCKED;
  else
    *state = get_default_state (service, &is_there, cancellable);

  if (error != NULL)
    g_debug ("No keyring: %s", error->message);
  g_clear_pointer (&value, secret_value_unref);
  g_list_free_full (items, g_object_unref);
  return secret;
}

/* Who closes the keyring's own dialog is no error to libsecret. */
static gboolean
fail (GError **own_error,
      GError **error)
{
  if (*own_error != NULL)
    g_propagate_error (error, g_steal_pointer (own_error));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The keyring was not unlocked");
  return FALSE;
}

/* What libsecret would copy into memory that it does not wipe. */
static SecretValue *
make_value (const char *secret)
{
  return secret_value_new_full (g_strdup (secret), -1, "text/plain", (GDestroyNotify) billing_keyring_free_secret);
}

static gboolean
store (SecretService             *service,
       const BillingKeyringItem  *item,
       const char                *label,
       const char                *secret,
       GCancellable              *cancellable,
       GError                   **error)
{
  g_autoptr (GHashTable) attributes = build_attributes (item);
  SecretValue *value = make_value (secret);
  g_autoptr (GError) own_error = NULL;
  gboolean stored = secret_service_store_sync (service, get_schema (item), attributes, SECRET_COLLECTION_DEFAULT,
                                               label, value, cancellable, &own_error);

  secret_value_unref (value);
  return stored || fail (&own_error, error);
}

/* A keyring that is locked, or that nobody made yet, would ask people for a password in the middle of something else: what is made here is
 * not worth that. Another program may make one at the same time: what the keyring kept is what counts. */
static char *
find_or_make (SecretService            *service,
              const BillingKeyringItem *item,
              const char               *label,
              GCancellable             *cancellable,
              BillingKeyringState      *state)
{
  char *found = find (service, item, cancellable, state);
  g_autoptr (GError) error = NULL;
  g_autofree char *made = NULL;
  gboolean is_there;

  if (found != NULL || label == NULL || *state != BILLING_KEYRING_OPEN ||
      get_default_state (service, &is_there, cancellable) != BILLING_KEYRING_OPEN || !is_there)
    return found;

  made = make_secret ();
  if (store (service, item, label, made, cancellable, &error))
    return find (service, item, cancellable, state);

  g_debug ("The keyring keeps nothing: %s", error->message);
  *state = BILLING_KEYRING_NONE;
  return NULL;
}

static gpointer
ask_thread (gpointer data)
{
  Question *question = data;
  BillingKeyringItem item = { question->practice_id, question->which };
  BillingKeyringState state = BILLING_KEYRING_NONE;
  g_autoptr (SecretService) service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, question->cancellable, NULL);
  char *secret = service != NULL ? find_or_make (service, &item, question->label, question->cancellable, &state) : NULL;

  g_mutex_lock (&question->mutex);
  question->secret = secret;
  question->state = state;
  question->done = TRUE;
  g_cond_signal (&question->cond);
  g_mutex_unlock (&question->mutex);

  g_atomic_rc_box_release_full (question, clear_question);
  return NULL;
}

/* Not all of libsecret's waits listen to a cancellable, hence the thread. */
static char *
ask (const BillingKeyringItem *item,
     const char               *label,
     BillingKeyringState      *state)
{
  Question *question;
  gint64 until = g_get_monotonic_time () + PATIENCE;
  char *secret;

  *state = BILLING_KEYRING_NONE;
  if (!has_session_bus ())
    return NULL;

  question = g_atomic_rc_box_new0 (Question);
  question->practice_id = g_strdup (item->practice_id);
  question->which = g_strdup (item->which);
  question->label = label;
  question->cancellable = g_cancellable_new ();
  g_mutex_init (&question->mutex);
  g_cond_init (&question->cond);
  g_thread_unref (g_thread_new ("billing-keyring", ask_thread, g_atomic_rc_box_acquire (question)));

  g_mutex_lock (&question->mutex);
  while (!question->done && g_cond_wait_until (&question->cond, &question->mutex, until));
  secret = g_steal_pointer (&question->secret);
  if (question->done)
    *state = question->state;
  else
    g_debug ("The Secret Service does not answer");
  g_mutex_unlock (&question->mutex);

  g_cancellable_cancel (question->cancellable);
  g_atomic_rc_box_release_full (question, clear_question);
  return secret;
}

/**
 * billing_keyring_get_seal_key:
 * @practice_id: (nullable): whose; %NULL: of a practice that has no id yet
 * @warning: (out) (transfer full) (nullable): what to tell people where there is no keyring
 *
 * Gets the secret that keys the seals of a practice from the Secret Service, making it the first time.
 *
 * Returns: (transfer full) (nullable): the key; %NULL where there is no keyring
 */
GBytes *
billing_keyring_get_seal_key (const char  *practice_id,
                              char       **warning)
{
  BillingKeyringItem item = { practice_id, NULL };
  BillingKeyringState state;
  char *secret = NULL;

  *warning = NULL;
  if (practice_id != NULL)
    secret = ask (&item, _("Billing: seal of the books"), &state);

  if (secret != NULL)
    {
      gsize size = strlen (secret);

      return g_bytes_new_take (secret, size);
    }

  *warning = g_strdup (_("There is no keyring, or it is locked: seals show accidents, but not tampering."));
  return NULL;
}

/**
 * billing_keyring_look_up:
 * @item: what to look for
 * @state: (out): whether the keyring could tell
 *
 * Looks a secret up where that asks nobody for a password.
 *
 * Returns: (transfer full) (nullable): it, for billing_keyring_free_secret()
 */
char *
billing_keyring_look_up (const BillingKeyringItem *item,
                         BillingKeyringState      *state)
{
  return ask (item, NULL, state);
}

static SecretService *
get_service (GCancellable  *cancellable,
             GError       **error)
{
  if (has_session_bus ())
    return secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, cancellable, error);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no session bus");
  return NULL;
}

/**
 * billing_keyring_unlock:
 * @item: what is to be read
 * @cancellable: (nullable): what stops the wait
 * @error: return location for an error
 *
 * Lets the keyring ask the person for its password.
 *
 * Returns: whether what is there can be read now
 */
gboolean
billing_keyring_unlock (const BillingKeyringItem  *item,
                        GCancellable              *cancellable,
                        GError                   **error)
{
  g_autoptr (SecretService) service = get_service (cancellable, error);
  g_autoptr (GHashTable) attributes = build_attributes (item);
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GError) own_error = NULL;
  GList *items;
  GList collections = { NULL };

  if (service == NULL)
    return FALSE;

  items = secret_service_search_sync (service, get_schema (item), attributes, SECRET_SEARCH_UNLOCK, cancellable,
                                      &own_error);
  g_list_free_full (items, g_object_unref);
  if (own_error != NULL)
    return fail (&own_error, error);

  /* Some keyrings do not even say what is in them while they are locked. */
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                                 cancellable, NULL);
  collections.data = collection;
  return collection == NULL || !secret_collection_get_locked (collection) ||
         secret_service_unlock_sync (service, &collections, cancellable, NULL, &own_error) == 1 ||
         fail (&own_error, error);
}

/**
 * billing_keyring_store:
 * @item: under which name
 * @label: what people see in their keyring
 * @secret: what to keep
 * @cancellable: (nullable): what stops the wait
 * @error: return location for an error
 *
 * Keeps a secret, in place of what was kept under that name.
 *
 * Returns: whether the keyring has it
 */
gboolean
billing_keyring_store (const BillingKeyringItem  *item,
                       const char                *label,
                       const char                *secret,
                       GCancellable              *cancellable,
                       GError                   **error)
{
  g_autoptr (SecretService) service = get_service (cancellable, error);

  return service != NULL && store (service, item, label, secret, cancellable, error);
}

/**
 * billing_keyring_clear:
 * @item: which
 * @cancellable: (nullable): what stops the wait
 * @error: return location for an error
 *
 * Forgets a secret. What is locked is unlocked for it.
 *
 * Returns: whether the keyring has it no longer
 */
gboolean
billing_keyring_clear (const BillingKeyringItem  *item,
                       GCancellable              *cancellable,
                       GError                   **error)
{
  g_autoptr (SecretService) service = NULL;
  g_autoptr (GHashTable) attributes = build_attributes (item);
  g_autoptr (GError) own_error = NULL;

  if (!billing_keyring_unlock (item, cancellable, error))
    return FALSE;

  service = get_service (cancellable, error);
  if (service == NULL)
    return FALSE;

  /* Where there was nothing to forget, that is no error. */
  if (!secret_service_clear_sync (service, get_schema (item), attributes, cancellable, &own_error) &&
      own_error != NULL)
    return fail (&own_error, error);

  return TRUE;
}

void
billing_keyring_free_secret (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
