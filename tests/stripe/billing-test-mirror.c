/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-test-mirror"

#include "config.h"

#include "billing-test-mirror.h"

#include <sqlite3.h>
#include <string.h>

#include "billing-test-folder.h"

#define DAY (24 * 60 * 60)

/* --- set up ----------------------------------------------------------------------------------- */

void
billing_test_mirror_set_up (BillingTestMirror *self,
                            gconstpointer      unused)
{
  g_autoptr (GError) error = NULL;

  memset (self, 0, sizeof *self);
  self->folder = billing_test_folder ();
  self->mirror = billing_mirror_open (self->folder, &error);
  g_assert_no_error (error);
  billing_test_sandbox_start (&self->sandbox, NULL);
  billing_test_clock_init (&self->clock);
  self->client = billing_stripe_client_new_full (self->sandbox.url, BILLING_TEST_SANDBOX_KEY, 5,
                                                 &self->clock.clock, &error);
  g_assert_no_error (error);
}

void
billing_test_mirror_tear_down (BillingTestMirror *self,
                               gconstpointer      unused)
{
  g_assert_finalize_object (self->client);
  billing_test_sandbox_stop (&self->sandbox);
  billing_stripe_sync_summary_clear (&self->summary);
  billing_test_clock_clear (&self->clock);
  billing_mirror_close (self->mirror);
  billing_test_folder_remove (self->folder);
}

/* --- doing ------------------------------------------------------------------------------------ */

gboolean
billing_test_mirror_try (BillingTestMirror      *self,
                         BillingStripeSyncMode   mode,
                         GCancellable           *cancellable,
                         GError                **error)
{
  billing_stripe_sync_summary_clear (&self->summary);
  return billing_stripe_sync (self->client, self->mirror, mode, NULL, NULL, &self->summary,
                              cancellable, error);
}

guint64
billing_test_mirror_sync (BillingTestMirror     *self,
                          BillingStripeSyncMode  mode)
{
  g_autoptr (GError) error = NULL;
  gboolean success = billing_test_mirror_try (self, mode, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (success);
  return self->summary.requests;
}

char *
billing_test_mirror_post (BillingTestMirror *self,
                          const char        *path,
                          const char        *form)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeRequest) request = billing_stripe_request_new_post (path, body, key,
                                                                              &error);
  g_autoptr (BillingStripeAnswer) answer = billing_stripe_client_send (self->client, request, NULL,
                                                                       &error);
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  node = billing_stripe_answer_parse (answer, &error);
  g_assert_no_error (error);
  return g_strdup (json_object_get_string_member_with_default (json_node_get_object (node), "id",
                                                               ""));
}

char *
billing_test_mirror_pay (BillingTestMirror *self,
                         gint64             amount)
{
  g_autofree char *form =
    g_strdup_printf ("amount=%" G_GINT64_FORMAT "&currency=usd&confirm=true&payment_method=pm_card_visa"
                     "&payment_method_types[0]=card", amount);

  return billing_test_mirror_post (self, "/v1/payment_intents", form);
}

void
billing_test_mirror_advance (BillingTestMirror *self,
                             gint64             seconds)
{
  billing_sandbox_server_advance (self->sandbox.server, seconds);
}

void
billing_test_mirror_pass_days (BillingTestMirror *self,
                               guint              n_days,
                               guint              per_day)
{
  for (guint day = 0; day < n_days; day++)
    {
      for (guint i = 0; i < per_day; i++)
        {
          g_autofree char *intent = billing_test_mirror_pay (self, 500 + day * 10 + i);
          g_autofree char *refund = g_strdup_printf ("payment_intent=%s&amount=%u", intent,
                                                     100 + i);

          if (i == 0)
            g_free (billing_test_mirror_post (self, "/v1/refunds", refund));
        }
      g_free (billing_test_mirror_post (self, "/v1/customers", "name=B"));
      billing_test_mirror_advance (self, DAY);
    }
}

void
billing_test_mirror_drop (BillingTestMirror *self)
{
  g_autoptr (GError) error = NULL;

  billing_mirror_close (self->mirror);
  g_assert_true (billing_mirror_drop (self->folder, &error));
  self->mirror = billing_mirror_open (self->folder, &error);
  g_assert_no_error (error);
}

/* --- looking ---------------------------------------------------------------------------------- */

static sqlite3 *
open_file (BillingTestMirror *self)
{
  g_autofree char *path = g_build_filename (self->folder, "stripe.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  return db;
}

/* Rows a line each, columns separated by bars. */
static void
append_rows (sqlite3    *db,
             const char *sql,
             GString    *text)
{
  sqlite3_stmt *statement;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        {
          const char *value = (const char *) sqlite3_column_text (statement, i);

          g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", value != NULL ? value : "NULL");
        }
      g_string_append_c (text, '\n');
    }
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
}

char *
billing_test_mirror_text (BillingTestMirror *self,
                          const char        *sql)
{
  GString *text = g_string_new (NULL);
  sqlite3 *db = open_file (self);

  append_rows (db, sql, text);
  sqlite3_close (db);
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

gint64
billing_test_mirror_integer (BillingTestMirror *self,
                             const char        *sql)
{
  g_autofree char *text = billing_test_mirror_text (self, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

void
billing_test_mirror_run (BillingTestMirror *self,
                         const char        *sql)
{
  g_autofree char *unused = billing_test_mirror_text (self, sql);
}

static void
append_table (sqlite3                 *db,
              const BillingMirrorKind *kind,
              GString                 *text)
{
  GString *sql = g_string_new ("SELECT deleted, json");

  for (guint i = 0; kind->columns[i].name != NULL; i++)
    g_string_append_printf (sql, ", %s", kind->columns[i].name);
  g_string_append_printf (sql, " FROM %s ORDER BY id", kind->table);
  g_string_append_printf (text, "%s\n", kind->table);
  append_rows (db, sql->str, text);
  g_string_free (sql, TRUE);
}

char *
billing_test_mirror_dump (BillingTestMirror *self)
{
  GString *text = g_string_new (NULL);
  sqlite3 *db = open_file (self);
  const BillingMirrorKind *kind;

  for (guint i = 0; (kind = billing_mirror_kind_nth (i)) != NULL; i++)
    {
      if (!g_str_equal (kind->table, "events"))
        append_table (db, kind, text);
    }
  append_rows (db, "SELECT * FROM payout_items ORDER BY 1", text);
  append_rows (db, "SELECT name, json FROM singles ORDER BY 1", text);
  sqlite3_close (db);
  return g_string_free (text, FALSE);
}

const BillingStripeSyncStream *
billing_test_mirror_stream (BillingTestMirror *self,
                            const char        *name)
{
  for (guint i = 0; i < self->summary.streams->len; i++)
    {
      const BillingStripeSyncStream *stream = &g_array_index (self->summary.streams,
                                                              BillingStripeSyncStream, i);

      if (g_str_equal (stream->name, name))
        return stream;
    }

  g_assert_not_reached ();
}
