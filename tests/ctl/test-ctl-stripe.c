/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-ctl-stripe"

#include "config.h"

#include <string.h>

#include "billing-test-ctl.h"
#include "billing-test-dump.h"
#include "billing-test-keyring.h"
#include "billing-test-sandbox.h"

/* The commands that talk to Stripe, called as a script would call them: with a real keyring, and
 * without any. */

#define KEY "sk_test_ofTheTestsOfTheCommandLine"

typedef struct {
  BillingTestCtl ctl;
  BillingTestSandbox sandbox;
  char *address; /* (owned) (nullable): of the session bus, where it was taken away */
} Fixture;

static void
set_up (Fixture       *t,
        gconstpointer  data)
{
  const BillingSandboxOptions options = { .seed = 3, .payments = 20 };
  gboolean has_keyring = GPOINTER_TO_INT (data);

  billing_test_sandbox_start (&t->sandbox, &options);
  billing_test_ctl_set_up (&t->ctl, NULL);
  t->address = has_keyring ? NULL : g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  if (!has_keyring)
    g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  billing_test_ctl_run (&t->ctl, "init", "--name", "Clinic", "--currency", "USD", "--time-zone",
                        "UTC", NULL);
}

static void
tear_down (Fixture       *t,
           gconstpointer  data)
{
  g_unsetenv ("BILLING_STRIPE_KEY");
  if (t->address != NULL)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", t->address, TRUE);
  g_clear_pointer (&t->address, g_free);
  billing_test_ctl_tear_down (&t->ctl, NULL);
  billing_test_sandbox_stop (&t->sandbox);
}

#define run(t, ...) billing_test_ctl_run (&(t)->ctl, "--stripe-url", (t)->sandbox.url, __VA_ARGS__, NULL)
#define call(t, input, ...) billing_test_ctl_call (&(t)->ctl, input, "--stripe-url", (t)->sandbox.url, __VA_ARGS__, NULL)
#define fail(t, sentence, ...) billing_test_ctl_fail (&(t)->ctl, sentence, "--stripe-url", (t)->sandbox.url, __VA_ARGS__, NULL)

/* The last line, which is what scripts read. */
static JsonObject *
get_summary (Fixture   *t,
             JsonNode **node)
{
  g_auto (GStrv) lines = g_strsplit (g_strchomp (t->ctl.out), "\n", -1);
  g_autoptr (GError) error = NULL;

  *node = json_from_string (lines[g_strv_length (lines) - 1], &error);
  g_assert_no_error (error);
  return json_node_get_object (*node);
}

static void
assert_rows (Fixture    *t,
             const char *kind,
             guint       n)
{
  g_autoptr (JsonNode) node = NULL;

  run (t, "list", kind, "--format", "json");
  node = billing_test_ctl_json (&t->ctl);
  billing_test_ctl_rows (&t->ctl, node, n);
}

/* Where there is no keyring the environment brings the key. A round says what it did in one line of
 * JSON, in whole numbers and decimals that are numbers; the lists then have what Stripe has. */
static void
test_sync (Fixture       *t,
           gconstpointer  data)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) again = NULL;
  JsonObject *summary, *charges;

  g_setenv ("BILLING_STRIPE_KEY", KEY, TRUE);
  run (t, "sync");
  g_assert_null (strstr (t->ctl.out, KEY));
  g_assert_null (strstr (t->ctl.err, KEY));
  summary = get_summary (t, &node);
  g_assert_cmpint (json_object_get_int_member (summary, "objects"), >, 20);
  g_assert_cmpint (json_node_get_value_type (json_object_get_member (summary, "seconds")), ==,
                   G_TYPE_DOUBLE);
  g_assert_cmpint (json_node_get_value_type (json_object_get_member (summary, "objects_per_s")), ==,
                   G_TYPE_DOUBLE);
  charges = json_object_get_object_member (json_object_get_object_member (summary, "streams"),
                                           "charges");
  g_assert_cmpint (json_object_get_int_member (charges, "objects"), ==, 20);
  g_assert_cmpstr (json_object_get_string_member (charges, "state"), ==, "done");
  assert_rows (t, "charges", 20);
  assert_rows (t, "payment-intents", 20);
  assert_rows (t, "refunds", (guint) billing_sandbox_server_count (t->sandbox.server, "refund"));

  run (t, "sync", "--full");
  summary = get_summary (t, &again);
  g_assert_cmpint (json_object_get_int_member (summary, "objects"), >, 20);
  assert_rows (t, "charges", 20);
  run (t, "verify");
}

/* Each kind of Stripe's can be listed in all formats, and each thing be shown with what Stripe says
 * of it. */
static void
test_lists (Fixture       *t,
            gconstpointer  data)
{
  static const char * const kinds[] = { "charges", "payment-intents", "refunds", "payouts", "disputes",
                                        "balance-transactions", "customers", "events", "tax-registrations" };
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) shown = NULL;
  g_autofree char *id = NULL;
  JsonArray *rows;
  JsonObject *stripe;

  g_setenv ("BILLING_STRIPE_KEY", KEY, TRUE);
  run (t, "sync");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      run (t, "list", kinds[i]);
      g_assert_cmpstr (t->ctl.out, !=, "");
      run (t, "list", kinds[i], "--format", "csv");
      g_assert_cmpstr (t->ctl.out, !=, "");
      run (t, "list", kinds[i], "--format", "json", "--limit", "1");
      g_assert_true (g_str_has_prefix (t->ctl.out, "["));
    }

  run (t, "list", "charges", "--format", "json", "--limit", "1", "--sort", "-amount");
  node = billing_test_ctl_json (&t->ctl);
  rows = billing_test_ctl_rows (&t->ctl, node, 1);
  id = g_strdup (json_object_get_string_member (json_array_get_object_element (rows, 0), "id"));
  g_assert_true (g_str_has_prefix (id, "ch_"));
  run (t, "show", id);
  shown = billing_test_ctl_json (&t->ctl);
  stripe = json_object_get_object_member (json_node_get_object (shown), "stripe");
  g_assert_cmpstr (json_object_get_string_member (stripe, "object"), ==, "charge");
  g_assert_cmpint (json_object_get_int_member (stripe, "amount"), ==,
                   json_object_get_int_member (json_array_get_object_element (rows, 0), "amount"));
}

/* The refunds that Stripe made stand in the list as refunds do, and can be cut and sorted. */
static void
test_refunds (Fixture       *t,
              gconstpointer  data)
{
  g_autoptr (JsonNode) up = NULL;
  g_autoptr (JsonNode) rest = NULL;
  gint64 last = 0;
  JsonArray *rows;
  guint n;

  g_setenv ("BILLING_STRIPE_KEY", KEY, TRUE);
  run (t, "sync");
  n = (guint) billing_sandbox_server_count (t->sandbox.server, "refund");
  g_assert_cmpuint (n, >, 0);
  run (t, "list", "refunds", "--format", "json", "--sort", "amount");
  up = billing_test_ctl_json (&t->ctl);
  rows = billing_test_ctl_rows (&t->ctl, up, n);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      g_assert_true (g_str_has_prefix (json_object_get_string_member (row, "id"), "re_"));
      g_assert_cmpint (json_object_get_int_member (row, "amount"), >=, last);
      last = json_object_get_int_member (row, "amount");
    }

  run (t, "list", "refunds", "--format", "json", "--offset", "1");
  rest = billing_test_ctl_json (&t->ctl);
  billing_test_ctl_rows (&t->ctl, rest, n - 1);
  run (t, "list", "refunds", "--format", "csv");
  g_assert_nonnull (strstr (t->ctl.out, "re_"));
}

/* What Stripe is asked for goes there at once where there is a key; without one it waits, which is
 * said and is no failure. A card that is declined is one. */
static void
test_at_once (Fixture       *t,
              gconstpointer  data)
{
  g_autofree char *patients = billing_test_ctl_path (&t->ctl, "patients.csv");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (JsonNode) node = NULL;
  guint64 before;

  g_setenv ("BILLING_STRIPE_KEY", KEY, TRUE);
  run (t, "sync");
  g_assert_true (g_file_set_contents (patients,
                                      "Patient ID;Name;Birth Date\nX-1;Ann Ode;1980-01-02\n", -1,
                                      NULL));
  run (t, "import", patients);
  run (t, "payment", "create", "--patient", "X-1", "--amount", "250.00");
  first = billing_test_ctl_line (&t->ctl);
  run (t, "payment", "create", "--patient", "X-1", "--amount", "80.00");
  second = billing_test_ctl_line (&t->ctl);

  before = billing_sandbox_server_count_requests (t->sandbox.server, NULL, NULL);
  g_unsetenv ("BILLING_STRIPE_KEY");
  run (t, "payment", "authorise", first, "--method", "pm_card_visa");
  g_assert_nonnull (strstr (t->ctl.err, "waits in the outbox"));
  g_assert_cmpuint (billing_sandbox_server_count_requests (t->sandbox.server, NULL, NULL), ==,
                    before);

  g_setenv ("BILLING_STRIPE_KEY", KEY, TRUE);
  call (t, NULL, "payment", "authorise", second, "--method", "pm_card_visa_chargeDeclined");
  g_assert_cmpint (t->ctl.status, ==, 1);
  g_assert_nonnull (strstr (t->ctl.err, "declined"));
  run (t, "payment", "capture", first);
  run (t, "show", first);
  node = billing_test_ctl_json (&t->ctl);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "status"), ==,
                   "paid");
  run (t, "payment", "refund", first, "--reason", "patient-request", "--amount", "50.00");
  run (t, "sync");
  run (t, "verify");
}

static void
assert_status (Fixture    *t,
               const char *payment,
               const char *status)
{
  g_autoptr (JsonNode) node = NULL;

  run (t, "show", payment);
  node = billing_test_ctl_json (&t->ctl);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "status"), ==, status);
}

/* The member of the only row of a list. */
static char *
get_only (Fixture    *t,
          const char *kind,
          const char *member)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *rows;

  run (t, "list", kind, "--format", "json", "--limit", "1");
  node = billing_test_ctl_json (&t->ctl);
  rows = billing_test_ctl_rows (&t->ctl, node, 1);
  return g_strdup (json_object_get_string_member (json_array_get_object_element (rows, 0), member));
}

static char *
make_payment (Fixture *t)
{
  g_autofree char *patients = billing_test_ctl_path (&t->ctl, "patients.csv");

  g_setenv ("BILLING_STRIPE_KEY", KEY, TRUE);
  run (t, "sync");
  g_assert_true (g_file_set_contents (patients, "Patient ID;Name;Birth Date\nX-1;Ann Ode;1980-01-02\n", -1, NULL));
  run (t, "import", patients);
  run (t, "payment", "create", "--patient", "X-1", "--amount", "250.00");
  return billing_test_ctl_line (&t->ctl);
}

/* A link: offline its intent's id, and that it waits; with Stripe, the page's address. Paid there it is Paid with the next
 * round. A day that is over, and a payment that has no link, are refused. How long links are open is the practice's to say. */
static void
test_link (Fixture       *t,
           gconstpointer  data)
{
  g_autofree char *payment = make_payment (t);
  g_autofree char *waiting = NULL;
  g_autofree char *place = NULL;
  g_autofree char *page = NULL;
  g_auto (GStrv) lines = NULL;

  fail (t, "no open payment link", "payment", "link", payment, "--cancel");
  fail (t, "until today", "payment", "link", payment, "--expires", "2020-01-01");
  fail (t, "1 to", "practice", "edit", "--link-days", "0");
  run (t, "practice", "edit", "--link-days", "7");
  g_assert_cmpint (billing_test_integer (t->ctl.practice, "SELECT link_days FROM practice"), ==, 7);
  g_unsetenv ("BILLING_STRIPE_KEY");
  run (t, "payment", "link", payment);
  waiting = billing_test_ctl_line (&t->ctl);
  g_assert_true (g_str_has_prefix (waiting, "out_"));
  g_assert_nonnull (strstr (t->ctl.err, "waits in the outbox"));
  run (t, "payment", "link", payment, "--cancel");

  g_setenv ("BILLING_STRIPE_KEY", KEY, TRUE);
  run (t, "payment", "link", payment);
  lines = g_strsplit (g_strchomp (t->ctl.out), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_true (g_str_has_prefix (lines[0], "out_"));
  place = billing_test_sandbox_open (lines[1]);
  g_assert_nonnull (place);
  page = billing_test_sandbox_visit (place, "card=pm_card_visa");
  run (t, "sync");
  assert_status (t, payment, "paid");
  run (t, "list", "links", "--status", "closed", "--format", "csv");
  g_assert_nonnull (strstr (t->ctl.out, "paid"));
  run (t, "verify");
}

/* Closed by --cancel, at Stripe too; what came in spite of it is kept, or goes back. */
static void
test_late (Fixture       *t,
           gconstpointer  data)
{
  g_autofree char *payment = make_payment (t);
  g_autofree char *url = NULL;
  g_autofree char *place = NULL;
  g_autofree char *page = NULL;
  g_autofree char *charge = NULL;
  g_autofree char *state = NULL;

  run (t, "payment", "link", payment);
  url = get_only (t, "links", "url");
  place = billing_test_sandbox_open (url);
  page = billing_test_sandbox_visit (place, "card=pm_card_visa");
  run (t, "payment", "collect", payment, "--tender", "cash");
  run (t, "sync");
  assert_status (t, payment, "paid");
  charge = get_only (t, "late-money", "charge-id");
  g_assert_null (billing_test_sandbox_open (url));

  run (t, "late", "keep", charge);
  fail (t, "kept already", "late", "keep", charge);
  run (t, "late", "refund", charge);
  g_assert_true (g_str_has_prefix (t->ctl.out, "out_"));
  state = get_only (t, "late-money", "state");
  g_assert_cmpstr (state, ==, "refunded");
  fail (t, "went back already", "late", "refund", charge);
  run (t, "verify");
}

/* A link that is open is closed, and Stripe is told at once. */
static void
test_link_cancel (Fixture       *t,
                  gconstpointer  data)
{
  g_autofree char *payment = make_payment (t);
  g_autofree char *url = NULL;
  g_autofree char *state = NULL;

  run (t, "payment", "link", payment);
  url = get_only (t, "links", "url");
  run (t, "payment", "link", payment, "--cancel");
  g_assert_cmpstr (t->ctl.out, ==, "");
  state = get_only (t, "links", "state");
  g_assert_cmpstr (state, ==, "closed");
  g_assert_null (billing_test_sandbox_open (url));
  assert_status (t, payment, "pending");
}

/* A key goes in by standard input, is checked with Stripe, and comes out nowhere: neither printed
 * nor in a file. */
static void
test_key (Fixture       *t,
          gconstpointer  data)
{
  run (t, "key", "status");
  g_assert_nonnull (strstr (t->ctl.out, "not connected"));
  fail (t, "no key on standard input", "key", "set");

  call (t, KEY "\n", "key", "set");
  g_assert_cmpint (t->ctl.status, ==, 0);
  g_assert_nonnull (strstr (t->ctl.out, "acct_"));
  g_assert_null (strstr (t->ctl.out, KEY));
  run (t, "key", "status");
  g_assert_nonnull (strstr (t->ctl.out, "test mode"));
  g_assert_nonnull (strstr (t->ctl.out, "keyring"));
  g_assert_null (strstr (t->ctl.out, KEY));
  run (t, "sync");
  assert_rows (t, "charges", 20);

  /* Where the keyring has a key, the environment is not asked; where it has none, it is. */
  g_setenv ("BILLING_STRIPE_KEY", "nonsense", TRUE);
  run (t, "sync");
  run (t, "key", "clear");
  fail (t, "BILLING_STRIPE_KEY", "sync");
  g_setenv ("BILLING_STRIPE_KEY", KEY, TRUE);
  run (t, "sync");
  g_unsetenv ("BILLING_STRIPE_KEY");
  fail (t, "not connected", "sync");
  run (t, "key", "status");
  g_assert_nonnull (strstr (t->ctl.out, "acct_"));
}

/* A key that Stripe does not take is not kept; nor is one sent over plain http to anywhere but this
 * computer. */
static void
test_key_refused (Fixture       *t,
                  gconstpointer  data)
{
  call (t, "sk_live_thisSandboxHasNoLiveMode\n", "key", "set");
  g_assert_cmpint (t->ctl.status, ==, 1);
  call (t, "pk_test_publishable\n", "key", "set");
  g_assert_cmpint (t->ctl.status, ==, 1);
  fail (t, "not connected", "sync");

  billing_test_ctl_call (&t->ctl, KEY "\n", "--stripe-url", "http://example.org", "key", "set",
                         NULL);
  g_assert_cmpint (t->ctl.status, ==, 1);
  g_assert_nonnull (strstr (t->ctl.err, "plain http"));
}

/* Without a keyring a key cannot be kept, and the sentence says what can be done. */
static void
test_no_keyring (Fixture       *t,
                 gconstpointer  data)
{
  call (t, KEY "\n", "key", "set");
  g_assert_cmpint (t->ctl.status, ==, 1);
  g_assert_nonnull (strstr (t->ctl.err, "BILLING_STRIPE_KEY"));
  g_assert_cmpuint (billing_sandbox_server_count_requests (t->sandbox.server, NULL, NULL), ==, 0);
  fail (t, "no keyring", "sync");
}

/* Whether it is in the list of notifications, as that is shown where nobody asks for more. */
static void
assert_open (Fixture    *t,
             const char *id,
             gboolean    is_open)
{
  run (t, "list", "notifications", "--format", "json");
  g_assert_cmpint (strstr (t->ctl.out, id) != NULL, ==, is_open);
}

/* What Stripe wants to know comes with a round into the list of notifications, and goes out of it when somebody says what they made of it. */
static void
test_notices (Fixture       *t,
              gconstpointer  data)
{
  g_autofree char *url = g_strconcat (t->sandbox.url, "/sandbox/account", NULL);
  g_autofree char *answer = billing_test_sandbox_visit (url, "past_due=external_account");
  g_autofree char *id = NULL;

  g_assert_nonnull (answer);
  g_setenv ("BILLING_STRIPE_KEY", KEY, TRUE);
  run (t, "sync");
  run (t, "list", "notifications", "--sort", "created");
  g_assert_nonnull (strstr (t->ctl.out, "Verification, overdue"));
  id = get_only (t, "notifications", "id");

  run (t, "notice", "read", id);
  fail (t, "read this already", "notice", "read", id);
  fail (t, "tomorrow or a later day", "notice", "snooze", id, "--date", "2020-01-01");
  run (t, "notice", "snooze", id, "--date", "2999-01-01");
  assert_open (t, id, FALSE);
  run (t, "notice", "reopen", id);
  assert_open (t, id, TRUE);
  run (t, "notice", "done", id);
  assert_open (t, id, FALSE);
  run (t, "list", "notifications", "--status", "done", "--format", "csv");
  g_assert_nonnull (strstr (t->ctl.out, "requirement-past-due"));
  run (t, "show", id);
  g_assert_nonnull (strstr (t->ctl.out, "external_account"));
}

/* A dispute is answered with texts and a file, once; what was taken for good is asked for again. What looks clinical is said, and
 * does not stop anybody. */
static void
test_disputes (Fixture       *t,
               gconstpointer  data)
{
  g_autofree char *payment = NULL;
  g_autofree char *file = billing_test_ctl_path (&t->ctl, "receipt.pdf");
  g_autofree char *id = NULL;
  g_autofree char *status = NULL;
  g_autofree char *again = NULL;

  g_setenv ("BILLING_STRIPE_KEY", KEY, TRUE);
  g_assert_true (g_file_set_contents (file, "%PDF-1.7\n", -1, NULL));
  payment = make_payment (t);
  run (t, "payment", "authorise", payment, "--method", "pm_card_createDispute");
  run (t, "payment", "capture", payment);
  billing_sandbox_server_advance (t->sandbox.server, 3600);
  run (t, "sync");
  id = get_only (t, "disputes", "id");
  /* Stripe's own words do not say whose it is; ours do. */
  run (t, "list", "disputes", "--search", "ODÉ ann", "--format", "csv");
  g_assert_nonnull (strstr (t->ctl.out, id));
  run (t, "list", "disputes", "--search", payment, "--format", "csv");
  g_assert_nonnull (strstr (t->ctl.out, id));
  run (t, "list", "disputes", "--search", "bob", "--format", "csv");
  g_assert_null (strstr (t->ctl.out, id));

  fail (t, "Only what a dispute took for good", "dispute", "bill-again", id);
  fail (t, "no text of an answer", "dispute", "save", id, "nonsense");
  fail (t, "no evidence that Stripe knows", "dispute", "save", id, "favourite_colour=blue");
  run (t, "dispute", "save", id, "customer_name=Ana", "uncategorized_text=Seen for M54.5. losing_evidence");
  g_assert_nonnull (strstr (t->ctl.err, "M54.5"));
  run (t, "dispute", "save", id, "uncategorized_text=losing_evidence");
  run (t, "dispute", "attach", id, "receipt", file);
  run (t, "show", id);
  g_assert_nonnull (strstr (t->ctl.out, "losing_evidence"));
  g_assert_nonnull (strstr (t->ctl.out, "file_"));
  run (t, "dispute", "detach", id, "receipt");
  run (t, "dispute", "submit", id);
  fail (t, "takes only one", "dispute", "submit", id);
  fail (t, "takes only one", "dispute", "accept", id);

  billing_sandbox_server_advance (t->sandbox.server, 3600);
  run (t, "sync");
  status = get_only (t, "disputes", "status");
  g_assert_cmpstr (status, ==, "lost");
  run (t, "dispute", "bill-again", id);
  again = g_strndup (t->ctl.out, strcspn (t->ctl.out, "\n"));
  assert_status (t, again, "pending");
  fail (t, "billed again already", "dispute", "write-off", id);
  run (t, "verify");
}

/* A practice stays with the account and mode of its first key, whoever brings another one. */
static void
test_other_mode (Fixture       *t,
                 gconstpointer  data)
{
  g_setenv ("BILLING_STRIPE_KEY", KEY, TRUE);
  run (t, "sync");
  g_setenv ("BILLING_STRIPE_KEY", "sk_live_realMoney", TRUE);
  fail (t, "live mode", "sync");
  g_setenv ("BILLING_STRIPE_KEY", "nonsense", TRUE);
  fail (t, "BILLING_STRIPE_KEY", "sync");
}

static void
add (const char *path,
     gboolean    has_keyring,
     void (*func) (Fixture *t, gconstpointer data))
{
  g_test_add (path, Fixture, GINT_TO_POINTER (has_keyring), set_up, func, tear_down);
}

int
main (int    argc,
      char **argv)
{
  if (!billing_test_keyring_is_inside () && billing_test_keyring_is_there ())
    return billing_test_keyring_run ();

  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("BILLING_STRIPE_KEY");
  add ("/ctl-stripe/sync", FALSE, test_sync);
  add ("/ctl-stripe/lists", FALSE, test_lists);
  add ("/ctl-stripe/refunds", FALSE, test_refunds);
  add ("/ctl-stripe/at-once", FALSE, test_at_once);
  add ("/ctl-stripe/link", FALSE, test_link);
  add ("/ctl-stripe/late", FALSE, test_late);
  add ("/ctl-stripe/link-cancel", FALSE, test_link_cancel);
  add ("/ctl-stripe/notices", FALSE, test_notices);
  add ("/ctl-stripe/disputes", FALSE, test_disputes);
  add ("/ctl-stripe/no-keyring", FALSE, test_no_keyring);
  add ("/ctl-stripe/other-mode", FALSE, test_other_mode);
  if (billing_test_keyring_is_inside ())
    {
      add ("/ctl-stripe/key", TRUE, test_key);
      add ("/ctl-stripe/key-refused", TRUE, test_key_refused);
    }
  return g_test_run ();
}
