/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "billing-books.h"
#include "billing-mirror-row.h"
#include "billing-mirror.h"
#include "billing-report.h"
#include "billing-store.h"
#include "billing-test-practice.h"

/* The local copy of Stripe's objects. */

static const char charge[] =
  "{\n  \"id\": \"ch_1\",\n  \"object\": \"charge\",\n  \"amount\": 25000, \"amount_captured\": 25000,\n"
  "  \"amount_refunded\": 0, \"captured\": true, \"refunded\": false, \"disputed\": false,\n"
  "  \"created\": 1790000000, \"currency\": \"usd\", \"status\": \"succeeded\",\n"
  "  \"customer\": {\"object\": \"customer\", \"id\": \"cus_1\", \"metadata\": {\"id\": \"no\"}},\n"
  "  \"description\": \"a \\\"quoted\\\" one, with \\\\ and { [ in it\",\n"
  "  \"payment_intent\": \"pi_1\", \"balance_transaction\": null,\n"
  "  \"payment_method_details\": {\"card\": {\"type\": \"no\", \"last4\": \"4242\"}, \"type\": \"card\"},\n"
  "  \"refunds\": {\"data\": [{\"id\": \"re_1\", \"amount\": 7, \"metadata\": {\"billing_payment\": \"no\"}}]},\n"
  "  \"metadata\": {\"billing_payment\": \"pay_1\", \"other\": \"x\"}\n}";

static const BillingMirrorKind *
get_charges (void)
{
  return billing_mirror_kind_find ("charges");
}

static void
assert_cell (BillingMirrorRow *row,
             const char       *name,
             const char       *text)
{
  const BillingMirrorColumn *columns = get_charges ()->columns;

  for (guint i = 0; columns[i].name != NULL; i++)
    {
      g_autofree char *found = NULL;

      if (!g_str_equal (columns[i].name, name))
        continue;
      if (columns[i].type == BILLING_MIRROR_INTEGER || columns[i].type == BILLING_MIRROR_BOOLEAN)
        found = g_strdup_printf ("%" G_GINT64_FORMAT, row->cells[i].integer);
      else if (row->cells[i].is_set)
        found = g_strndup (row->json->str + row->cells[i].start, row->cells[i].length);
      g_assert_cmpstr (found, ==, text);
      return;
    }

  g_assert_not_reached ();
}

/* An object becomes a row: each column has its member's value, an expanded object its id, what
 * stands deeper or in lists misleads nobody, and the JSON is the same without blanks. */
static void
test_row (void)
{
  g_auto (BillingMirrorRow) row;

  billing_mirror_row_init (&row);
  g_assert_true (billing_mirror_row_fill (&row, get_charges (), charge, strlen (charge)));
  assert_cell (&row, "id", "ch_1");
  assert_cell (&row, "amount", "25000");
  assert_cell (&row, "created", "1790000000");
  assert_cell (&row, "captured", "1");
  assert_cell (&row, "disputed", "0");
  assert_cell (&row, "customer", "cus_1");
  assert_cell (&row, "payment_intent", "pi_1");
  assert_cell (&row, "balance_transaction", NULL);
  assert_cell (&row, "method", "card");
  assert_cell (&row, "last4", "4242");
  assert_cell (&row, "payment", "pay_1");
  g_assert_null (strchr (row.json->str, '\n'));
  g_assert_nonnull (strstr (row.json->str,
                            "\"description\":\"a \\\"quoted\\\" one, with \\\\ and { [ in it\""));
}

/* Money that is no integer, an object without an id, and what is no object are refused; a word that
 * is none is left out. */
static void
test_unfit (void)
{
  static const struct { const char *text; gboolean fits; } cases[] = {
    { "{\"id\":\"ch_1\",\"amount\":1}", TRUE },
    { "{\"id\":\"ch_1\",\"amount\":null}", TRUE },
    { "{\"id\":\"ch_1\",\"amount\":-1}", TRUE },
    { "{\"id\":\"ch_1\",\"status\":7}", TRUE },
    { "{\"id\":\"ch_1\",\"status\":{\"a\":1}}", TRUE },
    { "{\"id\":\"ch_1\",\"amount\":1.0}", FALSE },
    { "{\"id\":\"ch_1\",\"amount\":1e3}", FALSE },
    { "{\"id\":\"ch_1\",\"amount\":\"1\"}", FALSE },
    { "{\"id\":\"ch_1\",\"amount\":true}", FALSE },
    { "{\"id\":\"ch_1\",\"amount\":{\"value\":1}}", FALSE },
    { "{\"id\":\"ch_1\",\"amount\":[1]}", FALSE },
    { "{\"id\":\"ch_1\",\"amount\":9223372036854775808}", FALSE },
    { "{\"id\":\"ch_1\",\"captured\":\"true\"}", FALSE },
    { "{\"id\":\"\",\"amount\":1}", FALSE },
    { "{\"id\":7}", FALSE },
    { "{\"amount\":1}", FALSE },
    { "{\"id\":\"ch_1\"", FALSE },
    { "{\"id\":\"ch_1", FALSE },
    { "[]", FALSE },
    { "", FALSE },
  };
  g_auto (BillingMirrorRow) row;

  billing_mirror_row_init (&row);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (billing_mirror_row_fill (&row, get_charges (), cases[i].text,
                                                strlen (cases[i].text)), ==,
                       cases[i].fits);
    }
}

/* No piece of an object, however it is cut or changed, makes the reader leave its bytes: a
 * sanitizer would tell. */
static void
test_cut (void)
{
  g_auto (BillingMirrorRow) row;

  billing_mirror_row_init (&row);
  for (gsize length = 0; length < strlen (charge); length++)
    {
      g_autofree char *piece = g_memdup2 (charge, MAX (length, 1));

      billing_mirror_row_fill (&row, get_charges (), piece, length);
      if (length > 0)
        {
          piece[g_test_rand_int_range (0, (int) length)] = "{}[]\",:\\x1 "[g_test_rand_int_range (0, 11)];
          billing_mirror_row_fill (&row, get_charges (), piece, length);
        }
    }
}

static void
put (BillingMirror *mirror,
     const char    *text,
     gint64         fetched)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (billing_mirror_begin (mirror, &error));
  g_assert_true (billing_mirror_put (mirror, get_charges (), text, strlen (text), fetched, &error));
  g_assert_true (billing_mirror_commit (mirror, &error));
  g_assert_no_error (error);
}

static gboolean
read_integer (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  const char **sql = data;
  gint64 value;

  if (!billing_connection_get_integer (connection, &value, error, *sql, ""))
    return FALSE;

  g_assert_cmpint (value, ==, g_ascii_strtoll (sql[1], NULL, 10));
  return TRUE;
}

static void
assert_reads (BillingTestPractice *practice,
              const char          *sql,
              const char          *value)
{
  g_autoptr (GError) error = NULL;
  const char *data[] = { sql, value };

  billing_store_read (billing_desk_get_store (practice->desk), read_integer, data, NULL, &error);
  g_assert_no_error (error);
}

/* The books see what is put, an older answer never replaces a newer one, and only what changed
 * waits to be posted. */
static void
test_put (void)
{
  BillingTestPractice practice;
  g_autoptr (BillingMirror) mirror = NULL;

  billing_test_practice_set_up (&practice);
  mirror = billing_mirror_open (practice.folder, NULL);
  put (mirror, "{\"id\":\"ch_1\",\"amount\":5,\"status\":\"pending\"}", 10);
  put (mirror, "{\"id\":\"ch_1\",\"amount\":5,\"status\":\"succeeded\"}", 20);
  put (mirror, "{\"id\":\"ch_1\",\"amount\":5,\"status\":\"pending\"}", 15);
  put (mirror, "{\"id\":\"ch_1\",\"amount\":5,\"status\":\"succeeded\"}", 30);
  assert_reads (&practice, "SELECT count(*) FROM mirror.charges WHERE status = 'succeeded'", "1");
  assert_reads (&practice, "SELECT fetched FROM mirror.charges", "30");
  assert_reads (&practice, "SELECT count(*) FROM mirror.posting_queue", "2");
  assert_reads (&practice, "SELECT count(*) FROM charges_view", "1");
  g_clear_pointer (&mirror, billing_mirror_close);
  billing_test_practice_tear_down (&practice);
}

static gboolean
try_write (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  return billing_connection_execute (connection, "DELETE FROM mirror.charges", error);
}

/* The books' own connection cannot write to the mirror, whatever it tries. */
static void
test_read_only (void)
{
  BillingTestPractice practice;
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (&practice);
  billing_store_write (billing_desk_get_store (practice.desk), try_write, NULL, NULL, &error);
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_READ_ONLY);
  billing_test_practice_tear_down (&practice);
}

static void
reopen (BillingTestPractice *practice)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&practice->desk);
  practice->desk = billing_desk_open (practice->folder, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* A mirror that is damaged, or of another version, costs nothing but fetching it again. */
static void
test_anew (void)
{
  BillingTestPractice practice;
  g_autoptr (BillingMirror) mirror = NULL;
  g_autofree char *path = NULL;
  sqlite3 *db;

  billing_test_practice_set_up (&practice);
  path = g_build_filename (practice.folder, "stripe.db", NULL);
  mirror = billing_mirror_open (practice.folder, NULL);
  put (mirror, "{\"id\":\"ch_1\",\"amount\":5}", 10);
  g_clear_pointer (&mirror, billing_mirror_close);
  g_clear_object (&practice.desk);

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 99", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  reopen (&practice);
  assert_reads (&practice, "SELECT count(*) FROM mirror.charges", "0");

  g_clear_object (&practice.desk);
  g_assert_true (g_file_set_contents (path, "this was a database once, long ago, before the disk",
                                      -1, NULL));
  reopen (&practice);
  assert_reads (&practice, "SELECT count(*) FROM mirror.charges", "0");
  billing_test_practice_tear_down (&practice);
}

static gboolean
add_intent (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  return billing_connection_execute (connection,
    "INSERT INTO outbox (id, kind, subject_id, method, path, api_version, body, idempotency_key, created_at, person)"
    " VALUES ('out_1', 'refund', 'pay_1', 'POST', '/v1/refunds', 'x', '', 'key', 1, 'me')", error);
}

/* What Stripe holds is read in each currency, what is there and what is on its way; without an
 * answer of Stripe's nothing is said. */
static void
test_balance (void)
{
  static const char balance[] =
    "{\"object\":\"balance\",\"available\":[{\"amount\":-268,\"currency\":\"usd\"}],"
    "\"pending\":[{\"amount\":500,\"currency\":\"usd\"},{\"amount\":7,\"currency\":\"jpy\"}]}";
  BillingTestPractice practice;
  g_autoptr (BillingMirror) mirror = NULL;
  g_autoptr (BillingQuery) query = NULL;
  g_autoptr (GPtrArray) nothing = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (&practice);
  query = billing_desk_query (practice.desk, "charges");
  nothing = billing_desk_report (practice.desk, "stripe-balance", query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nothing->len, ==, 0);

  mirror = billing_mirror_open (practice.folder, &error);
  g_assert_true (billing_mirror_begin (mirror, &error));
  g_assert_true (billing_mirror_put_single (mirror, "balance", balance, strlen (balance), 1,
                                            &error));
  g_assert_true (billing_mirror_commit (mirror, &error));
  lines = billing_desk_report (practice.desk, "stripe-balance", query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_cmpint (((BillingReportLine *) lines->pdata[0])->amount, ==, -268);
  g_assert_cmpstr (((BillingReportLine *) lines->pdata[1])->currency, ==, "JPY");
  g_assert_cmpint (((BillingReportLine *) lines->pdata[2])->amount, ==, 500);
  g_clear_pointer (&mirror, billing_mirror_close);
  billing_test_practice_tear_down (&practice);
}

/* After a restore the mirror is fetched again, for the backup lacks what it posted since; and what
 * waited for Stripe then may have been sent since, so that it has to be looked up. */
static void
test_restore (void)
{
  BillingTestPractice practice;
  g_autoptr (BillingMirror) mirror = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = NULL;

  billing_test_practice_set_up (&practice);
  backup = g_build_filename (practice.folder, "copy.db", NULL);
  mirror = billing_mirror_open (practice.folder, NULL);
  put (mirror, "{\"id\":\"ch_1\",\"amount\":5}", 10);
  g_clear_pointer (&mirror, billing_mirror_close);
  billing_store_write (billing_desk_get_store (practice.desk), add_intent, NULL, NULL, &error);
  g_assert_no_error (error);
  billing_store_back_up (billing_desk_get_store (practice.desk), backup, &error);
  g_assert_no_error (error);
  g_clear_object (&practice.desk);

  billing_store_restore (practice.folder, backup, &error);
  g_assert_no_error (error);
  reopen (&practice);
  assert_reads (&practice, "SELECT count(*) FROM mirror.charges", "0");
  assert_reads (&practice, "SELECT count(*) FROM outbox WHERE state = 'unknown'", "1");
  billing_test_practice_tear_down (&practice);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mirror/row", test_row);
  g_test_add_func ("/mirror/unfit", test_unfit);
  g_test_add_func ("/mirror/cut", test_cut);
  g_test_add_func ("/mirror/put", test_put);
  g_test_add_func ("/mirror/read-only", test_read_only);
  g_test_add_func ("/mirror/anew", test_anew);
  g_test_add_func ("/mirror/balance", test_balance);
  g_test_add_func ("/mirror/restore", test_restore);

  return g_test_run ();
}
