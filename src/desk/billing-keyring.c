/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-keyring"

#include "config.h"

#include "billing-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <sys/random.h>

#define KEY_SIZE 32

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
             GError        **error)
{
  g_autoptr (SecretCollection) collection =
    secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL, error);

  return collection != NULL && !secret_collection_get_locked (collection);
}

static char *
look_up (SecretService  *service,
         const char     *practice_id,
         GError        **error)
{
  g_autoptr (GHashTable) attributes = secret_attributes_build (&seal_schema, "practice", practice_id, NULL);
  GList *items = secret_service_search_sync (service, &seal_schema, attributes, SECRET_SEARCH_LOAD_SECRETS, NULL,
                                             error);
  SecretValue *value = items != NULL ? secret_item_get_secret (items->data) : NULL;
  char *secret = value != NULL ? g_strdup (secret_value_get_text (value)) : NULL;

  g_clear_pointer (&value, secret_value_unref);
  g_list_free_full (items, g_object_unref);
  return secret;
}

static char *
look_up_or_make (const char  *practice_id,
                 GError     **error)
{
  g_autoptr (SecretService) service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, error);
  g_autofree char *made = NULL;
  char *found;

  if (service == NULL || !is_unlocked (service, error))
    return NULL;

  found = look_up (service, practice_id, error);
  if (found != NULL || (error != NULL && *error != NULL))
    return found;

  made = make_secret ();
  if (!secret_password_store_sync (&seal_schema, SECRET_COLLECTION_DEFAULT, _("Billing: seal of the books"), made,
                                   NULL, error, "practice", practice_id, NULL))
    return NULL;

  /* Another program may have made one at the same time: what the keyring kept is what counts. */
  return look_up (service, practice_id, error);
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
    secret = look_up_or_make (practice_id, &error);

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
