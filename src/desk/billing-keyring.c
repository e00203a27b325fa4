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

/* A keyring that is locked, or that nobody made yet, would ask people for a password in the middle of something else. The seal is not worth that:
 * it is used where it can be had without a question. */
static gboolean
is_unlocked (SecretService  *service,
             GCancellable   *cancellable,
             GError        **error)
{
  g_autoptr (SecretCollection) collection =
    secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable,
                                      error);

  return collection != NULL && !secret_collection_get_locked (collection);
}

static char *
look_up (SecretService  *service,
         const char     *practice_id,
         GCancellable   *cancellable,
         GError        **error)
{
  g_autoptr (GHashTable) attributes = secret_attributes_build (&seal_schema, "practice", practice_id, NULL);
  GList *items = secret_service_search_sync (service, &seal_schema, attributes, SECRET_SEARCH_LOAD_SECRETS,
                                             cancellable, error);
  SecretValue *value = items != NULL ? secret_item_get_secret (items->data) : NULL;
  char *secret = value != NULL ? g_strdup (secret_value_get_text (value)) : NULL;

  g_clear_pointer (&value, secret_value_unref);
  g_list_free_full (items, g_object_unref);
  return secret;
}

static char *
look_up_or_make (const char    *practice_id,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (SecretService) service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, cancellable,
                                                                      error);
  g_autofree char *made = NULL;
  char *found;

  if (service == NULL || !is_unlocked (service, cancellable, error))
    return NULL;

  found = look_up (service, practice_id, cancellable, error);
  if (found != NULL || (error != NULL && *error != NULL))
    return found;

  made = make_secret ();
  if (!secret_password_store_sync (&seal_schema, SECRET_COLLECTION_DEFAULT, _("Billing: seal of the books"), made,
                                   cancellable, error, "practice", practice_id, NULL))
    return NULL;

  /* Another program may have made one at the same time: what the keyring kept is what counts. */
  return look_up (service, practice_id, cancellable, error);
}

/* A question to the keyring, shared by who asks and the thread that does, which may outlive the asking. */
typedef struct {
  char *practice_id;         /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GMutex mutex;
  GCond cond;

  /* Under @mutex. */
  gboolean done;
  char *secret;  /* (owned) (nullable) */
  GError *error; /* (owned) (nullable) */
} Question;

static void
clear_question (gpointer data)
{
  Question *question = data;

  g_free (question->practice_id);
  g_object_unref (question->cancellable);
  g_mutex_clear (&question->mutex);
  g_cond_clear (&question->cond);
  g_free (question->secret);
  g_clear_error (&question->error);
}

static gpointer
ask_thread (gpointer data)
{
  Question *question = data;
  GError *error = NULL;
  char *secret = look_up_or_make (question->practice_id, question->cancellable, &error);

  g_mutex_lock (&question->mutex);
  question->secret = secret;
  question->error = error;
  question->done = TRUE;
  g_cond_signal (&question->cond);
  g_mutex_unlock (&question->mutex);

  g_atomic_rc_box_release_full (question, clear_question);
  return NULL;
}

/* Not all of libsecret's waits listen to a cancellable, hence the thread. */
static char *
look_up_patiently (const char  *practice_id,
                   GError     **error)
{
  Question *question = g_atomic_rc_box_new0 (Question);
  gint64 until = g_get_monotonic_time () + PATIENCE;
  char *secret;

  question->practice_id = g_strdup (practice_id);
  question->cancellable = g_cancellable_new ();
  g_mutex_init (&question->mutex);
  g_cond_init (&question->cond);
  g_thread_unref (g_thread_new ("billing-keyring", ask_thread, g_atomic_rc_box_acquire (question)));

  g_mutex_lock (&question->mutex);
  while (!question->done && g_cond_wait_until (&question->cond, &question->mutex, until));
  secret = g_steal_pointer (&question->secret);
  if (!question->done)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The Secret Service does not answer");
  else if (question->error != NULL)
    g_propagate_error (error, g_steal_pointer (&question->error));
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
  g_autoptr (GError) error = NULL;
  char *secret = NULL;

  *warning = NULL;
  if (practice_id != NULL && has_session_bus ())
    secret = look_up_patiently (practice_id, &error);

  if (secret != NULL)
    {
      gsize size = strlen (secret);

      return g_bytes_new_take (secret, size);
    }

  if (error != NULL)
    g_debug ("No keyring: %s", error->message);
  *warning = g_strdup (_("There is no keyring, or it is locked: seals show accidents, but not tampering."));
  return NULL;
}
