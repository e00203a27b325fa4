/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "billing-books.h"
#include "billing-history.h"
#include "billing-stripe-error.h"
#include "billing-stripe-keys.h"
#include "billing-sync.h"
#include "billing-test-folder.h"
#include "billing-test-keyring.h"
#include "billing-test-practice.h"
#include "billing-test-sandbox.h"

/* The keys of Stripe, under a real Secret Service and against a real server. */

#define SECRET_KEY "sk_test_4eC39HqLyjWDarjtT1zdp7dc"
#define RESTRICTED_KEY "rk_test_51restrictedKeyOfTheTests"
#define ENVIRONMENT_KEY "sk_test_fromTheEnvironment0123"
#define PUBLISHABLE_KEY "pk_test_TYooMQauvdEDq54NiTphI7jx"

typedef struct {
  BillingTestPractice practice;
  BillingTestSandbox sandbox;
  BillingSync *sync; /* (owned) */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  billing_test_practice_set_up (&fixture->practice);
  billing_test_sandbox_start (&fixture->sandbox, NULL);
  fixture->sync = billing_sync_new (fixture->practice.desk, fixture->sandbox.url);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->sync);
  billing_test_sandbox_stop (&fixture->sandbox);
  billing_test_practice_tear_down (&fixture->practice);
}

static const char *
get_id (Fixture *fixture)
{
  return billing_record_get_id (BILLING_RECORD (billing_desk_get_practice (fixture->practice.desk)));
}

static void
assert_state (const char             *practice_id,
              BillingStripeKeysState  expected,
              const char             *text)
{
  BillingStripeKeysState state;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeKey) key = billing_stripe_keys_look_up (practice_id, &state, &error);

  g_assert_no_error (error);
  g_assert_cmpint (state, ==, expected);
  g_assert_cmpstr (key != NULL ? billing_stripe_key_peek (key) : NULL, ==, text);
}

static void
connect_with (Fixture    *fixture,
              const char *key,
              char      **warning)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeProbe) probe = billing_sync_connect (fixture->sync, key, NULL,
                                                               BILLING_SYNC_KEEP_IN_KEYRING,
                                                               warning, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (probe);
}

static void
connect_refused (Fixture    *fixture,
                 const char *key,
                 GQuark      domain,
                 int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (billing_sync_connect (fixture->sync, key, NULL, BILLING_SYNC_KEEP_IN_KEYRING, NULL,
                                       NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_null (strstr (error->message, key));
  assert_state (get_id (fixture), BILLING_STRIPE_KEYS_NONE, NULL);
}

/* A key is found as it was kept, by its own practice alone, and is gone once it is cleared. */
static void
test_kept (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeKey) key = billing_stripe_key_new (SECRET_KEY, &error);
  g_autofree char *publishable = NULL;

  assert_state ("pra_1", BILLING_STRIPE_KEYS_NONE, NULL);
  g_assert_true (billing_stripe_keys_store ("pra_1", key, PUBLISHABLE_KEY, NULL, &error));
  g_assert_no_error (error);
  assert_state ("pra_1", BILLING_STRIPE_KEYS_FOUND, SECRET_KEY);
  assert_state ("pra_2", BILLING_STRIPE_KEYS_NONE, NULL);
  publishable = billing_stripe_keys_look_up_publishable ("pra_1");
  g_assert_cmpstr (publishable, ==, PUBLISHABLE_KEY);

  /* Another key without a publishable one leaves no half of the pair behind. */
  g_assert_true (billing_stripe_keys_store ("pra_1", key, NULL, NULL, &error));
  g_clear_pointer (&publishable, g_free);
  publishable = billing_stripe_keys_look_up_publishable ("pra_1");
  g_assert_null (publishable);

  g_assert_true (billing_stripe_keys_clear ("pra_1", NULL, &error));
  g_assert_no_error (error);
  assert_state ("pra_1", BILLING_STRIPE_KEYS_NONE, NULL);
  g_assert_true (billing_stripe_keys_clear ("pra_1", NULL, &error));
}

/* A publishable key is told from other keys, and from one of the other mode. */
static void
test_publishable (void)
{
  static const char * const wrong[] = { "", "pk_live_abc", SECRET_KEY, "pk_test_a b", "pk_test_ä" };
  g_autoptr (GError) error = NULL;

  g_assert_true (billing_stripe_keys_check_publishable (PUBLISHABLE_KEY, FALSE, &error));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (billing_stripe_keys_check_publishable (wrong[i], FALSE, &error));
      g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY);
      g_clear_error (&error);
    }
}

/* What the environment brought is no key of the keyring's, is used only where that has none, and
 * can be seen by nobody else: neither in the environment of programs that are started, nor in what
 * the kernel shows of this one's. */
static void
test_environment (void)
{
  g_autofree char *address = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  g_autofree char *shown = NULL;
  gsize length;

  g_assert_null (g_getenv ("BILLING_STRIPE_KEY"));
  g_assert_true (g_file_get_contents ("/proc/self/environ", &shown, &length, NULL));
  g_assert_null (memmem (shown, length, ENVIRONMENT_KEY, strlen (ENVIRONMENT_KEY)));
  g_assert_nonnull (memmem (shown, length, "HOME=", 5));

  assert_state ("pra_1", BILLING_STRIPE_KEYS_NONE, NULL);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  assert_state ("pra_1", BILLING_STRIPE_KEYS_FROM_ENVIRONMENT, ENVIRONMENT_KEY);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
}

/* A program that may hold a key leaves no core behind, whether the kernel would write it into a
 * file or a pipe. */
static void
test_no_core (void)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, <=, 1);
}

typedef struct {
  guint n;
  char *reason; /* (owned) (nullable): of the last one */
} Audits;

static gboolean
audit_cb (BillingRecord  *record,
          gpointer        data,
          GError        **error)
{
  BillingAuditEntry *entry = BILLING_AUDIT_ENTRY (record);
  Audits *audits = data;

  if (!g_str_equal (entry->verb, "stripe-connect"))
    return TRUE;

  if (audits->n++ == 0)
    audits->reason = g_strdup (entry->reason);
  return TRUE;
}

static void
assert_audited (Fixture    *fixture,
                guint       n,
                const char *words)
{
  g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, "audit");
  g_autoptr (GError) error = NULL;
  Audits audits = { 0 };

  billing_desk_list (fixture->practice.desk, query, audit_cb, &audits, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (audits.n, ==, n);
  if (words != NULL)
    g_assert_nonnull (strstr (audits.reason, words));
  g_free (audits.reason);
}

/* No file of the practice has the key in it. */
static void
assert_nowhere (const char *folder,
                const char *key)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      if (!g_file_get_contents (path, &contents, &length, NULL))
        continue;
      if (memmem (contents, length, key, strlen (key)) != NULL)
        g_error ("The key is in %s", path);
    }
}

/* The first key binds the practice to account and mode, and is noted without itself; a second one
 * of the same account replaces it; clearing forgets the key, not the account. */
static void
test_connect (Fixture       *fixture,
              gconstpointer  data)
{
  BillingPractice *practice = billing_desk_get_practice (fixture->practice.desk);
  g_autofree char *warning = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeProbe) probe = NULL;
  gboolean for_session;

  connect_with (fixture, SECRET_KEY, &warning);
  g_assert_null (warning);
  g_assert_true (g_str_has_prefix (practice->stripe_account, "acct_"));
  g_assert_false (practice->stripe_live);
  assert_state (get_id (fixture), BILLING_STRIPE_KEYS_FOUND, SECRET_KEY);
  assert_audited (fixture, 1, "p7dc");

  g_assert_true (billing_sync_look (fixture->sync, &for_session, &probe, NULL, &error));
  g_assert_false (for_session);
  g_assert_cmpstr (probe->account, ==, practice->stripe_account);
  g_assert_cmpint (billing_stripe_probe_find (probe, "charges")->access, ==,
                   BILLING_STRIPE_ACCESS_ALLOWED);
  g_assert_cmpint (billing_stripe_probe_find (probe, "write")->access, ==,
                   BILLING_STRIPE_ACCESS_ALLOWED);

  connect_with (fixture, RESTRICTED_KEY, NULL);
  assert_state (get_id (fixture), BILLING_STRIPE_KEYS_FOUND, RESTRICTED_KEY);
  assert_audited (fixture, 2, "estricted");
  assert_nowhere (fixture->practice.folder, SECRET_KEY);
  assert_nowhere (fixture->practice.folder, RESTRICTED_KEY);

  g_assert_true (billing_sync_clear (fixture->sync, NULL, &error));
  g_assert_no_error (error);
  assert_state (get_id (fixture), BILLING_STRIPE_KEYS_NONE, NULL);
  g_assert_nonnull (practice->stripe_account);
  assert_audited (fixture, 3, NULL);
  /* What the environment brought serves where the keyring has none. */
  g_assert_true (billing_sync_look (fixture->sync, &for_session, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (for_session);
  billing_test_practice_verify (&fixture->practice);
}

/* A restricted key is welcome: what it may not read is said in Stripe's words, and what it may
 * write is not guessed. */
static void
test_restricted (Fixture       *fixture,
                 gconstpointer  data)
{
  const BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .path = "/v1/disputes", .status = 403,
                                      .times = 1 };
  g_autofree char *warning = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeProbe) probe = NULL;
  g_autoptr (BillingStripeProbe) kept = NULL;
  g_autofree char *text = NULL;

  billing_sandbox_server_add_fault (fixture->sandbox.server, &fault);
  probe = billing_sync_connect (fixture->sync, RESTRICTED_KEY, NULL, BILLING_SYNC_KEEP_IN_KEYRING,
                                &warning, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (probe->restricted);
  g_assert_cmpint (billing_stripe_probe_find (probe, "disputes")->access, ==,
                   BILLING_STRIPE_ACCESS_DENIED);
  g_assert_nonnull (billing_stripe_probe_find (probe, "disputes")->sentence);
  g_assert_cmpint (billing_stripe_probe_find (probe, "charges")->access, ==,
                   BILLING_STRIPE_ACCESS_ALLOWED);
  g_assert_cmpint (billing_stripe_probe_find (probe, "write")->access, ==,
                   BILLING_STRIPE_ACCESS_UNKNOWN);
  g_assert_nonnull (strstr (warning, "disputes"));

  /* What is kept of it says the same. */
  text = billing_stripe_probe_to_text (probe);
  g_assert_null (strstr (text, RESTRICTED_KEY));
  kept = billing_stripe_probe_from_text (text);
  g_assert_cmpuint (kept->permissions->len, ==, probe->permissions->len);
  g_assert_cmpstr (billing_stripe_probe_find (kept, "disputes")->sentence, ==,
                   billing_stripe_probe_find (probe, "disputes")->sentence);
  g_assert_cmpstr (kept->last4, ==, "ests");
}

/* Asking what a key may do changes nothing at Stripe. */
static void
test_probe_only_reads (Fixture       *fixture,
                       gconstpointer  data)
{
  connect_with (fixture, SECRET_KEY, NULL);
  g_assert_cmpuint (billing_sandbox_server_count_requests (fixture->sandbox.server, "GET", NULL), >,
                    0);
  g_assert_cmpuint (billing_sandbox_server_count_requests (fixture->sandbox.server, "POST", NULL),
                    ==, 0);
  g_assert_cmpuint (billing_sandbox_server_count_requests (fixture->sandbox.server, "DELETE", NULL),
                    ==, 0);
}

/* A key that Stripe refuses, or that is none, is not kept, and binds nothing. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  connect_refused (fixture, "sk_live_thisSandboxHasNoLiveMode", BILLING_STRIPE_ERROR,
                   BILLING_STRIPE_ERROR_AUTHENTICATION);
  connect_refused (fixture, "pk_test_publishable", BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY);
  connect_refused (fixture, "whsec_abc def", BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY);
  g_assert_null (billing_desk_get_practice (fixture->practice.desk)->stripe_account);
  assert_audited (fixture, 0, NULL);
}

/* A practice is of one account and one mode, for ever. */
static void
test_other_account (Fixture       *fixture,
                    gconstpointer  data)
{
  const char *account = data;
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_STRIPE_CONNECT, NULL);

  g_object_set (act, "account", account != NULL ? account : "acct_1SandboxClinic0001", "live", account == NULL, NULL);
  billing_test_practice_do (&fixture->practice, act);
  connect_refused (fixture, SECRET_KEY, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_OTHER_ACCOUNT);
  assert_audited (fixture, 1, NULL);
}

/* Only an administrator connects, and nobody else's key is even shown to Stripe. */
static void
test_role (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  billing_test_practice_add_person (&fixture->practice, "bill", "manager", "correct horse");
  billing_test_practice_sign_in (&fixture->practice, "bill", "correct horse");
  connect_refused (fixture, SECRET_KEY, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED);
  g_assert_false (billing_sync_clear (fixture->sync, NULL, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED);
  g_assert_cmpuint (billing_sandbox_server_count_requests (fixture->sandbox.server, NULL, NULL), ==,
                    0);
}

/* A locked keyring asks nobody for a password while something else is going on: it says that it is
 * locked, at once, and the environment is no way around it. The last test: nobody is here to unlock
 * it again. */
static void
test_locked (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeKey) key = billing_stripe_key_new (SECRET_KEY, &error);

  g_assert_true (billing_stripe_keys_store ("pra_1", key, NULL, NULL, &error));
  g_assert_no_error (error);
  billing_test_keyring_lock ();
  assert_state ("pra_1", BILLING_STRIPE_KEYS_LOCKED, NULL);
  assert_state ("pra_2", BILLING_STRIPE_KEYS_LOCKED, NULL);
}

static void
add (const char *path,
     void (*func) (Fixture *fixture, gconstpointer data),
     gconstpointer data)
{
  g_test_add (path, Fixture, data, set_up, func, tear_down);
}

int
main (int    argc,
      char **argv)
{
  if (!billing_test_keyring_is_inside ())
    g_setenv ("BILLING_STRIPE_KEY", ENVIRONMENT_KEY, TRUE);
  if (!billing_test_keyring_is_inside () && billing_test_keyring_is_there ())
    return billing_test_keyring_run ();

  billing_stripe_keys_take_environment ();
  g_test_init (&argc, &argv, NULL);
  if (!billing_test_keyring_is_inside ())
    {
      g_print ("1..0 # SKIP Needs dbus-run-session and gnome-keyring-daemon\n");
      return 0;
    }

  g_test_add_func ("/stripe-keys/kept", test_kept);
  g_test_add_func ("/stripe-keys/publishable", test_publishable);
  g_test_add_func ("/stripe-keys/environment", test_environment);
  g_test_add_func ("/stripe-keys/no-core", test_no_core);
  add ("/stripe-keys/connect", test_connect, NULL);
  add ("/stripe-keys/restricted", test_restricted, NULL);
  add ("/stripe-keys/probe-only-reads", test_probe_only_reads, NULL);
  add ("/stripe-keys/refused", test_refused, NULL);
  add ("/stripe-keys/other-account", test_other_account, "acct_other");
  add ("/stripe-keys/other-mode", test_other_account, NULL);
  add ("/stripe-keys/role", test_role, NULL);
  g_test_add_func ("/stripe-keys/locked", test_locked);
  return g_test_run ();
}
