/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-audit.h"
#include "billing-store.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-verb-cases.h"
#include "billing-verify.h"

/* What somebody changes behind the program's back is found. */

static char *original;

static char *
copy_original (void)
{
  char *folder = billing_test_folder ();

  billing_test_copy (original, folder);
  return folder;
}

typedef struct {
  GBytes *key;
  char *report;
} Verifying;

static gboolean
verify (BillingConnection  *connection,
        gpointer            data,
        GCancellable       *cancellable,
        GError            **error)
{
  Verifying *verifying = data;

  return billing_verify_books (connection, verifying->key, &verifying->report, cancellable, error);
}

/* Returns the report, or nothing. */
static char *
verify_with (const char  *folder,
             GBytes      *key,
             GError     **error)
{
  g_autoptr (BillingStore) store = billing_store_open (folder, key, error);
  Verifying verifying = { key, NULL };

  g_assert_nonnull (store);
  billing_store_read (store, verify, &verifying, NULL, error);
  return verifying.report;
}

#define WITHOUT_TRIGGERS \
  "DROP TRIGGER transactions_kept; DROP TRIGGER transactions_kept_whole; DROP TRIGGER postings_kept;" \
  "DROP TRIGGER postings_kept_whole; DROP TRIGGER audit_kept; DROP TRIGGER audit_kept_whole;" \
  "DROP TRIGGER seals_kept; DROP TRIGGER seals_kept_whole; DROP TRIGGER closed_days_kept;"

static const char * const tamperings[] = {
  "UPDATE postings SET amount = amount * 2 WHERE transaction_pk = 1",
  "UPDATE postings SET account = 'bank' WHERE account = 'cash'",
  "UPDATE postings SET transaction_pk = 1 WHERE pk = 4",
  "UPDATE transactions SET day = '2020-01-01' WHERE pk = 2",
  "UPDATE transactions SET person = 'somebody' WHERE pk = 2",
  "UPDATE transactions SET reason = 'as agreed' WHERE pk = (SELECT max (pk) FROM transactions)",
  "UPDATE transactions SET at = at + 1 WHERE pk = 1",
  "UPDATE audit SET person = 'somebody' WHERE pk = 1",
  "UPDATE audit SET verb = 'payment-edit' WHERE pk = 5",
  "UPDATE audit SET before = after, after = before WHERE verb = 'payment-collect'",
  "UPDATE audit SET reason = '' WHERE reason IS NULL",
  "UPDATE audit SET at = at - 86400 WHERE pk = (SELECT max (pk) FROM audit)",
  "DELETE FROM audit WHERE pk = 3",
  "DELETE FROM audit WHERE pk = (SELECT max (pk) FROM audit)",
  "DELETE FROM postings WHERE transaction_pk = 1; DELETE FROM transactions WHERE pk = 1",
  "DELETE FROM seals",
  "DELETE FROM seals WHERE pk = 2",
  "DELETE FROM seals WHERE pk = (SELECT max (pk) FROM seals)",
  "UPDATE seals SET digest = zeroblob (32) WHERE pk = 1",
  "UPDATE seals SET digest = x'00' WHERE pk = 3",
  "UPDATE seals SET audit_pk = audit_pk + 1 WHERE pk = 2",
  "UPDATE seals SET pk = pk + 100 WHERE pk = (SELECT max (pk) FROM seals)",
  "INSERT INTO audit (at, person, verb) VALUES (1, 'somebody', 'payment-collect')",
  "INSERT INTO transactions (at, day, act, person, patient_id, source) VALUES (1, '2026-01-01', 'x', 'x', 'x', 'x');"
    "INSERT INTO postings (transaction_pk, account, currency, amount) VALUES"
    " (last_insert_rowid (), 'cash', 'USD', 5), (last_insert_rowid (), 'bank', 'USD', -5)",
  "INSERT INTO audit (pk, at, person, verb) VALUES (-5, 1, 'somebody', 'payment-collect')",
  "INSERT INTO postings (pk, transaction_pk, account, currency, amount) VALUES (-5, 1, 'cash', 'USD', 5),"
    " (-4, 1, 'bank', 'USD', -5)",
};

/* Any row of the ledger, the audit or the seals that is changed, taken, added or moved breaks a seal or a rule. */
static void
test_tampering (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      char *folder = copy_original ();
      g_autofree char *sql = g_strconcat (WITHOUT_TRIGGERS, "PRAGMA foreign_keys = OFF;", tamperings[i], NULL);
      g_autofree char *report = NULL;
      g_autoptr (GError) error = NULL;

      billing_test_sql (folder, sql);
      report = verify_with (folder, NULL, &error);
      if (report != NULL)
        g_error ("Not found: %s", tamperings[i]);
      g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH);
      billing_test_folder_remove (folder);
    }
}

/* What records say beside the ledger is found by the rules. */
static void
test_records (void)
{
  static const char * const changes[] = {
    "UPDATE payments SET amount = amount + 1 WHERE number = 'PAY-001'",
    "UPDATE payments SET collected = 0, tender = 'none', paid_on = NULL WHERE number = 'PAY-009'",
    "UPDATE payments SET refunded = 1 WHERE number = 'PAY-009'",
    "UPDATE payments SET status = 'paid' WHERE number = 'PAY-001'",
    "UPDATE payments SET tender = 'bank' WHERE number = 'PAY-009'",
    "UPDATE payments SET waiting = 0",
    "UPDATE payments SET patient_key = x'00' WHERE number = 'PAY-001'",
    "UPDATE patients SET credit = credit + 1",
    "UPDATE refunds SET amount = amount + 1 WHERE state = 'posted'",
    "DELETE FROM refunds WHERE state = 'waiting'",
    "UPDATE outbox SET state = 'failed', record_id = (SELECT id FROM refunds WHERE state = 'waiting')",
    "UPDATE payment_totals SET amount = amount + 1",
    "DELETE FROM payment_totals",
    "UPDATE collection_totals SET collected = collected - 1 WHERE collected > 0",
    "UPDATE collection_totals SET day = '2020-01-01'",
    "UPDATE patients SET search = ''",
    "DELETE FROM patients WHERE number = 'PT-001'",
    "UPDATE treatments SET location_id = NULL",
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      char *folder = copy_original ();
      g_autofree char *sql = g_strconcat ("PRAGMA foreign_keys = OFF;", changes[i], NULL);
      g_autofree char *report = NULL;
      g_autoptr (GError) error = NULL;

      billing_test_sql (folder, sql);
      report = verify_with (folder, NULL, &error);
      if (report != NULL)
        g_error ("Not found: %s", changes[i]);
      g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH);
      billing_test_folder_remove (folder);
    }
}

static gboolean
execute (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  return billing_connection_execute (connection, data, error);
}

/* The program itself cannot change what was written once, not even by replacing a row. */
static void
test_append_only (void)
{
  static const char * const tables[] = { "transactions", "postings", "audit", "seals" };
  char *folder = copy_original ();
  g_autoptr (BillingStore) store = billing_store_open (folder, NULL, NULL);
  g_autofree char *before = billing_test_dump (folder);
  g_autofree char *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      char *statements[] = {
        g_strdup_printf ("UPDATE %s SET pk = pk WHERE pk = 1", tables[i]),
        g_strdup_printf ("DELETE FROM %s WHERE pk = 1", tables[i]),
        g_strdup_printf ("INSERT OR REPLACE INTO %s SELECT * FROM %s WHERE pk = 1", tables[i], tables[i]),
      };

      for (guint j = 0; j < G_N_ELEMENTS (statements); j++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_false (billing_store_write (store, execute, statements[j], NULL, &error));
          g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CONSTRAINT);
        }
      for (guint j = 0; j < G_N_ELEMENTS (statements); j++)
        g_clear_pointer (&statements[j], g_free);
    }

  after = billing_test_dump (folder);
  g_assert_cmpstr (before, ==, after);
  g_clear_object (&store);
  billing_test_folder_remove (folder);
}

static gboolean
write_audit (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  return billing_audit_write (connection, 1, "boss", BILLING_VERB_EXPORT, NULL, NULL, NULL, data, error);
}

static void
write_with (const char *folder,
            GBytes     *key,
            const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStore) store = billing_store_open (folder, key, &error);

  g_assert_no_error (error);
  billing_store_write (store, write_audit, (gpointer) reason, NULL, &error);
  g_assert_no_error (error);
}

/* Keyed seals hold with their key and no other; those that were made without one say so. */
static void
test_keys (void)
{
  char *folder = copy_original ();
  g_autoptr (GBytes) key = g_bytes_new_static ("a secret of the keyring", 23);
  g_autoptr (GBytes) other = g_bytes_new_static ("another", 7);
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;

  write_with (folder, key, "one");
  write_with (folder, key, "two");
  write_with (folder, NULL, "three");
  write_with (folder, key, "four");

  report = verify_with (folder, key, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (report, "without a keyring"));

  g_assert_null (verify_with (folder, other, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH);
  g_clear_error (&error);
  g_assert_null (verify_with (folder, NULL, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH);
  g_assert_nonnull (strstr (error->message, "keyring"));
  g_clear_error (&error);

  /* A keyed seal does not become one that anybody could have made. */
  billing_test_sql (folder, WITHOUT_TRIGGERS "UPDATE seals SET key_id = ''");
  g_assert_null (verify_with (folder, key, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH);
  billing_test_folder_remove (folder);
}

/* The key stays out of the books: only what tells it from others stands there. */
static void
test_key_is_secret (void)
{
  char *folder = copy_original ();
  g_autoptr (GBytes) key = g_bytes_new_static ("correcthorsebatterystaple", 25);
  g_autofree char *books = NULL;
  g_autofree char *path = g_build_filename (folder, "practice.db", NULL);
  gsize size;

  write_with (folder, key, "one");
  g_file_get_contents (path, &books, &size, NULL);
  g_assert_null (memmem (books, size, "correcthorse", 12));
  billing_test_folder_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  billing_test_folder_use_memory ();
  original = billing_test_folder ();
  billing_verb_cases_make (original);
  g_test_add_func ("/seals/tampering", test_tampering);
  g_test_add_func ("/seals/records", test_records);
  g_test_add_func ("/seals/append-only", test_append_only);
  g_test_add_func ("/seals/keys", test_keys);
  g_test_add_func ("/seals/key-is-secret", test_key_is_secret);
  result = g_test_run ();
  billing_test_folder_remove (original);
  return result;
}
