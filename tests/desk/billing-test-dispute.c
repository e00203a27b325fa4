/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-test-dispute"

#include "config.h"

#include "billing-test-dispute.h"

#include <json-glib/json-glib.h>

#include "billing-desk-posting.h"
#include "billing-stripe-sync.h"
#include "billing-test-folder.h"

#define HOUR 3600

void
sync_mirror (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (BillingStripeSyncSummary) summary = { 0 };
  guint64 n_posted;

  billing_stripe_sync (self->stripe.client, self->mirror, BILLING_STRIPE_SYNC_QUICK, NULL, NULL, &summary, NULL, &error);
  g_assert_no_error (error);
  billing_desk_post_stripe (self->practice.desk, self->mirror, &n_posted, NULL, &error);
  g_assert_no_error (error);
}

char *
read_mirror (Fixture    *self,
             const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *text;

  billing_mirror_begin (self->mirror, &error);
  g_assert_no_error (error);
  text = billing_connection_get_text (billing_mirror_get_connection (self->mirror), &error, sql, "");
  g_assert_no_error (error);
  billing_mirror_rollback (self->mirror);
  return text;
}

char *
begin_dispute (Fixture    *self,
               const char *method)
{
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_AUTHORISE, "subject", self->number, "method", method,
                              NULL));
  g_assert_cmpuint (deliver (self), ==, 1);
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_CAPTURE));
  g_assert_cmpuint (deliver (self), ==, 1);
  pass (self, HOUR);
  sync_mirror (self);
  return read_mirror (self, "SELECT id FROM disputes ORDER BY created DESC LIMIT 1");
}

BillingAct *
act (BillingVerb  verb,
     const char  *id)
{
  return billing_act_new (verb, id);
}

BillingAct *
save (const char *id,
      const char *fields)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DISPUTE_SAVE, "subject", id, "fields", fields, NULL);
}

char *
make_file (gsize       size,
           const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = billing_test_folder ();
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GString) content = g_string_new ("%PDF-1.4\n");

  g_string_append_printf (content, "%s\n", path);
  while (content->len < size)
    g_string_append_c (content, '\n');
  g_assert_true (g_file_set_contents (path, content->str, (gssize) content->len, &error));
  g_assert_no_error (error);
  return path;
}

void
remove_file (char *path)
{
  billing_test_folder_remove (g_path_get_dirname (path));
  g_free (path);
}

BillingAct *
attach (const char *id,
        const char *slot,
        const char *path)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DISPUTE_ATTACH, "subject", id, "slot", slot, "file", path, NULL);
}

BillingAct *
detach (const char *id,
        const char *slot)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DISPUTE_DETACH, "subject", id, "slot", slot, NULL);
}

char *
look (Fixture    *self,
      const char *id,
      const char *path)
{
  g_autofree char *json = billing_sandbox_server_read (self->stripe.sandbox.server, id);
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = root;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
      node = json_object_get_member (json_node_get_object (node), names[i]);
      if (node == NULL || JSON_NODE_HOLDS_NULL (node))
        return g_strdup ("");
    }
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  return json_to_string (node, FALSE);
}

void
assert_stripe (Fixture    *self,
               const char *id,
               const char *path,
               const char *expected)
{
  g_autofree char *found = look (self, id, path);

  g_test_message ("%s", path);
  g_assert_cmpstr (found, ==, expected);
}

void
assert_answer (Fixture    *self,
               const char *state)
{
  assert_sql (self, "SELECT state FROM dispute_answers", state);
}
