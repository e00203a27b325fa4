/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-memory.h"

#define KEPT_FOR 86400

struct _BillingSandboxMemory
{
  GHashTable *answers; /* (owned): key -> BillingSandboxAnswer (owned) */
};

static void
answer_free (gpointer data)
{
  BillingSandboxAnswer *answer = data;

  g_free (answer->path);
  g_free (answer->params);
  g_free (answer->request_id);
  g_free (answer->body);
  g_free (answer);
}

BillingSandboxMemory *
billing_sandbox_memory_new (void)
{
  BillingSandboxMemory *self = g_new0 (BillingSandboxMemory, 1);

  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  return self;
}

void
billing_sandbox_memory_free (BillingSandboxMemory *self)
{
  g_hash_table_unref (self->answers);
  g_free (self);
}

static BillingSandboxKeyState
compare (BillingSandboxAnswer *answer,
         const char           *path,
         const char           *params)
{
  if (!g_str_equal (answer->path, path))
    return BILLING_SANDBOX_KEY_OTHER_PATH;
  if (!answer->answered)
    return BILLING_SANDBOX_KEY_IN_USE;

  return g_str_equal (answer->params, params) ? BILLING_SANDBOX_KEY_ANSWERED
                                              : BILLING_SANDBOX_KEY_OTHER_PARAMS;
}

/**
 * billing_sandbox_memory_begin:
 * @self: a memory
 * @key: an idempotency key
 * @path: where the request goes
 * @params: its parameters, as text
 * @request_id: its name
 * @now: the time
 * @earlier: (out) (transfer none) (nullable): what the key was used for before
 *
 * Takes a new key into use, until it is kept or dropped.  After a day, a key is new again.
 *
 * Returns: what the key is
 */
BillingSandboxKeyState
billing_sandbox_memory_begin (BillingSandboxMemory  *self,
                              const char            *key,
                              const char            *path,
                              const char            *params,
                              const char            *request_id,
                              gint64                 now,
                              BillingSandboxAnswer **earlier)
{
  BillingSandboxAnswer *answer = g_hash_table_lookup (self->answers, key);

  *earlier = answer;
  if (answer != NULL && (!answer->answered || now < answer->made + KEPT_FOR))
    return compare (answer, path, params);

  answer = g_new0 (BillingSandboxAnswer, 1);
  answer->path = g_strdup (path);
  answer->params = g_strdup (params);
  answer->request_id = g_strdup (request_id);
  answer->made = now;
  g_hash_table_replace (self->answers, g_strdup (key), answer);
  return BILLING_SANDBOX_KEY_NEW;
}

void
billing_sandbox_memory_keep (BillingSandboxMemory *self,
                             const char           *key,
                             guint                 status,
                             const char           *body)
{
  BillingSandboxAnswer *answer = g_hash_table_lookup (self->answers, key);

  answer->answered = TRUE;
  answer->status = status;
  answer->body = g_strdup (body);
}

void
billing_sandbox_memory_drop (BillingSandboxMemory *self,
                             const char           *key)
{
  g_hash_table_remove (self->answers, key);
}

/**
 * billing_sandbox_memory_save:
 * @self: a memory
 *
 * Returns: (transfer full): every key that was answered; one that is in use has no answer to keep
 */
JsonArray *
billing_sandbox_memory_save (BillingSandboxMemory *self)
{
  JsonArray *state = json_array_new ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      BillingSandboxAnswer *answer = value;
      JsonObject *object;

      if (!answer->answered)
        continue;
      object = json_object_new ();
      json_object_set_string_member (object, "key", key);
      json_object_set_string_member (object, "path", answer->path);
      json_object_set_string_member (object, "params", answer->params);
      json_object_set_string_member (object, "request_id", answer->request_id);
      json_object_set_int_member (object, "made", answer->made);
      json_object_set_int_member (object, "status", answer->status);
      json_object_set_string_member (object, "body", answer->body);
      json_array_add_object_element (state, object);
    }

  return state;
}

void
billing_sandbox_memory_load (BillingSandboxMemory *self,
                             JsonArray            *state)
{
  for (guint i = 0; i < json_array_get_length (state); i++)
    {
      JsonObject *object = json_array_get_object_element (state, i);
      BillingSandboxAnswer *earlier;

      billing_sandbox_memory_begin (self, json_object_get_string_member (object, "key"),
                                    json_object_get_string_member (object, "path"),
                                    json_object_get_string_member (object, "params"),
                                    json_object_get_string_member (object, "request_id"),
                                    json_object_get_int_member (object, "made"), &earlier);
      billing_sandbox_memory_keep (self, json_object_get_string_member (object, "key"),
                                   (guint) json_object_get_int_member (object, "status"),
                                   json_object_get_string_member (object, "body"));
    }
}
